import type { EnvelopeContent, EnvelopeLanguage } from '../../../shared/domain/envelope.ts'

/** What a character is, named below it. */
export type CharacterKind = 'digit' | 'upper' | 'lower' | 'sign'

/** The words of the sheet in one language. */
export interface EnvelopeTexts {
  /** BCP 47, read by screen readers from the tagged page. */
  readonly language: string
  readonly portal: string
  readonly title: string
  /** That it is for the hands of one person. */
  readonly personal: string
  readonly purpose: Readonly<Record<EnvelopeContent['action'], string>>
  readonly address: string
  readonly login: string
  readonly password: string
  readonly kinds: Readonly<Record<CharacterKind, string>>
  /** How the characters are said that people take for one another. */
  readonly spoken: Readonly<Record<string, string>>
  readonly cautions: readonly string[]
  /** The same for a small sheet. */
  readonly cautionsBrief: readonly string[]
  readonly stepsTitle: string
  readonly steps: readonly { readonly title: string; readonly body: string }[]
  readonly scan: string
  readonly helpline: string
  readonly helplineHint: string
  readonly issued: string
  readonly flap: string
}

export const helplineNumber = '1414'

export const trainingMark = 'УЧЕБНЫЙ ОБРАЗЕЦ'

export const envelopeTexts: Readonly<Record<EnvelopeLanguage, EnvelopeTexts>> = {
  kk: {
    language: 'kk-KZ',
    portal: 'Электрондық үкімет порталы',
    title: 'Порталға кіру деректері',
    personal: 'Тек адресаттың өз қолына',
    purpose: {
      created: 'Сіз үшін электрондық үкімет порталында есептік жазба жасалды. Логин мен құпиясөз осы парақтың ішінде.',
      regenerated: 'Порталдағы есептік жазбаңызға жаңа құпиясөз берілді. Бұрынғысы енді жарамсыз.',
    },
    address: 'Портал мекенжайы',
    login: 'Логин (ЖСН)',
    password: 'Құпиясөз',
    kinds: { digit: 'цифр', upper: 'бас әріп', lower: 'кіші әріп', sign: 'таңба' },
    spoken: {
      '0': 'нөл',
      O: 'о әрпі',
      o: 'о әрпі',
      Q: 'кью әрпі',
      '1': 'бір',
      l: 'эль әрпі',
      I: 'и әрпі',
      '|': 'тік сызық',
      '5': 'бес',
      S: 'эс әрпі',
      '8': 'сегіз',
      B: 'бэ әрпі',
      '2': 'екі',
      Z: 'зет әрпі',
    },
    cautions: [
      'Бас және кіші әріптер ажыратылады. Нөлдің ішінде нүкте бар. Топтардың арасында бос орын жоқ.',
      '10 рет қате енгізілсе, кіру 15 минутқа бұғатталады.',
      'Құпиясөзді ешкімге айтпаңыз: ХҚКО және портал қызметкерлері оны сұрамайды.',
    ],
    cautionsBrief: [
      'Топтардың арасында бос орын жоқ. 10 рет қате енгізілсе, кіру 15 минутқа бұғатталады.',
      'Құпиясөзді ешкімге айтпаңыз.',
    ],
    stepsTitle: 'Алдымен не істеу керек',
    steps: [
      { title: 'Порталға кіріңіз', body: 'Портал мекенжайын ашып, осы парақтағы логин мен құпиясөзді енгізіңіз.' },
      { title: 'Құпиясөзді бірден өзгертіңіз', body: 'Жеке кабинетте өзіңіз ғана білетін жаңа құпиясөз орнатыңыз.' },
      {
        title: 'Электрондық пошта мен ЭЦҚ қосыңыз',
        body: 'Пошта құпиясөзді қалпына келтіру үшін, ЭЦҚ өтініштерге қол қою үшін қажет.',
      },
    ],
    scan: 'Порталды ашу',
    helpline: 'Бірыңғай байланыс орталығы',
    helplineHint: 'Қоңырау тегін',
    issued: 'Берілген күні',
    flap: 'Осы жолақты алдыңғы бетке бүктеп, желімдеңіз',
  },
  ru: {
    language: 'ru-KZ',
    portal: 'Портал электронного правительства',
    title: 'Данные для входа на портал',
    personal: 'Только в руки адресату',
    purpose: {
      created:
        'Для Вас создана учётная запись на портале электронного правительства. Логин и пароль — внутри этого листа.',
      regenerated: 'Для Вашей учётной записи на портале выдан новый пароль. Прежний больше не действует.',
    },
    address: 'Адрес портала',
    login: 'Логин (ИИН)',
    password: 'Пароль',
    kinds: { digit: 'цифра', upper: 'прописная', lower: 'строчная', sign: 'знак' },
    spoken: {
      '0': 'ноль',
      O: 'буква о',
      o: 'буква о',
      Q: 'буква ку',
      '1': 'единица',
      l: 'буква эль',
      I: 'буква и',
      '|': 'черта',
      '5': 'пять',
      S: 'буква эс',
      '8': 'восемь',
      B: 'буква бэ',
      '2': 'два',
      Z: 'буква зет',
    },
    cautions: [
      'Прописные и строчные буквы различаются. Внутри нуля стоит точка. Между группами пробелов нет.',
      'После 10 неверных попыток вход блокируется на 15 минут.',
      'Никому не сообщайте пароль: сотрудники ЦОН и портала его не спрашивают.',
    ],
    cautionsBrief: [
      'Между группами пробелов нет. После 10 неверных попыток вход блокируется на 15 минут.',
      'Никому не сообщайте пароль.',
    ],
    stepsTitle: 'Что сделать сначала',
    steps: [
      { title: 'Войдите на портал', body: 'Откройте адрес портала и введите логин и пароль с этого листа.' },
      { title: 'Сразу смените пароль', body: 'В личном кабинете задайте новый пароль, который знаете только Вы.' },
      {
        title: 'Добавьте электронную почту и ЭЦП',
        body: 'Почта нужна для восстановления пароля, ЭЦП — для подписания заявлений.',
      },
    ],
    scan: 'Открыть портал',
    helpline: 'Единый контакт-центр',
    helplineHint: 'Звонок бесплатный',
    issued: 'Дата выдачи',
    flap: 'Загните эту полосу на лицевую сторону и приклейте',
  },
  en: {
    language: 'en',
    portal: 'E-government portal',
    title: 'Your portal sign-in',
    personal: 'To be opened by addressee only',
    purpose: {
      created: 'An account on the e-government portal was opened for you. Login and password are inside this sheet.',
      regenerated: 'Your account on the portal has a new password. The former one is no longer valid.',
    },
    address: 'Portal address',
    login: 'Login (IIN)',
    password: 'Password',
    kinds: { digit: 'digit', upper: 'capital', lower: 'small', sign: 'sign' },
    spoken: {
      '0': 'zero',
      O: 'letter o',
      o: 'letter o',
      Q: 'letter cue',
      '1': 'one',
      l: 'letter el',
      I: 'letter i',
      '|': 'bar',
      '5': 'five',
      S: 'letter es',
      '8': 'eight',
      B: 'letter bee',
      '2': 'two',
      Z: 'letter zed',
    },
    cautions: [
      'Capital and small letters differ. The zero has a dot inside. There are no spaces between the groups.',
      'After 10 wrong attempts sign-in is locked for 15 minutes.',
      'Tell nobody the password: staff of the centre and of the portal never ask for it.',
    ],
    cautionsBrief: [
      'No spaces between the groups. After 10 wrong attempts sign-in is locked for 15 minutes.',
      'Tell nobody the password.',
    ],
    stepsTitle: 'What to do first',
    steps: [
      { title: 'Sign in to the portal', body: 'Open the portal address and enter login and password of this sheet.' },
      { title: 'Change the password at once', body: 'In your account set a new password that you alone know.' },
      {
        title: 'Add an e-mail and a signature key',
        body: 'E-mail restores a lost password; the key (ЭЦП) signs applications.',
      },
    ],
    scan: 'Open the portal',
    helpline: 'Unified contact centre',
    helplineHint: 'Free call',
    issued: 'Issued',
    flap: 'Fold this strip over the front and glue it',
  },
}

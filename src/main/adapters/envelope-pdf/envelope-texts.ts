import type { EnvelopeContent } from '../../../shared/domain/envelope.ts'

/** The words of the sheet in one language. */
export interface EnvelopeTexts {
  /** BCP 47, read by screen readers from the tagged page. */
  readonly language: string
  readonly portal: string
  readonly title: string
  readonly purpose: Readonly<Record<EnvelopeContent['action'], string>>
  readonly address: string
  readonly login: string
  readonly loginMeaning: string
  readonly password: string
  readonly cautions: readonly string[]
  readonly stepsTitle: string
  readonly steps: readonly { readonly title: string; readonly body: string }[]
  readonly helpline: string
  readonly helplineHint: string
  readonly issued: string
}

export const helplineNumber = '1414'

export const trainingMark = 'УЧЕБНЫЙ ОБРАЗЕЦ'

/** In this order on the page: the law «О языках» puts the state language on the left or above, in the same size. */
export const envelopeTexts: readonly EnvelopeTexts[] = [
  {
    language: 'kk-KZ',
    portal: 'Электрондық үкімет порталы',
    title: 'Порталға кіру\nдеректері',
    purpose: {
      created: 'Сіз үшін электрондық үкімет порталында есептік жазба жасалды. Логин мен құпиясөз осы парақтың ішінде.',
      regenerated:
        'Электрондық үкімет порталындағы есептік жазбаңызға жаңа құпиясөз берілді. Бұрынғы құпиясөз енді жарамсыз.',
    },
    address: 'Портал мекенжайы',
    login: 'Логин (ЖСН)',
    loginMeaning: 'жеке сәйкестендіру нөмірі',
    password: 'Құпиясөз',
    cautions: [
      'Бас әріптер мен кіші әріптер ажыратылады. Нөлдің ішінде нүкте бар.',
      '10 рет қате енгізілсе, кіру 15 минутқа бұғатталады.',
      'Құпиясөзді ешкімге айтпаңыз: ХҚКО және портал қызметкерлері оны сұрамайды.',
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
    helpline: 'Бірыңғай байланыс орталығы',
    helplineHint: 'Сұрақтарыңыз болса, қоңырау шалыңыз',
    issued: 'Берілген күні',
  },
  {
    language: 'ru-KZ',
    portal: 'Портал электронного правительства',
    title: 'Данные для входа\nна портал',
    purpose: {
      created:
        'Для Вас создана учётная запись на портале электронного правительства. Логин и пароль — внутри этого листа.',
      regenerated:
        'Для Вашей учётной записи на портале электронного правительства выдан новый пароль. Прежний больше не действует.',
    },
    address: 'Адрес портала',
    login: 'Логин (ИИН)',
    loginMeaning: 'индивидуальный идентификационный номер',
    password: 'Пароль',
    cautions: [
      'Прописные и строчные буквы различаются. Внутри нуля стоит точка.',
      'После 10 неверных попыток вход блокируется на 15 минут.',
      'Никому не сообщайте пароль: сотрудники ЦОН и портала его не спрашивают.',
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
    helpline: 'Единый контакт-центр',
    helplineHint: 'Если есть вопросы, позвоните',
    issued: 'Дата выдачи',
  },
]

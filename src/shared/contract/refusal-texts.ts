import type { Language } from '../domain/language.ts'
import { exclusionSignCodes, portalMessages } from '../domain/reference-data.ts'

type Words = Readonly<Record<Language, string>>

/** What the operator tells a citizen whom the portal refused, and where he is sent. */
export interface RefusalAdvice {
  readonly tell: Words
  readonly place: Words
}

const documentation: RefusalAdvice = {
  tell: {
    ru: 'Обратитесь в отдел документирования населения в ЦОН с удостоверением личности и документами, подтверждающими Ваш статус. Если в базе ошибка, данные исправят, и Вы сможете зарегистрироваться.',
    kk: 'Жеке куәлігіңізбен және мәртебеңізді растайтын құжаттармен ХҚКО-ның халықты құжаттандыру бөліміне жүгініңіз. Дерекқорда қате болса, деректер түзетіледі және Сіз тіркеле аласыз.',
    en: 'Please go to the population documentation department of the service centre with your identity card and the papers that prove your status. If the register is wrong, it will be corrected and you can register.',
  },
  place: {
    ru: 'Отдел документирования населения в ЦОН',
    kk: 'ХҚКО-ның халықты құжаттандыру бөлімі',
    en: 'Population documentation department of the service centre',
  },
}

const prosecutor: RefusalAdvice = {
  tell: {
    ru: 'Обратитесь в Управление Комитета по правовой статистике и специальным учётам Генеральной прокуратуры, www.pravstat.kz. ЦОН эти сведения не ведёт.',
    kk: 'Бас прокуратураның Құқықтық статистика және арнайы есепке алу жөніндегі комитетінің басқармасына жүгініңіз, www.pravstat.kz. Бұл мәліметтерді ХҚКО жүргізбейді.',
    en: 'Please contact the office of the Committee on Legal Statistics and Special Records of the Prosecutor General’s office, www.pravstat.kz. The service centre does not keep these records.',
  },
  place: {
    ru: 'Управление Комитета по правовой статистике и специальным учётам Генеральной прокуратуры, www.pravstat.kz',
    kk: 'Бас прокуратураның Құқықтық статистика және арнайы есепке алу жөніндегі комитетінің басқармасы, www.pravstat.kz',
    en: 'Office of the Committee on Legal Statistics and Special Records of the Prosecutor General’s office, www.pravstat.kz',
  },
}

const unknown: RefusalAdvice = {
  tell: {
    ru: 'ИИН нужно сверить с Вашим документом. Покажите, пожалуйста, удостоверение личности ещё раз.',
    kk: 'ЖСН-ды Сіздің құжатыңызбен салыстыру керек. Жеке куәлігіңізді тағы бір рет көрсетіңізші.',
    en: 'The IIN must be compared with your document. Please show your identity card once more.',
  },
  place: { ru: 'Это же окно ЦОН', kk: 'ХҚКО-ның осы терезесі', en: 'This counter' },
}

const later: RefusalAdvice = {
  tell: {
    ru: 'Портал сейчас не может оказать услугу. Отказ не связан с Вами или Вашими документами.',
    kk: 'Портал қазір қызмет көрсете алмайды. Бас тарту Сізге немесе Сіздің құжаттарыңызға байланысты емес.',
    en: 'The portal cannot provide the service now. This has nothing to do with you or your papers.',
  },
  place: {
    ru: 'ЦОН позже или Единый контакт-центр 1414',
    kk: 'Кейінірек ХҚКО немесе 1414 бірыңғай байланыс орталығы',
    en: 'The service centre later, or the contact centre 1414',
  },
}

const ADVICE: Readonly<Record<string, RefusalAdvice>> = {
  'portal.life-status': documentation,
  'portal.exclusion-sign': documentation,
  'portal.prosecutor-record': prosecutor,
  'portal.person-unknown': unknown,
  'portal.signature-rejected': later,
  'portal.failed': later,
}

/**
 * Where to go and with which papers, by the instruction «Регистрация нового пользователя на Портале», section III.
 * @returns undefined where the failure is not the portal's answer about the citizen's request.
 */
export function refusalAdvice(code: string): RefusalAdvice | undefined {
  return Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined
}

const cannotCreate = {
  kk: (code: string) =>
    `Енгізілген ЖСН бойынша есептік жазба жасау мүмкін емес. Түсініктеме алу үшін ХҚКО-дағы халықты құжаттандыру бөліміне жүгіну қажет (код: ${code}).`,
  en: (code: string) =>
    `No account can be created for the entered IIN. For an explanation, turn to the documentation department at the service centre (code: ${code}).`,
} as const

type Translation = Readonly<Record<Exclude<Language, 'ru'>, string>>

/** The portal's messages and what they say; a message that is not here has no translation, and none is guessed. */
const TRANSLATIONS: ReadonlyMap<string, Translation> = new Map([
  [portalMessages.deceased, { kk: cannotCreate.kk('9'), en: cannotCreate.en('9') }],
  ...exclusionSignCodes.map((sign): [string, Translation] => [
    portalMessages.excluded(sign),
    sign === '1'
      ? { kk: cannotCreate.kk('1'), en: cannotCreate.en('1') }
      : {
          kk: cannotCreate.kk(`${sign} — ЖСН-нің алып тасталу белгісі`),
          en: cannotCreate.en(`${sign}, exclusion sign of the IIN`),
        },
  ]),
  [
    portalMessages.prosecutorRecord,
    {
      kk: 'Енгізілген ЖСН мәні бойынша есептік жазба жасау мүмкін емес. Түсініктеме алу үшін Қазақстан Республикасы Бас прокуратурасының Құқықтық статистика және арнайы есепке алу жөніндегі комитетінің басқармасына жүгіну қажет, http://www.pravstat.kz',
      en: 'No account can be created for the entered IIN. For an explanation, turn to the office of the Committee on Legal Statistics and Special Records of the Prosecutor General of the Republic of Kazakhstan, http://www.pravstat.kz',
    },
  ],
  [
    portalMessages.personUnknown,
    {
      kk: 'ЖСН ЖТ МДҚ-да табылмады. ЖСН-ды жеке басын куәландыратын құжаттан тексеріңіз.',
      en: 'The IIN was not found in the population register. Check the IIN with the identity document.',
    },
  ],
  [
    portalMessages.passwordRegenerated,
    {
      kk: 'Порталдағы есептік жазба үшін жаңа құпиясөз жасалды. Бұрынғы құпиясөз енді жарамайды.',
      en: 'A new password was created for the account on the portal. The earlier password is no longer valid.',
    },
  ],
  [
    portalMessages.registered,
    {
      kk: 'Құттықтаймыз, Сіз Қазақстан Республикасының «Электрондық үкімет» веб-порталында сәтті тіркелдіңіз.',
      en: 'Congratulations, you have registered on the web portal “Electronic Government” of the Republic of Kazakhstan.',
    },
  ],
  [
    portalMessages.codeSent,
    {
      kk: 'Тексеру коды көрсетілген телефон нөміріне жіберілді',
      en: 'A code was sent to the given telephone number',
    },
  ],
])

/** What a message of the portal says in another language than its own; undefined for Russian, and where nobody knows. */
export function translatePortalMessage(message: string, language: Language): string | undefined {
  return language === 'ru' ? undefined : TRANSLATIONS.get(message)?.[language]
}

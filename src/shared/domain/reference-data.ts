/**
 * Directories of the population register (ГБД ФЛ) and the portal's verbatim messages.
 * Source: «Алгоритм действий оператора … при оказании услуги «Регистрация на портале посредством ЦОН»»,
 * conditions and requirements 6 and 7. The texts are shown letter for letter.
 */

/** «Жизненный статус». The source names only code 9; any other code lets the service go on. */
export const lifeStatusDeceased = '9'

/** «Признак исключения»: reasons for which an ИИН was excluded from the register. */
export const exclusionSigns = {
  '1': 'ИИН восстановлен',
  '2': 'Выезд физического лица на постоянное место жительства и смена гражданства',
  '3': 'Закрытие физическим лицом-нерезидентом текущего счёта в банке-резиденте',
  '4': 'Прекращение прав физического лица-нерезидента на объекты налогообложения и объекты, связанные с налогообложением',
  '5': 'Прекращение физическим лицом-нерезидентом предпринимательской деятельности в РК и выбытие из РК',
  '6': 'Выезд физического лица-нерезидента из РК (условное исключение)',
  '7': 'Вступление в силу решения суда о признании физического лица безвестно отсутствующим (условное исключение)',
  '8': 'Вступление в силу решения суда об объявлении физического лица умершим',
  '9': 'Смерть физического лица',
} as const

export type ExclusionSign = keyof typeof exclusionSigns
export const exclusionSignCodes = Object.keys(exclusionSigns) as readonly ExclusionSign[]

/** «Дееспособность». No rule refuses by it: the operator sees it. */
export const legalCapacities = {
  '1': 'ДЕЕСПОСОБНЫЙ',
  '2': 'ОГРАНИЧЕННО ДЕЕСПОСОБНЫЙ',
  '3': 'НЕДЕЕСПОСОБНЫЙ',
  '4': 'ФИЗИЧЕСКОЕ ЛИЦО ОСУЖДЕНО ПО СТАТЬЯМ 192, 216, 217 УК',
  '5': 'ФИЗИЧЕСКОЕ ЛИЦО ИСКЛЮЧЕНО ИЗ СПИСКА ОСУЖДЕННЫХ ПО СТАТЬЯМ 192, 216, 217 УК',
} as const

export type LegalCapacity = keyof typeof legalCapacities
export const legalCapacityCodes = Object.keys(legalCapacities) as readonly LegalCapacity[]

const CANNOT_CREATE =
  'Невозможно создать учетную запись по введенному ИИН. За разъяснениями необходимо обратиться в отдел документирования населения в ЦОН'

/** The portal's messages, verbatim. */
export const portalMessages = {
  deceased: `${CANNOT_CREATE} (код:9).`,
  /** Requirement 6 words sign 1, requirement 7 the others. */
  excluded: (sign: ExclusionSign): string =>
    sign === '1' ? `${CANNOT_CREATE} (код: 1).` : `${CANNOT_CREATE} (код: ${sign} - признак исключения ИИН).`,
  prosecutorRecord:
    'Невозможно создать учетную запись по введенному значению ИИН. За разъяснениями необходимо обратиться в Управление Комитета по правовой статистике и специальным учетам Генеральной прокуратуры Республики Казахстан http://www.pravstat.kz',
  loginLocked:
    'Вход по логин-паролю для данного ИИН/БИН временно заблокирован. Вы можете авторизоваться на Портале по ЭЦП, ЭЦП на SIM-карте или по Одноразовому паролю',
  loginWrong: 'Ошибка авторизации: введен неверный логин или пароль',
  /** Our wording: the source says that a message is sent, and names no text. */
  signatureRejected: (reason: string): string =>
    `Запрос отклонен порталом: подпись информационной системы не прошла проверку (${reason}). Обратитесь к администратору АРМ.`,
  /** Our wording: the source does not say what the portal answers about a number that the register does not hold. */
  personUnknown: 'ИИН не найден в ГБД ФЛ. Проверьте ИИН по документу, удостоверяющему личность.',
  /** Our wording: the source words the first registration only. */
  passwordRegenerated: 'Для учетной записи на портале создан новый пароль. Прежний пароль больше не действует.',
  /** «Инструкция по регистрации пользователя в мобильном правительстве», step 7. */
  codeSent: 'Проверочный код отправлен на указанный номер телефона',
  registered:
    'Поздравляем, Вы успешно зарегистрировались на веб-Портале "Электронного Правительства" Республики Казахстан.',
} as const

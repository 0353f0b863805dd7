/** How the sheet is folded, and what it is put into; docs/envelope.md shows each. */
export const envelopeLayoutIds = [
  'a4-dl-right-window',
  'a4-dl-left-window',
  'a4-self-mailer',
  'a5-folded-twice',
] as const
export type EnvelopeLayoutId = (typeof envelopeLayoutIds)[number]

export type EnvelopeLanguage = 'kk' | 'ru' | 'en'

/** The administrator's choice of sheet. The state language comes first, as the law «О языках» has it. */
export interface EnvelopeSettings {
  readonly layout: EnvelopeLayoutId
  readonly languages: readonly EnvelopeLanguage[]
}

/** The sheet that a layout needs, as PWG 5101.1 names it to printers. */
export function envelopeMedia({ layout }: EnvelopeSettings): 'iso_a4_210x297mm' | 'iso_a5_148x210mm' {
  return layout.startsWith('a5') ? 'iso_a5_148x210mm' : 'iso_a4_210x297mm'
}

/** Pages without a secret, agreement and note among them, are A4 whatever the envelope is. */
export const documentMedia = 'iso_a4_210x297mm'

export const defaultEnvelopeSettings: EnvelopeSettings = { layout: 'a4-dl-right-window', languages: ['kk', 'ru'] }

/** What is printed for the citizen. The password is bytes of printable ASCII, wiped by its owner after printing. */
export interface EnvelopeContent {
  readonly login: string
  readonly password: Uint8Array
  /** Where the citizen logs in, as printed. */
  readonly portalUrl: string
  readonly action: 'created' | 'regenerated'
  readonly issuedAt: Date
  /** Short reference for the audit log: never the password, never the whole ИИН. */
  readonly reference: string
  /** Prints «УЧЕБНЫЙ ОБРАЗЕЦ» across the page. */
  readonly training: boolean
}

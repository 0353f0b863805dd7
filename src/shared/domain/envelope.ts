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

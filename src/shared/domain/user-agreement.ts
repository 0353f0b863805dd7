/** What the citizen signs when the centre connects him to mobile government. Personal data: it goes to paper alone. */
export interface UserAgreement {
  readonly citizen: {
    /** As the population register has it. */
    readonly name: string
    /** 12 digits. */
    readonly iin: string
    /** The number to which codes are sent, as the citizen says it; absent: a line to write on. */
    readonly mobile?: string
  }
  /** The operator before whom it is signed. */
  readonly operator: string
  readonly workstation: string
  readonly date: Date
  /** Short reference for the audit log. */
  readonly reference: string
  readonly training: boolean
}

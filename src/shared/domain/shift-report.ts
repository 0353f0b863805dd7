/** What a supervisor prints at the end of a shift: counts and signs of trouble, no citizen's datum in full. */
export interface ShiftReport {
  readonly workstation: string
  /** Undefined: everybody who worked at the workstation meanwhile. */
  readonly operator?: string
  /** The shift, UTC ISO 8601; printed as local time. */
  readonly from: string
  readonly to: string
  readonly preparedAt: string
  /** Login of the supervisor. */
  readonly preparedBy: string
  readonly training: boolean
  readonly totals: {
    readonly checks: number
    readonly created: number
    readonly reissued: number
    readonly refused: number
    readonly failed: number
    readonly unknown: number
    readonly handed: number
    readonly notHanded: number
  }
  readonly operators: readonly {
    readonly login: string
    readonly issued: number
    readonly refused: number
    readonly failed: number
    /** Milliseconds from the check (or the request) to the confirmed envelope; absent where nothing was handed out. */
    readonly medianServiceMs?: number
  }[]
  /** Requests of the shift, oldest first. */
  readonly requests: readonly {
    readonly at: string
    readonly requestId: string
    readonly operator: string
    /** Six digits and six asterisks; absent where the key of the month was destroyed. */
    readonly iinMasked?: string
    /** In the report's language, as the window says it. */
    readonly ending: string
  }[]
  /** In the report's language, in plain words. */
  readonly anomalies: readonly string[]
  readonly log: {
    readonly state: 'unverified' | 'intact' | 'broken' | 'unavailable'
    readonly firstSeq: number
    readonly lastSeq: number
    /** SHA-256 of the newest row, hex. */
    readonly headHash: string
    /** The newest signed tree head as text, printed with a QR code; absent where there is none. */
    readonly signedHead?: string
  }
}

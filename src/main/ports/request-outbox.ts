import type { Result } from '../../shared/result.ts'

/** A request that may have left, as it left: what a repeat and the opening of its reply need. */
export interface KeptRequest {
  readonly requestId: string
  readonly iin: string
  /** Base64 of the nonce as it was sent. */
  readonly nonceBase64: string
  readonly createdAt: Date
  /** The signed document as the gateway's `data`, octet for octet. */
  readonly signed: string
  /** The private half of the one-time key, 32 bytes; the receiver wipes it. Absent in the profile `plain`. */
  readonly oneTimeSecret?: Buffer
}

/**
 * Open requests on disk, sealed by the vault, from before they leave until somebody has seen their end. Never a password:
 * with what lies here one can only ask the portal for its sealed reply once more.
 */
export interface RequestOutbox {
  /** On disk when it returns. Failure: `recovery.not-kept`; then the request must not leave. */
  keep(request: KeptRequest): Result<undefined>
  /** Failures: `recovery.nothing-kept` (none, damaged, or of another vault), `session.busy` (a living process serves it). */
  find(requestId: string): Result<KeptRequest>
  /** Removes what was kept; nothing happens where there is none. */
  forget(requestId: string): void
  /** Forgets what lies here longer than the minutes of a service and is not among the open requests. */
  sweep(open: ReadonlySet<string>): void
}

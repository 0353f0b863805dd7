import type { Result } from '../../shared/result.ts'

export interface SigningKeyStatus {
  /** `absent`: no key file; `locked`: no PIN yet; `refused`: opened, but its certificate may not sign. */
  readonly state: 'absent' | 'locked' | 'ready' | 'refused'
  readonly subject?: string
  /** End of the certificate's validity, UTC. */
  readonly notAfter?: Date
}

/** Signs with the information system's key. One signing at a time. */
export interface Signer {
  status(): SigningKeyStatus
  /**
   * Opens the key. The PIN buffer is wiped by the callee whatever happens.
   * Failures: `sign.key-missing`, `sign.key-unreadable`, `sign.wrong-pin`, `sign.certificate-*`.
   */
  unlock(pin: Buffer): Promise<Result<void>>
  /**
   * Checks the workstation's own certificate, then signs.
   * @returns the signed document as text, ready for the gateway's `data` (CMS: base64 of the DER).
   * Failures: `sign.locked`, `sign.certificate-*`, `sign.failed`.
   */
  sign(content: Uint8Array): Promise<Result<string>>
  /** Forgets the key. */
  lock(): void
}

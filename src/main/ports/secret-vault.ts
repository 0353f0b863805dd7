import type { Result } from '../../shared/result.ts'

/** Wraps the keys of the database. The wrapping key never leaves the vault. */
export interface SecretVault {
  /** @param purpose bound to the ciphertext: what was wrapped for one purpose does not open for another. */
  wrap(secret: Uint8Array, purpose: string): Uint8Array
  /** Failure: `vault.unreadable`. */
  unwrap(wrapped: Uint8Array, purpose: string): Result<Buffer>
  /** Forgets the wrapping key. */
  close(): void
}

import type { Result } from '../../shared/result.ts'

/** Wraps the keys of the database. The wrapping key never leaves the vault. */
export interface SecretVault {
  /** @param purpose bound to the ciphertext: what was wrapped for one purpose does not open for another. */
  wrap(secret: Uint8Array, purpose: string): Uint8Array
  /** Failure: `vault.unreadable`, with the detail `destroyed` where `destroy` was called for the purpose. */
  unwrap(wrapped: Uint8Array, purpose: string): Result<Buffer>
  /** HMAC-SHA-256 under a key of this purpose: names a thing so that only this vault can tell which. */
  mac(data: Uint8Array, purpose: string): Buffer
  /**
   * Makes all that was ever wrapped for a purpose unreadable for ever, copies in backups included. On disk when it returns.
   * Failure: `vault.unreadable` (the vault's folder cannot be written).
   */
  destroy(purpose: string): Result<void>
  /** Forgets the wrapping key. */
  close(): void
}

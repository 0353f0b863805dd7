import type { Result } from '../../shared/result.ts'

/** The private half of a request's one-time key. */
export interface OneTimeKey {
  /** X25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array
  /**
   * Opens a sealed password (HPKE, RFC 9180, base mode). The caller wipes the buffer.
   * Failure: `reply.password-unsealable`.
   */
  open(sealed: { encapsulatedKey: Uint8Array; ciphertext: Uint8Array; aad: Uint8Array }): Promise<Result<Buffer>>
  /** Makes `open` impossible from here on. */
  wipe(): void
}

export interface PasswordSeal {
  newOneTimeKey(): Promise<OneTimeKey>
}

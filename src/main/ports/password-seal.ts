import type { Result } from '../../shared/result.ts'

/** Opens the one password that was sealed to a request's one-time key. */
export interface PasswordOpener {
  /**
   * Opens a sealed password (HPKE, RFC 9180, base mode). The caller wipes the buffer.
   * Failure: `reply.password-unsealable`.
   */
  open(sealed: { encapsulatedKey: Uint8Array; ciphertext: Uint8Array; aad: Uint8Array }): Promise<Result<Buffer>>
  /** Makes `open` impossible from here on. */
  wipe(): void
}

export interface OneTimeKey extends PasswordOpener {
  /** X25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array
  /** A copy of the private half, 32 bytes, which the caller wipes: to be kept until the reply is seen. */
  secret(): Buffer
}

export interface PasswordSeal {
  newOneTimeKey(): Promise<OneTimeKey>
  /** The key of a request that was kept. Wipes the bytes. Failure: `reply.password-unsealable`. */
  openerOf(secret: Buffer): Promise<Result<PasswordOpener>>
}

import type { Result } from '../../../shared/result.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { SignatureAlgorithm } from '../x509/signature-algorithms.ts'

/** A key that can only sign, with the certificate that it has proved to belong to: a file's or a token's. */
export interface SigningIdentity {
  readonly certificate: Certificate
  /** What lies beside it; they help to find a path and give no trust. */
  readonly others: readonly Certificate[]
  /** What it signs with; the digest goes with it. */
  readonly algorithm: SignatureAlgorithm
  /**
   * Signs octets, which it hashes itself.
   * @returns the signature value: PKCS #1 v1.5 for RSA, r ‖ s in Kazakhstan's order for ГОСТ. Failures: `sign.failed`,
   * and of a token `sign.token-gone`, `sign.driver-failed`.
   */
  sign(data: Uint8Array): Promise<Result<Uint8Array>>
  /** Forgets the key; every signing after it fails. */
  close(): void
}

/** Where the signing key lies. */
export interface KeyStore {
  /**
   * Opens the one key.
   * @param pin UTF-8; left as it is, the caller wipes it.
   * @returns failures `sign.key-missing`, `sign.key-unreadable`, `sign.wrong-pin`, and of a token `sign.pin-last-try`,
   * `sign.pin-locked`, `sign.token-absent`, `sign.driver-failed`.
   */
  open(pin: Buffer): Promise<Result<SigningIdentity>>
}

import type { Result } from '../../shared/result.ts'
import type { SignatureVerdict } from './signature-verifier.ts'

/** A person's own ЭЦП, in a file that he chose or on his token. */
export interface PersonalKey {
  /** Tells keys apart for the throttle without telling whose they are. */
  readonly tag: string
  /**
   * Opens the key, signs once, and forgets it.
   * @param pin UTF-8; left as it is, the caller wipes it.
   * @returns attached CMS in base64. Failures: `session.key-unreadable`, `session.key-wrong-pin`, `session.key-absent`.
   */
  sign(challenge: Uint8Array, pin: Buffer): Promise<Result<string>>
}

export interface PersonalKeys {
  /** @param file PKCS#12, as it was read. */
  ofFile(file: Uint8Array): PersonalKey
  /** Undefined where no token's driver is configured. */
  ofToken(): PersonalKey | undefined
}

/** A verdict on a person's signature; the ИИН stands in the certificate that was judged. */
export type PersonVerdict =
  | (Extract<SignatureVerdict, { readonly indication: 'TOTAL-PASSED' }> & { readonly iin: string })
  | Exclude<SignatureVerdict, { readonly indication: 'TOTAL-PASSED' }>

export interface PersonVerifier {
  /** Judges attached CMS in base64 by the rules for a person's authentication key. Never throws. */
  verifyPerson(question: { readonly document: string; readonly at: Date }): Promise<PersonVerdict>
}

/** Sub-indications of ETSI EN 319 102-1, clause 5.1.3, that this product can reach. */
export const subIndications = [
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'SIG_CONSTRAINTS_FAILURE',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'NOT_YET_VALID',
  'EXPIRED',
  'REVOKED',
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'SIGNED_DATA_NOT_FOUND',
  'TRY_LATER',
  'GENERIC',
] as const
export type SubIndication = (typeof subIndications)[number]

export interface SignerCertificate {
  /** RFC 4514 string, for people. Decisions use the bytes. */
  readonly subject: string
  readonly der: Uint8Array
  readonly sha256: string
}

/**
 * A verdict in three values. Content is handed out only with TOTAL-PASSED, and it is the content that the
 * signature covered: there is no other way to it.
 */
export type SignatureVerdict =
  | {
      readonly indication: 'TOTAL-PASSED'
      readonly content: Uint8Array
      readonly signer: SignerCertificate
      /** As the signer claims it; a form without signed attributes has none. */
      readonly signingTime?: Date
    }
  | {
      readonly indication: 'INDETERMINATE' | 'TOTAL-FAILED'
      readonly subIndication: SubIndication
      /** One short technical line for the log: which rule, which certificate. */
      readonly reason: string
    }

export interface SignatureVerifier {
  /**
   * Judges a signed document as it came from the gateway's `data`. Never throws: what it cannot understand it refuses.
   * @param at the moment for which the certificates are judged.
   */
  verify(signedDocument: string, at: Date): Promise<SignatureVerdict>
  /** Ends whatever judges beside the main thread; from here on everything is refused. */
  close(): Promise<void>
}

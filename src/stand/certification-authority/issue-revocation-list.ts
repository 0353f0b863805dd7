import { type AsnType, Enumerated } from 'asn1js'
import { integer, sequence, tagged, time } from '../asn1/der.ts'
import { authorityKeyIdentifier, extension } from './certificate-extensions.ts'
import { type Issuer, signatureAlgorithm, signed, subjectOf } from './issue-certificate.ts'

/** Reasons of RFC 5280, section 5.3.1, that the stand uses. */
export const crlReasons = { keyCompromise: 1, certificateHold: 6, removeFromCrl: 8 } as const
export type CrlReason = keyof typeof crlReasons

export interface RevokedEntry {
  /** Content octets of the certificate's serial number. */
  readonly serialNumber: Uint8Array
  readonly revokedAt: Date
  readonly reason: CrlReason
}

/**
 * @param options.deltaFrom number of the oldest full list that this one, a delta, may be applied to.
 * @returns a version 2 CRL, DER. Its number is the second of `thisUpdate` since 1970: it grows without a counter.
 */
export function issueRevocationList(options: {
  readonly issuer: Issuer
  readonly revoked: readonly RevokedEntry[]
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly deltaFrom?: number
}): Buffer {
  const { issuer, thisUpdate, nextUpdate, deltaFrom } = options
  const entries = options.revoked.map(revokedCertificate)
  const extensions = [
    authorityKeyIdentifier(issuer.key.publicKeyInfo),
    extension({ oid: '2.5.29.20', value: integer(crlNumber(thisUpdate)) }),
    ...(deltaFrom === undefined ? [] : [extension({ oid: '2.5.29.27', critical: true, value: integer(deltaFrom) })]),
  ]
  const tbs = sequence(
    integer(1),
    signatureAlgorithm(issuer.key.suite),
    subjectOf(issuer.certificate),
    time(thisUpdate),
    time(nextUpdate),
    // An absent list, not an empty one, says that nothing is revoked: RFC 5280, section 5.1.2.6.
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    tagged(0, sequence(...extensions)),
  )
  return signed(tbs, issuer.key)
}

export function crlNumber(thisUpdate: Date): number {
  return Math.floor(thisUpdate.getTime() / 1000)
}

function revokedCertificate({ serialNumber, revokedAt, reason }: RevokedEntry): AsnType {
  const reasonCode = extension({ oid: '2.5.29.21', value: enumerated(crlReasons[reason]) })
  return sequence(integer(serialNumber), time(revokedAt), sequence(reasonCode))
}

function enumerated(value: number): AsnType {
  return new Enumerated({ value })
}

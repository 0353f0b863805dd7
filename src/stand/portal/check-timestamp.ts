import { createHash } from 'node:crypto'
import { GeneralizedTime, ObjectIdentifier } from 'asn1js'
import type { Certificate } from 'pkijs'
import { elementsOf, octetsOf, oidOf, parseDer } from '../asn1/read-der.ts'
import { certificateDer } from '../certification-authority/issue-certificate.ts'
import { nucProfile } from '../certification-authority/nuc-profile.ts'
import { cmsOids } from '../cms/write-signed-data.ts'
import { signatureSuites } from '../crypto/signature-suites.ts'
import { isSignatureRight, readSignedDocument } from './signed-document.ts'

const IMPRINT_DIGESTS: Readonly<Record<string, (data: Uint8Array) => Buffer>> = {
  [signatureSuites.rsa.digestOid]: signatureSuites.rsa.digest,
  [signatureSuites.gost2015.digestOid]: signatureSuites.gost2015.digest,
  '2.16.840.1.101.3.4.2.3': (data) => createHash('sha512').update(data).digest(),
}

/**
 * Checks a timestamp token: right by itself, over this signature value, of the policy, by one of the authorities that
 * the portal knows.
 * @returns the token's time, undefined where anything is wrong.
 */
export function checkTimestamp(options: {
  readonly token: Buffer
  readonly signature: Uint8Array
  readonly authorities: readonly Certificate[]
}): Date | undefined {
  const { token, signature, authorities } = options
  try {
    const document = readSignedDocument(token, cmsOids.tstInfo)
    if (document?.signer === undefined || !isSignatureRight(document)) return undefined
    const signer = certificateDer(document.signer.certificate)
    if (!authorities.some((authority) => certificateDer(authority).equals(signer))) return undefined
    const [, policy, imprint, , time] = elementsOf(parseDer(document.content))
    const [algorithm, digest] = elementsOf(imprint)
    const [oid] = elementsOf(algorithm)
    const hash = Object.hasOwn(IMPRINT_DIGESTS, oidOf(oid)) ? IMPRINT_DIGESTS[oidOf(oid)] : undefined
    const fits =
      policy instanceof ObjectIdentifier &&
      policy.getValue() === nucProfile.timestampPolicy &&
      hash !== undefined &&
      octetsOf(digest).equals(hash(signature))
    return fits && time instanceof GeneralizedTime ? time.toDate() : undefined
  } catch {
    return undefined
  }
}

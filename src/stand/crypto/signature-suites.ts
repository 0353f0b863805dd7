import { createHash } from 'node:crypto'
import { gost2015With512 } from '../../main/adapters/gost/gost-algorithms.ts'

export const keyAlgorithms = ['rsa', 'gost2015'] as const
/** RSA with SHA-256, and ГОСТ 34.10-2015 (512 bits) with ГОСТ 34.11-2015. */
export type KeyAlgorithm = (typeof keyAlgorithms)[number]

/** A signature algorithm of НУЦ with its digest, as certificates, CMS and XML name them. */
export interface SignatureSuite {
  readonly algorithm: KeyAlgorithm
  readonly signatureOid: string
  /** What CMS may name in place of the signature algorithm: RFC 3370, section 3.2. */
  readonly keyOid: string
  readonly digestOid: string
  readonly xmlSignatureUri: string
  readonly xmlDigestUri: string
  readonly digest: (data: Uint8Array) => Buffer
}

export const signatureSuites: Readonly<Record<KeyAlgorithm, SignatureSuite>> = {
  rsa: {
    algorithm: 'rsa',
    signatureOid: '1.2.840.113549.1.1.11',
    keyOid: '1.2.840.113549.1.1.1',
    digestOid: '2.16.840.1.101.3.4.2.1',
    xmlSignatureUri: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    xmlDigestUri: 'http://www.w3.org/2001/04/xmlenc#sha256',
    digest: (data) => createHash('sha256').update(data).digest(),
  },
  gost2015: {
    algorithm: 'gost2015',
    signatureOid: gost2015With512.signatureOid,
    keyOid: gost2015With512.keyOid,
    digestOid: gost2015With512.digestOid,
    xmlSignatureUri: gost2015With512.xmlSignatureUri,
    xmlDigestUri: gost2015With512.xmlDigestUri,
    digest: (data) => Buffer.from(gost2015With512.createHash().update(data).digest()),
  },
}

/** The suite that a signature's object identifier names, or undefined. */
export function suiteOfSignature(oid: string): SignatureSuite | undefined {
  return keyAlgorithms.map((name) => signatureSuites[name]).find(({ signatureOid }) => signatureOid === oid)
}

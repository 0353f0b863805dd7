import { type GostAlgorithm, gostAlgorithms } from '../gost/gost-algorithms.ts'
import type { DigestName } from '../x509/digest-algorithms.ts'
import type { SignatureAlgorithm } from '../x509/signature-algorithms.ts'

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** @returns undefined for a URI that is not on the list: HMAC, SHA-1 and whatever else is unknown. */
export function xmlSignatureAlgorithm(uri: string): SignatureAlgorithm | undefined {
  if (uri === RSA_SHA256) return { kind: 'rsa', digest: 'sha256' }
  const gost = gostAlgorithms.find(({ xmlSignatureUri }) => xmlSignatureUri === uri)
  return gost === undefined ? undefined : { kind: 'gost', digest: gost.name }
}

export function xmlDigestAlgorithm(uri: string): DigestName | undefined {
  return uri === SHA256 ? 'sha256' : gostAlgorithms.find(({ xmlDigestUri }) => xmlDigestUri === uri)?.name
}

/** The URIs of an algorithm with which we sign. @throws RangeError for one that is only verified. */
export function xmlAlgorithmUris(algorithm: SignatureAlgorithm): {
  readonly signature: string
  readonly digest: string
} {
  if (algorithm.kind === 'gost') return gostUris(algorithm.digest)
  if (algorithm.digest !== 'sha256') throw new RangeError(`no XML signatures with ${algorithm.digest}`)
  return { signature: RSA_SHA256, digest: SHA256 }
}

function gostUris(name: GostAlgorithm['name']): { readonly signature: string; readonly digest: string } {
  const algorithm = gostAlgorithms.find((known) => known.name === name)
  if (algorithm === undefined || name === 'gost2004') throw new RangeError(`no signing with ${name}`)
  return { signature: algorithm.xmlSignatureUri, digest: algorithm.xmlDigestUri }
}

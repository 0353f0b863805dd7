import { createHash } from 'node:crypto'
import { hasNoParameters } from '../x509/algorithm-identifier.ts'
import type { Certificate } from '../x509/certificate.ts'
import { keyUsageBits } from '../x509/certificate-extensions.ts'
import { sameName } from '../x509/distinguished-name.ts'
import { certificateSignatureAlgorithm, type VerifySignature, verifySignature } from '../x509/signature-algorithms.ts'
import { checkValidity } from '../x509/validity.ts'
import type { CertId, OcspResponse, SingleResponse } from './ocsp-response.ts'
import { publicKeyBits } from './public-key-bits.ts'
import { type RevocationStatus, reasonName } from './revocation-status.ts'

export interface OcspQuestion {
  readonly certificate: Certificate
  /** The certificate whose key signed `certificate`. */
  readonly issuer: Certificate
  readonly responses: readonly OcspResponse[]
  readonly at: Date
  /** For how long a response without nextUpdate is fresh, milliseconds. */
  readonly maxAgeMs: number
  /** Whether CRLs call a delegated responder good; asked only where its certificate lacks id-pkix-ocsp-nocheck. */
  readonly isGoodByCrl: (responder: Certificate) => boolean
  /** By how much the responder's clock may be ahead, milliseconds. */
  readonly clockSkewMs?: number
  readonly verify?: VerifySignature
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
/** They tell certificates apart and decide nothing, so SHA-1, which most clients write, is as good as any. */
const CERT_ID_HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
}

/**
 * Asks OCSP responses about a certificate: RFC 6960, 3.2. A response counts only for the certificate that it names,
 * with the signature of the issuer itself or of a responder whom that issuer has authorised, and while it is fresh.
 * One that says revoked outweighs any that says good.
 */
export function checkOcsp(question: OcspQuestion): RevocationStatus {
  let found: RevocationStatus = { status: 'undetermined', why: 'no OCSP response speaks of it' }
  for (const response of question.responses) {
    const single = response.responses.find(({ certId }) => names(certId, question))
    if (single === undefined) continue
    const why = faultOf(response, single, question)
    const status = why === undefined ? statusOf(single) : ({ status: 'undetermined', why } as const)
    if (status.status === 'revoked') return status
    if (found.status !== 'good') found = status
  }
  return found
}

function statusOf({ certStatus }: SingleResponse): RevocationStatus {
  if (certStatus.kind === 'revoked') {
    return { status: 'revoked', reason: reasonName(certStatus.reason), time: certStatus.time }
  }
  if (certStatus.kind === 'good') return { status: 'good' }
  return { status: 'undetermined', why: 'its OCSP responder does not know it' }
}

function names(certId: CertId, { certificate, issuer }: OcspQuestion): boolean {
  const { oid } = certId.hashAlgorithm
  const hash = Object.hasOwn(CERT_ID_HASHES, oid) ? CERT_ID_HASHES[oid] : undefined
  if (hash === undefined || !hasNoParameters(certId.hashAlgorithm)) return false
  const matches = (expected: Uint8Array, data: Uint8Array) => createHash(hash).update(data).digest().equals(expected)
  return (
    Buffer.from(certificate.serialNumber).equals(certId.serialNumber) &&
    matches(certId.issuerNameHash, certificate.issuer.der) &&
    matches(certId.issuerKeyHash, publicKeyBits(issuer))
  )
}

function faultOf(response: OcspResponse, single: SingleResponse, question: OcspQuestion): string | undefined {
  const { at, maxAgeMs, clockSkewMs = 0 } = question
  const { thisUpdate, nextUpdate } = single
  const [oid] = response.unknownCritical
  if (oid !== undefined) return `its OCSP response has the unknown critical extension ${oid}`
  const latest = new Date(at.getTime() + clockSkewMs)
  if (thisUpdate > latest || response.producedAt > latest) return 'its OCSP response is from after the judged moment'
  const freshUntil = nextUpdate ?? new Date(thisUpdate.getTime() + maxAgeMs)
  if (freshUntil < at) return `its OCSP response is stale since ${freshUntil.toISOString()}`
  return responderOf(response, question) === undefined ? 'its OCSP response is signed by nobody entitled' : undefined
}

/** RFC 6960, 4.2.2.2: the issuer itself, or a delegate that this very issuer has certified for the purpose. */
function responderOf(response: OcspResponse, question: OcspQuestion): Certificate | undefined {
  const { issuer, verify = verifySignature } = question
  return [issuer, ...response.certificates].find(
    (candidate) =>
      isNamed(response, candidate) &&
      (candidate === issuer || isDelegate(candidate, question)) &&
      isSigned(response, candidate, verify),
  )
}

function isNamed({ responderId }: OcspResponse, candidate: Certificate): boolean {
  if (responderId.kind === 'name') return sameName(responderId.name, candidate.subject)
  return createHash('sha1').update(publicKeyBits(candidate)).digest().equals(responderId.keyHash)
}

function isDelegate(
  candidate: Certificate,
  { issuer, at, isGoodByCrl, verify = verifySignature }: OcspQuestion,
): boolean {
  const { extendedKeyUsage, keyUsage, unknownCritical, ocspNoCheck } = candidate.extensions
  return (
    extendedKeyUsage?.includes(OCSP_SIGNING) === true &&
    keyUsage?.has(keyUsageBits.digitalSignature) !== false &&
    unknownCritical.length === 0 &&
    checkValidity(candidate, at).ok &&
    isIssuedBy(candidate, issuer, verify) &&
    (ocspNoCheck === true || isGoodByCrl(candidate))
  )
}

function isIssuedBy(candidate: Certificate, issuer: Certificate, verify: VerifySignature): boolean {
  const algorithm = certificateSignatureAlgorithm(candidate.signatureAlgorithm)
  if (algorithm === undefined || !sameName(candidate.issuer, issuer.subject)) return false
  const { tbs: data, signature } = candidate
  return verify({ algorithm, publicKeyInfo: issuer.publicKeyInfo, data, signature }).ok
}

function isSigned(
  { signatureAlgorithm, tbs: data, signature }: OcspResponse,
  { publicKeyInfo }: Certificate,
  verify: VerifySignature,
): boolean {
  const algorithm = certificateSignatureAlgorithm(signatureAlgorithm)
  return algorithm !== undefined && verify({ algorithm, publicKeyInfo, data, signature }).ok
}

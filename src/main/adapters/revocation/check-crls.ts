import type { Certificate } from '../x509/certificate.ts'
import { sameName } from '../x509/distinguished-name.ts'
import { certificateSignatureAlgorithm, type VerifySignature, verifySignature } from '../x509/signature-algorithms.ts'
import type { CertificateList, RevokedEntry } from './certificate-list.ts'
import { ALL_REASONS, distributionPointsOf, reasonsInScope } from './crl-scope.ts'
import { REMOVE_FROM_CRL, type RevocationStatus, reasonName } from './revocation-status.ts'

export interface CrlQuestion {
  readonly certificate: Certificate
  readonly crls: readonly CertificateList[]
  readonly at: Date
  /** Certificates whose keys may have signed a CRL, in the order in which to try them; each already judged. */
  readonly issuersOf: (crl: CertificateList) => Iterable<Certificate>
  /** By how much an authority's clock may be ahead, milliseconds. */
  readonly clockSkewMs?: number
  readonly verify?: VerifySignature
}

/**
 * Asks CRLs about a certificate: RFC 5280, 6.3.3, with deltas. A CRL counts only while it is fresh, from thisUpdate
 * through nextUpdate, with every critical extension understood and its signature right. Reasons are collected from
 * several CRLs until all are covered.
 */
export function checkCrls(question: CrlQuestion): RevocationStatus {
  const { certificate } = question
  const covered = new Set<number>()
  let why = 'no CRL speaks of it'
  const complete = question.crls
    .filter(({ deltaBase }) => deltaBase === undefined)
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())
  for (const point of distributionPointsOf(certificate)) {
    for (const crl of complete) {
      const reasons = reasonsInScope(crl, certificate, point)
      if (reasons === undefined || isSubset(reasons, covered)) continue
      const unusable = faultOf(crl, question)
      const signer = unusable === undefined ? signerOf(crl, question) : undefined
      if (signer === undefined) {
        why = unusable ?? 'no trusted authority has signed its CRL'
        continue
      }
      const entry = entryFor(certificate, crl, deltaOf(crl, signer, question))
      if (entry !== undefined) {
        return { status: 'revoked', reason: reasonName(entry.reason), time: entry.revocationDate }
      }
      for (const reason of reasons) covered.add(reason)
    }
  }
  if (isSubset(ALL_REASONS, covered)) return { status: 'good' }
  return { status: 'undetermined', why: covered.size > 0 ? 'its CRLs do not cover every reason' : why }
}

/** Stale evidence never passes; neither does what cannot be understood whole. */
function faultOf(
  { thisUpdate, nextUpdate, unknownCritical }: CertificateList,
  { at, clockSkewMs = 0 }: Pick<CrlQuestion, 'at' | 'clockSkewMs'>,
): string | undefined {
  if (thisUpdate.getTime() > at.getTime() + clockSkewMs) return `its CRL was issued only at ${thisUpdate.toISOString()}`
  if (nextUpdate === undefined) return 'its CRL does not say until when it holds'
  if (nextUpdate < at) return `its CRL is stale since ${nextUpdate.toISOString()}`
  const [oid] = unknownCritical
  return oid === undefined ? undefined : `its CRL has the unknown critical extension ${oid}`
}

function signerOf(crl: CertificateList, { issuersOf, verify }: CrlQuestion): Certificate | undefined {
  for (const issuer of issuersOf(crl)) if (isSignedBy(crl, issuer, verify)) return issuer
  return undefined
}

export function isSignedBy(
  crl: CertificateList,
  { publicKeyInfo }: Certificate,
  verify: VerifySignature = verifySignature,
): boolean {
  const algorithm = certificateSignatureAlgorithm(crl.signatureAlgorithm)
  if (algorithm === undefined) return false
  return verify({ algorithm, publicKeyInfo, data: crl.tbs, signature: crl.signature }).ok
}

/** The newest delta that fits the base (5.2.4) and bears the same key's signature (6.3.3 (c), (h)). */
function deltaOf(base: CertificateList, signer: Certificate, question: CrlQuestion): CertificateList | undefined {
  return question.crls
    .filter((crl) => extendsBase(crl, base) && faultOf(crl, question) === undefined)
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())
    .find((crl) => isSignedBy(crl, signer, question.verify))
}

function extendsBase(delta: CertificateList, base: CertificateList): boolean {
  if (delta.deltaBase === undefined || delta.crlNumber === undefined || base.crlNumber === undefined) return false
  return (
    sameName(delta.issuer, base.issuer) &&
    delta.scope === base.scope &&
    delta.deltaBase <= base.crlNumber &&
    base.crlNumber < delta.crlNumber
  )
}

/** What the delta says goes first; only a delta can take an entry back (5.3.1). */
function entryFor(
  certificate: Certificate,
  base: CertificateList,
  delta: CertificateList | undefined,
): RevokedEntry | undefined {
  const changed = delta === undefined ? undefined : lastEntry(certificate, delta)
  if (changed !== undefined) return changed.reason === REMOVE_FROM_CRL ? undefined : changed
  return lastEntry(certificate, base)
}

function lastEntry({ serialNumber, issuer }: Certificate, crl: CertificateList): RevokedEntry | undefined {
  const serial = Buffer.from(serialNumber).toString('hex')
  return crl.entries.get(serial)?.findLast((entry) => sameName(entry.issuer, issuer))
}

function isSubset(part: ReadonlySet<number>, whole: ReadonlySet<number>): boolean {
  return [...part].every((member) => whole.has(member))
}

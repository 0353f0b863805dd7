import type { CandidatePath } from '../x509/build-paths.ts'
import type { Certificate } from '../x509/certificate.ts'
import { keyUsageBits } from '../x509/certificate-extensions.ts'
import { findTrustedPath } from '../x509/check-trust.ts'
import { sameName } from '../x509/distinguished-name.ts'
import { namesDirectory } from '../x509/distribution-point.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../x509/policy-graph.ts'
import { type VerifySignature, verifySignature } from '../x509/signature-algorithms.ts'
import type { CertificateList } from './certificate-list.ts'
import { checkCrls } from './check-crls.ts'
import { checkOcsp } from './check-ocsp.ts'
import type { OcspResponse } from './ocsp-response.ts'
import type { RevocationStatus } from './revocation-status.ts'

export interface RevocationEvidence {
  readonly crls: readonly CertificateList[]
  readonly ocspResponses: readonly OcspResponse[]
}

/** `not-checked` where there was no usable evidence for at least one authority below the anchor. */
export type AuthorityRevocation = 'checked' | 'not-checked'

export interface RevocationJudge {
  /**
   * Judges a valid path at a moment. The last certificate must be good by evidence.
   * @returns refusals REVOKED for any certificate below the anchor, TRY_LATER where evidence is missing or stale.
   */
  judgePath(path: CandidatePath, at: Date): Outcome<AuthorityRevocation>
}

/** Certificates that sign CRLs apart from the authority's own: one level of them is the field, three are plenty. */
const MAX_CRL_SIGNER_DEPTH = 3

/**
 * Revocation from evidence at hand: CRLs with deltas, and OCSP responses.
 * @param options.intermediates where certificates of separate CRL signers are looked for.
 * @param options.ocspMaxAgeMs freshness of an OCSP response without nextUpdate.
 * @param options.clockSkewMs by how much authorities' clocks may be ahead of ours; for evidence fresh from a service.
 * @param options.authoritiesRequired whether an authority without evidence is TRY_LATER, or only told.
 */
export function createRevocationJudge(options: {
  readonly evidence: RevocationEvidence
  readonly intermediates: readonly Certificate[]
  readonly ocspMaxAgeMs: number
  readonly authoritiesRequired: boolean
  readonly clockSkewMs?: number
  readonly verify?: VerifySignature
}): RevocationJudge {
  const { clockSkewMs = 0, verify = verifySignature } = options
  const { evidence, intermediates, ocspMaxAgeMs, authoritiesRequired } = options

  const judge = (path: CandidatePath, at: Date, depth: number): Outcome<AuthorityRevocation> => {
    let authorities: AuthorityRevocation = 'checked'
    let issuer = path.anchor
    const last = path.certificates.at(-1)
    for (const certificate of path.certificates) {
      const status = statusOf({ certificate, issuer, anchor: path.anchor, at, depth })
      if (status.status === 'revoked') return revoked(certificate, status)
      if (status.status === 'undetermined') {
        if (certificate === last || authoritiesRequired) return unknown(certificate, status.why)
        authorities = 'not-checked'
      }
      issuer = certificate
    }
    return pass(authorities)
  }

  const statusOf = (link: Link): RevocationStatus => {
    const { certificate, issuer, at } = link
    const byOcsp = checkOcsp({
      certificate,
      issuer,
      responses: evidence.ocspResponses,
      at,
      maxAgeMs: ocspMaxAgeMs,
      clockSkewMs,
      verify,
      isGoodByCrl: (responder) => crlStatusOf({ ...link, certificate: responder }).status === 'good',
    })
    if (byOcsp.status === 'revoked') return byOcsp
    const byCrl = crlStatusOf(link)
    if (byCrl.status !== 'undetermined') return byCrl
    if (byOcsp.status === 'good') return byOcsp
    return { status: 'undetermined', why: `${byOcsp.why}; ${byCrl.why}` }
  }

  const crlStatusOf = (link: Link): RevocationStatus =>
    checkCrls({
      certificate: link.certificate,
      crls: evidence.crls,
      at: link.at,
      clockSkewMs,
      verify,
      issuersOf: (crl) => crlSigners(crl, link),
    })

  /**
   * The issuer of the certificate, and then any certificate of the CRL issuer's name on a good path of its own to
   * the same anchor (RFC 5280, 6.3.3 (f)).
   */
  function* crlSigners(
    crl: CertificateList,
    { certificate: asked, issuer, anchor, at, depth }: Link,
  ): Iterable<Certificate> {
    const entitled = [issuer, anchor, ...(vouchesForItself(asked) ? [asked] : [])]
    const own = entitled.filter((certificate) => mayHaveSigned(certificate, crl))
    yield* own
    if (depth >= MAX_CRL_SIGNER_DEPTH) return
    for (const certificate of intermediates) {
      if (!isSeparateSigner(certificate, crl) || own.some(({ sha256 }) => sha256 === certificate.sha256)) continue
      const path = findTrustedPath({
        certificate,
        anchors: [anchor],
        intermediates,
        at,
        policy: ANY_POLICY_WILL_DO,
        verify,
        judgePath: (found) => judgeSigner(found, at, depth + 1),
      })
      if (path.ok) yield certificate
    }
  }

  /** A CRL signer that is revoked signs no CRL; one without evidence only where authorities may be without. */
  const judgeSigner = (path: CandidatePath, at: Date, depth: number): Outcome<unknown> => {
    const judged = judge(path, at, depth)
    const lacksEvidence = !judged.ok && judged.refusal.subIndication === 'TRY_LATER'
    return lacksEvidence && !authoritiesRequired ? pass(undefined) : judged
  }

  return { judgePath: (path, at) => judge(path, at, 0) }
}

/** One certificate of a path with what stands above it. */
interface Link {
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly anchor: Certificate
  readonly at: Date
  readonly depth: number
}

function mayHaveSigned({ subject, extensions }: Certificate, crl: CertificateList): boolean {
  return sameName(subject, crl.issuer) && extensions.keyUsage?.has(keyUsageBits.cRLSign) !== false
}

/** Without key usage anything could pass for a signer of CRLs: a separate one must say that it is. */
function isSeparateSigner(certificate: Certificate, crl: CertificateList): boolean {
  return mayHaveSigned(certificate, crl) && certificate.extensions.keyUsage !== undefined
}

/**
 * Whether the authority has said, in a distribution point, that the status of this CRL signer stands in the signer's
 * own CRL (PKITS 4.14.30). Its path has been validated before its status is asked.
 */
function vouchesForItself({ subject, extensions }: Certificate): boolean {
  const { crlDistributionPoints = [], keyUsage } = extensions
  return (
    keyUsage?.has(keyUsageBits.cRLSign) === true &&
    crlDistributionPoints.some(({ crlIssuer = [] }) => namesDirectory(crlIssuer, subject))
  )
}

function revoked({ subject }: Certificate, status: { readonly reason: string; readonly time: Date }): Outcome<never> {
  return refuse('REVOKED', `"${subject.text}" was revoked at ${status.time.toISOString()} (${status.reason})`)
}

function unknown({ subject }: Certificate, why: string): Outcome<never> {
  return refuse('TRY_LATER', `the status of "${subject.text}" is unknown: ${why}`)
}

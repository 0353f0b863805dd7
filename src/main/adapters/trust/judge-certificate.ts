import type { AuthorityRevocation, RevocationJudge } from '../revocation/create-revocation-judge.ts'
import type { CandidatePath } from '../x509/build-paths.ts'
import type { Certificate } from '../x509/certificate.ts'
import { findTrustedPath } from '../x509/check-trust.ts'
import { type Outcome, pass } from '../x509/outcome.ts'
import type { PolicyInputs } from '../x509/policy-graph.ts'
import type { VerifySignature } from '../x509/signature-algorithms.ts'

/** What certificates are judged against. Trust comes from `anchors` alone. */
export interface TrustPolicy {
  readonly anchors: readonly Certificate[]
  /** They only help to find a way to an anchor. */
  readonly intermediates: readonly Certificate[]
  readonly policy: PolicyInputs
  readonly verify?: VerifySignature
  /** Absent where revocation is not to be checked. */
  readonly revocation?: RevocationJudge
}

export interface TrustedCertificate {
  readonly path: CandidatePath
  readonly revocation: RevocationReport
}

/** What was asked and answered about revocation. */
export interface RevocationReport {
  /** Of the certificate in question. */
  readonly revocation: 'checked' | 'not-checked'
  readonly authorityRevocation: AuthorityRevocation
}

export const NOTHING_CHECKED: RevocationReport = { revocation: 'not-checked', authorityRevocation: 'not-checked' }

/** The report of a judgement; one that found a revocation has checked at least that. */
export function revocationReport(judged: Outcome<TrustedCertificate>): RevocationReport {
  if (judged.ok) return judged.value.revocation
  return judged.refusal.subIndication === 'REVOKED' ? { ...NOTHING_CHECKED, revocation: 'checked' } : NOTHING_CHECKED
}

/**
 * The whole judgement of one certificate at one moment: a valid path, the rules of its use, revocation, in this
 * order, so that what is wrong for good is told before what is merely unknown. An anchor is not itself judged.
 * @param options.checkUse the rules for the last certificate.
 * @returns refusals of `findTrustedPath`, `checkUse` and `RevocationJudge.judgePath`.
 */
export function judgeCertificate(options: {
  readonly certificate: Certificate
  readonly trust: TrustPolicy
  readonly at: Date
  readonly checkUse: (certificate: Certificate) => Outcome<void>
}): Outcome<TrustedCertificate> {
  const { certificate, trust, at, checkUse } = options
  return findTrustedPath<TrustedCertificate>({
    certificate,
    anchors: trust.anchors,
    intermediates: trust.intermediates,
    policy: trust.policy,
    at,
    ...(trust.verify && { verify: trust.verify }),
    judgePath: (path) => {
      if (path.certificates.length === 0) return pass({ path, revocation: NOTHING_CHECKED })
      const use = checkUse(certificate)
      if (!use.ok) return use
      if (trust.revocation === undefined) return pass({ path, revocation: NOTHING_CHECKED })
      const judged = trust.revocation.judgePath(path, at)
      if (!judged.ok) return judged
      return pass({ path, revocation: { revocation: 'checked', authorityRevocation: judged.value } })
    },
  })
}

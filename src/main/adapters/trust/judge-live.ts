import type { LiveEvidence } from '../revocation/create-live-evidence.ts'
import { createRevocationJudge } from '../revocation/create-revocation-judge.ts'
import type { CandidatePath } from '../x509/build-paths.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type Outcome, type Refusal, refuse } from '../x509/outcome.ts'
import { judgeCertificate, type TrustedCertificate, type TrustPolicy } from './judge-certificate.ts'

export interface LiveTrust {
  /** Its `revocation` is not looked at. */
  readonly trust: Omit<TrustPolicy, 'revocation'>
  /** Absent where revocation is not to be checked. */
  readonly revocation?: {
    readonly evidence: LiveEvidence
    /** Freshness of an OCSP response without nextUpdate. */
    readonly ocspMaxAgeMs: number
    readonly authoritiesRequired: boolean
  }
}

/** Clocks of authorities and ours differ by seconds; evidence from further ahead does not count. */
const CLOCK_SKEW_MS = 60_000
/** Several ways to an anchor are rare; each may cost questions to services. */
const MAX_PATHS = 4
const MAX_REASON = 400

/**
 * The whole judgement of `judgeCertificate`, with revocation asked from the authorities' services. Nobody is asked
 * about a certificate whose path or use is wrong.
 */
export async function judgeLive(
  { trust, revocation }: LiveTrust,
  question: {
    readonly certificate: Certificate
    readonly at: Date
    readonly checkUse: (certificate: Certificate) => Outcome<void>
  },
): Promise<Outcome<TrustedCertificate>> {
  const offline = (judge?: (path: CandidatePath) => Outcome<'checked' | 'not-checked'>) =>
    judgeCertificate({
      ...question,
      trust: judge === undefined ? trust : { ...trust, revocation: { judgePath: judge } },
    })
  if (revocation === undefined) return offline()

  const paths: CandidatePath[] = []
  const found = offline((path) => {
    paths.push(path)
    return refuse('TRY_LATER', 'not asked yet')
  })
  // An anchor is not itself judged; a refusal without a valid path is final.
  if (found.ok || paths.length === 0) return found

  const { evidence, ocspMaxAgeMs, authoritiesRequired } = revocation
  const intermediates = trust.intermediates
  const refusals: Refusal[] = []
  for (const path of paths.slice(0, MAX_PATHS)) {
    const gathered = await evidence.about(path, question.at)
    const judge = createRevocationJudge({
      evidence: gathered,
      intermediates,
      ocspMaxAgeMs,
      authoritiesRequired,
      clockSkewMs: CLOCK_SKEW_MS,
      ...(trust.verify && { verify: trust.verify }),
    })
    const judged = judge.judgePath(path, question.at)
    if (judged.ok) {
      return { ok: true, value: { path, revocation: { revocation: 'checked', authorityRevocation: judged.value } } }
    }
    if (judged.refusal.subIndication === 'TRY_LATER') gathered.forget()
    refusals.push(withMissing(judged.refusal, gathered.missing))
  }
  const told = refusals.find(({ indication }) => indication === 'TOTAL-FAILED') ?? refusals[0]
  return told === undefined ? found : { ok: false, refusal: told }
}

/** Why evidence could not be had says more than that it is missing. */
function withMissing(refusal: Refusal, missing: readonly string[]): Refusal {
  if (refusal.subIndication !== 'TRY_LATER' || missing.length === 0) return refusal
  return { ...refusal, reason: `${[...new Set(missing)].join('; ')}; ${refusal.reason}`.slice(0, MAX_REASON) }
}

import { createRevocationJudge, type RevocationJudge } from '../adapters/revocation/create-revocation-judge.ts'
import type { TrustPolicy } from '../adapters/trust/judge-certificate.ts'
import { type TrustProfile, type TrustProfileName, trustProfiles } from '../adapters/trust/trust-profile.ts'
import type { Certificate } from '../adapters/x509/certificate.ts'
import { ANY_POLICY } from '../adapters/x509/certificate-extensions.ts'
import type { Refusal } from '../adapters/x509/outcome.ts'
import type { PolicyInputs } from '../adapters/x509/policy-graph.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { certificatesOf, crlsOf, ocspResponsesOf, readPlaces } from './read-evidence-files.ts'

/** Options of the commands that judge certificates. */
export interface TrustOptions {
  readonly trust: readonly string[]
  readonly with: readonly string[]
  readonly crl: readonly string[]
  readonly ocsp: readonly string[]
  readonly at?: Date
  readonly policy?: readonly string[]
  readonly inhibitPolicyMapping?: boolean
  readonly inhibitAnyPolicy?: boolean
  readonly profile: TrustProfileName
  /** False with --no-revocation. */
  readonly revocation: boolean
  readonly requireAuthorityRevocation?: boolean
  readonly json?: boolean
}

export type Verdict = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED'

const DAY_MS = 24 * 60 * 60 * 1000

/** Reads every file that the options name. @throws UnreadablePlace */
export async function openTrust(
  options: TrustOptions,
  tell: (line: string) => void,
  /** Certificates that come with the question. */
  offered: readonly Certificate[] = [],
): Promise<{ readonly trust: TrustPolicy; readonly profile: TrustProfile }> {
  const foreign = (what: string) => (file: string) => tell(`${file}: не ${what}, пропущен`)
  const certificates = (places: readonly string[]) =>
    readPlaces({ places, read: certificatesOf, onForeign: foreign('сертификат') })
  const anchors = await certificates(options.trust)
  const intermediates = [...offered, ...(await certificates(options.with))]
  const profile = trustProfiles[options.profile]
  const revocation = options.revocation ? await openRevocation(options, profile, intermediates, foreign) : undefined
  const policy = policyInputs(options)
  return { trust: { anchors, intermediates, policy, ...(revocation && { revocation }) }, profile }
}

/** A policy that is asked for must be there; any-policy among those asked for is content with whichever is. */
function policyInputs({ policy = [], inhibitPolicyMapping, inhibitAnyPolicy }: TrustOptions): PolicyInputs {
  return {
    ...(policy.length > 0 && !policy.includes(ANY_POLICY) && { acceptable: new Set(policy) }),
    requireExplicitPolicy: policy.length > 0,
    inhibitPolicyMapping: inhibitPolicyMapping === true,
    inhibitAnyPolicy: inhibitAnyPolicy === true,
  }
}

async function openRevocation(
  options: TrustOptions,
  profile: TrustProfile,
  intermediates: readonly Certificate[],
  foreign: (what: string) => (file: string) => void,
): Promise<RevocationJudge> {
  const crls = await readPlaces({ places: options.crl, read: crlsOf, onForeign: foreign('CRL') })
  const ocspResponses = await readPlaces({
    places: options.ocsp,
    read: ocspResponsesOf,
    onForeign: foreign('успешный ответ OCSP'),
  })
  return createRevocationJudge({
    evidence: { crls, ocspResponses },
    intermediates,
    ocspMaxAgeMs: DAY_MS,
    authoritiesRequired: profile.authoritiesRequired || options.requireAuthorityRevocation === true,
  })
}

/** How `--json` prints a verdict. */
export function verdictJson(refusal: Refusal | undefined): {
  readonly verdict: Verdict
  readonly subIndication?: string
  readonly reason?: string
} {
  if (refusal === undefined) return { verdict: 'TOTAL-PASSED' }
  const { indication, subIndication, reason } = refusal
  return { verdict: indication, subIndication, reason }
}

const SEVERITY: readonly Verdict[] = ['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']

/** Several verdicts are as good as the worst of them. */
export function worst<T extends { readonly verdict: Verdict }>(first: T, ...others: readonly T[]): T {
  return others.reduce((a, b) => (SEVERITY.indexOf(b.verdict) > SEVERITY.indexOf(a.verdict) ? b : a), first)
}

export function exitCodeOf(verdict: Verdict): ExitCode {
  if (verdict === 'TOTAL-PASSED') return exitCode.done
  return verdict === 'INDETERMINATE' ? exitCode.refused : exitCode.checkFailed
}

import { buildPaths, type CandidatePath } from './build-paths.ts'
import type { Certificate } from './certificate.ts'
import { type Outcome, pass, type Refusal, refuse } from './outcome.ts'
import type { PolicyInputs } from './policy-graph.ts'
import type { VerifySignature } from './signature-algorithms.ts'
import { validatePath } from './validate-path.ts'

interface TrustQuestion {
  readonly certificate: Certificate
  readonly anchors: readonly Certificate[]
  readonly intermediates: readonly Certificate[]
  readonly at: Date
  readonly policy: PolicyInputs
  readonly verify?: VerifySignature
}

/**
 * Looks for one valid path from a certificate to an anchor.
 * @returns the path; or the refusal of the candidate that came furthest: a path that breaks a rule says more than
 * one that is no path at all. NO_CERTIFICATE_CHAIN_FOUND where no anchor is reached.
 */
export function checkTrust(options: TrustQuestion): Outcome<CandidatePath> {
  return findTrustedPath({ ...options, judgePath: pass })
}

/** The same where a valid path must please another judge as well, and the first that does is taken. */
export function findTrustedPath<T>(
  options: TrustQuestion & { readonly judgePath: (path: CandidatePath) => Outcome<T> },
): Outcome<T> {
  const refusals: Refusal[] = []
  for (const path of buildPaths(options)) {
    const valid = validatePath({ ...options, path })
    const outcome = valid.ok ? options.judgePath(path) : valid
    if (outcome.ok) return outcome
    refusals.push(outcome.refusal)
  }
  const told =
    refusals.find(({ indication }) => indication === 'TOTAL-FAILED') ??
    refusals.find(({ subIndication }) => subIndication !== 'NO_CERTIFICATE_CHAIN_FOUND') ??
    refusals[0]
  if (told !== undefined) return { ok: false, refusal: told }
  const { subject } = options.certificate
  return refuse('NO_CERTIFICATE_CHAIN_FOUND', `no path from "${subject.text}" to a trusted authority`)
}

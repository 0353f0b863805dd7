import type { CandidatePath } from '../x509/build-paths.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type Outcome, pass } from '../x509/outcome.ts'
import { judgeLive, type LiveTrust } from './judge-live.ts'

export interface SignerQuestion {
  readonly certificate: Certificate
  /** Certificates that came along: they help to find a way, and nothing more. */
  readonly others: readonly Certificate[]
  readonly at: Date
}

/** Whether somebody's certificate may sign, at a moment; the way to the anchor where it may. */
export type JudgeSigner = (question: SignerQuestion) => Promise<Outcome<CandidatePath>>

/**
 * Judges by a trust policy and rules of use, with revocation where the policy has it.
 * @param options.checkUse the rules for the certificate itself.
 */
export function createSignerJudge(
  options: LiveTrust & { readonly checkUse: (certificate: Certificate) => Outcome<void> },
): JudgeSigner {
  const { trust, checkUse } = options
  return async ({ certificate, others, at }) => {
    const known = new Map([...others, ...trust.intermediates].map((one) => [one.sha256, one]))
    const judged = await judgeLive(
      { ...options, trust: { ...trust, intermediates: [...known.values()] } },
      { certificate, at, checkUse },
    )
    if (!judged.ok) return judged
    const { path } = judged.value
    // An anchor is trusted as it is, but what it may be used for is another question.
    const use = path.certificates.length === 0 ? checkUse(certificate) : pass(undefined)
    return use.ok ? pass(path) : use
  }
}

import { createCmsVerifier } from '../../src/main/adapters/cms/create-cms-verifier.ts'
import type { JudgeOwnCertificate } from '../../src/main/adapters/signing/create-signer.ts'
import { createSignerJudge } from '../../src/main/adapters/trust/judge-signer.ts'
import { type Certificate, parseCertificate } from '../../src/main/adapters/x509/certificate.ts'
import { ANY_POLICY_WILL_DO } from '../../src/main/adapters/x509/policy-graph.ts'
import { checkSigningUsage } from '../../src/main/adapters/x509/signing-usage.ts'
import type { SignatureVerifier } from '../../src/main/ports/signature-verifier.ts'

interface Trusted {
  readonly anchors: readonly Uint8Array[]
  readonly intermediates: readonly Uint8Array[]
}

/** A judge by path and use for signing alone: no revocation, no rules of НУЦ. */
export function pathJudge({ anchors, intermediates }: Trusted) {
  const trust = { anchors: read(anchors), intermediates: read(intermediates), policy: ANY_POLICY_WILL_DO }
  return createSignerJudge({ trust, checkUse: checkSigningUsage })
}

/** The product's verifier with that judge. */
export function createPathVerifier(trusted: Trusted): Pick<SignatureVerifier, 'verify'> {
  return createCmsVerifier({ judgeSigner: pathJudge(trusted) })
}

/** The same judge as a signer asks it about its own certificate. */
export function judgeOwnByPath(trusted: Trusted): JudgeOwnCertificate {
  const judge = pathJudge(trusted)
  return async ({ certificate, others, at }) => {
    const [own] = read([certificate])
    if (own === undefined) throw new Error('no certificate')
    const judged = await judge({ certificate: own, others: read(others), at })
    return judged.ok ? { ok: true, value: judged.value.certificates.map(({ der }) => der) } : judged
  }
}

function read(files: readonly Uint8Array[]): readonly Certificate[] {
  return files.map((der) => {
    const certificate = parseCertificate(Uint8Array.from(der))
    if (certificate === undefined) throw new Error('no certificate')
    return certificate
  })
}

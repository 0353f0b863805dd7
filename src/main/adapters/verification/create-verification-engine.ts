import { performance } from 'node:perf_hooks'
import { fail, type Result } from '../../../shared/result.ts'
import type { PersonVerdict } from '../../ports/personal-key.ts'
import type { SignatureVerdict } from '../../ports/signature-verifier.ts'
import { configuredCertificates } from '../cms/configured-certificates.ts'
import { createCmsVerifier } from '../cms/create-cms-verifier.ts'
import { createTimestampClient } from '../cms/create-timestamp-client.ts'
import { createEvidenceHttp } from '../evidence-http/create-evidence-http.ts'
import { createLiveEvidence } from '../revocation/create-live-evidence.ts'
import { createCrlStore } from '../revocation/crl-store.ts'
import type { LiveTrust } from '../trust/judge-live.ts'
import { createSignerJudge, type JudgeSigner } from '../trust/judge-signer.ts'
import { parseCertificate } from '../x509/certificate.ts'
import type { DigestName } from '../x509/digest-algorithms.ts'
import { checkNucAuthentication, checkNucSigner, checkNucTimestampAuthority, iinOf } from '../x509/nuc-profile.ts'
import { type Outcome, pass, refusalOf, refuse } from '../x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../x509/policy-graph.ts'
import { rememberVerified } from '../x509/remember-verified.ts'
import type { VerifySignature } from '../x509/signature-algorithms.ts'
import { createXmldsigVerifier, judgeSoapSignature } from '../xml-signature/create-xmldsig-verifier.ts'
import type { VerificationConfig } from './verification-config.ts'

/** A question about a certificate that is at hand as DER. */
export interface CertificateQuestion {
  readonly certificate: Uint8Array
  readonly others: readonly Uint8Array[]
  readonly at: Date
}

/** All judging of the service, in one place with one memory. It never throws: what it cannot understand it refuses. */
export interface VerificationEngine {
  verifyReply(question: { readonly document: string; readonly at: Date }): Promise<SignatureVerdict>
  /** A CMS by a person's authentication key of any kind, and whose it is. */
  verifyPerson(question: { readonly document: string; readonly at: Date }): Promise<PersonVerdict>
  /** `wsse:Security` over the Body of a SOAP envelope; the content of a verdict that passed is the Body. */
  verifyEnvelope(question: { readonly envelope: Uint8Array; readonly at: Date }): Promise<SignatureVerdict>
  /** Asks for a timestamp over a signature value and checks it. Failures: `sign.timestamp-*`. */
  stamp(question: { readonly covered: Uint8Array; readonly digestName: DigestName }): Promise<Result<Uint8Array>>
  /** By the rules for signers. @returns the certificates of the way down to it, without the anchor, DER. */
  judgeSigner(question: CertificateQuestion): Promise<Outcome<readonly Uint8Array[]>>
}

const REMEMBERED_SIGNATURES = 1_024
/** A table takes a quarter of a megabyte. */
const REMEMBERED_KEYS = 16

/** Judges by НУЦ's rules. @throws where a configured certificate is none. */
export function createVerificationEngine(config: VerificationConfig): VerificationEngine {
  const verify = rememberVerified({ maxEntries: REMEMBERED_SIGNATURES, maxKeys: REMEMBERED_KEYS })
  const live = liveTrust(config, verify)
  const judges = {
    signer: createSignerJudge({ ...live, checkUse: checkNucSigner }),
    timestampAuthority: createSignerJudge({ ...live, checkUse: checkNucTimestampAuthority }),
    person: createSignerJudge({ ...live, checkUse: checkNucAuthentication }),
  }
  const asked = { judgeSigner: judges.signer, algorithm: config.algorithm, verify }
  const timestamps =
    config.timestamp &&
    createTimestampClient({
      http: createEvidenceHttp(config.timestamp),
      url: config.timestamp.url,
      judgeAuthority: judges.timestampAuthority,
      now: () => new Date(),
    })
  const verifier =
    config.form === 'xmldsig'
      ? createXmldsigVerifier(asked)
      : createCmsVerifier({
          ...asked,
          ...(timestamps && { judgeTimestampAuthority: judges.timestampAuthority }),
        })
  const people = createCmsVerifier({ judgeSigner: judges.person, verify })
  return {
    verifyReply: ({ document, at }) => verifier.verify(document, at),
    async verifyPerson({ document, at }) {
      const verdict = await people.verify(document, at)
      if (verdict.indication !== 'TOTAL-PASSED') return verdict
      const certificate = parseCertificate(Uint8Array.from(verdict.signer.der))
      const iin = certificate && iinOf(certificate)
      return iin === undefined ? refusalOf('CHAIN_CONSTRAINTS_FAILURE', 'names no person') : { ...verdict, iin }
    },
    verifyEnvelope: ({ envelope, at }) => judgeSoapSignature(Uint8Array.from(envelope), asked, at),
    stamp: async ({ covered, digestName }) =>
      timestamps === undefined
        ? fail({ code: 'sign.timestamp-unavailable', detail: 'none is configured' })
        : timestamps(Uint8Array.from(covered), digestName),
    judgeSigner: (question) => judge(judges.signer, question),
  }
}

function liveTrust({ anchors, intermediates, revocation }: VerificationConfig, verify: VerifySignature): LiveTrust {
  const trust = {
    anchors: configuredCertificates(anchors),
    intermediates: configuredCertificates(intermediates),
    policy: ANY_POLICY_WILL_DO,
    verify,
  }
  if (revocation === undefined) return { trust }
  const { sources, authoritiesRequired, deadlineMs, crlFolder } = revocation
  const evidence = createLiveEvidence({
    http: createEvidenceHttp({ deadlineMs }),
    sources,
    monotonicMs: () => performance.now(),
    ...(crlFolder !== undefined && { store: createCrlStore({ folder: crlFolder }) }),
  })
  return { trust, revocation: { evidence, ocspMaxAgeMs: sources.ocspMaxAgeMs, authoritiesRequired } }
}

async function judge(judgeSigner: JudgeSigner, question: CertificateQuestion): Promise<Outcome<readonly Uint8Array[]>> {
  const certificate = parseCertificate(Uint8Array.from(question.certificate))
  if (certificate === undefined) return refuse('FORMAT_FAILURE', 'not a certificate')
  const others = question.others.flatMap((der) => parseCertificate(Uint8Array.from(der)) ?? [])
  const judged = await judgeSigner({ certificate, others, at: question.at })
  return judged.ok ? pass(judged.value.certificates.map(({ der }) => Uint8Array.from(der))) : judged
}

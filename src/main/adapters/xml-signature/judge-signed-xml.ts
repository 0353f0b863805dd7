import type { JudgedSignature, MessagePolicy } from '../cms/judge-signed-message.ts'
import { judgeCertificate, NOTHING_CHECKED, revocationReport } from '../trust/judge-certificate.ts'
import { type Outcome, pass } from '../x509/outcome.ts'
import { checkEnvelopedSignatures } from './check-enveloped-signatures.ts'
import type { IntactXmlSignature } from './check-signature.ts'
import { checkSoapSignature, isSoapEnvelope } from './check-soap-signature.ts'
import { type CoveredContent, readSignedDocument } from './signed-document.ts'

/** A verdict on one signature; what it covered comes with TOTAL-PASSED alone, and there is no other way to it. */
export interface JudgedXmlSignature extends JudgedSignature {
  readonly content?: CoveredContent
}

/**
 * Judges every signature of an XML document by itself: the one over the Body where the document is a SOAP envelope,
 * else the enveloped ones of its root, in document order. Certificates are judged as those of CMS are.
 * @returns a refusal where there is no signature to judge: FORMAT_FAILURE, SIG_CONSTRAINTS_FAILURE.
 */
export function judgeSignedXml(file: Uint8Array, policy: MessagePolicy): Outcome<readonly JudgedXmlSignature[]> {
  const document = readSignedDocument(file)
  if (!document.ok) return document
  if (isSoapEnvelope(document.value)) return pass([judge(checkSoapSignature(document.value), policy)])
  const checked = checkEnvelopedSignatures(document.value)
  return checked.ok ? pass(checked.value.map((one) => judge(one, policy))) : checked
}

function judge(intact: Outcome<IntactXmlSignature>, policy: MessagePolicy): JudgedXmlSignature {
  if (!intact.ok) return { refusal: intact.refusal, intact: false, revocation: NOTHING_CHECKED }
  const { certificate, content } = intact.value
  const trusted = judgeCertificate({
    certificate,
    trust: policy.trust,
    at: policy.at ?? policy.now,
    checkUse: policy.checkSigner,
  })
  return {
    ...(trusted.ok ? { content } : { refusal: trusted.refusal }),
    intact: true,
    signer: certificate,
    revocation: revocationReport(trusted),
  }
}

import type { SignatureVerdict, SignatureVerifier } from '../../ports/signature-verifier.ts'
import type { JudgeSigner } from '../trust/judge-signer.ts'
import { type SigningAlgorithm, signingAlgorithmOf } from '../x509/key-algorithm.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import type { VerifySignature } from '../x509/signature-algorithms.ts'
import { checkEnvelopedSignatures } from './check-enveloped-signatures.ts'
import type { IntactXmlSignature } from './check-signature.ts'
import { checkSoapSignature } from './check-soap-signature.ts'
import { readSignedDocument } from './signed-document.ts'

export interface XmlVerifierOptions {
  readonly judgeSigner: JudgeSigner
  /** The signer's key must be of this kind. */
  readonly algorithm: SigningAlgorithm
  readonly verify?: VerifySignature
}

/**
 * Judges documents with one enveloped XMLDSig on their root, as a portal's reply has. What is handed out is what the
 * signature covered, in canonical form and without any signature.
 */
export function createXmldsigVerifier(options: XmlVerifierOptions): Pick<SignatureVerifier, 'verify'> {
  return {
    async verify(signedDocument, at) {
      const judged = await judgeSafely(() => judgeSigner(onlyEnveloped(signedDocument, options), options, at))
      return verdictOf(judged)
    },
  }
}

/** Judges the one `wsse:Security` of a SOAP envelope; what is handed out is its Body, in canonical form. */
export async function judgeSoapSignature(
  envelope: Uint8Array,
  options: XmlVerifierOptions,
  at: Date,
): Promise<SignatureVerdict> {
  return verdictOf(await judgeSafely(() => judgeSigner(overBody(envelope, options), options, at)))
}

function onlyEnveloped(signedDocument: string, { verify }: XmlVerifierOptions): Outcome<IntactXmlSignature> {
  const document = readSignedDocument(Buffer.from(signedDocument, 'utf8'))
  if (!document.ok) return document
  const checked = checkEnvelopedSignatures(document.value, verify)
  if (!checked.ok) return checked
  const [signature, ...others] = checked.value
  if (signature === undefined) return refuse('FORMAT_FAILURE', 'no signature')
  if (others.length > 0) {
    return refuse('SIG_CONSTRAINTS_FAILURE', `${checked.value.length} signatures where one is expected`)
  }
  return signature
}

function overBody(envelope: Uint8Array, { verify }: XmlVerifierOptions): Outcome<IntactXmlSignature> {
  const document = readSignedDocument(envelope)
  return document.ok ? checkSoapSignature(document.value, verify) : document
}

async function judgeSigner(
  intact: Outcome<IntactXmlSignature>,
  options: XmlVerifierOptions,
  at: Date,
): Promise<Outcome<IntactXmlSignature>> {
  if (!intact.ok) return intact
  const { certificate } = intact.value
  if (signingAlgorithmOf(certificate) !== options.algorithm) {
    return refuse('CRYPTO_CONSTRAINTS_FAILURE', `a key that is not ${options.algorithm}, as was agreed`)
  }
  const trusted = await options.judgeSigner({ certificate, others: [], at })
  return trusted.ok ? pass(intact.value) : trusted
}

/** The last wall: whatever a library does with hostile input, the answer is a refusal. */
async function judgeSafely(judge: () => Promise<Outcome<IntactXmlSignature>>): Promise<Outcome<IntactXmlSignature>> {
  try {
    return await judge()
  } catch {
    return refuse('FORMAT_FAILURE', 'the document could not be judged')
  }
}

function verdictOf(outcome: Outcome<IntactXmlSignature>): SignatureVerdict {
  if (!outcome.ok) return outcome.refusal
  const { content, certificate } = outcome.value
  const { subject, der, sha256 } = certificate
  return {
    indication: 'TOTAL-PASSED',
    content: Uint8Array.from(content.octets),
    signer: { subject: subject.text, der: Uint8Array.from(der), sha256 },
  }
}

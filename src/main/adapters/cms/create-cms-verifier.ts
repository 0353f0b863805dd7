import type { SignatureVerdict, SignatureVerifier } from '../../ports/signature-verifier.ts'
import type { CandidatePath } from '../x509/build-paths.ts'
import type { Certificate } from '../x509/certificate.ts'
import { checkTrust } from '../x509/check-trust.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../x509/policy-graph.ts'
import { checkSigningUsage } from '../x509/signing-usage.ts'
import { checkValidity } from '../x509/validity.ts'
import { checkMessageSignature, ID_DATA, type IntactSignature } from './check-message-signature.ts'
import { configuredCertificates } from './configured-certificates.ts'
import { decodeBase64 } from './decode-base64.ts'
import { type MessageSigner, readSignedMessage, type SignedMessage } from './read-signed-message.ts'

const MAX_MESSAGE_OCTETS = 1024 * 1024

/**
 * Judges attached CMS signatures in base64. Trust comes from `anchors` alone; certificates of the message and
 * `intermediates` only help to find a way there. Exactly one signer is expected, as a portal's reply has.
 * @param options certificates in DER, as the settings' loader has read them; throws where one is not.
 */
export function createCmsVerifier(options: {
  readonly anchors: readonly Uint8Array[]
  readonly intermediates: readonly Uint8Array[]
}): SignatureVerifier {
  const anchors = configuredCertificates(options.anchors)
  const intermediates = configuredCertificates(options.intermediates)

  const judge = (signedDocument: string, at: Date): Outcome<IntactSignature> => {
    const message = openMessage(signedDocument)
    if (!message.ok) return message
    const signer = onlySigner(message.value)
    if (!signer.ok) return signer
    const intact = checkMessageSignature(message.value, signer.value)
    if (!intact.ok) return intact
    const versions = checkVersions(message.value, signer.value)
    if (!versions.ok) return versions
    const { certificate, attributes } = intact.value
    const trusted = checkTrust({
      certificate,
      anchors,
      intermediates: [...message.value.certificates, ...intermediates],
      at,
      policy: ANY_POLICY_WILL_DO,
    })
    if (!trusted.ok) return trusted
    const idle = checkNoIdleCertificates(message.value, trusted.value)
    if (!idle.ok) return idle
    for (const check of [checkValidity(certificate, at), checkSigningUsage(certificate)]) if (!check.ok) return check
    if (!checkValidity(certificate, attributes.signingTime).ok) {
      return refuse('SIG_CONSTRAINTS_FAILURE', "the signing time lies outside the validity of the signer's certificate")
    }
    return intact
  }

  return {
    async verify(signedDocument, at) {
      return verdictOf(judgeSafely(() => judge(signedDocument, at)))
    },
  }
}

function openMessage(signedDocument: string): Outcome<SignedMessage> {
  const octets = decodeBase64(signedDocument, MAX_MESSAGE_OCTETS)
  if (octets === undefined) return refuse('FORMAT_FAILURE', 'not base64, or too long')
  const message = readSignedMessage(octets)
  return message === undefined ? refuse('FORMAT_FAILURE', 'not a well-formed CMS SignedData') : pass(message)
}

function onlySigner({ signers }: SignedMessage): Outcome<MessageSigner> {
  const [signer, ...others] = signers
  if (signer === undefined) return refuse('FORMAT_FAILURE', 'no signer')
  if (others.length > 0) return refuse('SIG_CONSTRAINTS_FAILURE', `${signers.length} signers where one is expected`)
  return pass(signer)
}

/** RFC 5652, 5.1 and 5.3. No signature covers the versions, so they may not differ from what the rest demands. */
function checkVersions(message: SignedMessage, signer: MessageSigner): Outcome<undefined> {
  const signerVersion = signer.identifier.kind === 'key-identifier' ? 3 : 1
  const messageVersion = signerVersion === 3 || message.contentType !== ID_DATA ? 3 : 1
  return signer.version === signerVersion && message.version === messageVersion
    ? pass(undefined)
    : refuse('FORMAT_FAILURE', 'a version that RFC 5652 does not give this message')
}

/** No signature covers the certificate set either: what takes no part in the path has no place in a reply. */
function checkNoIdleCertificates(message: SignedMessage, path: CandidatePath): Outcome<undefined> {
  const used = new Set([...path.certificates, path.anchor].map(({ sha256 }) => sha256))
  return message.certificates.every(({ sha256 }) => used.has(sha256))
    ? pass(undefined)
    : refuse('SIG_CONSTRAINTS_FAILURE', "a certificate of the message takes no part in its signer's path")
}

/** The last wall: whatever a library does with hostile input, the answer is a refusal. */
function judgeSafely(judge: () => Outcome<IntactSignature>): Outcome<IntactSignature> {
  try {
    return judge()
  } catch {
    return refuse('FORMAT_FAILURE', 'the message could not be judged')
  }
}

function verdictOf(outcome: Outcome<IntactSignature>): SignatureVerdict {
  if (!outcome.ok) return outcome.refusal
  const { content, certificate, attributes } = outcome.value
  return {
    indication: 'TOTAL-PASSED',
    content: Uint8Array.from(content),
    signer: signerOf(certificate),
    signingTime: attributes.signingTime,
  }
}

function signerOf({ subject, der, sha256 }: Certificate) {
  return { subject: subject.text, der: Uint8Array.from(der), sha256 }
}

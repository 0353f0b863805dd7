import type { SignatureVerdict, SignatureVerifier } from '../../ports/signature-verifier.ts'
import type { JudgeSigner } from '../trust/judge-signer.ts'
import type { CandidatePath } from '../x509/build-paths.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type SigningAlgorithm, signingAlgorithmOf } from '../x509/key-algorithm.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import type { VerifySignature } from '../x509/signature-algorithms.ts'
import { checkValidity } from '../x509/validity.ts'
import { checkMessageSignature, ID_DATA, type IntactSignature } from './check-message-signature.ts'
import { decodeBase64 } from './decode-base64.ts'
import { type MessageSigner, readSignedMessage, type SignedMessage } from './read-signed-message.ts'
import { checkTimestampToken, signatureTimestamps } from './timestamp-token.ts'

const MAX_MESSAGE_OCTETS = 1024 * 1024

/** How long before or after the judged moment a timestamp of a reply may lie. */
const MAX_TIMESTAMP_DISTANCE_MS = 5 * 60_000

export interface CmsVerifierOptions {
  readonly judgeSigner: JudgeSigner
  readonly verify?: VerifySignature
  /** The signer's key must be of this kind; without it any of the list is taken. */
  readonly algorithm?: SigningAlgorithm
  /** Where a signature must carry a timestamp, whoever made it is judged by this. */
  readonly judgeTimestampAuthority?: JudgeSigner
}

/**
 * Judges attached CMS signatures in base64. Certificates of the message only help to find a way to an anchor. Exactly
 * one signer is expected, as a portal's reply has.
 */
export function createCmsVerifier(options: CmsVerifierOptions): Pick<SignatureVerifier, 'verify'> {
  const judge = async (signedDocument: string, at: Date): Promise<Outcome<IntactSignature>> => {
    const message = openMessage(signedDocument)
    if (!message.ok) return message
    const signer = onlySigner(message.value)
    if (!signer.ok) return signer
    const intact = checkMessageSignature(message.value, signer.value, options.verify)
    if (!intact.ok) return intact
    const versions = checkVersions(message.value, signer.value)
    if (!versions.ok) return versions
    const { certificate, attributes } = intact.value
    if (options.algorithm !== undefined && signingAlgorithmOf(certificate) !== options.algorithm) {
      return refuse('CRYPTO_CONSTRAINTS_FAILURE', `a key that is not ${options.algorithm}, as was agreed`)
    }
    const trusted = await options.judgeSigner({ certificate, others: message.value.certificates, at })
    if (!trusted.ok) return trusted
    const idle = checkNoIdleCertificates(message.value, trusted.value)
    if (!idle.ok) return idle
    const validity = checkValidity(certificate, at)
    if (!validity.ok) return validity
    if (!checkValidity(certificate, attributes.signingTime).ok) {
      return refuse('SIG_CONSTRAINTS_FAILURE', "the signing time lies outside the validity of the signer's certificate")
    }
    if (options.judgeTimestampAuthority !== undefined) {
      const stamped = await checkTimestamp(signer.value, at, options.judgeTimestampAuthority)
      if (!stamped.ok) return stamped
    }
    return intact
  }

  return {
    async verify(signedDocument, at) {
      return verdictOf(await judgeSafely(() => judge(signedDocument, at)))
    },
  }
}

/** A reply is of now, and so is its timestamp: whoever made it must be good now, and have been valid then. */
async function checkTimestamp(signer: MessageSigner, at: Date, judgeAuthority: JudgeSigner): Promise<Outcome<void>> {
  const tokens = signatureTimestamps(signer)
  const [token, ...others] = tokens ?? []
  if (tokens === undefined) return refuse('FORMAT_FAILURE', 'the unsigned attributes are malformed')
  if (token === undefined) return refuse('SIG_CONSTRAINTS_FAILURE', 'the signature carries no timestamp')
  if (others.length > 0) return refuse('SIG_CONSTRAINTS_FAILURE', 'the signature carries several timestamps')
  const intact = checkTimestampToken(token, signer.signature)
  if (!intact.ok) return intact
  const { time, authority, certificates } = intact.value
  if (Math.abs(time.getTime() - at.getTime()) > MAX_TIMESTAMP_DISTANCE_MS) {
    return refuse('SIG_CONSTRAINTS_FAILURE', `the timestamp is of ${time.toISOString()}`)
  }
  const then = checkValidity(authority, time)
  if (!then.ok) return then
  const trusted = await judgeAuthority({ certificate: authority, others: certificates, at })
  return trusted.ok ? pass(undefined) : trusted
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
async function judgeSafely(judge: () => Promise<Outcome<IntactSignature>>): Promise<Outcome<IntactSignature>> {
  try {
    return await judge()
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

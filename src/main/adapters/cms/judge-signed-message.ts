import {
  judgeCertificate,
  NOTHING_CHECKED,
  type RevocationReport,
  revocationReport,
  type TrustPolicy,
} from '../trust/judge-certificate.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type Outcome, pass, type Refusal, refusalOf, refuse } from '../x509/outcome.ts'
import { checkSignerInfo, ID_DATA } from './check-message-signature.ts'
import type { MessageSigner, SignedMessage } from './read-signed-message.ts'
import { readMessageAttributes } from './signed-attributes.ts'
import { checkTimestampToken, signatureTimestamps } from './timestamp-token.ts'

/** A verdict on one signature, or on one timestamp, with what it rests on. */
export interface JudgedSignature {
  /** Absent for TOTAL-PASSED. */
  readonly refusal?: Refusal
  /** Whether digest and signature value match, whatever the path says. */
  readonly intact: boolean
  readonly signer?: Certificate
  /** As the signer claims it. */
  readonly signingTime?: Date
  readonly timestamp?: JudgedTimestamp
  readonly revocation: RevocationReport
}

export interface JudgedTimestamp {
  readonly refusal?: Refusal
  /** Absent where the token is not even intact. */
  readonly time?: Date
}

export interface MessagePolicy {
  readonly trust: TrustPolicy
  readonly checkSigner: (certificate: Certificate) => Outcome<void>
  readonly checkTimestampAuthority: (certificate: Certificate) => Outcome<void>
  /** The judged moment; without it that of a verified timestamp, else `now`. */
  readonly at?: Date
  readonly now: Date
}

/**
 * Judges every signature of a CMS message by itself. The content must already stand in the message.
 * Signing-certificate-v2 is checked where present.
 */
export function judgeSignedMessage(message: SignedMessage, policy: MessagePolicy): readonly JudgedSignature[] {
  const known = distinct([...message.certificates, ...policy.trust.intermediates, ...policy.trust.anchors])
  return message.signers.map((signer) => judgeSignature({ ...message, certificates: known }, signer, policy))
}

function judgeSignature(message: SignedMessage, signer: MessageSigner, policy: MessagePolicy): JudgedSignature {
  const intact = checkSignerInfo({ message, signer, contentType: ID_DATA, readAttributes: readMessageAttributes })
  if (!intact.ok) return { refusal: intact.refusal, intact: false, revocation: NOTHING_CHECKED }
  const { certificate, attributes } = intact.value
  const timestamp = judgeTimestamps(message, signer, policy)
  const verifiedTime = timestamp?.refusal === undefined ? timestamp?.time : undefined
  const trusted = judgeCertificate({
    certificate,
    trust: withCertificates(policy.trust, message.certificates),
    at: policy.at ?? verifiedTime ?? policy.now,
    checkUse: policy.checkSigner,
  })
  // A timestamp that is wrong, and not merely unproved, says that somebody has tampered.
  const forged = timestamp?.refusal?.indication === 'TOTAL-FAILED' ? timestamp.refusal : undefined
  const refusal = forged ?? (trusted.ok ? undefined : trusted.refusal)
  return {
    ...(refusal && { refusal }),
    intact: true,
    signer: certificate,
    ...(attributes.signingTime && { signingTime: attributes.signingTime }),
    ...(timestamp && { timestamp }),
    revocation: revocationReport(trusted),
  }
}

/** With several timestamps the first that is wrong is told, else the first that is right, else the first. */
function judgeTimestamps(
  message: SignedMessage,
  signer: MessageSigner,
  policy: MessagePolicy,
): JudgedTimestamp | undefined {
  const tokens = signatureTimestamps(signer)
  if (tokens === undefined) {
    return { refusal: refusalOf('FORMAT_FAILURE', 'the unsigned attributes are malformed') }
  }
  const judged = tokens.map((token) => judgeTimestamp(token, message, signer, policy))
  return (
    judged.find(({ refusal }) => refusal?.indication === 'TOTAL-FAILED') ??
    judged.find(({ refusal }) => refusal === undefined) ??
    judged[0]
  )
}

function judgeTimestamp(
  token: Uint8Array,
  message: SignedMessage,
  signer: MessageSigner,
  policy: MessagePolicy,
): JudgedTimestamp {
  const intact = checkTimestampToken(token, signer.signature)
  if (!intact.ok) return { refusal: intact.refusal }
  const { time, authority, certificates } = intact.value
  const trusted = judgeCertificate({
    certificate: authority,
    trust: withCertificates(policy.trust, [...certificates, ...message.certificates]),
    at: time,
    checkUse: policy.checkTimestampAuthority,
  })
  return { ...(trusted.ok ? {} : { refusal: trusted.refusal }), time }
}

/** The message's own certificates help to find a way, and nothing more. */
export function withCertificates(trust: TrustPolicy, certificates: readonly Certificate[]): TrustPolicy {
  return { ...trust, intermediates: distinct([...certificates, ...trust.intermediates]) }
}

function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((certificate) => [certificate.sha256, certificate])).values()]
}

/** Puts detached content into a message. Refusal HASH_FAILURE where the message holds different content of its own. */
export function withContent(message: SignedMessage, content: Uint8Array | undefined): Outcome<SignedMessage> {
  if (content === undefined) return pass(message)
  if (message.content !== undefined && !Buffer.from(message.content).equals(content)) {
    return refuse('HASH_FAILURE', 'the content given differs from the content inside')
  }
  return pass({ ...message, content })
}

import { judgeCertificate, NOTHING_CHECKED, revocationReport } from '../trust/judge-certificate.ts'
import { type JudgedSignature, type MessagePolicy, withCertificates } from './judge-signed-message.ts'
import { checkTimestampToken, type IntactTimestamp } from './timestamp-token.ts'

/** A verdict on a timestamp that stands by itself. */
export interface JudgedTimestampToken extends JudgedSignature {
  /** Absent where the token is not intact. */
  readonly stamped?: Pick<IntactTimestamp, 'time' | 'imprint'>
}

/**
 * Judges a timestamp token by itself, at the moment given, else at its own time.
 * @param options.content what it should cover; without it the imprint is reported and not compared.
 */
export function judgeTimestampToken(options: {
  readonly token: Uint8Array
  readonly content?: Uint8Array
  readonly policy: MessagePolicy
}): JudgedTimestampToken {
  const { token, content, policy } = options
  const intact = checkTimestampToken(token, content)
  if (!intact.ok) return { refusal: intact.refusal, intact: false, revocation: NOTHING_CHECKED }
  const { time, imprint, authority, certificates } = intact.value
  const trusted = judgeCertificate({
    certificate: authority,
    trust: withCertificates(policy.trust, certificates),
    at: policy.at ?? time,
    checkUse: policy.checkTimestampAuthority,
  })
  return {
    ...(trusted.ok ? {} : { refusal: trusted.refusal }),
    intact: true,
    signer: authority,
    stamped: { time, imprint },
    revocation: revocationReport(trusted),
  }
}

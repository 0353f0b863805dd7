import type { Failure, FailureCode } from '../../shared/contract/failure.ts'
import type { RegistrationReply } from '../../shared/domain/registration.ts'
import type { Clock } from '../ports/clock.ts'
import type { RegistrationCodec } from '../ports/registration-codec.ts'
import type { SignatureVerdict, SignatureVerifier, SubIndication } from '../ports/signature-verifier.ts'

/** What a reply must repeat of its request. */
export interface RequestBinding {
  readonly requestId: string
  readonly nonceBase64: string
  readonly iin: string
}

export type JudgedReply =
  | { readonly ok: true; readonly reply: RegistrationReply; readonly signingTime?: Date }
  | { readonly ok: false; readonly failure: Failure }

/** Signature, signer, form and binding of a reply, steps 6 and 7 of the algorithm; how old it may be, the caller knows. */
export type ReplyJudge = (data: string, request: RequestBinding) => Promise<JudgedReply>

export function createReplyJudge(options: {
  readonly verifier: SignatureVerifier
  readonly codec: RegistrationCodec
  readonly clock: Clock
  /** SHA-256, lower-case hex, of the certificates with which the portal may sign. */
  readonly portalCertificates: ReadonlySet<string>
}): ReplyJudge {
  const { verifier, codec, clock, portalCertificates } = options
  return async (data, request) => {
    const verdict = await verifier.verify(data, clock.now())
    if (verdict.indication !== 'TOTAL-PASSED') return { ok: false, failure: failureOf(verdict) }
    if (!portalCertificates.has(verdict.signer.sha256)) {
      return {
        ok: false,
        failure: { code: 'reply.signer-unexpected', detail: verdict.signer.subject.slice(0, 200) },
      }
    }
    const decoded = codec.decodeReply(verdict.content)
    if (!decoded.ok) return { ok: false, failure: decoded.failure }
    const reply = decoded.value
    const unbound = bindingFailure(reply, request)
    if (unbound !== undefined) return { ok: false, failure: { code: unbound } }
    const { signingTime } = verdict
    return { ok: true, reply, ...(signingTime !== undefined && { signingTime }) }
  }
}

function bindingFailure(reply: RegistrationReply, request: RequestBinding): FailureCode | undefined {
  if (reply.requestId !== request.requestId) return 'reply.request-id-mismatch'
  if (!Buffer.from(reply.nonce).equals(Buffer.from(request.nonceBase64, 'base64'))) return 'reply.nonce-mismatch'
  if (reply.iin !== request.iin) return 'reply.iin-mismatch'
  return undefined
}

const FAILURE_OF_SUB_INDICATION: Record<SubIndication, FailureCode> = {
  FORMAT_FAILURE: 'reply.malformed',
  HASH_FAILURE: 'reply.signature-wrong',
  SIG_CRYPTO_FAILURE: 'reply.signature-wrong',
  SIG_CONSTRAINTS_FAILURE: 'reply.signed-attributes',
  CHAIN_CONSTRAINTS_FAILURE: 'reply.certificate-usage',
  CERTIFICATE_CHAIN_GENERAL_FAILURE: 'reply.certificate-untrusted',
  CRYPTO_CONSTRAINTS_FAILURE: 'reply.algorithm-weak',
  NOT_YET_VALID: 'reply.certificate-validity',
  EXPIRED: 'reply.certificate-validity',
  REVOKED: 'reply.certificate-revoked',
  NO_SIGNING_CERTIFICATE_FOUND: 'reply.certificate-untrusted',
  NO_CERTIFICATE_CHAIN_FOUND: 'reply.certificate-untrusted',
  SIGNED_DATA_NOT_FOUND: 'reply.signature-missing',
  TRY_LATER: 'reply.certificate-status-unknown',
  GENERIC: 'reply.check-failed',
}

function failureOf(verdict: Exclude<SignatureVerdict, { indication: 'TOTAL-PASSED' }>): Failure {
  const detail = `${verdict.indication}/${verdict.subIndication}: ${verdict.reason}`.slice(0, 500)
  return { code: FAILURE_OF_SUB_INDICATION[verdict.subIndication], detail }
}

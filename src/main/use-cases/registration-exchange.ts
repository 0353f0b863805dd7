import { createHash, randomBytes } from 'node:crypto'
import type { Failure, FailureCode } from '../../shared/contract/failure.ts'
import type { AuditEntry } from '../../shared/domain/audit-event.ts'
import type { TreeHead } from '../../shared/domain/audit-head.ts'
import {
  type RegistrationOperation,
  type RegistrationReply,
  type RegistrationRequest,
  registrationLimits,
} from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { RegistrationCodec } from '../ports/registration-codec.ts'
import type { SignatureVerdict, SignatureVerifier, SubIndication } from '../ports/signature-verifier.ts'
import type { Signer } from '../ports/signer.ts'

/** A reply counts only for five minutes, by its own time and by the time since sending (SERVICE.md, step 9). */
const REPLY_LIFETIME_MS = 5 * 60_000

export type ExchangeStep = 'sign' | 'send' | 'verify'

export interface ExchangeRequest {
  readonly requestId: string
  readonly operator: User
  readonly iin: string
  readonly operation: RegistrationOperation
  readonly onStep: (step: ExchangeStep) => void
}

export type ExchangeOutcome =
  | {
      readonly kind: 'answered'
      readonly reply: RegistrationReply
      /** Base64 of the nonce as it was sent: part of what a sealed password is bound to. */
      readonly nonceBase64: string
      readonly receivedSha256: Uint8Array
    }
  /** `failed`: nothing changed at the portal; `unknown`: something may have. */
  | { readonly kind: 'failed' | 'unknown'; readonly failure: Failure }

export interface RegistrationExchangeOptions {
  readonly signer: Signer
  readonly verifier: SignatureVerifier
  readonly gateway: Gateway
  readonly codec: RegistrationCodec
  readonly audit: AuditLog
  readonly clock: Clock
  readonly workstation: string
  /** The log's head travels with each request, so that the portal is a witness of it. */
  readonly treeHead?: () => Result<TreeHead>
  /** SHA-256, lower-case hex, of the certificates with which the portal may sign. */
  readonly portalCertificates: ReadonlySet<string>
  /** Told after each reply that is bound to its request: by how much the portal's clock is ahead of ours. */
  readonly onClockOffset: (offsetMs: number) => void
}

/** One question to the portal and its answer, steps 3 to 8 of the algorithm; the caller records what came of it. */
export type RegistrationExchange = (request: ExchangeRequest) => Promise<ExchangeOutcome>

export function createRegistrationExchange(options: RegistrationExchangeOptions): RegistrationExchange {
  const { signer, verifier, gateway, codec, audit, clock } = options

  return async ({ requestId, operator, iin, operation, onStep }) => {
    const about = { actor: operator.login, role: operator.role, requestId, operation: operation.kind } as const
    const changesPortal = operation.kind === 'RegisterUser'

    const prepared = audit.append({ ...about, event: 'request.prepared', iin, ...reasonOf(operation) })
    if (!prepared.ok) return { kind: 'failed', failure: prepared.failure }

    onStep('sign')
    const nonce = randomBytes(registrationLimits.nonceBytes)
    const head = options.treeHead?.() ?? fail({ code: 'audit.unavailable' })
    const request: RegistrationRequest = {
      requestId,
      nonce,
      createdAt: clock.now(),
      workstation: options.workstation,
      operator: operator.login,
      iin,
      operation,
      ...(head.ok && { auditHead: head.value }),
    }
    const signed = await signer.sign(codec.encodeRequest(request))
    if (!signed.ok) return nothingLeft(signed.failure)

    const sending = audit.append({ ...about, event: 'request.sending', sentSha256: sha256(signed.value) })
    if (!sending.ok) return { kind: 'failed', failure: sending.failure }

    onStep('send')
    const sentAt = clock.monotonicMs()
    const answer = await gateway.send({ messageId: requestId, messageDate: request.createdAt, data: signed.value })
    if (!answer.ok) return answer.mayHaveArrived ? lost(answer.failure) : nothingLeft(answer.failure)

    onStep('verify')
    const receivedSha256 = sha256(answer.data)
    const verdict = await verifier.verify(answer.data, clock.now())
    if (verdict.indication !== 'TOTAL-PASSED') return lost(failureOf(verdict), receivedSha256)
    if (!options.portalCertificates.has(verdict.signer.sha256)) {
      return lost({ code: 'reply.signer-unexpected', detail: verdict.signer.subject.slice(0, 200) }, receivedSha256)
    }
    const decoded = codec.decodeReply(verdict.content)
    if (!decoded.ok) return lost(decoded.failure, receivedSha256)
    const reply = decoded.value
    const unbound = bindingFailure(reply, request)
    if (unbound === undefined) options.onClockOffset(clockOffset(verdict.signingTime ?? reply.repliedAt, sentAt))
    const mismatch = unbound ?? staleness(reply, verdict.signingTime, sentAt)
    if (mismatch !== undefined) return lost({ code: mismatch }, receivedSha256)
    return { kind: 'answered', reply, nonceBase64: nonce.toString('base64'), receivedSha256 }

    function nothingLeft(failure: Failure): ExchangeOutcome {
      const recorded = audit.append({ ...about, event: 'request.failed', ...outcomeOf(failure) })
      return { kind: 'failed', failure: recorded.ok ? failure : recorded.failure }
    }

    /** No answer that counts: a check is simply repeated, but a registration may have happened. */
    function lost(failure: Failure, received?: Uint8Array): ExchangeOutcome {
      const event = changesPortal ? 'request.outcome-unknown' : 'request.failed'
      const hash = received === undefined ? {} : { receivedSha256: received }
      const recorded = audit.append({ ...about, ...hash, event, ...outcomeOf(failure) })
      return { kind: changesPortal ? 'unknown' : 'failed', failure: recorded.ok ? failure : recorded.failure }
    }
  }

  /** The portal replied at some moment since sending: only what lies outside says that the clocks differ. */
  function clockOffset(portalTime: Date, sentAt: number): number {
    const sinceNow = portalTime.getTime() - clock.now().getTime()
    const sinceSending = sinceNow + (clock.monotonicMs() - sentAt)
    return sinceNow > 0 ? sinceNow : Math.min(sinceSending, 0)
  }

  function staleness(reply: RegistrationReply, signingTime: Date | undefined, sentAt: number): FailureCode | undefined {
    const now = clock.now().getTime()
    const ages = [
      clock.monotonicMs() - sentAt,
      Math.abs(now - reply.repliedAt.getTime()),
      ...(signingTime === undefined ? [] : [Math.abs(now - signingTime.getTime())]),
    ]
    return ages.some((age) => age > REPLY_LIFETIME_MS) ? 'reply.stale' : undefined
  }
}

function bindingFailure(reply: RegistrationReply, request: RegistrationRequest): FailureCode | undefined {
  if (reply.requestId !== request.requestId) return 'reply.request-id-mismatch'
  if (!Buffer.from(reply.nonce).equals(request.nonce)) return 'reply.nonce-mismatch'
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

function outcomeOf(failure: Failure): Pick<AuditEntry, 'outcome' | 'details'> {
  return { outcome: failure.code, ...(failure.detail === undefined ? {} : { details: { detail: failure.detail } }) }
}

function reasonOf(operation: RegistrationOperation): Pick<AuditEntry, 'note'> {
  return operation.kind === 'RegisterUser' && operation.reissueReason !== undefined
    ? { note: operation.reissueReason }
    : {}
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

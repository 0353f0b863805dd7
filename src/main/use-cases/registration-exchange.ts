import { createHash, randomBytes } from 'node:crypto'
import type { Failure, FailureCode } from '../../shared/contract/failure.ts'
import type { AuditEntry } from '../../shared/domain/audit-event.ts'
import type { TreeHead } from '../../shared/domain/audit-head.ts'
import { maskMobileNumber } from '../../shared/domain/mobile-number.ts'
import {
  type RegistrationOperation,
  type RegistrationReply,
  type RegistrationRequest,
  registrationLimits,
} from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { RegistrationCodec } from '../ports/registration-codec.ts'
import type { KeptRequest, RequestOutbox } from '../ports/request-outbox.ts'
import type { Signer } from '../ports/signer.ts'
import type { ReplyJudge } from './judge-reply.ts'

/** A reply counts only for five minutes, by its own time and by the time since sending (SERVICE.md, step 9). */
const REPLY_LIFETIME_MS = 5 * 60_000

export type ExchangeStep = 'sign' | 'send' | 'verify'

export interface ExchangeRequest {
  readonly requestId: string
  readonly operator: User
  readonly iin: string
  readonly operation: RegistrationOperation
  /** The private half of the one-time key that `operation` names: kept with the request before it leaves. */
  readonly oneTimeSecret?: Buffer
  /** The check that began the service to which the request belongs. */
  readonly serviceId?: string
  /** Repeats this request octet for octet, instead of making one. */
  readonly kept?: KeptRequest
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
  readonly judge: ReplyJudge
  readonly outbox: RequestOutbox
  readonly gateway: Gateway
  readonly codec: RegistrationCodec
  readonly audit: AuditLog
  readonly clock: Clock
  readonly workstation: string
  /** The log's head travels with each request, so that the portal is a witness of it. */
  readonly treeHead?: () => Result<TreeHead>
  /** Why nothing may leave: the log was found broken. A question about an earlier request may. */
  readonly stopped?: () => Failure | undefined
  /** Told after each reply that is bound to its request: by how much the portal's clock is ahead of ours. */
  readonly onClockOffset: (offsetMs: number) => void
}

/** One question to the portal and its answer, steps 3 to 8 of the algorithm; the caller records what came of it. */
export type RegistrationExchange = (request: ExchangeRequest) => Promise<ExchangeOutcome>

export function createRegistrationExchange(options: RegistrationExchangeOptions): RegistrationExchange {
  const { signer, gateway, codec, audit, clock, outbox } = options

  return async (asked) => {
    const { requestId, operator, iin, operation, onStep } = asked
    const about = { actor: operator.login, role: operator.role, requestId, operation: operation.kind } as const
    const changesPortal = operation.kind !== 'CheckRegistration' && operation.kind !== 'RequestStatus'

    const stopped = operation.kind === 'RequestStatus' ? undefined : options.stopped?.()
    if (stopped !== undefined && asked.kept !== undefined) {
      const refused = audit.append({ ...about, event: 'access.refused', ...outcomeOf(stopped) })
      return { kind: 'failed', failure: refused.ok ? stopped : refused.failure }
    }
    const ready = asked.kept === undefined ? await prepare() : succeed(asked.kept)
    if (!ready.ok) return { kind: 'failed', failure: ready.failure }
    const { signed, nonceBase64, createdAt } = ready.value
    const event = asked.kept === undefined ? 'request.sending' : 'request.repeating'
    const sending = audit.append({ ...about, event, sentSha256: sha256(signed) })
    if (!sending.ok) return { kind: 'failed', failure: sending.failure }

    onStep('send')
    const sentAt = clock.monotonicMs()
    const answer = await gateway.send({
      messageId: requestId,
      messageDate: createdAt,
      data: signed,
      ...(!changesPortal && { repeatable: true }),
    })
    // Of a repeat the first may have arrived, whatever became of this one.
    if (!answer.ok && (answer.mayHaveArrived || asked.kept !== undefined)) return lost(answer.failure)
    if (!answer.ok) return { kind: 'failed', failure: nothingLeft(answer.failure) }

    onStep('verify')
    const receivedSha256 = sha256(answer.data)
    const judged = await options.judge(answer.data, { requestId, nonceBase64, iin })
    if (!judged.ok) return lost(judged.failure, receivedSha256)
    const { reply, signingTime } = judged
    options.onClockOffset(clockOffset(signingTime ?? reply.repliedAt, sentAt))
    const stale = staleness(reply, signingTime, sentAt)
    if (stale !== undefined) return lost({ code: stale }, receivedSha256)
    return { kind: 'answered', reply, nonceBase64, receivedSha256 }

    async function prepare(): Promise<Result<Pick<KeptRequest, 'signed' | 'nonceBase64' | 'createdAt'>>> {
      const prepared = audit.append({ ...about, event: 'request.prepared', iin, ...wordsOf(asked) })
      if (!prepared.ok) return prepared
      if (stopped !== undefined) return fail(nothingLeft(stopped))
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
      if (!signed.ok) return fail(nothingLeft(signed.failure))
      const { createdAt } = request
      const left = { signed: signed.value, nonceBase64: nonce.toString('base64'), createdAt }
      // Only a password that nobody has seen must be asked for again; a code is simply sent anew.
      if (operation.kind !== 'RegisterUser') return succeed(left)
      const { oneTimeSecret } = asked
      const kept = outbox.keep({ requestId, iin, ...left, ...(oneTimeSecret !== undefined && { oneTimeSecret }) })
      return kept.ok ? succeed(left) : fail(nothingLeft(kept.failure))
    }

    function nothingLeft(failure: Failure): Failure {
      const recorded = audit.append({ ...about, event: 'request.failed', ...outcomeOf(failure) })
      return recorded.ok ? failure : recorded.failure
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

function outcomeOf(failure: Failure): Pick<AuditEntry, 'outcome' | 'details'> {
  return { outcome: failure.code, ...(failure.detail === undefined ? {} : { details: { detail: failure.detail } }) }
}

function wordsOf({ operation, serviceId }: ExchangeRequest): Pick<AuditEntry, 'note' | 'details'> {
  if (operation.kind === 'RequestStatus') return { details: { of: operation.of } }
  const isMobile = operation.kind === 'ConnectMobile' || operation.kind === 'ConfirmMobile'
  const details = {
    ...(serviceId !== undefined && { service: serviceId }),
    ...(isMobile && { mobile: maskMobileNumber(operation.number) }),
  }
  return {
    ...(operation.kind === 'RegisterUser' &&
      operation.reissueReason !== undefined && { note: operation.reissueReason }),
    ...(Object.keys(details).length > 0 && { details }),
  }
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

import { createHash, randomUUID } from 'node:crypto'
import type { Failure } from '../../shared/contract/failure.ts'
import { type AuditEntry, isBeforeReply, type OpenRequest } from '../../shared/domain/audit-event.ts'
import type { KeptReplyState, RegistrationReply } from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { PasswordOpener, PasswordSeal } from '../ports/password-seal.ts'
import type { KeptRequest, RequestOutbox } from '../ports/request-outbox.ts'
import type { ConcludeRegistration, IssueOutcome } from './conclude-registration.ts'
import type { DiscardEnvelope } from './discard-envelope.ts'
import type { ReplyJudge } from './judge-reply.ts'
import type { PaperStates } from './paper-states.ts'
import type { PendingEnvelopeStore } from './pending-envelope.ts'
import { portalRefusalFailure } from './portal-refusal-failure.ts'
import type { RecoverOpenRequests } from './recover-open-requests.ts'
import type { ExchangeStep, RegistrationExchange } from './registration-exchange.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

/** The portal takes a request within ten minutes of its time (docs/wire-format.md): later it is dead, wherever it is. */
const REQUEST_LIFETIME_MS = 10 * 60_000
/** The portal keeps replies for 24 hours; near the end «unknown» may mean «forgotten». */
const REPLIES_KEPT_MS = 23 * 60 * 60_000

export type ResolveStep = ExchangeStep | 'unseal'

/** `paper`: what is known of an earlier sheet; with `unknown` somebody looks into the tray before anything is printed. */
export type ResolvedRequest = (
  | (Extract<IssueOutcome, { outcome: 'issued' }> & { readonly paper: 'none' | 'unknown' | 'printed' })
  | Exclude<IssueOutcome, { outcome: 'issued' }>
  /** The portal never saw it: it may be repeated while the citizen is here. */
  | { readonly outcome: 'not-received'; readonly requestId: string }
) & { readonly iin: string }

interface ResolveInput {
  readonly requestId: string
  readonly operator: User
  readonly onStep: (step: ResolveStep) => void
}

export interface ResolveRequest {
  /**
   * Asks the portal what became of an open request, and finishes it: opens the sealed reply, or says what is known. Sends
   * nothing that could change something. Failures: `recovery.*`, `session.busy`; then nothing was asked.
   */
  resolve(input: ResolveInput): Promise<Result<ResolvedRequest>>
  /**
   * Sends a request again, octet for octet, after the portal said that it never came: the operator's own decision, with the
   * citizen at the counter. Failures: those of `resolve`, `recovery.ask-first`.
   */
  repeat(input: ResolveInput): Promise<Result<ResolvedRequest>>
}

export function createResolveRequest(options: {
  readonly exchange: RegistrationExchange
  readonly judge: ReplyJudge
  readonly conclude: ConcludeRegistration
  readonly recovery: Pick<RecoverOpenRequests, 'list'>
  readonly outbox: RequestOutbox
  readonly seal: PasswordSeal
  readonly audit: AuditLog
  readonly envelopes: PendingEnvelopeStore
  readonly papers: PaperStates
  readonly discardEnvelope: DiscardEnvelope
  readonly inProgress: ServicesInProgress
  /** Whether the portal has the operation RequestStatus. */
  readonly requestStatus: 'supported' | 'absent'
}): ResolveRequest {
  const { exchange, audit, outbox, inProgress } = options

  return {
    resolve: (input) => serving(input, (open, kept) => ask(input, open, kept)),
    repeat: (input) =>
      serving(input, async (open, kept) =>
        open.state === 'not-received' ? succeed(await send(input, open, kept)) : fail({ code: 'recovery.ask-first' }),
      ),
  }

  async function serving(
    { requestId, operator }: ResolveInput,
    serve: (open: OpenRequest, kept: KeptRequest) => Promise<Result<ResolvedRequest>>,
  ): Promise<Result<ResolvedRequest>> {
    const leave = inProgress.enter()
    if (leave === undefined) return fail({ code: 'session.busy' })
    let secret: Buffer | undefined
    try {
      const open = options.recovery.list().find((request) => request.requestId === requestId)
      if (open === undefined) return fail({ code: 'recovery.nothing-kept', detail: 'not open' })
      const kept = outbox.find(requestId)
      if (!kept.ok) return kept
      secret = kept.value.oneTimeSecret
      options.discardEnvelope({ operator })
      inProgress.begin(requestId)
      return await serve(open, kept.value)
    } finally {
      secret?.fill(0)
      if (options.envelopes.peek(requestId) === undefined) inProgress.end(requestId)
      leave()
    }
  }

  async function ask(input: ResolveInput, open: OpenRequest, kept: KeptRequest): Promise<Result<ResolvedRequest>> {
    const { operator, onStep } = input
    const unknown = (failure: Failure): Result<ResolvedRequest> =>
      succeed({ outcome: 'unknown', requestId: kept.requestId, failure, iin: kept.iin })
    if (options.requestStatus === 'absent') return unknown({ code: 'recovery.status-absent' })

    const statusId = randomUUID()
    const operation = { kind: 'RequestStatus', of: kept.requestId } as const
    const asked = await exchange({ requestId: statusId, operator, iin: kept.iin, operation, onStep })
    if (asked.kind !== 'answered') return unknown(asked.failure)
    const { result, repliedAt } = asked.reply
    const about = {
      actor: operator.login,
      role: operator.role,
      requestId: statusId,
      operation: operation.kind,
    } as const
    const received = { receivedSha256: asked.receivedSha256, details: { of: kept.requestId } }
    if (result.kind === 'Refused') {
      const failure = portalRefusalFailure(result.refusal)
      const written = audit.append({ ...about, ...received, event: 'reply.refused-by-portal', outcome: failure.code })
      return unknown(written.ok ? failure : written.failure)
    }
    if (result.kind !== 'RequestStatus' || result.of !== kept.requestId) {
      const failure: Failure = { code: 'reply.unexpected-result', detail: result.kind }
      const written = audit.append({ ...about, ...received, event: 'request.failed', outcome: failure.code })
      return unknown(written.ok ? failure : written.failure)
    }
    const written = audit.append({ ...about, ...received, event: 'reply.status', outcome: result.state.name })
    if (!written.ok) return unknown(written.failure)
    return succeed(await settle({ input, open, kept, state: result.state, repliedAt, statusId }))
  }

  async function settle(known: {
    readonly input: ResolveInput
    readonly open: OpenRequest
    readonly kept: KeptRequest
    readonly state: KeptReplyState
    readonly repliedAt: Date
    readonly statusId: string
  }): Promise<ResolvedRequest> {
    const { input, open, kept, state, statusId } = known
    const { requestId, iin } = kept
    const isUnanswered = isBeforeReply(open.state)
    const about = {
      ...by(input.operator),
      requestId,
      operation: 'RegisterUser',
      details: { status: statusId },
    } as const
    /** A request that was answered before keeps its state. */
    const note = (row: Pick<AuditEntry, 'event' | 'outcome'>, failure?: Failure): Failure | undefined => {
      const written = isUnanswered ? audit.append({ ...about, ...row }) : succeed(0)
      return written.ok ? failure : written.failure
    }
    const unknown = (failure: Failure): ResolvedRequest => {
      const told = note({ event: 'request.outcome-unknown', outcome: failure.code }, failure) ?? failure
      return { outcome: 'unknown', requestId, failure: told, iin }
    }

    if (state.name === 'served') {
      const data = dataOf(state.reply)
      const judged = await options.judge(data, kept)
      if (!judged.ok) return unknown(judged.failure)
      return finish(input, open, kept, judged.reply, createHash('sha256').update(data).digest())
    }
    const age = known.repliedAt.getTime() - kept.createdAt.getTime()
    if (state.name === 'not-kept' || age > REPLIES_KEPT_MS || !isUnanswered) {
      return unknown({ code: 'recovery.reply-not-kept' })
    }
    if (age > REQUEST_LIFETIME_MS) {
      const failure: Failure = { code: 'recovery.never-received' }
      const unwritten = note({ event: 'request.failed', outcome: failure.code })
      return { outcome: 'failed', requestId, failure: unwritten ?? failure, iin }
    }
    const unwritten = note({ event: 'request.not-received' })
    return unwritten === undefined
      ? { outcome: 'not-received', requestId, iin }
      : { outcome: 'unknown', requestId, failure: unwritten, iin }
  }

  async function send(input: ResolveInput, open: OpenRequest, kept: KeptRequest): Promise<ResolvedRequest> {
    const { operator, onStep } = input
    const { requestId, iin } = kept
    const operation = { kind: 'RegisterUser', delivery: { profile: 'plain' } } as const
    const sent = await exchange({ requestId, operator, iin, operation, kept, onStep })
    if (sent.kind !== 'answered') return { outcome: sent.kind, requestId, failure: sent.failure, iin }
    return finish(input, open, kept, sent.reply, sent.receivedSha256, true)
  }

  async function finish(
    input: ResolveInput,
    open: OpenRequest,
    kept: KeptRequest,
    reply: RegistrationReply,
    receivedSha256: Uint8Array,
    repeated?: true,
  ): Promise<ResolvedRequest> {
    const opener = await openerOf(kept)
    try {
      const outcome = await options.conclude({
        result: reply.result,
        bound: kept,
        receivedSha256,
        opener,
        operator: input.operator,
        onUnseal: () => input.onStep('unseal'),
        before: open.state,
        ...(repeated && { repeated }),
      })
      if (outcome.outcome !== 'issued') return { ...outcome, iin: kept.iin }
      const paper = paperAfter(open)
      if (paper !== 'none') options.papers.set(kept.requestId, { name: paper })
      return { ...outcome, paper, iin: kept.iin }
    } finally {
      opener?.wipe()
    }
  }

  async function openerOf({ oneTimeSecret }: KeptRequest): Promise<PasswordOpener | undefined> {
    if (oneTimeSecret === undefined) return undefined
    const opener = await options.seal.openerOf(oneTimeSecret)
    return opener.ok ? opener.value : undefined
  }
}

/** What the log says of an earlier sheet. */
function paperAfter({ state }: OpenRequest): 'none' | 'unknown' | 'printed' {
  if (state === 'printed') return 'printed'
  return state === 'printing' || state === 'print-unknown' ? 'unknown' : 'none'
}

/** A reply as the gateway's `data` would carry it. */
function dataOf(reply: Uint8Array): string {
  const bytes = Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength)
  return bytes[0] === 0x3c ? bytes.toString('utf8') : bytes.toString('base64')
}

function by({ login, role }: User): Pick<AuditEntry, 'actor' | 'role'> {
  return { actor: login, role }
}

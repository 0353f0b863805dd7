import { randomUUID } from 'node:crypto'
import type { Failure } from '../../shared/contract/failure.ts'
import type { AuditEvent } from '../../shared/domain/audit-event.ts'
import {
  type DeliveredPassword,
  type DeliveryProfile,
  passwordSealAad,
  type RegistrationResult,
} from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { EnvelopePrinter } from '../ports/envelope-printer.ts'
import type { OneTimeKey, PasswordSeal } from '../ports/password-seal.ts'
import { checkIin } from './check-iin.ts'
import type { DiscardEnvelope } from './discard-envelope.ts'
import type { PendingEnvelopeStore } from './pending-envelope.ts'
import { portalRefusalFailure } from './portal-refusal-failure.ts'
import type { ExchangeStep, RegistrationExchange } from './registration-exchange.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

export type IssueStep = 'key' | ExchangeStep | 'unseal'

export type IssueOutcome =
  | {
      readonly outcome: 'issued'
      readonly requestId: string
      readonly action: 'created' | 'regenerated'
      /** The portal's words for the operator. */
      readonly message: string
    }
  | { readonly outcome: 'registered'; readonly requestId: string }
  | { readonly outcome: 'refused' | 'failed' | 'unknown'; readonly requestId: string; readonly failure: Failure }

export type IssueCredentials = (input: {
  readonly iin: string
  readonly confirmWarnings: boolean
  readonly reissueReason?: string
  readonly operator: User
  readonly onStep: (step: IssueStep) => void
}) => Promise<Result<IssueOutcome>>

export interface IssueCredentialsOptions {
  readonly exchange: RegistrationExchange
  readonly seal: PasswordSeal
  readonly delivery: DeliveryProfile
  readonly audit: AuditLog
  readonly clock: Clock
  readonly envelopes: PendingEnvelopeStore
  readonly discardEnvelope: DiscardEnvelope
  readonly printer: EnvelopePrinter
  readonly inProgress: ServicesInProgress
}

/**
 * Steps 3 to 8 of the algorithm: request, signature, gateway, verified reply; the password waits for the printer.
 * A Result that is not ok means that nothing was begun (bad ИИН, no printer, another service under way).
 */
export function createIssueCredentials(options: IssueCredentialsOptions): IssueCredentials {
  const { exchange, seal, audit, envelopes } = options
  let busy = false

  return async (input) => {
    if (busy) return fail({ code: 'session.busy' })
    const facts = checkIin({ ...input, today: options.clock.now(), audit })
    if (!facts.ok) return facts
    busy = true
    options.discardEnvelope({ operator: input.operator })
    const requestId = randomUUID()
    options.inProgress.begin(requestId)
    let oneTimeKey: OneTimeKey | undefined
    try {
      // A password that cannot be printed must not be asked for.
      const printer = await options.printer.check()
      if (!printer.ok) {
        const { code, detail } = printer.failure
        const written = audit.append({
          event: 'request.failed',
          actor: input.operator.login,
          role: input.operator.role,
          requestId,
          operation: 'RegisterUser',
          iin: facts.value.iin,
          outcome: code,
          ...(detail !== undefined && { details: { detail } }),
        })
        return written.ok ? printer : written
      }
      input.onStep('key')
      if (options.delivery === 'hpke') oneTimeKey = await seal.newOneTimeKey()
      const outcome = await exchange({
        requestId,
        operator: input.operator,
        iin: facts.value.iin,
        operation: {
          kind: 'RegisterUser',
          ...(input.reissueReason === undefined ? {} : { reissueReason: input.reissueReason }),
          delivery:
            oneTimeKey === undefined ? { profile: 'plain' } : { profile: 'hpke', publicKey: oneTimeKey.publicKey },
        },
        onStep: input.onStep,
      })
      if (outcome.kind !== 'answered') {
        return succeed({ outcome: outcome.kind, requestId, failure: outcome.failure })
      }
      const { receivedSha256, nonceBase64, reply } = outcome
      return succeed(await conclude(reply.result, { requestId, nonceBase64, receivedSha256, iin: facts.value.iin }))
    } finally {
      oneTimeKey?.wipe()
      if (envelopes.peek(requestId) === undefined) options.inProgress.end(requestId)
      busy = false
    }

    async function conclude(result: RegistrationResult, bound: BoundReply): Promise<IssueOutcome> {
      const { requestId } = bound
      if (result.kind === 'AlreadyRegistered') {
        const written = record('reply.registered', bound)
        return written.ok
          ? { outcome: 'registered', requestId }
          : { outcome: 'failed', requestId, failure: written.failure }
      }
      if (result.kind === 'Refused') {
        const failure = portalRefusalFailure(result.refusal)
        const written = record('reply.refused-by-portal', bound, failure)
        return written.ok
          ? { outcome: 'refused', requestId, failure }
          : { outcome: 'failed', requestId, failure: written.failure }
      }
      if (result.kind !== 'AccountIssued') return unusable({ code: 'reply.unexpected-result', detail: result.kind })
      if (result.login !== bound.iin) return unusable({ code: 'reply.iin-mismatch', detail: 'login' })

      input.onStep('unseal')
      const password = await openPassword(result.password, bound)
      if (!password.ok) return unusable(password.failure)
      const written = record('reply.issued', bound, undefined, { action: result.action })
      if (!written.ok) {
        password.value.fill(0)
        return { outcome: 'unknown', requestId, failure: written.failure }
      }
      const { action, login, message } = result
      envelopes.put({ requestId, login, password: password.value, action, operatorLogin: input.operator.login })
      return { outcome: 'issued', requestId, action, message }

      /** The portal may well have issued a password, but nobody can read it. */
      function unusable(failure: Failure): IssueOutcome {
        const noted = record('request.outcome-unknown', bound, failure)
        return { outcome: 'unknown', requestId, failure: noted.ok ? failure : noted.failure }
      }
    }

    async function openPassword(delivered: DeliveredPassword, bound: BoundReply): Promise<Result<Buffer>> {
      if (delivered.profile !== options.delivery) return fail({ code: 'reply.unexpected-result', detail: 'delivery' })
      if (delivered.profile === 'plain') {
        const password = Buffer.from(delivered.password)
        delivered.password.fill(0)
        return succeed(password)
      }
      if (oneTimeKey === undefined) return fail({ code: 'reply.password-unsealable' })
      return oneTimeKey.open({ ...delivered, aad: passwordSealAad(bound) })
    }

    function record(event: AuditEvent, bound: BoundReply, failure?: Failure, details?: Record<string, string>) {
      return audit.append({
        event,
        actor: input.operator.login,
        role: input.operator.role,
        requestId: bound.requestId,
        operation: 'RegisterUser',
        receivedSha256: bound.receivedSha256,
        ...(failure === undefined ? {} : { outcome: failure.code }),
        ...(details === undefined ? {} : { details }),
      })
    }
  }
}

interface BoundReply {
  readonly requestId: string
  readonly nonceBase64: string
  readonly iin: string
  readonly receivedSha256: Uint8Array
}

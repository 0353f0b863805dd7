import { randomUUID } from 'node:crypto'
import type { DeliveryProfile } from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { EnvelopePrinter } from '../ports/envelope-printer.ts'
import type { OneTimeKey, PasswordSeal } from '../ports/password-seal.ts'
import { checkIin } from './check-iin.ts'
import type { ConcludeRegistration, IssueOutcome } from './conclude-registration.ts'
import type { DiscardEnvelope } from './discard-envelope.ts'
import type { PendingEnvelopeStore } from './pending-envelope.ts'
import type { ExchangeStep, RegistrationExchange } from './registration-exchange.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

export type IssueStep = 'key' | ExchangeStep | 'unseal'

export type IssueCredentials = (input: {
  readonly iin: string
  readonly confirmWarnings: boolean
  readonly reissueReason?: string
  /** The check that began the service at the counter; the request's first row names it. */
  readonly serviceId?: string
  readonly operator: User
  readonly onStep: (step: IssueStep) => void
}) => Promise<Result<IssueOutcome>>

export interface IssueCredentialsOptions {
  readonly exchange: RegistrationExchange
  readonly conclude: ConcludeRegistration
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
  const { exchange, seal, audit, envelopes, inProgress } = options

  return async (input) => {
    const leave = inProgress.enter()
    if (leave === undefined) return fail({ code: 'session.busy' })
    try {
      const facts = checkIin({ ...input, today: options.clock.now(), audit })
      return facts.ok ? await serve(input, facts.value.iin) : facts
    } finally {
      leave()
    }
  }

  async function serve(input: Parameters<IssueCredentials>[0], iin: string): Promise<Result<IssueOutcome>> {
    options.discardEnvelope({ operator: input.operator })
    const requestId = randomUUID()
    inProgress.begin(requestId)
    let oneTimeKey: OneTimeKey | undefined
    let oneTimeSecret: Buffer | undefined
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
          iin,
          outcome: code,
          ...(detail !== undefined && { details: { detail } }),
        })
        return written.ok ? printer : written
      }
      input.onStep('key')
      if (options.delivery === 'hpke') {
        oneTimeKey = await seal.newOneTimeKey()
        oneTimeSecret = oneTimeKey.secret()
      }
      const outcome = await exchange({
        requestId,
        operator: input.operator,
        iin,
        operation: {
          kind: 'RegisterUser',
          ...(input.reissueReason === undefined ? {} : { reissueReason: input.reissueReason }),
          delivery:
            oneTimeKey === undefined ? { profile: 'plain' } : { profile: 'hpke', publicKey: oneTimeKey.publicKey },
        },
        ...(oneTimeSecret !== undefined && { oneTimeSecret }),
        ...(input.serviceId !== undefined && { serviceId: input.serviceId }),
        onStep: input.onStep,
      })
      if (outcome.kind !== 'answered') {
        return succeed({ outcome: outcome.kind, requestId, failure: outcome.failure })
      }
      const { receivedSha256, nonceBase64, reply } = outcome
      const concluded = await options.conclude({
        result: reply.result,
        bound: { requestId, nonceBase64, iin },
        receivedSha256,
        opener: oneTimeKey,
        operator: input.operator,
        onUnseal: () => input.onStep('unseal'),
      })
      return succeed(concluded)
    } finally {
      oneTimeKey?.wipe()
      oneTimeSecret?.fill(0)
      if (envelopes.peek(requestId) === undefined) inProgress.end(requestId)
    }
  }
}

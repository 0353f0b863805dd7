import { randomUUID } from 'node:crypto'
import type { Failure } from '../../shared/contract/failure.ts'
import type { IinFacts } from '../../shared/domain/iin.ts'
import type { PersonStatus } from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import { checkIin } from './check-iin.ts'
import { portalRefusalFailure } from './portal-refusal-failure.ts'
import type { RegistrationExchange } from './registration-exchange.ts'

export interface CheckedRegistration {
  readonly requestId: string
  readonly iin: IinFacts
  readonly registered: boolean
  readonly person?: PersonStatus
  /** The portal would refuse to create an account; told before the operator goes on. */
  readonly refusal?: Failure
}

export type CheckRegistration = (input: {
  readonly iin: string
  readonly confirmWarnings: boolean
  readonly operator: User
}) => Promise<Result<CheckedRegistration>>

/** Step 2 of the algorithm: is the citizen registered, and what does the population register say. */
export function createCheckRegistration(options: {
  readonly exchange: RegistrationExchange
  readonly audit: AuditLog
  readonly clock: Clock
}): CheckRegistration {
  return async ({ iin, confirmWarnings, operator }) => {
    const { audit, clock } = options
    const facts = checkIin({ iin, confirmWarnings, today: clock.now(), operator, audit })
    if (!facts.ok) return facts
    const requestId = randomUUID()
    const outcome = await options.exchange({
      requestId,
      operator,
      iin: facts.value.iin,
      operation: { kind: 'CheckRegistration' },
      onStep: () => undefined,
    })
    if (outcome.kind !== 'answered') return fail({ ...outcome.failure, requestId })

    const about = { actor: operator.login, role: operator.role, requestId, operation: 'CheckRegistration' } as const
    const received = { receivedSha256: outcome.receivedSha256 }
    const { result } = outcome.reply
    if (result.kind === 'Refused') {
      const failure = { ...portalRefusalFailure(result.refusal), requestId }
      return recorded({ ...about, ...received, event: 'reply.refused-by-portal', outcome: failure.code }, fail(failure))
    }
    if (result.kind !== 'RegistrationStatus') {
      const failure: Failure = { code: 'reply.unexpected-result', detail: result.kind, requestId }
      return recorded({ ...about, ...received, event: 'request.failed', outcome: failure.code }, fail(failure))
    }
    const refusal = result.refusal === undefined ? undefined : portalRefusalFailure(result.refusal)
    const event = refusal ? 'reply.refused-by-portal' : result.registered ? 'reply.registered' : 'reply.not-registered'
    return recorded(
      {
        ...about,
        ...received,
        event,
        ...(result.person === undefined ? {} : { personName: result.person.name }),
        ...(refusal === undefined ? {} : { outcome: refusal.code }),
      },
      succeed({
        requestId,
        iin: facts.value,
        registered: result.registered,
        ...(result.person === undefined ? {} : { person: result.person }),
        ...(refusal === undefined ? {} : { refusal }),
      }),
    )
  }

  /** What could not be recorded is not shown either. */
  function recorded<T>(entry: Parameters<AuditLog['append']>[0], result: Result<T>): Result<T> {
    const written = options.audit.append(entry)
    return written.ok ? result : written
  }
}

import { randomUUID } from 'node:crypto'
import type { Failure, FailureCode } from '../../shared/contract/failure.ts'
import type { AuditEntry } from '../../shared/domain/audit-event.ts'
import { maskMobileNumber, readMobileNumber, smsCodeForm } from '../../shared/domain/mobile-number.ts'
import type {
  MobileRefusalReason,
  RegistrationOperation,
  RegistrationResult,
} from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import { type CodeSent, missingStep, type OpenService, type OpenServiceStore, stepSeconds } from './open-service.ts'
import { portalRefusalFailure } from './portal-refusal-failure.ts'
import type { ExchangeStep, RegistrationExchange } from './registration-exchange.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

/** `failed`: nothing changed at the portal; `unknown`: something may have, and asking again says it. */
type NotConnected = {
  readonly outcome: 'refused' | 'failed' | 'unknown'
  readonly requestId: string
  readonly failure: Failure
  /** After a wrong code. */
  readonly attemptsLeft?: number
}

export type CodeSending = CodeSent | NotConnected

export type CodeConfirming =
  | { readonly outcome: 'connected'; readonly requestId: string; readonly message: string }
  | NotConnected

interface MobileInput {
  readonly serviceId: string
  readonly operator: User
  readonly onStep: (step: ExchangeStep) => void
}

/**
 * Mobile government (mGov), the second half of the service: a code goes to the citizen's number through the portal, and the
 * code that he reads out connects it. The log keeps the last two digits of a number, and never a code.
 */
export interface ConnectMobile {
  /** Failures: `service.not-open`, `service.step-missing`, `mgov.number`, `session.busy`. */
  connect(input: MobileInput & { readonly number: string }): Promise<Result<CodeSending>>
  /**
   * The same code may be sent again after a lost reply: a number that is connected stays so. Failures:
   * `service.not-open`, `mgov.code`, `mgov.nothing-asked`, `session.busy`.
   */
  confirm(input: MobileInput & { readonly code: string }): Promise<Result<CodeConfirming>>
}

export function createConnectMobile(options: {
  readonly exchange: RegistrationExchange
  readonly services: OpenServiceStore
  readonly audit: AuditLog
  readonly inProgress: ServicesInProgress
  readonly monotonicMs: () => number
}): ConnectMobile {
  const { services, audit, inProgress } = options

  return {
    async connect({ serviceId, operator, number: typed, onStep }) {
      const service = services.of(serviceId, operator)
      if (service === undefined) return fail({ code: 'service.not-open' })
      const missing = missingBefore(service)
      if (missing !== undefined) return fail({ code: 'service.step-missing', detail: missing })
      const number = readMobileNumber(typed)
      if (number === undefined) return fail({ code: 'mgov.number' })
      return asking(async () => {
        const asked = await ask(service, operator, { kind: 'ConnectMobile', number }, onStep)
        if (asked.kind === 'ended') return asked.ended
        const { requestId, result, record } = asked
        if (result.kind !== 'CodeSent') return unexpected(asked)
        const written = record({ event: 'reply.mobile-code-sent', details: { mobile: maskMobileNumber(number) } })
        if (!written.ok) return { outcome: 'unknown', requestId, failure: written.failure }
        const { message, attempts, validSeconds } = result
        const codeSent = { outcome: 'code-sent', requestId, number, message, attempts, validSeconds } as const
        services.change(serviceId, { mobile: { of: requestId, number }, codeSent })
        return codeSent
      })
    },

    async confirm({ serviceId, operator, code, onStep }) {
      const service = services.of(serviceId, operator)
      if (service === undefined) return fail({ code: 'service.not-open' })
      if (!smsCodeForm.test(code)) return fail({ code: 'mgov.code' })
      const { mobile } = service
      if (mobile === undefined) return fail({ code: 'mgov.nothing-asked' })
      return asking(async () => {
        const asked = await ask(service, operator, { kind: 'ConfirmMobile', ...mobile, code }, onStep)
        if (asked.kind === 'ended') return asked.ended
        const { requestId, result, record } = asked
        if (result.kind !== 'MobileConnected' || result.number !== mobile.number) return unexpected(asked)
        const seconds = stepSeconds(services, serviceId, options.monotonicMs())
        const details = { mobile: maskMobileNumber(mobile.number), seconds }
        const written = record({ event: 'reply.mobile-connected', details })
        if (!written.ok) return { outcome: 'unknown', requestId, failure: written.failure }
        services.change(serviceId, { steps: { ...service.steps, mgov: false }, mgov: 'connected' })
        return { outcome: 'connected', requestId, message: result.message }
      })
    },
  }

  async function asking<T>(ask: () => Promise<T>): Promise<Result<T>> {
    const leave = inProgress.enter()
    if (leave === undefined) return fail({ code: 'session.busy' })
    try {
      return succeed(await ask())
    } finally {
      leave()
    }
  }

  async function ask(
    service: OpenService,
    operator: User,
    operation: Extract<RegistrationOperation, { kind: 'ConnectMobile' | 'ConfirmMobile' }>,
    onStep: MobileInput['onStep'],
  ): Promise<Asked> {
    const requestId = randomUUID()
    const { serviceId } = service
    const { iin } = service.check.iin
    const outcome = await options.exchange({ requestId, operator, iin, operation, serviceId, onStep })
    if (outcome.kind !== 'answered') {
      return { kind: 'ended', ended: { outcome: outcome.kind, requestId, failure: outcome.failure } }
    }
    const { receivedSha256, reply } = outcome
    const record = (row: Pick<AuditEntry, 'event' | 'outcome' | 'details'>): Result<number> =>
      audit.append({
        actor: operator.login,
        role: operator.role,
        requestId,
        operation: operation.kind,
        receivedSha256,
        ...row,
      })
    const { result } = reply
    if (result.kind === 'MobileRefused') {
      const failure: Failure = { code: CODE_OF_REASON[result.reason], portalMessage: result.message }
      const written = record({ event: 'reply.mobile-refused', outcome: failure.code })
      const left = result.attemptsLeft === undefined ? {} : { attemptsLeft: result.attemptsLeft }
      const told = written.ok ? failure : written.failure
      return { kind: 'ended', ended: { outcome: 'refused', requestId, failure: told, ...left } }
    }
    if (result.kind === 'Refused') {
      const failure = portalRefusalFailure(result.refusal)
      const written = record({ event: 'reply.refused-by-portal', outcome: failure.code })
      return {
        kind: 'ended',
        ended: { outcome: 'refused', requestId, failure: written.ok ? failure : written.failure },
      }
    }
    return { kind: 'answered', requestId, result, record }
  }
}

type Asked = { readonly kind: 'ended'; readonly ended: NotConnected } | Answered
interface Answered {
  readonly kind: 'answered'
  readonly requestId: string
  readonly result: RegistrationResult
  readonly record: (row: Pick<AuditEntry, 'event' | 'outcome' | 'details'>) => Result<number>
}

/** A signed answer to another question: whatever the portal did, this is not known. */
function unexpected({ requestId, result, record }: Answered): NotConnected {
  const failure: Failure = { code: 'reply.unexpected-result', detail: result.kind }
  const written = record({ event: 'request.outcome-unknown', outcome: failure.code })
  return { outcome: 'unknown', requestId, failure: written.ok ? failure : written.failure }
}

/** A number is connected to an account that the citizen got here, or for which he came with document and agreement. */
function missingBefore(service: OpenService): string | undefined {
  const { check, issued, mgovOnly } = service
  if (check.registered && issued === undefined && mgovOnly !== true) return 'request'
  return missingStep(service, { reissue: issued?.action === 'regenerated' })
}

const CODE_OF_REASON: Readonly<Record<MobileRefusalReason, FailureCode>> = {
  'no-account': 'mgov.no-account',
  'number-taken': 'mgov.number-taken',
  'wrong-code': 'mgov.wrong-code',
  'attempts-exhausted': 'mgov.attempts-exhausted',
  'code-expired': 'mgov.code-expired',
  'nothing-asked': 'mgov.nothing-asked',
}

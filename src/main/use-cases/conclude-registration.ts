import type { Failure } from '../../shared/contract/failure.ts'
import { type AuditEvent, isBeforeReply, type RequestState } from '../../shared/domain/audit-event.ts'
import {
  type DeliveredPassword,
  type DeliveryProfile,
  passwordSealAad,
  type RegistrationResult,
} from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { PasswordOpener } from '../ports/password-seal.ts'
import type { RequestBinding } from './judge-reply.ts'
import type { PendingEnvelopeStore } from './pending-envelope.ts'
import { portalRefusalFailure } from './portal-refusal-failure.ts'

/** What came of a RegisterUser request that the portal answered. */
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

export interface AnsweredRequest {
  readonly result: RegistrationResult
  readonly bound: RequestBinding
  readonly receivedSha256: Uint8Array
  readonly opener: PasswordOpener | undefined
  readonly operator: User
  readonly onUnseal: () => void
  /** Where the request stood in the log when it was asked about again; absent at its first reply. */
  readonly before?: RequestState
  /** The request had been sent before, so that a refusal for reasons of the portal's own says nothing of the first. */
  readonly repeated?: true
}

/** Step 8: records a verified reply; where it brings a password, opens it and lets it wait for the printer. */
export type ConcludeRegistration = (answered: AnsweredRequest) => Promise<IssueOutcome>

export function createConcludeRegistration(options: {
  readonly delivery: DeliveryProfile
  readonly audit: AuditLog
  readonly envelopes: PendingEnvelopeStore
  /** An earlier password of this citizen is void from here on. */
  readonly onIssued?: (issued: { readonly iin: string; readonly requestId: string; readonly operator: User }) => void
}): ConcludeRegistration {
  const { audit, envelopes } = options

  return async (answered) => {
    const { result, bound, operator, before } = answered
    const { requestId } = bound
    // A request that was answered before keeps its state: a sheet that may be out is not forgotten.
    const isFirstReply = before === undefined || isBeforeReply(before)

    if (result.kind === 'AlreadyRegistered' && isFirstReply) {
      const written = record('reply.registered')
      return written.ok
        ? { outcome: 'registered', requestId }
        : { outcome: 'failed', requestId, failure: written.failure }
    }
    if (result.kind === 'Refused' && isFirstReply) {
      const failure = portalRefusalFailure(result.refusal)
      if (answered.repeated && result.refusal.reason === 'failed') return unusable(failure)
      const written = record('reply.refused-by-portal', failure)
      return written.ok
        ? { outcome: 'refused', requestId, failure }
        : { outcome: 'failed', requestId, failure: written.failure }
    }
    if (result.kind !== 'AccountIssued') return unusable({ code: 'reply.unexpected-result', detail: result.kind })
    if (result.login !== bound.iin) return unusable({ code: 'reply.iin-mismatch', detail: 'login' })

    answered.onUnseal()
    const password = await openPassword(result.password)
    if (!password.ok) return unusable(password.failure)
    const written = record(isFirstReply ? 'reply.issued' : 'reply.recovered', undefined, { action: result.action })
    if (!written.ok) {
      password.value.fill(0)
      return { outcome: 'unknown', requestId, failure: written.failure }
    }
    const { action, login, message } = result
    envelopes.put({ requestId, login, password: password.value, action, operatorLogin: operator.login })
    options.onIssued?.({ iin: bound.iin, requestId, operator })
    return { outcome: 'issued', requestId, action, message }

    /** The portal may well have issued a password, but nobody can read it. */
    function unusable(failure: Failure): IssueOutcome {
      if (!isFirstReply) return { outcome: 'unknown', requestId, failure }
      const noted = record('request.outcome-unknown', failure)
      return { outcome: 'unknown', requestId, failure: noted.ok ? failure : noted.failure }
    }

    async function openPassword(delivered: DeliveredPassword): Promise<Result<Buffer>> {
      if (delivered.profile !== options.delivery) return fail({ code: 'reply.unexpected-result', detail: 'delivery' })
      if (delivered.profile === 'plain') {
        const open = Buffer.from(delivered.password)
        delivered.password.fill(0)
        return succeed(open)
      }
      if (answered.opener === undefined) return fail({ code: 'reply.password-unsealable' })
      return answered.opener.open({ ...delivered, aad: passwordSealAad(bound) })
    }

    function record(event: AuditEvent, failure?: Failure, details?: Record<string, string>) {
      return audit.append({
        event,
        actor: operator.login,
        role: operator.role,
        requestId,
        operation: 'RegisterUser',
        receivedSha256: answered.receivedSha256,
        ...(failure === undefined ? {} : { outcome: failure.code }),
        ...(details === undefined ? {} : { details }),
      })
    }
  }
}

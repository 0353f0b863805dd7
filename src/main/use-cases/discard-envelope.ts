import type { User } from '../../shared/domain/session.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { PendingEnvelopeStore } from './pending-envelope.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

export type DiscardEnvelope = (input: {
  /** Without it: whichever envelope is pending. */
  readonly requestId?: string
  readonly operator: { readonly login: string; readonly role: User['role'] | 'system' }
}) => Result<undefined>

/** The operator leaves without printing: the password is wiped first, and the log says so. */
export function createDiscardEnvelope(options: {
  readonly audit: AuditLog
  readonly envelopes: PendingEnvelopeStore
  readonly inProgress: ServicesInProgress
}): DiscardEnvelope {
  const { audit, envelopes, inProgress } = options
  return ({ requestId, operator }) => {
    const pending = requestId === undefined ? envelopes.current() : envelopes.peek(requestId)
    if (pending === undefined) return succeed(undefined)
    envelopes.wipe(pending.requestId)
    inProgress.end(pending.requestId)
    const written = audit.append({
      event: 'envelope.discarded',
      actor: operator.login,
      role: operator.role,
      requestId: pending.requestId,
      operation: 'RegisterUser',
    })
    return written.ok ? succeed(undefined) : written
  }
}

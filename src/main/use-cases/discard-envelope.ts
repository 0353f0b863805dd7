import type { User } from '../../shared/domain/session.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import { ABANDONED, type PaperStates } from './paper-states.ts'
import type { PendingEnvelopeStore } from './pending-envelope.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

export type DiscardEnvelope = (input: {
  /** Without it: whichever envelope is pending. */
  readonly requestId?: string
  readonly operator: { readonly login: string; readonly role: User['role'] | 'system' }
}) => Result<undefined>

/**
 * The operator leaves before the end: the password is wiped first, and the log says so. A request whose sheet is out,
 * or may be, stays open: somebody must look for it.
 */
export function createDiscardEnvelope(options: {
  readonly audit: AuditLog
  readonly envelopes: PendingEnvelopeStore
  readonly papers: PaperStates
  readonly inProgress: ServicesInProgress
}): DiscardEnvelope {
  const { audit, envelopes, papers, inProgress } = options
  return ({ requestId, operator }) => {
    const pending = requestId === undefined ? envelopes.current() : envelopes.peek(requestId)
    if (pending === undefined) return succeed(undefined)
    envelopes.wipe(pending.requestId)
    const paper = papers.of(pending.requestId)
    if (paper?.name === 'printing') {
      paper.cancel.abort(ABANDONED)
    } else {
      papers.set(pending.requestId, undefined)
      inProgress.end(pending.requestId)
    }
    const written = audit.append({
      event: paper === undefined ? 'envelope.discarded' : 'envelope.wiped',
      actor: operator.login,
      role: operator.role,
      requestId: pending.requestId,
      operation: 'RegisterUser',
    })
    return written.ok ? succeed(undefined) : written
  }
}

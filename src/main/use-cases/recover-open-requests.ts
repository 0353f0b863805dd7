import type { OpenRequest } from '../../shared/domain/audit-event.ts'
import type { User } from '../../shared/domain/session.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

export interface RecoverOpenRequests {
  /**
   * RegisterUser requests of earlier runs whose end nobody has seen: the process ended, or the reply did not count.
   * Their passwords are gone with the memory that held them.
   */
  list(): readonly OpenRequest[]
  /** The operator has read it; the row says who and when. */
  acknowledge(input: { readonly requestId: string; readonly operator: User }): Result<undefined>
}

export function createRecoverOpenRequests(options: {
  readonly audit: AuditLog
  readonly inProgress: ServicesInProgress
}): RecoverOpenRequests {
  const { audit } = options
  const leftovers = (): readonly OpenRequest[] =>
    audit.openRequests().filter(({ requestId }) => !options.inProgress.has(requestId))
  return {
    list: leftovers,
    acknowledge({ requestId, operator }) {
      if (!leftovers().some((request) => request.requestId === requestId)) return succeed(undefined)
      const written = audit.append({
        event: 'request.acknowledged',
        actor: operator.login,
        role: operator.role,
        requestId,
        operation: 'RegisterUser',
      })
      return written.ok ? succeed(undefined) : written
    },
  }
}

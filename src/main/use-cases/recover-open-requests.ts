import type { AuditEntry, OpenRequest } from '../../shared/domain/audit-event.ts'
import type { User } from '../../shared/domain/session.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { RequestOutbox } from '../ports/request-outbox.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

export interface RecoverOpenRequests {
  /**
   * RegisterUser requests of earlier runs whose end nobody has seen: the process ended, or the reply did not count.
   * Their passwords are gone with the memory that held them; the portal's sealed reply may still be asked for.
   */
  list(): readonly OpenRequest[]
  /** The operator has read it; the row says who and when. */
  acknowledge(input: { readonly requestId: string; readonly operator: User }): Result<undefined>
  /** The citizen has a newer password: what an open request of his may have issued is void, and the row says by which. */
  supersede(input: { readonly iin: string; readonly requestId: string; readonly operator: User }): void
}

export function createRecoverOpenRequests(options: {
  readonly audit: AuditLog
  readonly inProgress: ServicesInProgress
  readonly outbox: RequestOutbox
}): RecoverOpenRequests {
  const { audit, outbox } = options
  const leftovers = (): readonly OpenRequest[] =>
    audit.openRequests().filter(({ requestId }) => !options.inProgress.has(requestId))
  const close = (
    requestId: string,
    { login, role }: User,
    more: Pick<AuditEntry, 'outcome' | 'details'> = {},
  ): Result<number> =>
    audit.append({
      event: 'request.acknowledged',
      actor: login,
      role,
      requestId,
      operation: 'RegisterUser',
      ...more,
    })
  return {
    list: leftovers,
    acknowledge({ requestId, operator }) {
      if (!leftovers().some((request) => request.requestId === requestId)) return succeed(undefined)
      const written = close(requestId, operator)
      return written.ok ? succeed(undefined) : written
    },
    supersede({ iin, requestId, operator }) {
      for (const open of leftovers()) {
        if (open.requestId === requestId) continue
        const kept = outbox.find(open.requestId)
        if (!kept.ok) continue
        kept.value.oneTimeSecret?.fill(0)
        if (kept.value.iin === iin)
          close(open.requestId, operator, { outcome: 'superseded', details: { by: requestId } })
      }
    },
  }
}

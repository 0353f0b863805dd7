import type { AuditRow } from '../../shared/domain/audit-event.ts'
import type { User } from '../../shared/domain/session.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'

export type ReviewAudit = (input: {
  readonly beforeSeq?: number
  readonly limit: number
  readonly reviewer: User
}) => Result<{ readonly rows: readonly AuditRow[]; readonly total: number }>

/** The supervisor's view of the log, newest first. Opening it is itself recorded; paging on is not. */
export function createReviewAudit(options: { readonly audit: AuditLog }): ReviewAudit {
  const { audit } = options
  return ({ beforeSeq, limit, reviewer }) => {
    if (beforeSeq === undefined) {
      const written = audit.append({ event: 'audit.viewed', actor: reviewer.login, role: reviewer.role })
      if (!written.ok) return written
    }
    const page = beforeSeq === undefined ? { limit } : { beforeSeq, limit }
    return succeed({ rows: audit.list(page), total: audit.head().seq })
  }
}

import type { AuditEvent, AuditRow } from '../../../shared/domain/audit-event.ts'
import { decodeDetails } from './canonical-details.ts'
import type { StoredRow } from './stored-row.ts'

/** The columns of a row that hold nobody's personal data. */
export type FactColumns = Pick<
  StoredRow,
  | 'seq'
  | 'at'
  | 'workstation'
  | 'actor'
  | 'role'
  | 'event'
  | 'request_id'
  | 'operation'
  | 'outcome'
  | 'note'
  | 'details'
>

/** A stored row as everybody who may read the log sees it; what is personal is for the caller to mask and add. */
export function rowFacts(row: FactColumns): AuditRow {
  const details = row.details === null ? undefined : decodeDetails(row.details)
  return {
    seq: row.seq,
    at: row.at,
    workstation: row.workstation,
    actor: row.actor,
    event: row.event as AuditEvent,
    ...(row.role !== null && { role: row.role }),
    ...(row.request_id !== null && { requestId: row.request_id }),
    ...(row.operation !== null && { operation: row.operation }),
    ...(row.outcome !== null && { outcome: row.outcome }),
    ...(row.note !== null && { note: row.note }),
    ...(details !== undefined && { details }),
  }
}

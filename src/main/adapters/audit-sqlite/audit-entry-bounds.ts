import type { AuditEntry } from '../../../shared/domain/audit-event.ts'
import { encodeDetails } from './canonical-details.ts'

/** In characters; the table's CHECKs say the same. */
const auditEntryBounds = {
  actor: 64,
  event: 64,
  requestId: 64,
  operation: 64,
  outcome: 64,
  iin: 64,
  personName: 200,
  document: 100,
  note: 500,
} as const

const detailsBounds = { members: 32, value: 500, encoded: 8192 } as const
const DETAIL_KEY = /^[a-zA-Z][a-zA-Z0-9._-]{0,63}$/

/** @throws RangeError for an entry that no caller may make. The message names the field, never its value. */
export function checkAuditEntry(entry: AuditEntry): void {
  for (const [field, max] of Object.entries(auditEntryBounds)) {
    const value = entry[field as keyof typeof auditEntryBounds]
    if (value !== undefined && value.length > max) throw new RangeError(`${field} is longer than ${max} characters`)
  }
  if (entry.personName !== undefined && entry.document !== undefined) throw new RangeError('a name and a document')
  for (const field of ['sentSha256', 'receivedSha256'] as const) {
    if (entry[field] !== undefined && entry[field].length !== 32) throw new RangeError(`${field} is not 32 bytes`)
  }
  const details = Object.entries(entry.details ?? {})
  if (details.length > detailsBounds.members) throw new RangeError('details has too many members')
  for (const [key, value] of details) {
    if (!DETAIL_KEY.test(key)) throw new RangeError('details has a key that is not a plain word')
    if (value.length > detailsBounds.value) throw new RangeError(`details.${key} is too long`)
  }
  if (encodeDetails(entry.details ?? {}).length > detailsBounds.encoded) throw new RangeError('details is too long')
}

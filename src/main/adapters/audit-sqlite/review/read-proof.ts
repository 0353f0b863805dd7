import type { Database } from 'better-sqlite3'
import type { AuditRow } from '../../../../shared/domain/audit-event.ts'
import type { RowProof } from '../../../../shared/domain/audit-review.ts'
import { rowHash } from '../row-hash.ts'
import type { StoredRow } from '../stored-row.ts'
import { type CellReader, reviewedRow } from './reviewed-row.ts'
import { createRowProofs } from './row-proofs.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** One row and everything by which it is proven; undefined where there is no such row. */
export function readProvenRow(
  db: Database,
  cells: CellReader,
  seq: number,
): { readonly row: AuditRow; readonly proof: RowProof } | undefined {
  const stored = db.prepare<[number], StoredRow>('SELECT * FROM audit_row WHERE seq = ?').get(seq)
  if (stored === undefined) return undefined
  const inclusion = createRowProofs(db).inclusion(stored)
  return {
    row: reviewedRow(stored, cells),
    proof: {
      seq,
      prevHash: hex(stored.prev_hash),
      hash: hex(stored.hash),
      computedHash: hex(rowHash(stored)),
      ...(stored.sent_sha256 !== null && { sentSha256: hex(stored.sent_sha256) }),
      ...(stored.received_sha256 !== null && { receivedSha256: hex(stored.received_sha256) }),
      ...(inclusion !== undefined && { inclusion }),
    },
  }
}

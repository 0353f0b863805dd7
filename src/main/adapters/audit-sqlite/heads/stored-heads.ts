import type { Database } from 'better-sqlite3'
import type { HeadReason } from '../../../../shared/domain/audit-head.ts'
import type { KeptHead } from '../../../ports/tree-heads.ts'

interface HeadRecord {
  readonly size: number
  readonly root: Buffer
  readonly epoch: number
  readonly at: string
  readonly workstation: string
  readonly reason: string
  readonly cms: string | null
}

const SELECT = `SELECT head.size, root, epoch, at, workstation, reason, cms
  FROM audit_head AS head LEFT JOIN audit_head_signature AS signature ON signature.size = head.size`

/** Newest first. */
export function readStoredHeads(
  db: Database,
  logId: Uint8Array,
  selection: { readonly limit?: number; readonly unsigned?: boolean; readonly after?: number } = {},
): readonly KeptHead[] {
  const { limit = -1, unsigned = false, after = 0 } = selection
  const where = `WHERE head.size > ? ${unsigned ? 'AND cms IS NULL' : ''}`
  return db
    .prepare<[number, number], HeadRecord>(`${SELECT} ${where} ORDER BY head.size DESC LIMIT ?`)
    .all(after, limit)
    .map(({ size, root, epoch, at, workstation, reason, cms }) => ({
      head: { logId: hex(logId), workstation, epoch, size, root: hex(root), at },
      reason: reason as HeadReason,
      ...(cms !== null && { cms }),
    }))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

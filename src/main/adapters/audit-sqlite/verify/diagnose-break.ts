import type { Database } from 'better-sqlite3'
import type { Finding } from '../../../../shared/domain/audit-finding.ts'
import { createRowHasher, type RawRow, rawColumns } from './row-encoder.ts'

/** How far a row may have been moved for its old number to be found. */
const REACH = 5_000

const PREV_HASH = 17
const HASH = 18

/**
 * Says what was done where a chain breaks. Rows carry their number under their hash, so a row that was moved still
 * tells the number that it was written with.
 * @param options.seq the first number at which the chain does not hold.
 * @param options.expected the hash that the row of this number must be chained to, upper-case hex.
 */
export function diagnoseBreak(options: {
  readonly db: Database
  readonly seq: number
  readonly expected: string
}): Finding {
  const { db, seq, expected } = options
  const hashRow = createRowHasher()
  const select = db.prepare<[number], RawRow>(`SELECT ${rawColumns} FROM audit_row WHERE seq = ?`).raw()
  const selectFollower = db
    .prepare<[Uint8Array, number], number>('SELECT seq FROM audit_row WHERE prev_hash = ? AND seq > ? ORDER BY seq')
    .pluck()

  const row = select.get(seq)
  if (row === undefined) return { seq, finding: 'row-deleted' }
  const next = select.get(seq + 1)
  const own = numberOf(row, seq)
  if (own === seq) {
    if (row[PREV_HASH] === expected) return { seq, finding: 'row-edited' }
    if (next !== undefined && numberOf(next, seq + 1) === seq) return { seq, finding: 'row-inserted' }
    return { seq, finding: seq === 1 ? 'first-row-wrong' : 'row-resealed' }
  }
  const moved = selectFollower.get(Buffer.from(expected, 'hex'), seq)
  if (moved === undefined) return { seq, finding: own !== undefined && own > seq ? 'row-deleted' : 'row-edited' }
  const after = select.get(moved + 1)
  const stillShifted = after === undefined ? own === undefined || own < seq : numberOf(after, moved + 1) === seq + 1
  return { seq, finding: stillShifted ? 'row-inserted' : 'row-reordered' }

  /** The number with which a row was sealed; its place is tried first. */
  function numberOf(sealed: RawRow, place: number): number | undefined {
    const isSealedAs = (number: number): boolean => hashRow([number, ...sealed.slice(1)]) === sealed[HASH]
    if (isSealedAs(place)) return place
    for (let distance = 1; distance <= REACH; distance++) {
      if (isSealedAs(place + distance)) return place + distance
      if (place > distance && isSealedAs(place - distance)) return place - distance
    }
    return undefined
  }
}

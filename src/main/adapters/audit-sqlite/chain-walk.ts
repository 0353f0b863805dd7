import { setImmediate } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { ChainVerdict } from '../../ports/audit-log.ts'
import type { FieldValue } from './canonical-fields.ts'
import { openRequestStateAfter } from './open-request-state.ts'
import { firstPrevHash, rowHash } from './row-hash.ts'
import { sqliteFailure } from './sqlite-failure.ts'
import { chainedColumns, type StoredRow } from './stored-row.ts'

/** About five milliseconds of work between two turns of the event loop. */
const SLICE_ROWS = 500

/** A row hidden below the first one is a finding too. */
const LOWEST_SEQ = -(2n ** 63n)

type StoredColumn = keyof StoredRow & string
const columns: readonly StoredColumn[] = [...chainedColumns, 'hash']

const BLOBS: ReadonlySet<StoredColumn> = new Set([
  'sent_sha256',
  'received_sha256',
  'iin_cipher',
  'iin_lookup',
  'person_cipher',
  'prev_hash',
  'hash',
])
const REQUIRED: ReadonlySet<StoredColumn> = new Set(['seq', 'at', 'workstation', 'actor', 'event', 'prev_hash', 'hash'])

/**
 * Walks the rows of a log from the first to the last, in slices. The caller holds a read transaction, so that the
 * log stands still meanwhile.
 *
 * Findings, each with the number of the first row that does not hold:
 * - `gap in numbering`: that number is missing, or a row stands before its turn;
 * - `malformed row`: a value of a type, or a text in bytes, that the log never writes;
 * - `first row wrong`: row 1 does not begin this log;
 * - `link mismatch`: the row does not follow from the one before (that one was edited and sealed again, or this one);
 * - `hash mismatch`: the row's contents were edited;
 * - `unreadable: CODE`: SQLite cannot read the rows from here on;
 * - number 0, `open requests differ from the rows`: the list of requests without an end was edited.
 *
 * The chain alone does not show that rows at the end were cut off, nor that every hash from some row on was
 * computed anew: what is left is a sound chain. Only a head kept elsewhere shows that.
 */
export async function walkChain(options: { db: Database; logId: Uint8Array }): Promise<ChainVerdict> {
  const { db, logId } = options
  const selectSlice = db.prepare<[number | bigint], StoredRow>(
    `SELECT ${columns.join(', ')} FROM audit_row WHERE seq >= ? ORDER BY seq LIMIT ${SLICE_ROWS}`,
  )
  const openRequests = new Map<string, string>()
  let head: Pick<StoredRow, 'seq' | 'hash'> = { seq: 0, hash: firstPrevHash(logId) }
  const broken = (seq: number, finding: string): ChainVerdict => ({
    state: 'broken',
    rows: head.seq,
    firstBroken: { seq, finding },
  })

  try {
    let slice = selectSlice.all(LOWEST_SEQ)
    while (slice.length > 0) {
      for (const row of slice) {
        const expected = head.seq + 1
        if (row.seq !== expected) return broken(Math.min(row.seq, expected), 'gap in numbering')
        if (!isWellFormed(db, row)) return broken(row.seq, 'malformed row')
        if (!equal(row.prev_hash, head.hash))
          return broken(row.seq, row.seq === 1 ? 'first row wrong' : 'link mismatch')
        if (!equal(row.hash, rowHash(row))) return broken(row.seq, 'hash mismatch')
        followOpenRequest(openRequests, row)
        head = row
      }
      await setImmediate()
      slice = selectSlice.all(head.seq + 1)
    }
    if (!isOpenRequestTable(db, openRequests)) return broken(0, 'open requests differ from the rows')
  } catch (error) {
    return broken(head.seq + 1, `unreadable: ${sqliteFailure(error).detail}`)
  }
  return { state: 'intact', rows: head.seq, head: { seq: head.seq, hash: Buffer.from(head.hash).toString('hex') } }
}

function isWellFormed(db: Database, row: StoredRow): boolean {
  return columns.every((column) => {
    const value: FieldValue = row[column]
    if (value === null) return !REQUIRED.has(column)
    if (column === 'seq') return Number.isSafeInteger(value)
    if (BLOBS.has(column)) return value instanceof Uint8Array
    return typeof value === 'string' && isStoredAsUtf8({ db, seq: row.seq, column, value })
  })
}

/** Bytes that are no UTF-8 are read as U+FFFD, so only a text with that character can hide them. */
function isStoredAsUtf8(text: { db: Database; seq: number; column: StoredColumn; value: string }): boolean {
  const { db, seq, column, value } = text
  if (!value.includes('\ufffd')) return true
  const stored = db.prepare<[number], Buffer>(`SELECT CAST(${column} AS BLOB) FROM audit_row WHERE seq = ?`).pluck()
  return stored.get(seq)?.equals(Buffer.from(value)) === true
}

function followOpenRequest(openRequests: Map<string, string>, row: StoredRow): void {
  const state = openRequestStateAfter(row)
  if (state === undefined || row.request_id === null) return
  if (state === 'closed') openRequests.delete(row.request_id)
  else openRequests.set(row.request_id, `${state} ${row.seq}`)
}

function isOpenRequestTable(db: Database, expected: ReadonlyMap<string, string>): boolean {
  const stored = db
    .prepare<[], [string, string]>(`SELECT request_id, state || ' ' || last_seq FROM audit_open_request`)
    .raw()
    .all()
  return stored.length === expected.size && stored.every(([requestId, state]) => expected.get(requestId) === state)
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

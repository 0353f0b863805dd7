import type { Database } from 'better-sqlite3'
import { type RequestState, requestStateAfter } from '../../../../shared/domain/audit-event.ts'
import type { AuditStory, RequestStory } from '../../../../shared/domain/audit-review.ts'
import { maskIin } from '../../../../shared/domain/iin.ts'
import { lookupValue } from '../personal-cell.ts'
import type { MonthKeysForJob } from './review-job.ts'
import { type CellReader, type ReviewedColumns, reviewedColumns, reviewedRow } from './reviewed-row.ts'

const MAX_REQUESTS = 100
const MAX_ROWS_OF_REQUEST = 200

/** The newest requests of the citizen named in a row, or one request, each from its first row to its last. */
export function readStory(options: {
  readonly db: Database
  readonly cells: CellReader
  readonly keys: readonly MonthKeysForJob[]
  readonly of: { readonly requestId: string } | { readonly citizenOf: number }
}): AuditStory {
  const { db, cells, keys, of } = options
  if ('requestId' in of) {
    const story = readRequest(db, cells, of.requestId)
    return { requests: story === undefined ? [] : [story], cut: false }
  }
  const named = db
    .prepare<[number], ReviewedColumns>(`SELECT ${reviewedColumns} FROM audit_row WHERE seq = ?`)
    .get(of.citizenOf)
  const iin = named === undefined ? undefined : cells.iin(named)
  if (iin === undefined) return { requests: [], cut: false }
  const hashes = keys.map(({ lookupKey }) => lookupValue({ lookupKey: Buffer.from(lookupKey), iin }))
  const requestIds = db
    .prepare<Uint8Array[], string>(
      `SELECT request_id FROM audit_row WHERE iin_lookup IN (${hashes.map(() => '?').join(', ')})
         AND request_id IS NOT NULL GROUP BY request_id ORDER BY min(seq) DESC LIMIT ${MAX_REQUESTS + 1}`,
    )
    .pluck()
    .all(...hashes)
  const told = requestIds.slice(0, MAX_REQUESTS).toReversed()
  return {
    requests: told.map((requestId) => readRequest(db, cells, requestId)).filter((story) => story !== undefined),
    iinMasked: maskIin(iin),
    cut: requestIds.length > MAX_REQUESTS,
  }
}

function readRequest(db: Database, cells: CellReader, requestId: string): RequestStory | undefined {
  const rows = db
    .prepare<[string], ReviewedColumns>(
      `SELECT ${reviewedColumns} FROM audit_row WHERE request_id = ? ORDER BY seq LIMIT ${MAX_ROWS_OF_REQUEST}`,
    )
    .all(requestId)
    .map((row) => reviewedRow(row, cells))
  if (rows.length === 0) return undefined
  const operation = rows.find((row) => row.operation !== undefined)?.operation
  const state = rows.reduce<RequestState | undefined>(
    (before, row) => requestStateAfter(row.event) ?? before,
    undefined,
  )
  return { requestId, rows, ...(operation !== undefined && { operation }), ...(state !== undefined && { state }) }
}

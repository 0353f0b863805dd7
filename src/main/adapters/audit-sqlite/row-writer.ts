import type { Database } from 'better-sqlite3'
import type { AuditEntry } from '../../../shared/domain/audit-event.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { encodeDetails } from './canonical-details.ts'
import type { MonthKeyring, MonthKeys } from './month-keyring.ts'
import { openRequestStateAfter } from './open-request-state.ts'
import { lookupValue, sealCell } from './personal-cell.ts'
import { rowHash } from './row-hash.ts'
import { createRowIndex } from './row-index.ts'
import { type ChainedRow, chainedColumns, type StoredRow } from './stored-row.ts'

/** The newest row of a log, or what its first row is chained to, with number 0. */
export interface ChainEnd {
  readonly seq: number
  readonly hash: Uint8Array
}

export interface RowToWrite {
  readonly entry: AuditEntry
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string
  readonly workstation: string
  readonly previous: ChainEnd
}

/**
 * Adds rows with all that is kept beside them. Call it inside a write transaction under which `previous` was read.
 * The returned function's failure: `audit.write-failed`.
 */
export function createRowWriter(options: {
  readonly db: Database
  readonly logId: Uint8Array
  readonly keyring: MonthKeyring
}): (row: RowToWrite) => Result<StoredRow> {
  const { db, logId, keyring } = options
  const columns = [...chainedColumns, 'hash']
  const insertRow = db.prepare<[StoredRow]>(
    `INSERT INTO audit_row (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
  )
  const keepOpen = db.prepare<[string, string, number]>(
    `INSERT INTO audit_open_request (request_id, state, last_seq) VALUES (?, ?, ?)
     ON CONFLICT (request_id) DO UPDATE SET state = excluded.state, last_seq = excluded.last_seq`,
  )
  const removeOpen = db.prepare<[string]>('DELETE FROM audit_open_request WHERE request_id = ?')
  const index = createRowIndex(db)

  function followOpenRequest(row: ChainedRow): void {
    const state = openRequestStateAfter(row)
    if (state === undefined || row.request_id === null) return
    if (state === 'closed') removeOpen.run(row.request_id)
    else keepOpen.run(row.request_id, state, row.seq)
  }

  return (made) => {
    const { entry, at } = made
    const month = at.slice(0, 7)
    const personal = [entry.iin, entry.personName, entry.document].some((datum) => datum !== undefined)
    const keys = personal ? keyring.obtain(month) : succeed(undefined)
    if (!keys.ok) return fail({ code: 'audit.write-failed', detail: keys.failure.code })
    const chained = chainedRow({ ...made, logId, keys: keys.value && { month, ...keys.value } })
    const row = { ...chained, hash: rowHash(chained) }
    insertRow.run(row)
    followOpenRequest(row)
    index(row)
    return succeed(row)
  }
}

function chainedRow(
  made: RowToWrite & { readonly logId: Uint8Array; readonly keys: (MonthKeys & { month: string }) | undefined },
): ChainedRow {
  const { entry, keys, logId, previous } = made
  const seq = previous.seq + 1
  const seal = (column: 'iin_cipher' | 'person_cipher', text: string | undefined) =>
    keys !== undefined && text !== undefined
      ? sealCell({ dataKey: keys.dataKey, place: { logId, seq, column }, text })
      : null
  return {
    seq,
    at: made.at,
    workstation: made.workstation,
    actor: entry.actor,
    role: entry.role ?? null,
    event: entry.event,
    request_id: entry.requestId ?? null,
    operation: entry.operation ?? null,
    outcome: entry.outcome ?? null,
    sent_sha256: entry.sentSha256 ?? null,
    received_sha256: entry.receivedSha256 ?? null,
    key_month: keys?.month ?? null,
    iin_cipher: seal('iin_cipher', entry.iin),
    iin_lookup: keys !== undefined && entry.iin !== undefined ? lookupValue({ ...keys, iin: entry.iin }) : null,
    person_cipher: seal('person_cipher', entry.personName ?? entry.document),
    note: entry.note ?? null,
    details: entry.details === undefined ? null : encodeDetails(entry.details),
    prev_hash: previous.hash,
  }
}

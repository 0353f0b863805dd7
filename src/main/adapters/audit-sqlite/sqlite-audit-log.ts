import type { Database } from 'better-sqlite3'
import type { AuditEntry, AuditEvent, AuditRow, OpenRequest, RequestState } from '../../../shared/domain/audit-event.ts'
import { maskIin } from '../../../shared/domain/iin.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { AuditHead, AuditLog, ChainVerdict } from '../../ports/audit-log.ts'
import type { Clock } from '../../ports/clock.ts'
import { checkAuditEntry } from './audit-entry-bounds.ts'
import { decodeDetails, encodeDetails } from './canonical-details.ts'
import type { MonthKeyring, MonthKeys } from './month-keyring.ts'
import { openRequestStateAfter } from './open-request-state.ts'
import { lookupValue, openCell, sealCell } from './personal-cell.ts'
import { firstPrevHash, rowHash } from './row-hash.ts'
import { errorCode } from './sqlite-failure.ts'
import { type ChainedRow, chainedColumns, type StoredRow } from './stored-row.ts'

const LIST_LIMIT = 1000

interface Head {
  readonly seq: number
  readonly hash: Uint8Array
}

/** The log over an open, migrated database. It owns the database and the keyring. */
export function createSqliteAuditLog(options: {
  db: Database
  logId: Uint8Array
  keyring: MonthKeyring
  workstation: string
  clock: Clock
  verify: () => Promise<ChainVerdict>
}): AuditLog {
  const { db, logId, keyring, workstation, clock, verify } = options
  const genesis: Head = { seq: 0, hash: firstPrevHash(logId) }
  const columns = [...chainedColumns, 'hash']
  const selectHead = db.prepare<[], Head>('SELECT seq, hash FROM audit_row ORDER BY seq DESC LIMIT 1')
  const insertRow = db.prepare<[StoredRow]>(
    `INSERT INTO audit_row (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
  )
  const selectPage = db.prepare<[number, number], StoredRow>(
    'SELECT * FROM audit_row WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  )
  const keepOpen = db.prepare<[string, string, number]>(
    `INSERT INTO audit_open_request (request_id, state, last_seq) VALUES (?, ?, ?)
     ON CONFLICT (request_id) DO UPDATE SET state = excluded.state, last_seq = excluded.last_seq`,
  )
  const removeOpen = db.prepare<[string]>('DELETE FROM audit_open_request WHERE request_id = ?')
  const selectOpen = db.prepare<[], { request_id: string; state: string; at: string; actor: string }>(
    `SELECT request_id, state, at, actor
     FROM audit_open_request JOIN audit_row USING (request_id) WHERE seq = last_seq ORDER BY seq`,
  )
  const selectIinOf = db.prepare<[string], StoredRow>(
    `SELECT * FROM audit_row WHERE request_id = ? AND iin_cipher IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  )

  const readHead = (): Head => selectHead.get() ?? genesis

  const appendRow = db.transaction((entry: AuditEntry): Result<number> => {
    // Under the write lock, so that the times of several processes come in the order of the rows.
    const at = clock.now().toISOString()
    const month = at.slice(0, 7)
    const personal = entry.iin !== undefined || entry.personName !== undefined
    const keys = personal ? keyring.obtain(month) : succeed(undefined)
    if (!keys.ok) return fail({ code: 'audit.write-failed', detail: keys.failure.code })
    const row = chainedRow({ entry, at, previous: readHead(), keys: keys.value && { month, ...keys.value } })
    insertRow.run({ ...row, hash: rowHash(row) })
    followOpenRequest(row)
    return succeed(row.seq)
  })

  function chainedRow(made: {
    entry: AuditEntry
    at: string
    previous: Head
    keys: (MonthKeys & { month: string }) | undefined
  }): ChainedRow {
    const { entry, at, previous, keys } = made
    const seq = previous.seq + 1
    const seal = (column: 'iin_cipher' | 'person_cipher', text: string | undefined) =>
      keys !== undefined && text !== undefined
        ? sealCell({ dataKey: keys.dataKey, place: { logId, seq, column }, text })
        : null
    return {
      seq,
      at,
      workstation,
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
      person_cipher: seal('person_cipher', entry.personName),
      note: entry.note ?? null,
      details: entry.details === undefined ? null : encodeDetails(entry.details),
      prev_hash: previous.hash,
    }
  }

  function followOpenRequest(row: ChainedRow): void {
    const state = openRequestStateAfter(row)
    if (state === undefined || row.request_id === null) return
    if (state === 'closed') removeOpen.run(row.request_id)
    else keepOpen.run(row.request_id, state, row.seq)
  }

  /** Undefined where there is none, or where its month's keys are gone. */
  function maskedIin(row: StoredRow | undefined): string | undefined {
    if (row === undefined || row.key_month === null || row.iin_cipher === null) return undefined
    const keys = keyring.find(row.key_month)
    if (!keys.ok || keys.value === undefined) return undefined
    const place = { logId, seq: row.seq, column: 'iin_cipher' } as const
    const iin = openCell({ dataKey: keys.value.dataKey, place, sealed: row.iin_cipher })
    return iin === undefined ? undefined : maskIin(iin)
  }

  function reviewed(row: StoredRow): AuditRow {
    const iinMasked = maskedIin(row)
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
      ...(iinMasked !== undefined && { iinMasked }),
      ...(row.note !== null && { note: row.note }),
      ...(details !== undefined && { details }),
    }
  }

  return {
    append(entry) {
      checkAuditEntry(entry)
      if (!db.open) return fail({ code: 'audit.write-failed', detail: 'closed' })
      try {
        return appendRow.immediate(entry)
      } catch (error) {
        // The month's keys may have been made in the transaction that is gone: a row under them could never be read.
        keyring.wipe()
        return fail({ code: 'audit.write-failed', detail: errorCode(error) ?? 'unexpected' })
      }
    },

    list({ beforeSeq = Number.MAX_SAFE_INTEGER, limit }) {
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > LIST_LIMIT)
        throw new RangeError(`A page has 1 to ${LIST_LIMIT} rows`)
      return selectPage.all(beforeSeq, limit).map(reviewed)
    },

    openRequests() {
      return selectOpen.all().map(({ request_id, state, at, actor }): OpenRequest => {
        const iinMasked = maskedIin(selectIinOf.get(request_id))
        return {
          requestId: request_id,
          state: state as RequestState,
          at,
          actor,
          ...(iinMasked !== undefined && { iinMasked }),
        }
      })
    },

    head(): AuditHead {
      const { seq, hash } = readHead()
      return { seq, hash: Buffer.from(hash).toString('hex') }
    },

    verify,

    close() {
      keyring.wipe()
      db.close()
    },
  }
}

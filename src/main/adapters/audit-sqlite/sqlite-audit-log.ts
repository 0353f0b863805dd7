import type { Database } from 'better-sqlite3'
import type { AuditEntry, AuditRow, OpenRequest, RequestState } from '../../../shared/domain/audit-event.ts'
import { maskIin } from '../../../shared/domain/iin.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { AuditHead, AuditLog } from '../../ports/audit-log.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PersonalDataRetention } from '../../ports/personal-data-retention.ts'
import type { TreeHeads } from '../../ports/tree-heads.ts'
import { checkAuditEntry } from './audit-entry-bounds.ts'
import { createRetention } from './create-retention.ts'
import { createTreeHeads } from './heads/create-tree-heads.ts'
import type { MonthKeyring } from './month-keyring.ts'
import { openCell } from './personal-cell.ts'
import { rowFacts } from './row-facts.ts'
import { firstPrevHash } from './row-hash.ts'
import { type ChainEnd, createRowWriter } from './row-writer.ts'
import { errorCode } from './sqlite-failure.ts'
import type { StoredRow } from './stored-row.ts'

const LIST_LIMIT = 1000
const LATEST_LIMIT = 5000

/** The log, the heads of its tree, and the end of its personal data. */
export interface SqliteAuditLog extends AuditLog {
  readonly heads: TreeHeads
  readonly retention: PersonalDataRetention
}

/** Judges the log's file beside the connection that writes it. */
export interface LogVerifier {
  readonly verify: AuditLog['verify']
  /** Ends a verification under way, and waits for that. */
  close(): Promise<void>
}

/** The log over an open, migrated database. It owns the database and the keyring. */
export function createSqliteAuditLog(options: {
  db: Database
  logId: Uint8Array
  keyring: MonthKeyring
  workstation: string
  clock: Clock
  verifier: LogVerifier
}): SqliteAuditLog {
  const { db, logId, keyring, workstation, clock, verifier } = options
  const genesis: ChainEnd = { seq: 0, hash: firstPrevHash(logId) }
  const selectHead = db.prepare<[], ChainEnd>('SELECT seq, hash FROM audit_row ORDER BY seq DESC LIMIT 1')
  const selectPage = db.prepare<[number, number], StoredRow>(
    'SELECT * FROM audit_row WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  )
  const selectLatest = db.prepare<[string, number], StoredRow>(
    'SELECT * FROM audit_row WHERE event IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?',
  )
  const selectOpen = db.prepare<[], { request_id: string; state: string; at: string; actor: string }>(
    // CROSS keeps the order of the join: left to itself SQLite walks every row of the log for the sake of ORDER BY.
    `SELECT request_id, state, at, actor
     FROM audit_open_request CROSS JOIN audit_row USING (request_id) WHERE seq = last_seq ORDER BY last_seq`,
  )
  const selectIinOf = db.prepare<[string], StoredRow>(
    `SELECT * FROM audit_row WHERE request_id = ? AND iin_cipher IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  )

  const readHead = (): ChainEnd => selectHead.get() ?? genesis

  const writeRow = createRowWriter({ db, logId, keyring })
  /** Under the write lock, so that the times of several processes come in the order of the rows. */
  const writeNow = (entry: AuditEntry): Result<number> => {
    const written = writeRow({ entry, at: clock.now().toISOString(), workstation, previous: readHead() })
    return written.ok ? succeed(written.value.seq) : written
  }
  const appendRow = db.transaction(writeNow)
  const heads = createTreeHeads({ db, logId, workstation, clock, readEnd: readHead, appendRow: writeNow })

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
    return { ...rowFacts(row), ...(iinMasked !== undefined && { iinMasked }) }
  }

  function append(entry: AuditEntry): Result<number> {
    checkAuditEntry(entry)
    if (!db.open) return fail({ code: 'audit.write-failed', detail: 'closed' })
    try {
      return appendRow.immediate(entry)
    } catch (error) {
      // The month's keys may have been made in the transaction that is gone: a row under them could never be read.
      keyring.wipe()
      return fail({ code: 'audit.write-failed', detail: errorCode(error) ?? 'unexpected' })
    }
  }

  return {
    append,
    retention: createRetention({ db, keyring, append }),

    list({ beforeSeq = Number.MAX_SAFE_INTEGER, limit }) {
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > LIST_LIMIT)
        throw new RangeError(`A page has 1 to ${LIST_LIMIT} rows`)
      return selectPage.all(beforeSeq, limit).map(reviewed)
    },

    latest({ events, limit }) {
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > LATEST_LIMIT)
        throw new RangeError(`At most ${LATEST_LIMIT} rows at once`)
      return selectLatest.all(JSON.stringify(events), limit).map(reviewed)
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

    verify: verifier.verify,
    heads,

    async close() {
      keyring.wipe()
      db.close()
      await verifier.close()
    },
  }
}

import Database from 'better-sqlite3'
import type { AuditEntry } from '../../../../shared/domain/audit-event.ts'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import type { SecretVault } from '../../../ports/secret-vault.ts'
import { readLogId } from '../log-id.ts'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import { createMonthKeyring } from '../month-keyring.ts'
import { firstPrevHash } from '../row-hash.ts'
import { type ChainEnd, createRowWriter } from '../row-writer.ts'
import { sqliteFailure } from '../sqlite-failure.ts'
import { createChance, createMadeUpStories } from './made-up-stories.ts'

const ROWS_A_TRANSACTION = 20_000
const ROWS_A_DAY = 1_000
const DAY_MS = 24 * 60 * 60_000
/** Nine hours from the opening at 9:00 in Astana (UTC+5). */
const OPENING_UTC_HOUR = 4
const OFFICE_MS = 9 * 60 * 60_000
const LONGEST_DAYS = 3 * 365

/**
 * Makes a log of made-up data in a file that is not there yet, by the same code that writes real rows: chain, tree,
 * encryption and indexes are what the application makes. Only the waiting for the disk is left out.
 * @param options.rows how many; days are filled with about a thousand rows each, over three years at the most.
 * @param options.until the last day.
 * @returns failures `audit.unavailable`, `audit.broken` (a file that is there), `audit.write-failed`.
 */
export function generateAuditLog(options: {
  readonly file: string
  readonly rows: number
  readonly seed: number
  readonly until: Date
  readonly workstation: string
  readonly vault: SecretVault
  readonly onProgress?: (rows: number) => void
  readonly nativeBinding?: string
}): Result<{ readonly rows: number }> {
  const { rows, vault, workstation, nativeBinding } = options
  let db: Database.Database | undefined
  try {
    db = new Database(options.file, nativeBinding === undefined ? {} : { nativeBinding })
    if (db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() !== 0)
      return fail({ code: 'audit.broken', detail: 'the file is there already' })
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = OFF')
    db.pragma('cache_size = -262144')
    const migrated = migrate({ db, migrations })
    const logId = readLogId(db)
    if (!migrated.ok || logId === undefined) return fail({ code: 'audit.broken', detail: 'not an audit log' })
    const keyring = createMonthKeyring({ db, vault, logId })
    const write = createRowWriter({ db, logId, keyring })
    const story = madeUpDays(options)
    let end: ChainEnd = { seq: 0, hash: firstPrevHash(logId) }
    const fill = db.transaction((until: number): Result<void> => {
      while (end.seq < until) {
        const written = write({ ...story(), workstation, previous: end })
        if (!written.ok) return written
        end = written.value
      }
      return succeed(undefined)
    })
    while (end.seq < rows) {
      const filled = fill(Math.min(rows, end.seq + ROWS_A_TRANSACTION))
      if (!filled.ok) return filled
      options.onProgress?.(end.seq)
    }
    keyring.wipe()
    db.pragma('synchronous = FULL')
    db.pragma('wal_checkpoint(TRUNCATE)')
    return succeed({ rows: end.seq })
  } catch (error) {
    return fail(sqliteFailure(error))
  } finally {
    db?.close()
  }
}

/** Rows with their times, never going back: the stories of working days one after another. */
function madeUpDays(options: {
  readonly rows: number
  readonly seed: number
  readonly until: Date
}): () => { readonly entry: AuditEntry; readonly at: string } {
  const chance = createChance(options.seed)
  const nextStory = createMadeUpStories(chance)
  const days = Math.max(1, Math.min(LONGEST_DAYS, Math.ceil(options.rows / ROWS_A_DAY)))
  const rowsADay = Math.ceil(options.rows / days)
  const lastMidnight = Math.floor(options.until.getTime() / DAY_MS) * DAY_MS
  const openingOf = (day: number): number => lastMidnight - (days - 1 - day) * DAY_MS + OPENING_UTC_HOUR * 60 * 60_000
  /** Several counters' worth of stories is squeezed into the day, so their pauses shrink alike. */
  const pace = Math.min(1, OFFICE_MS / (rowsADay * 20_000))
  let [day, ofDay] = [0, 0]
  let now = openingOf(0)
  let steps = [...nextStory()]
  return () => {
    if (ofDay >= rowsADay) {
      day += 1
      ofDay = 0
      now = Math.max(now, openingOf(day))
    }
    while (steps.length === 0) steps = [...nextStory()]
    const step = steps.shift()
    if (step === undefined) throw new Error('a story without steps')
    ofDay += 1
    now += Math.max(1, Math.round(step.afterSeconds * 1000 * pace))
    return { entry: step.entry, at: new Date(now).toISOString() }
  }
}

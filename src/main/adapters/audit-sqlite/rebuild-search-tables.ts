import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { readLogId } from './log-id.ts'
import { logInUse } from './log-in-use.ts'
import { readLogVersion } from './log-version.ts'
import { migrations } from './migrations/index.ts'
import { createSearchIndex, indexRows } from './row-index.ts'
import { type ChainEnd, createRowWriter } from './row-writer.ts'
import { sqliteFailure } from './sqlite-failure.ts'
import { withoutKeys } from './without-keys.ts'

/**
 * Makes the index of words and the counts of days anew from the rows, in one transaction, and records it. Rows, tree and
 * heads stay as they are, so whether the log verifies otherwise does not change.
 * @returns how many rows were read. Failures: `audit.unavailable` (also where the log is in use), `audit.broken`.
 */
export function rebuildSearchTables(options: {
  readonly file: string
  readonly actor: string
  readonly workstation: string
  readonly now: Date
}): Result<{ readonly rows: number }> {
  const file = resolve(options.file)
  try {
    if (!existsSync(file)) return fail({ code: 'audit.unavailable', detail: 'ENOENT' })
    const busy = logInUse(file)
    if (busy !== undefined) return fail(busy)
    const db = new Database(file, { fileMustExist: true })
    try {
      const version = db.transaction(() => readLogVersion(db, migrations.length))()
      if (!version.ok) return version
      const logId = version.value === migrations.length ? readLogId(db) : undefined
      if (logId === undefined) return fail({ code: 'audit.unavailable', detail: `version ${version.value}` })
      db.pragma('synchronous = FULL')
      const write = createRowWriter({ db, logId, keyring: withoutKeys })
      return succeed({ rows: db.transaction(rebuild).immediate() })

      function rebuild(): number {
        db.exec("INSERT INTO audit_text (audit_text) VALUES ('delete-all'); DELETE FROM audit_day")
        indexRows(db, createSearchIndex(db))
        const end = db.prepare<[], ChainEnd>('SELECT seq, hash FROM audit_row ORDER BY seq DESC LIMIT 1').get()
        if (end === undefined) return 0
        const { actor, now, workstation } = options
        const entry = {
          event: 'audit.reindexed',
          actor: actor.slice(0, 64),
          details: { rows: String(end.seq) },
        } as const
        const written = write({ entry, at: now.toISOString(), workstation, previous: end })
        if (!written.ok) throw Object.assign(new Error('The row was not written'), { code: 'SQLITE_ERROR' })
        return end.seq
      }
    } finally {
      db.close()
    }
  } catch (error) {
    return fail(sqliteFailure(error))
  }
}

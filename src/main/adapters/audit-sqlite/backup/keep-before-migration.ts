import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import { errorCode } from '../sqlite-failure.ts'
import { defaultBackupFolder } from './make-backup.ts'

/**
 * Copies a log of an older version before its structure is changed, and compares the copy: sound pages, as many rows, the
 * same newest one. Such copies are not counted among the daily ones, and stay.
 * @returns the copy; undefined where there are no rows to keep. Failure `audit.backup-failed`; then the log is not migrated.
 */
export function keepBeforeMigration(options: {
  readonly db: Database.Database
  readonly file: string
  readonly version: number
  readonly at: Date
  readonly nativeBinding?: string
}): Result<string | undefined> {
  const { db, nativeBinding } = options
  // Another process may be making a new log at this moment.
  if (endOf(db).seq === 0) return succeed(undefined)
  const folder = defaultBackupFolder(options.file)
  const time = options.at.toISOString().slice(0, 19).replaceAll(':', '')
  const target = join(folder, `before-migration-from-${options.version}-${time}Z.sqlite`)
  const partial = `${target}.partial`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(partial, { force: true })
    db.prepare('VACUUM INTO ?').run(partial)
    const copy = new Database(partial, { readonly: true, ...(nativeBinding !== undefined && { nativeBinding }) })
    const same = (() => {
      try {
        const end = endOf(copy)
        return copy.pragma('integrity_check', { simple: true }) === 'ok' && end.text === endOf(db, end.seq).text
      } finally {
        copy.close()
      }
    })()
    if (!same) return fail({ code: 'audit.backup-failed', detail: 'the copy differs' })
    const handle = openSync(partial, 'r')
    fsyncSync(handle)
    closeSync(handle)
    renameSync(partial, target)
    return succeed(target)
  } catch (error) {
    return fail({ code: 'audit.backup-failed', detail: errorCode(error) ?? 'unexpected' })
  } finally {
    removeIfThere(partial)
  }
}

/** What cannot be removed, because its folder is none, was not made. */
function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch (error) {
    if (errorCode(error) === undefined) throw error
  }
}

/** Count, number and hash of the newest row, up to one number where others may be adding rows meanwhile. */
function endOf(db: Database.Database, upTo = Number.MAX_SAFE_INTEGER): { readonly seq: number; readonly text: string } {
  const end = db
    .prepare<[number, number], { seq: number; text: string }>(
      `SELECT max(seq) AS seq, count(*) || ' ' || (SELECT hex(hash) FROM audit_row WHERE seq <= ? ORDER BY seq DESC LIMIT 1)
         AS text FROM audit_row WHERE seq <= ? HAVING count(*) > 0`,
    )
    .get(upTo, upTo)
  return end ?? { seq: 0, text: '' }
}

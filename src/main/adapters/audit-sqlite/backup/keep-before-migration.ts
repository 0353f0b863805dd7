import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import { errorCode } from '../sqlite-failure.ts'
import { defaultBackupFolder } from './make-backup.ts'

/**
 * Copies a log of an older version before its structure is changed, and compares the copy: sound pages, as many rows, the
 * same newest one. Such copies are not counted among the daily ones, and stay.
 * @returns failure `audit.backup-failed`; then the log is not migrated.
 */
export function keepBeforeMigration(options: {
  readonly db: Database.Database
  readonly file: string
  readonly version: number
  readonly at: Date
  readonly nativeBinding?: string
}): Result<string> {
  const { db, nativeBinding } = options
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
        return copy.pragma('integrity_check', { simple: true }) === 'ok' && endOf(copy) === endOf(db)
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
    rmSync(partial, { force: true })
  }
}

function endOf(db: Database.Database): string {
  const end = db
    .prepare<[], string>(
      "SELECT count(*) || ' ' || max(seq) || ' ' || hex((SELECT hash FROM audit_row ORDER BY seq DESC LIMIT 1)) FROM audit_row",
    )
    .pluck()
    .get()
  return end ?? ''
}

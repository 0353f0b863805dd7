import { constants } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import { readLogId } from '../log-id.ts'
import { logInUse } from '../log-in-use.ts'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import { firstPrevHash } from '../row-hash.ts'
import { type ChainEnd, createRowWriter } from '../row-writer.ts'
import { sqliteFailure } from '../sqlite-failure.ts'
import { verifyAuditFile } from '../verify-audit-file.ts'
import { withoutKeys } from '../without-keys.ts'

/**
 * Puts a verified copy in the place of a log, and records it there. What stood there is kept under another name; a log
 * in use is left alone.
 * @returns where the old log is now, and how many rows the restored one has. Failures: `audit.broken` (the copy does not
 *   verify), `audit.unavailable` (the log is in use, or the place cannot be written).
 */
export async function restoreBackup(options: {
  readonly backup: string
  readonly file: string
  readonly actor: string
  readonly workstation: string
  readonly now: Date
  readonly nativeBinding?: string
}): Promise<Result<{ readonly rows: number; readonly replaced?: string }>> {
  const file = resolve(options.file)
  const partial = `${file}.restoring`
  try {
    const verified = await verifyAuditFile({ ...options, file: options.backup })
    if (!verified.ok) return verified
    const { verdict } = verified.value
    if (verdict.state === 'broken') return fail({ code: 'audit.broken', detail: verdict.firstBroken.finding })
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await copyFile(options.backup, partial, constants.COPYFILE_FICLONE)
    recordRestoring({ ...options, file: partial })
    await syncPath(partial)
    const busy = (await present(file)) ? logInUse(file, options.nativeBinding) : undefined
    if (busy !== undefined) return fail(busy)
    const replaced = (await present(file)) ? `${file}.replaced-${stamp(options.now)}` : undefined
    if (replaced !== undefined) await rename(file, replaced)
    for (const beside of ['-wal', '-shm']) await rm(`${file}${beside}`, { force: true })
    await rename(partial, file)
    if (process.platform !== 'win32') await syncPath(dirname(file))
    return succeed({ rows: verdict.rows, ...(replaced !== undefined && { replaced }) })
  } catch (error) {
    return fail(sqliteFailure(error))
  } finally {
    for (const beside of ['', '-wal', '-shm']) await rm(`${partial}${beside}`, { force: true })
  }
}

/** The row `audit.restored`, by the code that writes every row. It has no personal data, so no key is needed. */
function recordRestoring(options: {
  readonly file: string
  readonly backup: string
  readonly actor: string
  readonly workstation: string
  readonly now: Date
  readonly nativeBinding?: string
}): void {
  const { nativeBinding, workstation } = options
  const db = new Database(options.file, nativeBinding === undefined ? {} : { nativeBinding })
  try {
    db.pragma('synchronous = FULL')
    migrate({ db, migrations })
    const logId = readLogId(db)
    if (logId === undefined) throw Object.assign(new Error('The log has no identity'), { code: 'SQLITE_CORRUPT' })
    const end = db.prepare<[], ChainEnd>('SELECT seq, hash FROM audit_row ORDER BY seq DESC LIMIT 1').get()
    const write = createRowWriter({ db, logId, keyring: withoutKeys })
    db.transaction(() =>
      write({
        entry: { event: 'audit.restored', actor: options.actor.slice(0, 64), details: { rows: String(end?.seq ?? 0) } },
        at: options.now.toISOString(),
        workstation,
        previous: end ?? { seq: 0, hash: firstPrevHash(logId) },
      }),
    ).immediate()
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

function present(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function stamp(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(':', '')}Z`
}

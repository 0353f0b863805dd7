import { mkdirSync } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import type { AuditBackup } from '../../../ports/audit-backups.ts'
import { errorCode } from '../sqlite-failure.ts'
import { verifyAuditFile } from '../verify-audit-file.ts'

export interface BackupOptions {
  readonly file: string
  readonly folder: string
  /** How many copies stay. */
  readonly keep: number
  /** UTC, ISO 8601; names the copy. */
  readonly at: string
  readonly nativeBinding?: string
  /** Ends the verification of the copy, and with it the copy. */
  readonly signal?: AbortSignal
}

const NAME = /^audit-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z\.sqlite$/

/**
 * One copy: VACUUM INTO, which reads one snapshot while others write, then fsync, verification, and the name. A copy that
 * does not verify is removed, and the older ones stay.
 */
export async function makeBackup(options: BackupOptions): Promise<Result<AuditBackup>> {
  const { folder, file } = options
  const target = join(folder, `audit-${options.at.slice(0, 19).replaceAll(':', '')}Z.sqlite`)
  const partial = `${target}.partial`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    await rm(partial, { force: true })
    vacuumInto({ ...options, into: partial })
    await syncPath(partial)
    const verified = await verifyAuditFile({ ...options, file: partial })
    if (!verified.ok) return failed(verified.failure.detail ?? verified.failure.code)
    const { verdict } = verified.value
    if (verdict.state !== 'intact') return failed(`${file}: ${verdict.firstBroken.finding}`)
    await rename(partial, target)
    if (process.platform !== 'win32') await syncPath(folder)
    for (const old of (await backupNames(folder)).slice(0, -options.keep)) await rm(join(folder, old), { force: true })
    return succeed({ file: target, rows: verdict.rows, hash: verdict.head.hash })
  } catch (error) {
    return failed(errorCode(error) ?? 'unexpected')
  } finally {
    // Where the folder is none, nothing was left in it either.
    await rm(partial, { force: true }).catch(() => undefined)
  }
}

/** Names of the copies in a folder, oldest first. */
export async function backupNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => NAME.test(name)).sort()
}

/** When a copy of this name was made. */
export function backupTime(name: string): Date | undefined {
  const [, day, hour, minute, second] = NAME.exec(name) ?? []
  return day === undefined ? undefined : new Date(`${day}T${hour}:${minute}:${second}Z`)
}

function vacuumInto(options: { readonly file: string; readonly into: string; readonly nativeBinding?: string }): void {
  const { file, into, nativeBinding } = options
  const db = new Database(file, { fileMustExist: true, ...(nativeBinding !== undefined && { nativeBinding }) })
  try {
    db.pragma('trusted_schema = OFF')
    db.pragma('secure_delete = ON')
    db.prepare('VACUUM INTO ?').run(into)
  } finally {
    db.close()
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function failed(detail: string): Result<never> {
  return fail({ code: 'audit.backup-failed', detail: detail.slice(0, 200) })
}

/** Where copies go unless the settings say otherwise. */
export function defaultBackupFolder(file: string): string {
  return join(dirname(file), 'backups')
}

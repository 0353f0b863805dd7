import Database from 'better-sqlite3'
import type { Failure } from '../../../shared/contract/failure.ts'
import { errorCode } from './sqlite-failure.ts'

/** Whoever writes to a log holds it open; the last one to close it leaves no write-ahead log behind. */
export function logInUse(file: string, nativeBinding?: string): Failure | undefined {
  try {
    const db = new Database(file, { timeout: 0, ...(nativeBinding !== undefined && { nativeBinding }) })
    try {
      db.pragma('locking_mode = EXCLUSIVE')
      db.exec('BEGIN EXCLUSIVE; COMMIT')
    } finally {
      db.close()
    }
    return undefined
  } catch (error) {
    const detail = errorCode(error) ?? 'unexpected'
    // A log that is broken or cut is just what a copy is to replace.
    return detail.startsWith('SQLITE_BUSY') ? { code: 'audit.unavailable', detail: 'in use' } : undefined
  }
}

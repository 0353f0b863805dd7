import type { Database } from 'better-sqlite3'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { auditLogApplicationId } from './migrations/0001-create-audit-log.ts'

/**
 * How many migrations a database has been through; 0 for an empty one. Call it inside a transaction: another process
 * may be making the log.
 * @param latest the newest version this program knows.
 * @returns failures `audit.newer-version`, and `audit.broken` for a database that is not an audit log.
 */
export function readLogVersion(db: Database, latest: number): Result<number> {
  const applicationId = db.pragma('application_id', { simple: true })
  const version = Number(db.pragma('user_version', { simple: true }))
  const objects = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get()
  if (applicationId === 0 && version === 0 && objects === 0) return succeed(0)
  if (applicationId !== auditLogApplicationId || version < 1)
    return fail({ code: 'audit.broken', detail: 'not an audit log' })
  if (version > latest) return fail({ code: 'audit.newer-version', detail: `version ${version}` })
  return succeed(version)
}

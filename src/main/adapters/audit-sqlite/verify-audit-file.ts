import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { ChainVerdict } from '../../ports/audit-log.ts'
import { walkChain } from './chain-walk.ts'
import { readLogId } from './log-id.ts'
import { readLogVersion } from './log-version.ts'
import { migrations } from './migrations/index.ts'
import { withReadOnlyDatabase } from './read-only-database.ts'
import { schemaDifference } from './schema-difference.ts'
import { sqliteFailure } from './sqlite-failure.ts'

/**
 * Judges a log's file without the application, the vault or any key; nothing is written. Everything is read from
 * one snapshot, so rows that another process appends meanwhile do not disturb.
 *
 * Besides the findings of `walkChain` there are two about the log as a whole, with number 0:
 * `schema changed: TYPE NAME` where a table, index or trigger is missing, altered or added, and `log identity
 * missing`. A changed table is reported before its rows, which then mean nothing; a changed index or trigger after
 * them, since the row that was touched once the trigger was gone says more.
 * @returns failures `audit.unavailable` (cannot be read), `audit.broken` (not an audit log), `audit.newer-version`.
 */
export async function verifyAuditFile(options: {
  file: string
  nativeBinding?: string
}): Promise<Result<ChainVerdict>> {
  try {
    return await withReadOnlyDatabase(options, async (db) => {
      db.exec('BEGIN')
      const version = readLogVersion(db, migrations.length)
      if (!version.ok) return version
      if (version.value === 0) return fail({ code: 'audit.broken', detail: 'not an audit log' })
      const applied = migrations.slice(0, version.value)
      const difference = schemaDifference({ ...options, db, migrations: applied })
      if (difference?.type === 'table') return succeed(wholeLogBroken(`schema changed: table ${difference.name}`))
      const logId = readLogId(db)
      if (logId === undefined) return succeed(wholeLogBroken('log identity missing'))
      const verdict = await walkChain({ db, logId })
      return verdict.state === 'intact' && difference !== undefined
        ? succeed(wholeLogBroken(`schema changed: ${difference.type} ${difference.name}`, verdict.rows))
        : succeed(verdict)
    })
  } catch (error) {
    return fail(sqliteFailure(error))
  }
}

function wholeLogBroken(finding: string, rows = 0): ChainVerdict {
  return { state: 'broken', rows, firstBroken: { seq: 0, finding } }
}

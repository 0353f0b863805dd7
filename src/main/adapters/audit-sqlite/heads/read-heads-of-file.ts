import { fail, type Result, succeed } from '../../../../shared/result.ts'
import type { KeptHead } from '../../../ports/tree-heads.ts'
import { readLogId } from '../log-id.ts'
import { readLogVersion } from '../log-version.ts'
import { migrations } from '../migrations/index.ts'
import { withReadOnlyDatabase } from '../read-only-database.ts'
import { sqliteFailure } from '../sqlite-failure.ts'
import { readStoredHeads } from './stored-heads.ts'

const VERSION_WITH_HEADS = 2

/** Heads kept in a log's file, newest first, read without the application. Failures: `audit.*`. */
export async function readHeadsOfFile(options: {
  readonly file: string
  readonly limit: number
}): Promise<Result<readonly KeptHead[]>> {
  try {
    return await withReadOnlyDatabase(options, async (db) => {
      const version = db.transaction(() => readLogVersion(db, migrations.length))()
      if (!version.ok) return version
      const logId = version.value < VERSION_WITH_HEADS ? undefined : readLogId(db)
      if (logId === undefined) return fail({ code: 'audit.broken', detail: 'no heads' })
      return succeed(readStoredHeads(db, logId, { limit: options.limit }))
    })
  } catch (error) {
    return fail(sqliteFailure(error))
  }
}

import Database from 'better-sqlite3'
import { fail } from '../../../../shared/result.ts'
import { enterThread } from '../../thread/enter-thread.ts'
import { readLogId } from '../log-id.ts'
import { sqliteFailure } from '../sqlite-failure.ts'
import { wipeMonthKeys } from './review-job.ts'
import type { ThreadAnswer, ThreadRequest, ThreadSetup } from './review-thread.ts'
import { runReviewJob } from './run-review-job.ts'

/** The thread that reads the log for supervisors: a connection of its own, which cannot write. */

const { given, port, ending } = enterThread<ThreadSetup>()
const { file, nativeBinding } = given

let connection: { readonly db: Database.Database; readonly logId: Uint8Array } | undefined
ending.addEventListener('abort', () => connection?.db.close())

port.on('message', (request: ThreadRequest) => {
  const answer = (value: ThreadAnswer): void => port.postMessage(value)
  try {
    const { db, logId } = connect()
    const cancelled = new Int32Array(request.cancelled)
    const result = runReviewJob(request.name, request.input as never, {
      db,
      logId,
      keys: request.keys,
      watch: {
        isCancelled: () => Atomics.load(cancelled, 0) !== 0,
        progress: (done, total) => answer({ id: request.id, progress: { done, total } }),
      },
    })
    answer({ id: request.id, result })
  } catch (error) {
    answer({ id: request.id, result: fail(sqliteFailure(error)) })
  } finally {
    wipeMonthKeys(request.keys)
  }
})

function connect(): { readonly db: Database.Database; readonly logId: Uint8Array } {
  if (connection !== undefined) return connection
  const db = new Database(file, {
    readonly: true,
    fileMustExist: true,
    ...(nativeBinding !== undefined && { nativeBinding }),
  })
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('query_only = ON')
  db.pragma(`cache_size = -${given.cacheKb}`)
  const logId = readLogId(db)
  if (logId === undefined) {
    db.close()
    throw Object.assign(new Error('the log has no identity'), { code: 'SQLITE_CORRUPT' })
  }
  connection = { db, logId }
  return connection
}

import Database from 'better-sqlite3'
import { enterThread } from '../../thread/enter-thread.ts'
import { makeBackup } from '../backup/make-backup.ts'
import { verifyAuditFile } from '../verify-audit-file.ts'
import type { ChunkTask } from './chunk-report.ts'
import { type ChunkWorkerData, walkInSlices } from './run-chunks.ts'
import type { BackupWorkerData, VerifyWorkerData } from './start-verify-worker.ts'

/** A thread of the log: it walks single pieces for another one, or verifies or copies a whole log and ends. */
const { given, port, ending } = enterThread<ChunkWorkerData | VerifyWorkerData | BackupWorkerData>()

if (given.kind === 'chunks') {
  const db = new Database(given.file, {
    readonly: true,
    fileMustExist: true,
    ...(given.nativeBinding !== undefined && { nativeBinding: given.nativeBinding }),
  })
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('cache_size = -2048')
  port.on('message', (task: ChunkTask) => {
    // Where the thread is to end nobody waits for the report.
    walkInSlices({ db, task, signal: ending }).then(
      (report) => port.postMessage(report),
      (error) => {
        if (!ending.aborted) throw error
      },
    )
  })
} else if (given.kind === 'backup') {
  port.postMessage(await makeBackup({ ...given.options, signal: ending }))
} else {
  port.postMessage(await verifyAuditFile({ ...given.options, signal: ending }))
}

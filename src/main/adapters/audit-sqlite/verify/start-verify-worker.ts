import { Worker } from 'node:worker_threads'
import type { Result } from '../../../../shared/result.ts'
import type { AuditBackup } from '../../../ports/audit-backups.ts'
import type { BackupOptions } from '../backup/make-backup.ts'
import type { AuditFileVerdict, VerifyAuditFileOptions } from '../verify-audit-file.ts'
import { verifyWorkerUrl } from './run-chunks.ts'

export interface VerifyWorkerData {
  readonly kind: 'file'
  readonly options: Omit<VerifyAuditFileOptions, 'onProgress'>
}

export interface BackupWorkerData {
  readonly kind: 'backup'
  readonly options: BackupOptions
}

/** Copies a log and verifies the copy in a thread of its own. */
export function backupInThread(options: BackupOptions): Promise<Result<AuditBackup>> {
  return inThread({ kind: 'backup', options })
}

/** Verifies a log in a thread of its own: the caller's loop stays free however long the log is. */
export function verifyInThread(options: VerifyWorkerData['options']): Promise<Result<AuditFileVerdict>> {
  return inThread({ kind: 'file', options })
}

function inThread<T>(workerData: VerifyWorkerData | BackupWorkerData): Promise<T> {
  const worker = new Worker(verifyWorkerUrl(), { workerData })
  worker.unref()
  return new Promise((resolve, reject) => {
    worker.once('message', (verdict: T) => {
      resolve(verdict)
      void worker.terminate()
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The verifying thread ended without a verdict')))
  })
}

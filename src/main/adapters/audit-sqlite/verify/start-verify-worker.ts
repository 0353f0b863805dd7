import { Worker } from 'node:worker_threads'
import type { Result } from '../../../../shared/result.ts'
import type { AuditFileVerdict, VerifyAuditFileOptions } from '../verify-audit-file.ts'
import { verifyWorkerUrl } from './run-chunks.ts'

export interface VerifyWorkerData {
  readonly kind: 'file'
  readonly options: Omit<VerifyAuditFileOptions, 'onProgress'>
}

/** Verifies a log in a thread of its own: the caller's loop stays free however long the log is. */
export function verifyInThread(options: VerifyWorkerData['options']): Promise<Result<AuditFileVerdict>> {
  const workerData: VerifyWorkerData = { kind: 'file', options }
  const worker = new Worker(verifyWorkerUrl(), { workerData })
  worker.unref()
  return new Promise((resolve, reject) => {
    worker.once('message', (verdict: Result<AuditFileVerdict>) => {
      resolve(verdict)
      void worker.terminate()
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The verifying thread ended without a verdict')))
  })
}

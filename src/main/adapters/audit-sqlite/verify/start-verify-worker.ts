import { fail, type Result } from '../../../../shared/result.ts'
import type { AuditBackup } from '../../../ports/audit-backups.ts'
import { startThread, threadEntry } from '../../thread/start-thread.ts'
import type { BackupOptions } from '../backup/make-backup.ts'
import type { AuditFileVerdict, VerifyAuditFileOptions } from '../verify-audit-file.ts'
import { WALKER_YOUNG_MB } from './run-chunks.ts'

export interface VerifyWorkerData {
  readonly kind: 'file'
  readonly options: Omit<VerifyAuditFileOptions, 'onProgress' | 'signal'>
}

export interface BackupWorkerData {
  readonly kind: 'backup'
  readonly options: Omit<BackupOptions, 'signal'>
}

/** Copies a log and verifies the copy in a thread of its own. */
export function backupInThread(
  options: BackupWorkerData['options'],
  signal?: AbortSignal,
): Promise<Result<AuditBackup>> {
  return inThread({ kind: 'backup', options }, signal)
}

/** Verifies a log in a thread of its own: the caller's loop stays free however long the log is. */
export function verifyInThread(
  options: VerifyWorkerData['options'],
  signal?: AbortSignal,
): Promise<Result<AuditFileVerdict>> {
  return inThread({ kind: 'file', options }, signal)
}

/** @param signal asks the thread to end; `audit.cancelled` follows when it has ended. */
function inThread<T>(given: VerifyWorkerData | BackupWorkerData, signal?: AbortSignal): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    let answered: Result<T> | undefined
    const thread = startThread<never, Result<T>>({
      entry: threadEntry(import.meta.url, 'audit-verify-worker'),
      given,
      name: 'audit-verify',
      maxYoungMb: WALKER_YOUNG_MB,
      onMessage(answer) {
        answered = answer
      },
      // Who has the answer may close the log and leave: the thread is gone by then.
      onEnd(error) {
        signal?.removeEventListener('abort', cancel)
        if (answered !== undefined) resolve(answered)
        else if (signal?.aborted === true) resolve(fail({ code: 'audit.cancelled' }))
        else reject(error ?? new Error('The verifying thread ended without a verdict'))
      },
    })
    const cancel = (): void => void thread.end().then(() => resolve(fail({ code: 'audit.cancelled' })))
    if (signal?.aborted === true) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
  })
}

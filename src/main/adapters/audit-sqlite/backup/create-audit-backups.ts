import type { Result } from '../../../../shared/result.ts'
import type { AuditBackup, AuditBackups } from '../../../ports/audit-backups.ts'
import { backupInThread } from '../verify/start-verify-worker.ts'
import { backupNames, backupTime } from './make-backup.ts'

/** Copies are made and verified in a thread of their own: the operator does not wait for them. */
export function createAuditBackups(options: {
  readonly file: string
  readonly folder: string
  readonly keep: number
  readonly nativeBinding?: string
}): AuditBackups {
  const closing = new AbortController()
  let making: Promise<Result<AuditBackup>> | undefined
  return {
    async newestAt() {
      const newest = (await backupNames(options.folder)).at(-1)
      return newest === undefined ? undefined : backupTime(newest)
    },
    make(at) {
      making = backupInThread({ ...options, at: at.toISOString() }, closing.signal)
      return making
    },
    async close() {
      closing.abort()
      await making?.catch(() => undefined)
    },
  }
}

import type { AuditBackups } from '../../../ports/audit-backups.ts'
import { backupInThread } from '../verify/start-verify-worker.ts'
import { backupNames, backupTime } from './make-backup.ts'

/** Copies are made and verified in a thread of their own: the operator does not wait for them. */
export function createAuditBackups(options: {
  readonly file: string
  readonly folder: string
  readonly keep: number
  readonly nativeBinding?: string
}): AuditBackups {
  return {
    async newestAt() {
      const newest = (await backupNames(options.folder)).at(-1)
      return newest === undefined ? undefined : backupTime(newest)
    },
    make: (at) => backupInThread({ ...options, at: at.toISOString() }),
  }
}

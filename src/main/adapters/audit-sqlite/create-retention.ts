import type { Database } from 'better-sqlite3'
import type { AuditEntry } from '../../../shared/domain/audit-event.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { PersonalDataRetention } from '../../ports/personal-data-retention.ts'
import type { MonthKeyring } from './month-keyring.ts'
import { errorCode } from './sqlite-failure.ts'

/**
 * Destroys keys in the vault, outside the database, so that copies of the wrapped keys in backups open no more; then
 * deletes them here, where `secure_delete` overwrites them, and empties the write-ahead log that held them.
 */
export function createRetention(options: {
  readonly db: Database
  readonly keyring: MonthKeyring
  readonly append: (entry: AuditEntry) => Result<number>
}): PersonalDataRetention {
  const { db, keyring, append } = options
  const destroyAll = db.transaction((months: readonly string[]): Result<void> => {
    for (const month of months) {
      const destroyed = keyring.destroy(month)
      if (!destroyed.ok) return destroyed
    }
    return succeed(undefined)
  })
  return {
    destroyBefore(month) {
      try {
        const months = keyring.monthsBefore(month)
        if (months.length === 0) return succeed([])
        const details = { first: months[0] ?? '', last: months.at(-1) ?? '', months: String(months.length) }
        const event = 'audit.personal-data-destroyed'
        const written = append({ event, actor: 'system', role: 'system', details })
        if (!written.ok) return written
        const destroyed = destroyAll.immediate(months)
        if (!destroyed.ok) return destroyed
        db.pragma('wal_checkpoint(TRUNCATE)')
        return succeed(months)
      } catch (error) {
        return fail({ code: 'audit.write-failed', detail: errorCode(error) ?? 'unexpected' })
      }
    },
  }
}

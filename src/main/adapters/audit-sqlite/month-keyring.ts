import { randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { type Result, succeed } from '../../../shared/result.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'

/** Keys of one month's personal data, 32 bytes each. Owned by the keyring. */
export interface MonthKeys {
  readonly dataKey: Buffer
  readonly lookupKey: Buffer
}

/** A month is `YYYY-MM`, in UTC. */
export interface MonthKeyring {
  /** Undefined where the month has no keys (never had, or they were destroyed). Failure: `vault.unreadable`. */
  find(month: string): Result<MonthKeys | undefined>
  /** Makes the keys where there are none; call it inside a write transaction. Failure: `vault.unreadable`. */
  obtain(month: string): Result<MonthKeys>
  newestMonth(): string | undefined
  /** Months before this one whose keys are there. */
  monthsBefore(month: string): readonly string[]
  /** Destroys the keys of a month, in the vault first; call it inside a write transaction. Failure: `vault.unreadable`. */
  destroy(month: string): Result<void>
  /** Forgets all keys in memory, e.g. those of a transaction that was rolled back. They are read again when needed. */
  wipe(): void
}

/** Keys are kept in `audit_month_key`, wrapped by the vault for one log, month and use. */
export function createMonthKeyring(options: { db: Database; vault: SecretVault; logId: Uint8Array }): MonthKeyring {
  const { db, vault } = options
  const logName = Buffer.from(options.logId).toString('hex')
  const opened = new Map<string, MonthKeys>()
  const select = db.prepare<[string], { data_key: Buffer; lookup_key: Buffer }>(
    'SELECT data_key, lookup_key FROM audit_month_key WHERE month = ?',
  )
  const insert = db.prepare<[string, Uint8Array, Uint8Array]>('INSERT INTO audit_month_key VALUES (?, ?, ?)')
  const selectNewest = db.prepare<[], string>('SELECT max(month) FROM audit_month_key').pluck()
  const selectBefore = db
    .prepare<[string], string>('SELECT month FROM audit_month_key WHERE month < ? ORDER BY month')
    .pluck()
  const remove = db.prepare<[string]>('DELETE FROM audit_month_key WHERE month = ?')
  const forget = (month: string): void => {
    const keys = opened.get(month)
    keys?.dataKey.fill(0)
    keys?.lookupKey.fill(0)
    opened.delete(month)
  }
  const purpose = (use: 'data' | 'lookup', month: string) => `audit-log:${logName}:${month}:${use}`

  function find(month: string): Result<MonthKeys | undefined> {
    const known = opened.get(month)
    if (known !== undefined) return succeed(known)
    const wrapped = select.get(month)
    if (wrapped === undefined) return succeed(undefined)
    const dataKey = vault.unwrap(wrapped.data_key, purpose('data', month))
    // A database brought back from a backup may still hold wrapped keys of a month that was erased.
    if (!dataKey.ok) return dataKey.failure.detail === 'destroyed' ? succeed(undefined) : dataKey
    const lookupKey = vault.unwrap(wrapped.lookup_key, purpose('lookup', month))
    if (!lookupKey.ok) {
      dataKey.value.fill(0)
      return lookupKey.failure.detail === 'destroyed' ? succeed(undefined) : lookupKey
    }
    const keys = { dataKey: dataKey.value, lookupKey: lookupKey.value }
    opened.set(month, keys)
    return succeed(keys)
  }

  return {
    find,

    obtain(month) {
      const found = find(month)
      if (!found.ok) return found
      if (found.value !== undefined) return succeed(found.value)
      const keys = { dataKey: randomBytes(32), lookupKey: randomBytes(32) }
      opened.set(month, keys)
      insert.run(
        month,
        vault.wrap(keys.dataKey, purpose('data', month)),
        vault.wrap(keys.lookupKey, purpose('lookup', month)),
      )
      return succeed(keys)
    },

    newestMonth() {
      return selectNewest.get() ?? undefined
    },

    monthsBefore(month) {
      return selectBefore.all(month)
    },

    destroy(month) {
      for (const use of ['data', 'lookup'] as const) {
        const destroyed = vault.destroy(purpose(use, month))
        if (!destroyed.ok) return destroyed
      }
      forget(month)
      remove.run(month)
      return succeed(undefined)
    },

    wipe() {
      for (const { dataKey, lookupKey } of opened.values()) {
        dataKey.fill(0)
        lookupKey.fill(0)
      }
      opened.clear()
    },
  }
}

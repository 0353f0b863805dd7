import type { Database } from 'better-sqlite3'
import { type Result, succeed } from '../../../shared/result.ts'
import { readLogVersion } from './log-version.ts'
import type { Migration } from './migrations/migration.ts'

/**
 * Brings a database to the newest version, each step in a transaction of its own. Several processes may start at
 * once: a step is chosen under the write lock. The last look, which finds nothing to do, also proves that the
 * file can be written.
 * @returns the version reached. Failures: `audit.newer-version`, `audit.broken`. Throws what SQLite throws.
 */
export function migrate(options: { db: Database; migrations: readonly Migration[] }): Result<number> {
  const { db, migrations } = options
  const step = db.transaction((): { version: Result<number>; done: boolean } => {
    const version = readLogVersion(db, migrations.length)
    const next = version.ok ? migrations[version.value] : undefined
    if (!version.ok || next === undefined) return { version, done: true }
    db.exec(next.sql)
    next.fill?.(db)
    db.pragma(`user_version = ${version.value + 1}`)
    return { version: succeed(version.value + 1), done: false }
  })
  for (;;) {
    const { version, done } = step.immediate()
    if (done) return version
  }
}

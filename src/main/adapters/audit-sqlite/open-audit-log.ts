import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'
import { keepBeforeMigration } from './backup/keep-before-migration.ts'
import { readLogId } from './log-id.ts'
import { readLogVersion } from './log-version.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { createMonthKeyring } from './month-keyring.ts'
import { schemaDifference } from './schema-difference.ts'
import { createSqliteAuditLog, type LogVerifier, type SqliteAuditLog } from './sqlite-audit-log.ts'
import { errorCode, sqliteFailure } from './sqlite-failure.ts'
import { verifyInThread } from './verify/start-verify-worker.ts'
import type { VerifiedRows } from './verify/verify-rows.ts'
import type { AuditFileVerdict } from './verify-audit-file.ts'

/** How long a writer waits for another process, which holds the lock for milliseconds. */
const BUSY_TIMEOUT_MS = 2000

/**
 * Opens the audit log, made at first use with its folder, readable by the owner alone. Several processes may write
 * to one log. The structure is checked, the chain is not: `verify` does that without keeping the operator waiting.
 * @param options.vault wraps the keys of personal data. The caller closes it after the log.
 * @param options.nativeBinding SQLite built for a runtime on which the shipped one does not load.
 * @returns failures: `audit.unavailable` (missing, locked, read-only, full), `audit.newer-version`, `audit.broken`
 *   (not a sound audit log, or its tables and triggers are not those of the migrations), `vault.unreadable` (the
 *   vault is not the one of this log).
 */
export function openAuditLog(options: {
  file: string
  workstation: string
  vault: SecretVault
  clock: Clock
  nativeBinding?: string
}): Result<SqliteAuditLog> {
  const { workstation, vault, clock, nativeBinding } = options
  const place = { file: resolve(options.file), ...(nativeBinding !== undefined && { nativeBinding }) }
  let db: Database.Database | undefined
  try {
    createPrivately(place.file)
    db = new Database(place.file, {
      timeout: BUSY_TIMEOUT_MS,
      ...(nativeBinding !== undefined && { nativeBinding }),
    })
    const opened = prepare(db, place, vault, clock.now())
    if (!opened.ok) {
      db.close()
      return opened
    }
    return succeed(
      createSqliteAuditLog({ db, workstation, clock, ...opened.value, verifier: createFileVerifier(place) }),
    )
  } catch (error) {
    db?.close()
    return fail(sqliteFailure(error))
  }
}

function prepare(
  db: Database.Database,
  place: { file: string; nativeBinding?: string },
  vault: SecretVault,
  now: Date,
) {
  // A file of another program or of a newer version is left as it is, so look before the first write.
  const version = db.transaction(() => readLogVersion(db, migrations.length))()
  if (!version.ok) return version
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('foreign_keys = ON')
  db.pragma('secure_delete = ON')
  switchToWriteAheadLog(db)
  db.pragma('synchronous = FULL')
  if (version.value > 0 && version.value < migrations.length) {
    const kept = keepBeforeMigration({ ...place, db, version: version.value, at: now })
    if (!kept.ok) return kept
  }
  const migrated = migrate({ db, migrations })
  if (!migrated.ok) return migrated
  const difference = schemaDifference({ ...place, db, migrations })
  const logId = readLogId(db)
  if (difference !== undefined || logId === undefined)
    return fail({
      code: 'audit.broken',
      detail:
        difference === undefined ? 'log identity missing' : `schema changed: ${difference.type} ${difference.name}`,
    })
  const keyring = createMonthKeyring({ db, vault, logId })
  const newestMonth = keyring.newestMonth()
  const keys = newestMonth === undefined ? succeed(undefined) : keyring.find(newestMonth)
  return keys.ok ? succeed({ logId, keyring }) : keys
}

/** Of processes that make the same switch at once SQLite refuses all but one without waiting; the others ask again. */
function switchToWriteAheadLog(db: Database.Database): void {
  const deadline = performance.now() + BUSY_TIMEOUT_MS
  for (;;) {
    try {
      db.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if (errorCode(error) !== 'SQLITE_BUSY' || performance.now() > deadline) throw error
    }
  }
}

/** SQLite would create the file readable by everyone; `-wal` and `-shm` take their mode from it. */
function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

/** Reads the file anew: a file that was replaced or removed under the running application is a finding. */
function createFileVerifier(place: { file: string; nativeBinding?: string }): LogVerifier {
  const closing = new AbortController()
  const walks = new Set<Promise<unknown>>()
  let verified: VerifiedRows | undefined
  const walk = (onlyNew: boolean): Promise<Result<AuditFileVerdict>> => {
    const { signal } = closing
    // Few rows may be new, but each new head has a signature, and one of ГОСТ alone would hold the window up.
    const since = onlyNew ? verified : undefined
    const judging = verifyInThread({ ...place, ...(since !== undefined && { since }) }, signal)
    const settled = judging.catch(() => undefined).finally(() => walks.delete(settled))
    walks.add(settled)
    return judging
  }
  return {
    async verify({ onlyNew = false } = {}) {
      const judged = await walk(onlyNew)
      verified = judged.ok ? judged.value.verified : undefined
      if (judged.ok) return judged.value.verdict
      const { code, detail } = judged.failure
      const finding = { seq: 0, finding: 'unreadable', detail: detail ?? code } as const
      return { state: 'broken', rows: 0, firstBroken: finding, findings: [finding] }
    },
    async close() {
      closing.abort()
      await Promise.all(walks)
    },
  }
}

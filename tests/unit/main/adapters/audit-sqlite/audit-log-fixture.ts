import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { openAuditLog } from '../../../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import type { SqliteAuditLog } from '../../../../../src/main/adapters/audit-sqlite/sqlite-audit-log.ts'
import { createPassphraseVault } from '../../../../../src/main/adapters/vault/create-passphrase-vault.ts'
import type { AuditLog } from '../../../../../src/main/ports/audit-log.ts'
import type { Clock } from '../../../../../src/main/ports/clock.ts'
import type { SecretVault } from '../../../../../src/main/ports/secret-vault.ts'
import type { AuditEntry } from '../../../../../src/shared/domain/audit-event.ts'
import { iinCheckDigit } from '../../../../../src/shared/domain/iin.ts'

/** A made-up ИИН with a right check digit. */
export const madeUpIin = (serial: number): string => {
  const eleven = `9101013${String(serial).padStart(4, '0')}`
  const digit = iinCheckDigit(eleven)
  return digit === undefined ? madeUpIin(serial + 1) : `${eleven}${digit}`
}

export const madeUpName = 'Қуаныш Өтегенұлы Тестов'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arm-tson-audit-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The vault itself is the real one; a test that is not about the passphrase need not wait for its derivation. */
export function createTestVault(): SecretVault {
  return createPassphraseVault({ masterKey: randomBytes(32) })
}

export function clockAt(iso: string): Clock & { set(iso: string): void } {
  let now = new Date(iso)
  return {
    now: () => now,
    monotonicMs: () => performance.now(),
    after: () => () => undefined,
    set: (next) => {
      now = new Date(next)
    },
  }
}

export function openTestLog(options: {
  file: string
  vault: SecretVault
  clock?: Clock
  workstation?: string
}): SqliteAuditLog {
  const { file, vault, clock = clockAt('2026-03-01T08:00:00.000Z'), workstation = 'TEST-01' } = options
  const log = openAuditLog({ file, workstation, vault, clock })
  if (!log.ok) throw new Error(`${log.failure.code} ${log.failure.detail}`)
  onTestFinished(() => log.value.close())
  return log.value
}

export function appendAll(log: AuditLog, entries: readonly AuditEntry[]): number[] {
  return entries.map((entry) => {
    const appended = log.append(entry)
    if (!appended.ok) throw new Error(appended.failure.detail)
    return appended.value
  })
}

/** Someone with the disk and plain SQLite: no triggers, no constraints, then the structure put back as it was. */
export function tamper(file: string, edit: (db: Database.Database) => void): void {
  const db = new Database(file)
  try {
    db.pragma('foreign_keys = OFF')
    db.pragma('ignore_check_constraints = ON')
    const triggers = db
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .all()
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
    edit(db)
    for (const { sql } of triggers) db.exec(sql)
  } finally {
    db.close()
  }
}

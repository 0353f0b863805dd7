import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { openAuditLog } from '../../../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import type { SecretVault } from '../../../../../src/main/ports/secret-vault.ts'
import {
  appendAll,
  clockAt,
  createTestVault,
  madeUpIin,
  openTestLog,
  tamper,
  temporaryFolder,
} from './audit-log-fixture.ts'

let folder: string
let file: string
let vault: SecretVault

beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder, 'data', 'audit.sqlite')
  vault = createTestVault()
})

const open = (path = file) =>
  openAuditLog({ file: path, workstation: 'TEST-01', vault, clock: clockAt('2026-03-01T08:00:00.000Z') })

const started = { event: 'app.started', actor: 'system' } as const

describe('a new log', () => {
  it.skipIf(process.platform === 'win32')('is readable by its owner alone, with all that lies beside it', () => {
    appendAll(openTestLog({ file, vault }), [started])
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(`${file}${suffix}`).mode & 0o777).toBe(0o600)
  })

  it('is made in an empty file that a crash left', () => {
    mkdirSync(join(folder, 'data'))
    writeFileSync(file, '')
    expect(appendAll(openTestLog({ file, vault }), [started])).toEqual([1])
  })

  it('writes ahead, so that readers never stop a writer', () => {
    openTestLog({ file, vault })
    const db = new Database(file)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    db.close()
  })
})

describe('a log is not opened', () => {
  const failing = (code: string, detail?: string) => ({
    ok: false,
    failure: detail === undefined ? { code } : { code, detail },
  })

  it('where a folder stands in its place', () => {
    mkdirSync(file, { recursive: true })
    expect(open()).toMatchObject(failing('audit.unavailable', 'SQLITE_CANTOPEN'))
  })

  it('where a file stands in the place of its folder', () => {
    writeFileSync(join(folder, 'data'), '')
    expect(open()).toMatchObject(failing('audit.unavailable'))
  })

  it('while another process keeps it locked', () => {
    openTestLog({ file, vault }).close()
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    expect(open()).toEqual(failing('audit.unavailable', 'SQLITE_BUSY'))
    other.close()
  })

  it('when it is of a newer version, and is left as it is', () => {
    openTestLog({ file, vault }).close()
    tamper(file, (db) => db.pragma('user_version = 99'))
    const before = readFileSync(file)
    expect(open()).toEqual(failing('audit.newer-version', 'version 99'))
    expect(readFileSync(file)).toEqual(before)
  })

  it.each([
    ['a text', Buffer.from('not a database, but long enough to have a header'.repeat(9)), 'SQLITE_NOTADB'],
    ['a database of another program', foreignDatabase(), 'not an audit log'],
  ])('when it is %s, which is left as it is', (_, content, detail) => {
    mkdirSync(join(folder, 'data'))
    writeFileSync(file, content)
    expect(open()).toEqual(failing('audit.broken', detail))
    expect(readFileSync(file)).toEqual(content)
  })

  it.each([
    ['a guard was removed', 'DROP TRIGGER audit_row_refuse_delete', 'schema changed: trigger audit_row_refuse_delete'],
    ['a table was removed', 'DROP TABLE audit_month_key', 'schema changed: table audit_month_key'],
    [
      'its identity was removed',
      `DROP TRIGGER audit_log_refuse_delete; DELETE FROM audit_log;
       CREATE TRIGGER audit_log_refuse_delete BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit: the identity of the log is never deleted'); END`,
      'log identity missing',
    ],
  ])('when %s', (_, sql, detail) => {
    openTestLog({ file, vault }).close()
    const db = new Database(file)
    db.exec(sql)
    db.close()
    expect(open()).toEqual(failing('audit.broken', detail))
  })

  it('when its beginning was scribbled over', () => {
    openTestLog({ file, vault }).close()
    writeFileSync(file, readFileSync(file).fill(0x55, 100, 4096))
    expect(open()).toMatchObject(failing('audit.broken', 'SQLITE_CORRUPT'))
  })

  it('with a vault that is not its own', () => {
    const log = openTestLog({ file, vault })
    appendAll(log, [{ ...started, iin: madeUpIin(1) }])
    log.close()
    vault = createTestVault()
    expect(open()).toMatchObject(failing('vault.unreadable'))
  })

  it('with a native part that is not there', () => {
    const nativeBinding = join(folder, 'missing.node')
    const opened = openAuditLog({ file, workstation: 'W', vault, clock: clockAt('2026-03-01'), nativeBinding })
    expect(opened).toMatchObject(failing('audit.unavailable'))
  })
})

function foreignDatabase(): Buffer {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE people (id INTEGER PRIMARY KEY)')
  const bytes = db.serialize()
  db.close()
  return bytes
}

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeBackup } from '../../../src/main/adapters/audit-sqlite/backup/make-backup.ts'
import { restoreBackup } from '../../../src/main/adapters/audit-sqlite/backup/restore-backup.ts'
import { migrate } from '../../../src/main/adapters/audit-sqlite/migrate.ts'
import { migrations } from '../../../src/main/adapters/audit-sqlite/migrations/index.ts'
import type { SqliteAuditLog } from '../../../src/main/adapters/audit-sqlite/sqlite-audit-log.ts'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { createPassphraseVault } from '../../../src/main/adapters/vault/create-passphrase-vault.ts'
import { createVaultEntries } from '../../../src/main/adapters/vault/vault-entries.ts'
import type { SecretVault } from '../../../src/main/ports/secret-vault.ts'
import {
  appendAll,
  clockAt,
  madeUpIin,
  madeUpName,
  openTestLog,
  tamper,
  temporaryFolder,
} from '../../unit/main/adapters/audit-sqlite/audit-log-fixture.ts'

let place: string
let file: string
let folder: string
let vault: SecretVault
let clock: ReturnType<typeof clockAt>
let log: SqliteAuditLog

const openVault = (): SecretVault =>
  createPassphraseVault({ masterKey: Buffer.alloc(32, 9), entries: createVaultEntries(join(place, 'entries')) })
const citizen = (serial: number) => ({
  event: 'request.prepared' as const,
  actor: 'operator',
  requestId: `request-${serial}`,
  iin: madeUpIin(serial),
  personName: madeUpName,
})

beforeEach(() => {
  place = temporaryFolder()
  file = join(place, 'audit.sqlite')
  folder = join(place, 'backups')
  vault = openVault()
  clock = clockAt('2026-01-15T08:00:00.000Z')
  log = openTestLog({ file, vault, clock })
  appendAll(log, [citizen(1), citizen(2), citizen(3)])
})

const backUp = (at = '2026-01-15T09:00:00.000Z', keep = 14) => makeBackup({ file, folder, keep, at })
const restore = (backup: string) =>
  restoreBackup({ backup, file, actor: 'administrator', workstation: 'TEST-01', now: new Date('2026-01-16T00:00:00Z') })

describe('a copy of the log', () => {
  it('of a log in use is whole, verified and named by its time', async () => {
    const made = await backUp()
    const copy = join(folder, 'audit-2026-01-15T090000Z.sqlite')
    expect(made).toEqual({ ok: true, value: { file: copy, rows: 3, hash: log.head().hash } })
    expect(readdirSync(folder)).toEqual(['audit-2026-01-15T090000Z.sqlite'])
    appendAll(log, [citizen(4)])
    expect(await verifyAuditFile({ file: copy })).toMatchObject({ ok: true, value: { verdict: { rows: 3 } } })
  })

  it('keeps as many copies as it is told, the newest ones', async () => {
    for (const day of ['15', '16', '17']) await backUp(`2026-01-${day}T09:00:00.000Z`, 2)
    expect(readdirSync(folder)).toEqual(['audit-2026-01-16T090000Z.sqlite', 'audit-2026-01-17T090000Z.sqlite'])
  })

  it('is not made of a broken log, and the copies before stay', async () => {
    await backUp()
    tamper(file, (db) => db.exec("UPDATE audit_row SET actor = 'x' WHERE seq = 2"))
    expect(await backUp('2026-01-16T09:00:00.000Z', 1)).toMatchObject({
      ok: false,
      failure: { code: 'audit.backup-failed' },
    })
    expect(readdirSync(folder)).toEqual(['audit-2026-01-15T090000Z.sqlite'])
  })

  it('where the folder cannot be written says so', async () => {
    writeFileSync(folder, 'a file stands there')
    expect(await backUp()).toMatchObject({ ok: false, failure: { code: 'audit.backup-failed' } })
  })
})

describe('restoring', () => {
  it('puts the copy in place of a damaged log, keeps the old file, and records itself', async () => {
    const made = await backUp()
    if (!made.ok) throw new Error(made.failure.detail)
    appendAll(log, [citizen(4)])
    log.close()
    writeFileSync(file, Buffer.from(readFileSync(file)).fill(0x55, 8192))
    const restored = await restore(made.value.file)
    const replaced = `${file}.replaced-2026-01-16T000000Z`
    expect(restored).toEqual({ ok: true, value: { rows: 3, replaced } })
    expect(existsSync(replaced)).toBe(true)
    const again = openTestLog({ file, vault, clock })
    expect(again.list({ limit: 1 })).toMatchObject([{ seq: 4, event: 'audit.restored', actor: 'administrator' }])
    expect(again.list({ limit: 9 }).at(-1)?.iinMasked).toBe('910101******')
    expect(await again.verify()).toMatchObject({ state: 'intact', rows: 4 })
  })

  it('leaves a log in use alone', async () => {
    const made = await backUp()
    if (!made.ok) throw new Error(made.failure.detail)
    expect(await restore(made.value.file)).toEqual({
      ok: false,
      failure: { code: 'audit.unavailable', detail: 'in use' },
    })
    expect(log.append(citizen(4))).toEqual({ ok: true, value: 4 })
  })

  it('refuses a copy that does not verify', async () => {
    const made = await backUp()
    if (!made.ok) throw new Error(made.failure.detail)
    log.close()
    tamper(made.value.file, (db) => db.exec("UPDATE audit_row SET actor = 'x' WHERE seq = 2"))
    const before = readFileSync(file)
    expect(await restore(made.value.file)).toEqual({
      ok: false,
      failure: { code: 'audit.broken', detail: 'row-edited' },
    })
    expect(readFileSync(file)).toEqual(before)
  })
})

describe('a log of an older version', () => {
  it('is copied before it is migrated, and its rows get a tree, texts and counts', async () => {
    log.close()
    const old = join(place, 'old', 'audit.sqlite')
    mkdirSync(join(place, 'old'))
    asVersionOne(file, old)
    const opened = openTestLog({ file: old, vault, clock })
    const [copy = ''] = readdirSync(join(place, 'old', 'backups'))
    expect(copy).toMatch(/^before-migration-from-1-.*\.sqlite$/)
    const db = new Database(join(place, 'old', 'backups', copy), { readonly: true })
    expect([
      db.pragma('user_version', { simple: true }),
      db.prepare('SELECT count(*) FROM audit_row').pluck().get(),
    ]).toEqual([1, 3])
    db.close()
    expect(await opened.verify()).toMatchObject({ state: 'intact', rows: 3 })
  })

  /** The same rows in the tables of the first migration. */
  function asVersionOne(from: string, to: string): void {
    const db = new Database(to)
    migrate({ db, migrations: migrations.slice(0, 1) })
    db.exec(`ATTACH '${from}' AS newer`)
    db.exec('DROP TRIGGER audit_log_refuse_update; UPDATE audit_log SET log_id = (SELECT log_id FROM newer.audit_log)')
    const [first] = migrations
    const trigger = /CREATE TRIGGER audit_log_refuse_update[\s\S]*?END;/.exec(first?.sql ?? '')?.[0] ?? ''
    db.exec(trigger)
    for (const table of ['audit_row', 'audit_month_key', 'audit_open_request'])
      db.exec(`INSERT INTO ${table} SELECT * FROM newer.${table}`)
    db.close()
  }
})

describe('the end of personal data', () => {
  it('destroys the keys of old months, also for copies that hold them wrapped; rows and tree stay', async () => {
    const made = await backUp()
    if (!made.ok) throw new Error(made.failure.detail)
    clock.set('2026-03-10T08:00:00.000Z')
    appendAll(log, [citizen(5)])
    expect(log.retention.destroyBefore('2026-02')).toEqual({ ok: true, value: ['2026-01'] })
    expect(log.list({ limit: 9 }).map(({ seq, iinMasked, event }) => [seq, event, iinMasked])).toEqual([
      [5, 'audit.personal-data-destroyed', undefined],
      [4, 'request.prepared', '910101******'],
      [3, 'request.prepared', undefined],
      [2, 'request.prepared', undefined],
      [1, 'request.prepared', undefined],
    ])
    expect(await log.verify()).toMatchObject({ state: 'intact', rows: 5 })
    expect(log.retention.destroyBefore('2026-02')).toEqual({ ok: true, value: [] })
    log.close()

    // The vault as the next start opens it, and the copy from before: its wrapped keys open no more.
    const copy = join(place, 'copy.sqlite')
    copyFileSync(made.value.file, copy)
    const old = openTestLog({ file: copy, vault: openVault(), clock })
    expect(old.list({ limit: 9 }).map(({ iinMasked }) => iinMasked)).toEqual([undefined, undefined, undefined])
  })

  it('leaves no wrapped key of the month in any file of the log', () => {
    const wrapped = new Database(file, { readonly: true })
    const keys = wrapped.prepare<[], Buffer[]>('SELECT data_key, lookup_key FROM audit_month_key').raw().all().flat()
    wrapped.close()
    log.retention.destroyBefore('2026-02')
    const files = readdirSync(place).filter((name) => name.startsWith('audit.sqlite'))
    for (const name of files) for (const key of keys) expect(readFileSync(join(place, name)).includes(key)).toBe(false)
    expect(readdirSync(join(place, 'entries'))).toEqual([])
  })
})

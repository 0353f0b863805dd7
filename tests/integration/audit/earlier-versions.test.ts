import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { migrations } from '../../../src/main/adapters/audit-sqlite/migrations/index.ts'
import { openAuditLog } from '../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { createSqliteAuditReview } from '../../../src/main/adapters/audit-sqlite/review/create-sqlite-audit-review.ts'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { createSystemClock } from '../../../src/main/adapters/clock/create-system-clock.ts'
import { createFileOutbox } from '../../../src/main/adapters/outbox/create-file-outbox.ts'
import { openPassphraseVault } from '../../../src/main/adapters/vault/open-passphrase-vault.ts'
import type { SecretVault } from '../../../src/main/ports/secret-vault.ts'
import type { Result } from '../../../src/shared/result.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

/**
 * Data folders as earlier programs left them. Each `earlier/version-N.sql` is the text of a log that the last program of that schema
 * wrote, rows and all, with its vault beside it; people in it are made up.
 */
const fixtures = path.join(import.meta.dirname, 'earlier')
const passphrase = 'made up for this fixture'
const temp = makeTempDir()
afterAll(() => temp.remove())

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail}`)
  return result.value
}

function restore(version: number): { readonly folder: string; readonly file: string } {
  const folder = path.join(temp.path, `version-${version}-${readdirSync(temp.path).length}`)
  mkdirSync(folder)
  const file = path.join(folder, 'audit.sqlite')
  const db = new Database(file)
  db.exec(readFileSync(path.join(fixtures, `version-${version}.sql`), 'utf8'))
  db.close()
  copyFileSync(path.join(fixtures, `version-${version}.vault.json`), path.join(folder, 'vault.json'))
  return { folder, file }
}

const openVault = async (folder: string): Promise<SecretVault> =>
  need(await openPassphraseVault({ file: path.join(folder, 'vault.json'), passphrase: Buffer.from(passphrase) }))

function rowsOf(file: string): readonly unknown[] {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare('SELECT * FROM audit_row ORDER BY seq').all()
  } finally {
    db.close()
  }
}

test('there is a log of every earlier version', () => {
  const texts = readdirSync(fixtures).filter((name) => name.endsWith('.sql'))
  expect(texts.sort()).toEqual(migrations.slice(1).map((_, index) => `version-${index + 1}.sql`))
})

describe.each(migrations.slice(1).map((_, index) => index + 1))('a log of version %i', (version) => {
  test('is backed up as it was, migrated, and verifies; its rows, its people and its open requests are there', async () => {
    const { folder, file } = restore(version)
    const before = rowsOf(file)
    expect(before.length).toBeGreaterThan(10)
    const vault = await openVault(folder)
    const log = need(openAuditLog({ file, workstation: 'TSON-0271-04', vault, clock: createSystemClock() }))

    const [backup = ''] = readdirSync(path.join(folder, 'backups'))
    expect(backup).toMatch(new RegExp(`^before-migration-from-${version}-.*\\.sqlite$`))
    expect(rowsOf(path.join(folder, 'backups', backup))).toEqual(before)
    const kept = new Database(path.join(folder, 'backups', backup), { readonly: true })
    expect(kept.pragma('user_version', { simple: true })).toBe(version)
    kept.close()

    expect(rowsOf(file)).toEqual(before)
    expect(await log.verify()).toMatchObject({ state: 'intact', rows: before.length })
    expect(log.openRequests()).toMatchObject([{ state: 'unknown', iinMasked: '500913******' }])

    const review = createSqliteAuditReview({ file, vault })
    const upTo = before.length
    const found = async (filter: object) =>
      need(await review.rows({ filter, upTo, window: { at: 'newest' }, limit: 50 })).map(({ seq }) => seq)
    expect(await found({ text: 'утерян' })).toEqual([9])
    expect(await found({ iin: '850814370558' })).toEqual([3])
    expect(await found({ event: 'envelope.handed' })).toEqual([8])
    expect(need(await review.personal({ seq: 3, field: 'iin' }))).toBe('850814370558')
    expect(need(await review.personal({ seq: 3, field: 'name' }))).toBe('Сейтқали Айгүл')
    await review.close()

    need(log.append({ event: 'app.started', actor: 'system', role: 'system', iin: '850814370558' }))
    await log.close()
    vault.close()
    expect(await verifyAuditFile({ file })).toMatchObject({ value: { verdict: { state: 'intact', rows: upTo + 1 } } })
  })

  test('is left as it is where it cannot be backed up first', async () => {
    const { folder, file } = restore(version)
    const before = readFileSync(file)
    // A file where the folder of copies belongs.
    writeFileSync(path.join(folder, 'backups'), '')
    const vault = await openVault(folder)
    const opened = openAuditLog({ file, workstation: 'TSON-0271-04', vault, clock: createSystemClock() })
    expect(opened).toMatchObject({ ok: false, failure: { code: 'audit.backup-failed' } })
    vault.close()
    const db = new Database(file, { readonly: true })
    expect(db.pragma('user_version', { simple: true })).toBe(version)
    db.close()
    expect(rowsOf(file)).toHaveLength(12)
    expect(before.length).toBeGreaterThan(0)
  })
})

/** Of these there has been one version only: what names another is refused and left for the program that wrote it. */
describe('a file of a version that this program does not know', () => {
  test('vault', async () => {
    const { folder } = restore(1)
    const file = path.join(folder, 'vault.json')
    const text = readFileSync(file, 'utf8').replace('"version": 1', '"version": 2')
    writeFileSync(file, text)
    const opened = await openPassphraseVault({ file, passphrase: Buffer.from(passphrase) })
    expect(opened).toMatchObject({ ok: false, failure: { code: 'vault.unreadable' } })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('kept request', async () => {
    const { folder } = restore(1)
    const vault = await openVault(folder)
    const requestId = '9587b6af-315e-4301-bcaf-d51a976ed236'
    const head = { version: 2, requestId, something: 'new' }
    const packed = Buffer.concat([Buffer.alloc(32), Buffer.from(JSON.stringify(head))])
    const file = path.join(folder, `${requestId}.request`)
    writeFileSync(file, vault.wrap(packed, `outbox:${requestId}`))
    const kept = readFileSync(file)
    const outbox = createFileOutbox({ folder, vault })
    expect(outbox.find(requestId)).toMatchObject({ ok: false, failure: { code: 'recovery.nothing-kept' } })
    outbox.sweep(new Set([requestId]))
    expect(readFileSync(file)).toEqual(kept)
    vault.close()
  })
})

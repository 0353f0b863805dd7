import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { rebuildSearchTables } from '../../../../../src/main/adapters/audit-sqlite/rebuild-search-tables.ts'
import { verifyAuditFile } from '../../../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { createTestVault, openTestLog, temporaryFolder } from './audit-log-fixture.ts'

async function logOfThreeRows(): Promise<string> {
  const file = join(temporaryFolder(), 'audit.sqlite')
  const log = openTestLog({ file, vault: createTestVault() })
  log.append({ event: 'request.failed', actor: 'operator', outcome: 'gateway.timeout', note: 'сбой линии' })
  log.append({ event: 'request.failed', actor: 'operator', outcome: 'gateway.timeout' })
  log.append({ event: 'session.signed-out', actor: 'operator' })
  await log.close()
  return file
}

/** As somebody with the file and plain SQLite. */
function withFile<T>(file: string, use: (db: Database.Database) => T): T {
  const db = new Database(file)
  try {
    return use(db)
  } finally {
    db.close()
  }
}

const found = (file: string) =>
  withFile(file, (db) => db.prepare("SELECT rowid FROM audit_text WHERE audit_text MATCH 'сбой'").pluck().all())
const verdictOf = async (file: string) => {
  const judged = await verifyAuditFile({ file })
  return judged.ok ? judged.value.verdict : judged.failure
}

test.each([
  ['a count made smaller', 'UPDATE audit_day SET count = 1 WHERE count = 2'],
  ['a count taken away', "DELETE FROM audit_day WHERE event = 'session.signed-out'"],
  [
    'an event that never was',
    "INSERT INTO audit_day SELECT day, actor, 'reply.issued', '', 1, 1, 1 FROM audit_day LIMIT 1",
  ],
  ['a day that never was', "INSERT INTO audit_day VALUES ('2030-01-01', 'operator', 'reply.issued', '', 1, 1, 1)"],
  ['the place of a row', 'UPDATE audit_day SET first_seq = 2 WHERE count = 2'],
])('verification finds %s, and made anew the tables are those of the rows', async (_name, statement) => {
  const file = await logOfThreeRows()
  expect(await verdictOf(file)).toMatchObject({ state: 'intact', rows: 3 })
  withFile(file, (db) => db.exec(statement))
  expect(await verdictOf(file)).toMatchObject({ state: 'broken', firstBroken: { seq: 0, finding: 'counts-differ' } })
  expect(rebuildSearchTables({ file, actor: 'admin', workstation: 'TEST-01', now: new Date() })).toEqual({
    ok: true,
    value: { rows: 3 },
  })
  expect(await verdictOf(file)).toMatchObject({ state: 'intact', rows: 4, findings: [] })
})

test('a row that was hidden from the search is found again', async () => {
  const file = await logOfThreeRows()
  withFile(file, (db) => db.exec("INSERT INTO audit_text (audit_text) VALUES ('delete-all')"))
  expect(found(file)).toEqual([])
  rebuildSearchTables({ file, actor: 'admin', workstation: 'TEST-01', now: new Date() })
  expect(found(file)).toEqual([1])
})

test('a log in use is left alone', async () => {
  const file = join(temporaryFolder(), 'audit.sqlite')
  const log = openTestLog({ file, vault: createTestVault() })
  log.append({ event: 'session.signed-out', actor: 'operator' })
  expect(rebuildSearchTables({ file, actor: 'admin', workstation: 'TEST-01', now: new Date() })).toMatchObject({
    failure: { code: 'audit.unavailable', detail: 'in use' },
  })
  await log.close()
})

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { rowHash } from '../../../../../src/main/adapters/audit-sqlite/row-hash.ts'
import { chainedColumns, type StoredRow } from '../../../../../src/main/adapters/audit-sqlite/stored-row.ts'
import { verifyAuditFile } from '../../../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import type { AuditLog } from '../../../../../src/main/ports/audit-log.ts'
import {
  appendAll,
  createTestVault,
  madeUpIin,
  madeUpName,
  openTestLog,
  tamper,
  temporaryFolder,
} from './audit-log-fixture.ts'

const ROWS = 8

let folder: string
let file: string
let log: AuditLog
const vault = createTestVault()

beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder, 'audit.sqlite')
  log = openTestLog({ file, vault })
  appendAll(
    log,
    Array.from({ length: ROWS }, (_, index) => ({
      event: index % 2 === 0 ? ('request.prepared' as const) : ('request.sending' as const),
      actor: 'operator',
      role: 'operator' as const,
      requestId: `request-${index >> 1}`,
      operation: 'RegisterUser',
      outcome: 'ok',
      sentSha256: new Uint8Array(32).fill(index),
      receivedSha256: new Uint8Array(32).fill(index),
      iin: madeUpIin(index),
      personName: madeUpName,
      note: `Причина \ufffd ${index}`,
      details: { index: String(index) },
    })),
  )
})

async function findings() {
  const judged = await verifyAuditFile({ file })
  if (!judged.ok) throw new Error(judged.failure.detail)
  const { verdict } = judged.value
  return verdict.state === 'broken' ? verdict.firstBroken : verdict.state
}

async function afterEdit(sql: string) {
  tamper(file, (db) => db.exec(sql))
  return findings()
}

const guardWithoutEffect = `DROP TRIGGER audit_row_refuse_update;
  CREATE TRIGGER audit_row_refuse_update BEFORE UPDATE ON audit_row BEGIN SELECT 1; END`
const hiddenBehindView = `ALTER TABLE audit_row RENAME TO hidden; CREATE VIEW audit_row AS SELECT * FROM hidden`

/** Changes what SQLite believes the table to be, without touching a row. @returns what it believed before. */
function rewriteTable(db: Database.Database, change: (sql: string) => string): string {
  const sql = db.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'audit_row'").pluck().get() ?? ''
  db.unsafeMode()
  db.pragma('writable_schema = ON')
  db.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'audit_row'").run(change(sql))
  db.pragma('writable_schema = RESET')
  return sql
}

/** An editor who knows the chain: changes one row and computes the hashes anew, from it to the last one given. */
/** The counts of the days, as somebody who knows of them would make them fit. */
const recount = `DELETE FROM audit_day; INSERT INTO audit_day
      SELECT substr(at, 1, 10), actor, event, coalesce(outcome, ''), count(*), min(seq), max(seq)
      FROM audit_row GROUP BY 1, 2, 3, 4`

function reseal(db: Database.Database, from: number, to: number): void {
  db.exec(`UPDATE audit_row SET actor = 'someone else' WHERE seq = ${from}`)
  for (let seq = from; seq <= to; seq++) {
    if (seq > from)
      db.exec(`UPDATE audit_row SET prev_hash = (SELECT hash FROM audit_row WHERE seq = ${seq - 1}) WHERE seq = ${seq}`)
    const row = db.prepare<[number], StoredRow>('SELECT * FROM audit_row WHERE seq = ?').get(seq)
    if (row !== undefined) db.prepare('UPDATE audit_row SET hash = ? WHERE seq = ?').run(rowHash(row), seq)
  }
}

function withoutRestoring(sql: string): void {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}

describe('an untouched log', () => {
  it('is intact, and its head is the one that the log names', async () => {
    const verdict = { state: 'intact', rows: ROWS, head: log.head(), findings: [] }
    expect(await log.verify()).toEqual(verdict)
    expect(await verifyAuditFile({ file })).toMatchObject({ ok: true, value: { verdict } })
  })

  it('without rows is intact too', async () => {
    const empty = openTestLog({ file: join(folder, 'empty.sqlite'), vault })
    expect(await empty.verify()).toEqual({ state: 'intact', rows: 0, head: empty.head(), findings: [] })
    expect(empty.head().seq).toBe(0)
  })
})

describe('only what is new', () => {
  it('is walked from the last verdict on: what was judged before is not read again, what came since is', async () => {
    await log.verify()
    appendAll(log, Array(5).fill({ event: 'app.started', actor: 'system' }))
    expect(await log.verify({ onlyNew: true })).toMatchObject({ state: 'intact', rows: ROWS + 5, head: log.head() })
    tamper(file, (db) => db.exec("UPDATE audit_row SET workstation = 'another' WHERE seq = 2"))
    appendAll(log, [{ event: 'app.started', actor: 'system' }])
    expect(await log.verify({ onlyNew: true })).toMatchObject({ state: 'intact', rows: ROWS + 6 })
    tamper(file, (db) => db.exec(`UPDATE audit_row SET hash = zeroblob(32) WHERE seq = ${ROWS + 6}`))
    appendAll(log, [{ event: 'app.started', actor: 'system' }])
    // The verdict before ended at that row, which is another now: everything is walked anew.
    expect(await log.verify({ onlyNew: true })).toMatchObject({ state: 'broken', firstBroken: { seq: 2 } })
  })

  it('means everything where there is no verdict yet', async () => {
    tamper(file, (db) => db.exec("UPDATE audit_row SET workstation = 'another' WHERE seq = 2"))
    expect(await log.verify({ onlyNew: true })).toMatchObject({ state: 'broken', firstBroken: { seq: 2 } })
  })
})

describe('an edit of one value is found at its row', () => {
  const content = chainedColumns.filter((column) => column !== 'seq' && column !== 'prev_hash')
  const rows = [1, 5, ROWS]
  it.each(rows.flatMap((seq) => content.map((column) => [column, seq] as const)))(
    '%s of row %i',
    async (column, seq) => {
      const found = await afterEdit(
        `UPDATE audit_row SET ${column} = CASE typeof(${column})
         WHEN 'blob' THEN CAST(substr(${column}, 1, length(${column}) - 1) || x'ff00' AS BLOB)
         ELSE ${column} || ' ' END WHERE seq = ${seq}`,
      )
      expect(found).toEqual({ seq, finding: 'row-edited' })
    },
  )

  const optional = content.filter((column) => !['at', 'workstation', 'actor', 'event'].includes(column))
  it.each(optional)('%s made absent', async (column) => {
    expect(await afterEdit(`UPDATE audit_row SET ${column} = NULL WHERE seq = 5`)).toEqual({
      seq: 5,
      finding: 'row-edited',
    })
  })

  it('a single bit of a ciphertext', async () => {
    tamper(file, (db) => {
      const select = db.prepare<[], Buffer>('SELECT iin_cipher FROM audit_row WHERE seq = 5').pluck()
      const altered = Buffer.from(select.get() ?? '')
      altered.writeUInt8(altered.readUInt8(20) ^ 1, 20)
      db.prepare('UPDATE audit_row SET iin_cipher = ? WHERE seq = 5').run(altered)
    })
    expect(await findings()).toEqual({ seq: 5, finding: 'row-edited' })
  })

  it('its hash', async () => {
    const found = await afterEdit('UPDATE audit_row SET hash = randomblob(32) WHERE seq = 5')
    expect(found).toEqual({ seq: 5, finding: 'row-edited' })
  })

  it('its link to the row before', async () => {
    const found = await afterEdit('UPDATE audit_row SET prev_hash = randomblob(32) WHERE seq = 5')
    expect(found).toEqual({ seq: 5, finding: 'row-edited' })
  })

  it('bytes that are no text, read by a careless eye as the character that stood there', async () => {
    const found = await afterEdit(`UPDATE audit_row
      SET note = CAST(replace(CAST(note AS BLOB), CAST(x'efbfbd' AS TEXT), CAST(x'ff' AS TEXT)) AS TEXT) WHERE seq = 5`)
    expect(found).toEqual({ seq: 5, finding: 'row-malformed' })
  })

  it.each([
    ['bytes for a text', 'note', 'CAST(note AS BLOB)'],
    ['a text for bytes', 'hash', 'hex(hash)'],
    ['a number for a text', 'note', '7'],
    ['nothing where a value must be', 'hash', 'NULL'],
  ])('%s, once the types of the table are loosened', async (_, column, value) => {
    tamper(file, (db) => {
      const loose = (sql: string) =>
        sql.replace(') STRICT', ')').replace(`${column} TEXT`, column).replaceAll('NOT NULL', '')
      const strict = rewriteTable(db, loose)
      db.exec(`UPDATE audit_row SET ${column} = ${value} WHERE seq = 5`)
      rewriteTable(db, () => strict)
    })
    expect(await findings()).toEqual({ seq: 5, finding: 'row-malformed' })
  })
})

describe('rows', () => {
  it.each([1, 5])('deleted are found at the number that is missing: %i', async (seq) => {
    expect(await afterEdit(`DELETE FROM audit_row WHERE seq = ${seq}`)).toEqual({ seq, finding: 'row-deleted' })
  })

  it('deleted and renumbered are found where the chain no longer links', async () => {
    const found = await afterEdit(
      'DELETE FROM audit_row WHERE seq = 5; UPDATE audit_row SET seq = seq - 1 WHERE seq > 5',
    )
    expect(found).toEqual({ seq: 5, finding: 'row-deleted' })
  })

  it('deleted from the beginning and renumbered do not begin the log', async () => {
    const found = await afterEdit('DELETE FROM audit_row WHERE seq < 3; UPDATE audit_row SET seq = seq - 2')
    expect(found).toEqual({ seq: 1, finding: 'row-deleted' })
  })

  it('inserted in the middle are found there', async () => {
    const found = await afterEdit(`
      UPDATE audit_row SET seq = -seq WHERE seq >= 5; UPDATE audit_row SET seq = 1 - seq WHERE seq < 0;
      INSERT INTO audit_row SELECT 5, ${chainedColumns.slice(1).join()}, hash FROM audit_row WHERE seq = 4`)
    expect(found).toEqual({ seq: 5, finding: 'row-inserted' })
  })

  it.each([0, -3])('hidden below the first one are found: %i', async (seq) => {
    const found = await afterEdit(
      `INSERT INTO audit_row SELECT ${seq}, ${chainedColumns.slice(1).join()}, hash FROM audit_row WHERE seq = 4`,
    )
    expect(found).toEqual({ seq, finding: 'row-inserted' })
  })

  it('exchanged are found at the first of the two', async () => {
    const found = await afterEdit(`UPDATE audit_row SET seq = 100 WHERE seq = 3;
      UPDATE audit_row SET seq = 3 WHERE seq = 6; UPDATE audit_row SET seq = 6 WHERE seq = 100`)
    expect(found).toEqual({ seq: 3, finding: 'row-reordered' })
  })

  it('added at the end without their hash are found', async () => {
    const found = await afterEdit(`INSERT INTO audit_row
      SELECT seq + 1, ${chainedColumns.slice(1, -1).join()}, hash, randomblob(32) FROM audit_row WHERE seq = ${ROWS}`)
    expect(found).toEqual({ seq: ROWS + 1, finding: 'row-edited' })
  })

  it('edited and sealed again are found at the next row, which no longer follows', async () => {
    tamper(file, (db) => reseal(db, 5, 5))
    expect(await findings()).toEqual({ seq: 6, finding: 'row-resealed' })
  })

  const cutAfter = (seq: number) => `DELETE FROM audit_open_request WHERE last_seq > ${seq};
    DELETE FROM audit_row WHERE seq > ${seq}`

  it('cut off the end are found by what the file still knows of them', async () => {
    expect(await afterEdit(cutAfter(6))).toEqual({ seq: 7, finding: 'tail-cut' })
  })

  it('cut off the end with every trace are NOT found by the file alone', async () => {
    expect(await afterEdit(`${cutAfter(6)}; ${recount}`)).toBe('intact')
  })

  it('edited and sealed again to the end are NOT found by the chain alone: only a head kept elsewhere shows it', async () => {
    const head = log.head()
    tamper(file, (db) => {
      reseal(db, 5, ROWS)
      db.exec(recount)
    })
    expect(await findings()).toBe('intact')
    expect(log.head()).not.toEqual(head)
  })
})

describe('what surrounds the rows', () => {
  it('another identity: the first row does not begin this log', async () => {
    const found = await afterEdit('UPDATE audit_log SET log_id = randomblob(16)')
    expect(found).toEqual({ seq: 1, finding: 'first-row-wrong' })
  })

  it('no identity', async () => {
    expect(await afterEdit('DELETE FROM audit_log')).toEqual({ seq: 0, finding: 'identity-missing' })
  })

  it.each([
    ['an open request taken away', "DELETE FROM audit_open_request WHERE request_id = 'request-1'"],
    ['an open request invented', "INSERT INTO audit_open_request VALUES ('request-9', 'sending', 2)"],
    ['the state of an open request changed', "UPDATE audit_open_request SET state = 'printed'"],
  ])('%s', async (_, sql) => {
    expect(await afterEdit(sql)).toEqual({ seq: 0, finding: 'open-requests-differ' })
  })

  it.each([
    ['a guard removed', 'DROP TRIGGER audit_row_refuse_update', 'trigger audit_row_refuse_update'],
    ['a guard emptied', guardWithoutEffect, 'trigger audit_row_refuse_update'],
    ['a trigger added', 'CREATE TRIGGER extra AFTER INSERT ON audit_row BEGIN SELECT 1; END', 'trigger extra'],
    ['an index removed', 'DROP INDEX audit_row_by_request', 'index audit_row_by_request'],
    ['a table added', 'CREATE TABLE extra (id)', 'table extra'],
    ['a column added', 'ALTER TABLE audit_row ADD COLUMN extra TEXT', 'table audit_row'],
    ['the rows hidden behind a view', hiddenBehindView, 'table audit_row'],
  ])('%s', async (_, sql, object) => {
    withoutRestoring(sql)
    expect(await findings()).toEqual({ seq: 0, finding: 'schema-changed', detail: object })
  })

  it('a guard removed and a row edited: the row is named', async () => {
    withoutRestoring("DROP TRIGGER audit_row_refuse_update; UPDATE audit_row SET note = 'x' WHERE seq = 5")
    expect(await findings()).toEqual({ seq: 5, finding: 'row-edited' })
  })

  it('statistics that SQLite keeps for itself are no finding', async () => {
    withoutRestoring('ANALYZE')
    expect(await findings()).toBe('intact')
  })
})

describe('verifying a file', () => {
  const copyOf = (name: string) => {
    mkdirSync(join(folder, name))
    return join(folder, name, 'audit.sqlite')
  }

  it('at rest leaves nothing beside it and nothing changed in it', async () => {
    log.close()
    const before = [readFileSync(file), statSync(file).mtimeMs, readdirSync(folder)]
    expect(await verifyAuditFile({ file })).toMatchObject({
      ok: true,
      value: { verdict: { state: 'intact', rows: ROWS } },
    })
    expect([readFileSync(file), statSync(file).mtimeMs, readdirSync(folder)]).toEqual(before)
  })

  it('that is a copy of a log in use, with its write-ahead log, sees the rows of both', async () => {
    const copy = copyOf('both')
    copyFileSync(file, copy)
    copyFileSync(`${file}-wal`, `${copy}-wal`)
    expect(await verifyAuditFile({ file: copy })).toMatchObject({
      ok: true,
      value: { verdict: { state: 'intact', rows: ROWS } },
    })
    expect(readdirSync(join(folder, 'both'))).toEqual(['audit.sqlite', 'audit.sqlite-wal'])
  })

  it('that is a copy of a log in use without its write-ahead log judges what was copied', async () => {
    log.close()
    log = openTestLog({ file, vault })
    appendAll(log, [{ event: 'app.started', actor: 'system' }])
    const copy = copyOf('alone')
    copyFileSync(file, copy)
    expect(await verifyAuditFile({ file: copy })).toMatchObject({
      ok: true,
      value: { verdict: { state: 'intact', rows: ROWS } },
    })
    expect(readdirSync(join(folder, 'alone'))).toEqual(['audit.sqlite'])
  })

  it('that is missing, a folder, or below a file says that it is unavailable', async () => {
    const unavailable = { ok: false, failure: { code: 'audit.unavailable' } }
    expect(await verifyAuditFile({ file: join(folder, 'missing') })).toMatchObject(unavailable)
    expect(await verifyAuditFile({ file: folder })).toMatchObject(unavailable)
    expect(await verifyAuditFile({ file: join(file, 'below') })).toMatchObject(unavailable)
  })

  it.each([
    ['an empty file', ''],
    ['a text', 'not a database, but long enough to have a header of one hundred bytes'.repeat(9)],
    ['a beginning of a database', 'SQLite format 3\0'],
  ])('that is %s says that it is no audit log', async (_, content) => {
    const other = join(folder, 'other')
    writeFileSync(other, content)
    expect(await verifyAuditFile({ file: other })).toMatchObject({ ok: false, failure: { code: 'audit.broken' } })
  })

  it('of a newer version refuses to judge it', async () => {
    tamper(file, (db) => db.pragma('user_version = 99'))
    const failure = { code: 'audit.newer-version', detail: 'version 99' }
    expect(await verifyAuditFile({ file })).toEqual({ ok: false, failure })
    expect(await log.verify()).toMatchObject({ state: 'broken', firstBroken: { seq: 0 } })
  })

  it('that lost any page of its rows, or has one scribbled over, never calls it intact', async () => {
    appendAll(log, Array(300).fill({ event: 'app.started', actor: 'system' }))
    log.close()
    const db = new Database(file)
    const pages = db.prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'audit_row'").pluck().all()
    db.close()
    expect(pages.length).toBeGreaterThan(10)
    const sound = readFileSync(file)
    const damaged = join(folder, 'damaged')
    for (const page of pages) {
      const start = (page - 1) * 4096
      for (const bytes of [sound.subarray(0, start), Buffer.from(sound).fill(0x55, start, start + 4096)]) {
        writeFileSync(damaged, bytes)
        expect(await verifyAuditFile({ file: damaged })).not.toMatchObject({ value: { verdict: { state: 'intact' } } })
      }
    }
  })

  it.skipIf(process.platform === 'win32')('that was removed under an open log is noticed by the open log', async () => {
    rmSync(file)
    const finding = { seq: 0, finding: 'unreadable', detail: 'SQLITE_CANTOPEN' }
    expect(await log.verify()).toEqual({ state: 'broken', rows: 0, firstBroken: finding, findings: [finding] })
  })
})

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { verifyAuditFile } from '../../../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import type { SecretVault } from '../../../../../src/main/ports/secret-vault.ts'
import {
  type AuditEntry,
  auditEvents,
  isOpenState,
  requestStateAfter,
} from '../../../../../src/shared/domain/audit-event.ts'
import {
  appendAll,
  clockAt,
  createTestVault,
  madeUpIin,
  madeUpName,
  openTestLog,
  tamper,
  temporaryFolder,
} from './audit-log-fixture.ts'

let file: string
let vault: SecretVault

beforeEach(() => {
  const folder = temporaryFolder()
  file = join(folder, 'audit.sqlite')
  vault = createTestVault()
})

const sha256 = createHash('sha256').update('document').digest()
const started: AuditEntry = { event: 'app.started', actor: 'system', role: 'system' }
const registering: AuditEntry = {
  event: 'request.sending',
  actor: 'operator',
  role: 'operator',
  requestId: 'request-1',
  operation: 'RegisterUser',
}

describe('a row', () => {
  it('is shown as it was written, with the time of the clock, the ИИН masked and no name', () => {
    const log = openTestLog({ file, vault, clock: clockAt('2026-03-01T08:15:30.123Z') })
    const entry: AuditEntry = {
      ...registering,
      outcome: 'portal.failed',
      sentSha256: sha256,
      receivedSha256: sha256,
      iin: madeUpIin(1),
      personName: madeUpName,
      note: 'Гражданин утратил пароль',
      details: { host: 'gateway.test', attempt: '1' },
    }
    expect(log.append(entry)).toEqual({ ok: true, value: 1 })
    expect(log.list({ limit: 10 })).toEqual([
      {
        seq: 1,
        at: '2026-03-01T08:15:30.123Z',
        workstation: 'TEST-01',
        actor: 'operator',
        role: 'operator',
        event: 'request.sending',
        requestId: 'request-1',
        operation: 'RegisterUser',
        outcome: 'portal.failed',
        iinMasked: '910101******',
        note: 'Гражданин утратил пароль',
        details: { attempt: '1', host: 'gateway.test' },
      },
    ])
  })

  it('without optional facts is shown without them', () => {
    const log = openTestLog({ file, vault })
    log.append({ event: 'app.started', actor: 'system' })
    expect(Object.keys(log.list({ limit: 1 })[0] ?? {}).sort()).toEqual(['actor', 'at', 'event', 'seq', 'workstation'])
  })

  it('keeps the time of a clock that was set back', () => {
    const clock = clockAt('2026-03-02T00:00:00.000Z')
    const log = openTestLog({ file, vault, clock })
    log.append(started)
    clock.set('2026-03-01T00:00:00.000Z')
    expect(log.append(started)).toEqual({ ok: true, value: 2 })
    expect(log.list({ limit: 2 }).map(({ at }) => at.slice(0, 10))).toEqual(['2026-03-01', '2026-03-02'])
  })

  it.each<[string, Partial<AuditEntry>]>([
    ['a note', { note: 'x'.repeat(501) }],
    ['an actor', { actor: 'x'.repeat(65) }],
    ['a request id', { requestId: 'x'.repeat(65) }],
    ['an outcome', { outcome: 'x'.repeat(65) }],
    ['an ИИН', { iin: '1'.repeat(65) }],
    ['a name', { personName: 'x'.repeat(201) }],
    ['a hash', { sentSha256: new Uint8Array(31) }],
    ['a detail', { details: { a: 'x'.repeat(501) } }],
    [
      'the details together',
      { details: Object.fromEntries(Array.from('abcdefghijklmnopqr', (k) => [k, '"'.repeat(400)])) },
    ],
    ['the number of details', { details: Object.fromEntries(Array.from({ length: 33 }, (_, k) => [`k${k}`, ''])) }],
    ['the key of a detail', { details: { 'not a word': '' } }],
  ])('with %s out of bounds is a bug of the caller: it throws, tells no value and writes nothing', (_, excess) => {
    const log = openTestLog({ file, vault })
    expect(() => log.append({ ...started, ...excess })).toThrow(RangeError)
    expect(() => log.append({ ...started, ...excess })).not.toThrow(/xxx|111|"""/)
    expect(log.head().seq).toBe(0)
  })

  it('at every bound is written', async () => {
    const log = openTestLog({ file, vault })
    const appended = log.append({
      ...registering,
      actor: 'Ж'.repeat(64),
      outcome: 'x'.repeat(64),
      iin: '1'.repeat(64),
      personName: 'Ұ'.repeat(200),
      note: '😀'.repeat(250),
      details: Object.fromEntries(Array.from({ length: 16 }, (_, key) => [`k${key}`, 'Ж'.repeat(500)])),
    })
    expect(appended).toEqual({ ok: true, value: 1 })
    expect(await log.verify()).toMatchObject({ state: 'intact', rows: 1 })
  })
})

describe('the chain', () => {
  const anyEntry: fc.Arbitrary<AuditEntry> = fc.record(
    {
      // Starts and heads are bound to the rows before them; the log writes them itself.
      event: fc.constantFrom(...auditEvents.filter((event) => !['audit.epoch', 'audit.head-signed'].includes(event))),
      // Any UTF-16 whatever: half surrogates, zero characters, byte order marks.
      actor: fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.slice(0, 64)),
      role: fc.constantFrom('operator', 'supervisor', 'system'),
      requestId: fc.constantFrom('request-1', 'request-2', 'request-3'),
      operation: fc.constantFrom('RegisterUser', 'CheckRegistration'),
      outcome: fc.string({ maxLength: 64 }),
      sentSha256: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      receivedSha256: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      iin: fc.integer({ min: 0, max: 9999 }).map(madeUpIin),
      personName: fc.string({ unit: 'grapheme', maxLength: 20 }),
      note: fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units.slice(0, 500))),
      details: fc.dictionary(
        fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,9}$/),
        fc.string({ unit: 'binary', maxLength: 20 }),
      ),
    },
    { requiredKeys: ['event', 'actor'] },
  )

  it('of any entries holds, counts from 1 without a gap, and lists the requests that the rows leave open', async () => {
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { maxLength: 12 }), async (entries) => {
        const path = `${file}-${round++}`
        const log = openTestLog({ file: path, vault })
        expect(appendAll(log, entries)).toEqual(entries.map((_, index) => index + 1))
        const verdict = { state: 'intact', rows: entries.length, head: log.head(), findings: [] }
        expect(await verifyAuditFile({ file: path })).toMatchObject({ ok: true, value: { verdict } })
        const left = ['request-1', 'request-2', 'request-3'].flatMap((requestId) => {
          const states = entries
            .filter((entry) => entry.requestId === requestId && entry.operation === 'RegisterUser')
            .flatMap(({ event }) => requestStateAfter(event) ?? [])
          const state = states.at(-1)
          return state !== undefined && isOpenState(state) ? [`${requestId} ${state}`] : []
        })
        const listed = log.openRequests().map(({ requestId, state }) => `${requestId} ${state}`)
        expect(listed.sort()).toEqual(left)
        log.close()
        expect(await verifyAuditFile({ file: path })).toMatchObject({ ok: true, value: { verdict } })
      }),
      { numRuns: 60 },
    )
  })

  it('goes on where it ended when the log is opened again', async () => {
    const before = openTestLog({ file, vault })
    appendAll(before, [started, started])
    const head = before.head()
    before.close()
    const after = openTestLog({ file, vault })
    expect(after.head()).toEqual(head)
    expect(appendAll(after, [started])).toEqual([3])
    expect(await after.verify()).toMatchObject({ state: 'intact', rows: 3 })
  })

  it('is one chain when two connections take turns', async () => {
    const [one, other] = [openTestLog({ file, vault }), openTestLog({ file, vault, workstation: 'TEST-02' })]
    const personal = { ...registering, iin: madeUpIin(1) }
    expect([one, other, one, other, other].flatMap((log) => appendAll(log, [personal]))).toEqual([1, 2, 3, 4, 5])
    expect(one.head()).toEqual(other.head())
    expect(one.list({ limit: 9 }).map(({ iinMasked }) => iinMasked)).toEqual(Array(5).fill('910101******'))
    expect(await one.verify()).toMatchObject({ state: 'intact', rows: 5 })
  })

  it('is judged as it stood when the walk began, while rows are appended', async () => {
    const log = openTestLog({ file, vault })
    appendAll(log, Array(2000).fill(started))
    let appended = 0
    const timer = setInterval(() => {
      appendAll(log, [registering])
      appended++
    })
    const verdict = await log.verify()
    clearInterval(timer)
    expect(appended).toBeGreaterThan(2)
    expect(verdict.state).toBe('intact')
    expect(verdict.rows).toBeGreaterThanOrEqual(2000)
    expect(verdict.rows).toBeLessThan(2000 + appended)
    expect(await log.verify()).toMatchObject({ state: 'intact', rows: 2000 + appended })
  })
})

describe('the list', () => {
  it('gives pages newest first, from any row back, to the first row and no further', () => {
    const log = openTestLog({ file, vault })
    appendAll(log, Array(7).fill(started))
    const page = (beforeSeq?: number) =>
      log.list({ limit: 3, ...(beforeSeq !== undefined && { beforeSeq }) }).map(({ seq }) => seq)
    expect([page(), page(5), page(2), page(1)]).toEqual([[7, 6, 5], [4, 3, 2], [1], []])
  })

  it.each([0, -1, 1.5, 1001])('has no page of %s rows', (limit) => {
    expect(() => openTestLog({ file, vault }).list({ limit })).toThrow(RangeError)
  })

  it('still shows a row whose details were made unreadable', () => {
    const log = openTestLog({ file, vault })
    log.append({ ...started, details: { a: '1' } })
    tamper(file, (db) => db.exec("UPDATE audit_row SET details = '{'"))
    expect(log.list({ limit: 1 })).toMatchObject([{ seq: 1, event: 'app.started' }])
  })
})

describe('open requests', () => {
  it('show when and by whom the last row was written, and the ИИН that an earlier row gave', () => {
    const clock = clockAt('2026-03-01T08:00:00.000Z')
    const log = openTestLog({ file, vault, clock })
    log.append({ ...registering, event: 'request.prepared', iin: madeUpIin(1) })
    clock.set('2026-03-01T08:00:05.000Z')
    log.append({ ...registering, actor: 'operator-2' })
    expect(log.openRequests()).toEqual([
      {
        requestId: 'request-1',
        state: 'sending',
        at: '2026-03-01T08:00:05.000Z',
        actor: 'operator-2',
        iinMasked: '910101******',
      },
    ])
  })

  it('end with the last step of the request, and only of that request', () => {
    const log = openTestLog({ file, vault })
    appendAll(log, [registering, { ...registering, requestId: 'request-2' }])
    appendAll(log, [{ ...registering, event: 'envelope.printed' }])
    expect(log.openRequests().map(({ requestId, state }) => [requestId, state])).toEqual([
      ['request-2', 'sending'],
      ['request-1', 'printed'],
    ])
    appendAll(log, [{ ...registering, event: 'envelope.handed' }])
    expect(log.openRequests().map(({ requestId }) => requestId)).toEqual(['request-2'])
  })

  it('are never checks, which change nothing at the portal', () => {
    const log = openTestLog({ file, vault })
    appendAll(log, [{ ...registering, operation: 'CheckRegistration' }])
    expect(log.openRequests()).toEqual([])
  })
})

describe('personal data', () => {
  const personal = { ...registering, iin: madeUpIin(1), personName: madeUpName }

  it('are nowhere on the disk in the clear', () => {
    const log = openTestLog({ file, vault })
    appendAll(log, [personal, { ...started, actor: 'findable-word' }])
    const folder = join(file, '..')
    const everything = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
    const inUse = everything()
    log.close()
    for (const bytes of [inUse, everything()]) {
      expect(bytes.includes('findable-word')).toBe(true)
      for (const secret of [madeUpIin(1), madeUpName, madeUpName.slice(0, 6)])
        expect(bytes.includes(secret)).toBe(false)
    }
  })

  it('have the same lookup value within a month and another one in the next', () => {
    const clock = clockAt('2026-03-31T23:59:59.999Z')
    const log = openTestLog({ file, vault, clock })
    appendAll(log, [personal, personal])
    clock.set('2026-04-01T00:00:00.000Z')
    appendAll(log, [personal])
    const db = new Database(file, { readonly: true })
    const rows = db
      .prepare<[], { key_month: string; iin_lookup: Buffer }>(
        'SELECT key_month, iin_lookup FROM audit_row ORDER BY seq',
      )
      .all()
    db.close()
    expect(rows.map(({ key_month }) => key_month)).toEqual(['2026-03', '2026-03', '2026-04'])
    const [first, second, third] = rows.map(({ iin_lookup }) => iin_lookup.toString('hex'))
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

  it('of a month whose keys were destroyed are gone, while the rows stay, and the chain holds', async () => {
    const clock = clockAt('2026-03-01T00:00:00.000Z')
    const before = openTestLog({ file, vault, clock })
    appendAll(before, [personal])
    clock.set('2026-04-01T00:00:00.000Z')
    appendAll(before, [{ ...personal, requestId: 'request-2' }])
    before.close()
    tamper(file, (db) => db.exec("DELETE FROM audit_month_key WHERE month = '2026-03'"))
    const log = openTestLog({ file, vault, clock })
    expect(log.list({ limit: 2 }).map(({ iinMasked }) => iinMasked)).toEqual(['910101******', undefined])
    expect(log.openRequests().map(({ iinMasked }) => iinMasked)).toEqual([undefined, '910101******'])
    expect(await log.verify()).toMatchObject({ state: 'intact', rows: 2 })
  })

  it('can be read after keys were made in a transaction that failed', () => {
    const clock = clockAt('2026-03-01T00:00:00.000Z')
    const log = openTestLog({ file, vault, clock })
    const db = new Database(file)
    db.exec("CREATE TRIGGER refuse BEFORE INSERT ON audit_row BEGIN SELECT RAISE(ABORT, 'no'); END")
    expect(log.append(personal)).toEqual({
      ok: false,
      failure: { code: 'audit.write-failed', detail: 'SQLITE_CONSTRAINT_TRIGGER' },
    })
    db.exec('DROP TRIGGER refuse')
    db.close()
    log.append(personal)
    log.close()
    expect(openTestLog({ file, vault }).list({ limit: 1 })).toMatchObject([{ iinMasked: '910101******' }])
  })
})

describe('writing fails with a code and no exception', () => {
  it('when the log is closed, also a second time', () => {
    const log = openTestLog({ file, vault })
    log.close()
    log.close()
    expect(log.append(started)).toEqual({ ok: false, failure: { code: 'audit.write-failed', detail: 'closed' } })
  })

  it('when another process holds the file, and works again when it lets go', () => {
    const log = openTestLog({ file, vault })
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    expect(log.append(started)).toEqual({ ok: false, failure: { code: 'audit.write-failed', detail: 'SQLITE_BUSY' } })
    other.exec('ROLLBACK')
    other.close()
    expect(log.append(started)).toEqual({ ok: true, value: 1 })
  })

  it('when personal data cannot be encrypted because the vault is closed', () => {
    const log = openTestLog({ file, vault })
    vault.close()
    expect(log.append({ ...registering, iin: madeUpIin(1) })).toMatchObject({
      ok: false,
      failure: { code: 'audit.write-failed' },
    })
    expect(log.append(started)).toEqual({ ok: true, value: 1 })
  })

  it('when the table is gone', () => {
    const log = openTestLog({ file, vault })
    const db = new Database(file)
    db.exec('ALTER TABLE audit_row RENAME TO hidden')
    db.close()
    expect(log.append(started)).toEqual({ ok: false, failure: { code: 'audit.write-failed', detail: 'SQLITE_ERROR' } })
  })
})

describe('plain SQL', () => {
  const guarded: [string, string, string][] = [
    ['changes a row', 'UPDATE audit_row SET note = NULL', 'a row is never changed'],
    ['deletes a row', 'DELETE FROM audit_row WHERE seq = 2', 'a row is never deleted'],
    [
      'replaces a row',
      'INSERT OR REPLACE INTO audit_row SELECT * FROM audit_row WHERE seq = 1',
      'at the end of the chain',
    ],
    [
      'adds a row out of turn',
      `INSERT INTO audit_row SELECT seq + 5, ${rest('hash')} FROM audit_row LIMIT 1`,
      'at the end',
    ],
    [
      'adds a row without a number',
      `INSERT INTO audit_row SELECT NULL, ${rest('hash')} FROM audit_row LIMIT 1`,
      'at the end',
    ],
    [
      'adds an unlinked row',
      `INSERT INTO audit_row SELECT seq + 2, ${rest('randomblob(32)')} FROM audit_row LIMIT 1`,
      'at the end',
    ],
    ['changes the identity', 'UPDATE audit_log SET log_id = randomblob(16)', 'identity of the log never changes'],
    ['deletes the identity', 'DELETE FROM audit_log', 'identity of the log is never deleted'],
    ['replaces the identity', 'INSERT OR REPLACE INTO audit_log VALUES (1, randomblob(16))', 'one identity'],
  ]
  it.each(guarded)('that %s is refused with a clear message', (_, sql, message) => {
    appendAll(openTestLog({ file, vault }), [started, started])
    for (const recursive of ['ON', 'OFF']) {
      const db = new Database(file)
      db.pragma(`recursive_triggers = ${recursive}`)
      expect(() => db.exec(sql)).toThrow(message)
      db.close()
    }
  })

  function rest(prevHash: string): string {
    return `at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256,
      key_month, iin_cipher, iin_lookup, person_cipher, note, details, ${prevHash}, hash`
  }
})

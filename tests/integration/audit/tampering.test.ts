import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CarriedHead } from '../../../src/main/adapters/audit-sqlite/heads/head-file.ts'
import { hexOf } from '../../../src/main/adapters/audit-sqlite/hex.ts'
import { openAuditLog } from '../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { rowHash } from '../../../src/main/adapters/audit-sqlite/row-hash.ts'
import type { SqliteAuditLog } from '../../../src/main/adapters/audit-sqlite/sqlite-audit-log.ts'
import { chainedColumns, type StoredRow } from '../../../src/main/adapters/audit-sqlite/stored-row.ts'
import { createTreeStore } from '../../../src/main/adapters/audit-sqlite/tree/tree-store.ts'
import type { HeadTrust } from '../../../src/main/adapters/audit-sqlite/verify/judge-head-signature.ts'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { formatTreeHead, type TreeHead } from '../../../src/shared/domain/audit-head.ts'
import {
  createTestPki,
  issueCertificate,
  signerExtensions,
  type TestCertificate,
} from '../../support/pki-certificate.ts'
import { signMessage } from '../../support/pki-cms.ts'
import {
  appendAll,
  clockAt,
  createTestVault,
  openTestLog,
  tamper,
  temporaryFolder,
} from '../../unit/main/adapters/audit-sqlite/audit-log-fixture.ts'

/** The log's owner, and somebody who owns his disk: what the second does, `audit verify` of the first must find. */
const ROWS = 600
const { root, authority, signer } = createTestPki()
const workstation = issueCertificate({
  subject: 'АРМ',
  issuer: authority,
  extensions: signerExtensions(),
  notBefore: new Date('2026-01-01T00:00:00Z'),
})
/** A key of the same workstation that came months after the rows. */
const newer = issueCertificate({
  subject: 'АРМ',
  issuer: authority,
  extensions: signerExtensions(),
  notBefore: new Date('2026-09-01T00:00:00Z'),
})
const trust: HeadTrust = { anchors: [root.der], intermediates: [authority.der], signers: [] }
const vault = createTestVault()
const START = '2026-03-01T08:00:00.000Z'

let folder: string
let file: string
let clock: ReturnType<typeof clockAt>
let log: SqliteAuditLog

function sign(head: TreeHead, by: TestCertificate = workstation): string {
  const content = Buffer.from(formatTreeHead(head))
  const signed = signMessage({ signer: by, content, certificates: [by], signingTime: new Date(head.at) })
  return signed.toString('base64')
}

function need<T>(result: { ok: true; value: T } | { ok: false; failure: { code: string; detail?: string } }): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail}`)
  return result.value
}

function keepSigned(of: SqliteAuditLog = log): CarriedHead {
  const head = need(of.heads.keep('rows'))
  if (head === undefined) throw new Error('nothing new to keep a head of')
  const cms = sign(head)
  need(of.heads.keepSignature({ head, cms }))
  return { head, cms }
}

const addRows = (to: SqliteAuditLog, count: number) =>
  appendAll(
    to,
    Array.from({ length: count }, (_, index) => ({
      event: index % 2 === 0 ? ('request.prepared' as const) : ('request.failed' as const),
      actor: 'operator',
      requestId: `request-${index >> 1}`,
      operation: 'RegisterUser',
      note: `заметка ${index}`,
    })),
  )

let first: CarriedHead
let last: CarriedHead

/** Made once: a row waits for the disk. */
const template = mkdtempSync(join(tmpdir(), 'arm-tson-tampering-'))
afterAll(() => rmSync(template, { recursive: true, force: true }))

beforeAll(() => {
  const made = openAuditLog({
    file: join(template, 'audit.sqlite'),
    workstation: 'TEST-01',
    vault,
    clock: clockAt(START),
  })
  log = need(made)
  need(log.heads.beginEpoch())
  addRows(log, ROWS / 2)
  first = keepSigned()
  log.close()
  log = need(
    openAuditLog({
      file: join(template, 'audit.sqlite'),
      workstation: 'TEST-01',
      vault,
      clock: clockAt('2026-03-01T09:00:00.000Z'),
    }),
  )
  addRows(log, ROWS / 2)
  last = keepSigned()
  log.close()
})

beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder, 'audit.sqlite')
  copyFileSync(join(template, 'audit.sqlite'), file)
  clock = clockAt('2026-03-01T10:00:00.000Z')
  log = openTestLog({ file, vault, clock })
  addRows(log, 4)
})

const outside = (...heads: CarriedHead[]) => heads.map((head) => ({ ...head, source: 'kept.head' }))

async function judge(options: { heads?: CarriedHead[]; of?: string } = {}) {
  return need(await verifyAuditFile({ file: options.of ?? file, trust, outside: outside(...(options.heads ?? [])) }))
}

async function findings(options: { heads?: CarriedHead[]; of?: string } = {}) {
  const { verdict } = await judge(options)
  return verdict.findings.map(({ seq, finding }) => `${seq} ${finding}`)
}

/** One who knows the chain, the tree and the counts: after an edit everything that follows from rows is made anew. */
function recompute(db: Database.Database, from: number): void {
  const select = db.prepare<[number], StoredRow>('SELECT * FROM audit_row WHERE seq = ?')
  const update = db.prepare<[Uint8Array, Uint8Array, number]>(
    'UPDATE audit_row SET prev_hash = ?, hash = ? WHERE seq = ?',
  )
  let previous = select.get(from - 1)
  for (let row = select.get(from); row !== undefined && previous !== undefined; row = select.get(row.seq + 1)) {
    const linked = { ...row, prev_hash: previous.hash }
    const hash = rowHash(linked)
    update.run(previous.hash, hash, row.seq)
    previous = { ...linked, hash }
  }
  db.exec('DELETE FROM audit_tree_node')
  const tree = createTreeStore(db)
  const rows = db.prepare<[], number>('SELECT max(seq) FROM audit_row').pluck().get() ?? 0
  for (let seq = 1; seq <= rows; seq++) tree.rowAdded(seq)
  db.exec(`DELETE FROM audit_day; INSERT INTO audit_day
      SELECT substr(at, 1, 10), actor, event, coalesce(outcome, ''), count(*), min(seq), max(seq)
      FROM audit_row GROUP BY 1, 2, 3, 4`)
}

const edit = "UPDATE audit_row SET actor = 'somebody' WHERE seq = 100"

describe('an untouched log', () => {
  it('is intact, its signatures prove rows, and so do heads that left the machine', async () => {
    const { verdict, heads } = await judge({ heads: [first, { head: last.head }] })
    expect(verdict).toMatchObject({ state: 'intact', findings: [] })
    expect(heads).toMatchObject({
      kept: 2,
      signed: 2,
      pending: 0,
      provenBySignature: last.head.size,
      provenFromOutside: last.head.size,
      outside: [
        { size: first.head.size, signature: 'valid', verdict: 'proves' },
        { size: last.head.size, signature: 'unsigned', verdict: 'proves' },
      ],
    })
  })

  it('with a head that still waits for its key says so, and raises no alarm', async () => {
    need(log.heads.keep('exit'))
    const { verdict, heads } = await judge()
    expect(verdict.state).toBe('intact')
    expect(heads).toMatchObject({ kept: 3, signed: 2, pending: 1 })
    const [waiting] = log.heads.unsigned()
    if (waiting === undefined) throw new Error('no head waits')
    need(log.heads.keepSignature({ head: waiting, cms: sign(waiting) }))
    expect((await judge()).heads).toMatchObject({ kept: 3, signed: 3, pending: 0 })
  })

  it('goes on over a restart: the new epoch is bound to the rows before', async () => {
    log.close()
    const again = openTestLog({ file, vault, clock })
    expect(need(again.heads.beginEpoch())).toBe(2)
    addRows(again, 3)
    expect(await findings({ heads: [first, last] })).toEqual([])
  })
})

describe('with plain SQLite, triggers dropped', () => {
  it.each([
    ['a row edited', edit, '100 row-edited'],
    ['a row deleted', 'DELETE FROM audit_row WHERE seq = 100', '100 row-deleted'],
    [
      'a row deleted and the rest renumbered',
      'DELETE FROM audit_row WHERE seq = 100; UPDATE audit_row SET seq = -seq WHERE seq > 100; UPDATE audit_row SET seq = -seq - 1 WHERE seq < 0',
      '100 row-deleted',
    ],
    [
      'a row inserted',
      `UPDATE audit_row SET seq = -seq WHERE seq >= 100; UPDATE audit_row SET seq = 1 - seq WHERE seq < 0;
       INSERT INTO audit_row SELECT 100, ${chainedColumns.slice(1).join()}, hash FROM audit_row WHERE seq = 50`,
      '100 row-inserted',
    ],
    [
      'two rows exchanged',
      'UPDATE audit_row SET seq = -1 WHERE seq = 100; UPDATE audit_row SET seq = 100 WHERE seq = 101; UPDATE audit_row SET seq = 101 WHERE seq = -1',
      '100 row-reordered',
    ],
    [
      'a row moved far away',
      `UPDATE audit_row SET seq = -100 WHERE seq = 100; UPDATE audit_row SET seq = seq - 1 WHERE seq BETWEEN 101 AND 200;
       UPDATE audit_row SET seq = 200 WHERE seq = -100`,
      '100 row-reordered',
    ],
    ['the tail cut off', `DELETE FROM audit_row WHERE seq > ${ROWS - 10}`, `${ROWS - 9} tail-cut`],
    [
      'a node of the tree changed',
      'UPDATE audit_tree_node SET hash = randomblob(32) WHERE level = 9',
      '0 tree-differs',
    ],
    ['a signature taken away', 'DELETE FROM audit_head_signature WHERE size < 400', '301 head-signature-missing'],
  ])('%s', async (_, sql, expected) => {
    tamper(file, (db) => db.exec(sql))
    expect((await findings())[0]).toBe(expected)
  })

  it('a head with a forged signature, kept here or brought along', async () => {
    const other = sign({ ...first.head, size: 7 })
    tamper(file, (db) =>
      db.prepare('UPDATE audit_head_signature SET cms = ? WHERE size = ?').run(other, first.head.size),
    )
    expect(await findings()).toEqual([`${first.head.size} head-forged`])
    const moved = { head: { ...last.head, size: 10 }, cms: last.cms ?? '' }
    expect(await findings({ heads: [moved] })).toContain('10 head-forged')
  })

  it('a head signed by a stranger', async () => {
    const stranger = issueCertificate({ subject: 'Someone', extensions: signerExtensions() })
    expect(await findings({ heads: [{ head: last.head, cms: sign(last.head, stranger) }] })).toEqual([
      `${last.head.size} head-signer-untrusted`,
    ])
    const expected = { ...trust, signers: ['00'.repeat(32)] }
    const verdict = need(await verifyAuditFile({ file, trust: expected, outside: outside(last) })).verdict
    expect(verdict.findings.map(({ finding }) => finding)).toContain('head-signer-untrusted')
    expect(signer).toBeDefined()
  })

  it('the whole database replaced by an older copy: a head from elsewhere is ahead of it', async () => {
    const older = join(folder, 'older.sqlite')
    log.close()
    copyFileSync(file, older)
    log = openTestLog({ file, vault, clock })
    addRows(log, 20)
    const ahead = keepSigned()
    expect(await findings({ of: older })).toEqual([])
    expect(await findings({ of: older, heads: [ahead] })).toEqual([`${ahead.head.size} older-copy`])
  })

  it('the whole database replaced by a new one', async () => {
    const other = join(folder, 'other.sqlite')
    const another = openTestLog({ file: other, vault, clock })
    need(another.heads.beginEpoch())
    addRows(another, 5)
    expect(await findings({ of: other, heads: [last] })).toEqual([`${last.head.size} other-log`])
  })

  it('a second history: a copy that went its own way', async () => {
    log.close()
    const copy = join(folder, 'copy.sqlite')
    copyFileSync(file, copy)
    const here = openTestLog({ file, vault, clock })
    const there = openTestLog({ file: copy, vault, clock })
    need(here.heads.beginEpoch())
    need(there.heads.beginEpoch())
    appendAll(here, [{ event: 'app.started', actor: 'here' }])
    appendAll(there, [{ event: 'app.started', actor: 'there' }])
    const [ofHere, ofThere] = [keepSigned(here), keepSigned(there)]
    expect(await findings({ heads: [ofHere, last] })).toEqual([])
    expect(await findings({ heads: [ofThere, last] })).toEqual([`${ofThere.head.size} second-history`])
    expect(await findings({ of: copy, heads: [ofHere] })).toEqual([`${ofHere.head.size} second-history`])
  })

  it('the clock moved back: the log holds, and the row is named', async () => {
    clock.set('2026-02-01T00:00:00.000Z')
    addRows(log, 2)
    const { verdict } = await judge({ heads: [last] })
    expect(verdict.state).toBe('intact')
    expect(verdict.findings).toEqual([
      { seq: verdict.rows - 1, finding: 'clock-back', detail: '2026-03-01T10:00:00.000Z' },
    ])
    clock.set('2026-03-01T11:00:00.000Z')
    addRows(log, 1)
    clock.set('2026-03-01T10:59:58.000Z')
    addRows(log, 1)
    expect((await judge()).verdict.findings).toHaveLength(1)
  })
})

describe('by one who computes the chain and the tree anew', () => {
  it('without touching heads: the kept heads are of other rows', async () => {
    tamper(file, (db) => {
      db.exec(edit)
      recompute(db, 100)
    })
    expect(await findings()).toEqual([`${last.head.size} rows-resealed`, `${first.head.size} rows-resealed`])
    expect(await findings({ heads: [first] })).toContain(`${first.head.size} second-history`)
  })

  it('with the roots of the heads: their signatures are no longer over them', async () => {
    tamper(file, (db) => {
      db.exec(edit)
      recompute(db, 100)
      rewriteRoots(db)
    })
    expect(await findings()).toEqual([`${last.head.size} head-forged`, `${first.head.size} head-forged`])
  })

  it('with heads signed anew by a key that came later: the key is newer than the head', async () => {
    tamper(file, (db) => {
      db.exec(edit)
      recompute(db, 100)
      rewriteRoots(db, newer)
    })
    expect(await findings()).toEqual([
      `${last.head.size} resealed-with-newer-key`,
      `${first.head.size} resealed-with-newer-key`,
    ])
  })

  it('with heads of a time after that key: a head is later than the row after it', async () => {
    tamper(file, (db) => {
      db.exec(edit)
      recompute(db, 100)
      db.exec("UPDATE audit_head SET at = '2026-10-01T00:00:00.000Z'")
      rewriteRoots(db, newer)
    })
    expect(await findings()).toContain(`${first.head.size} rows-resealed`)
  })

  it('with the very key of the workstation: only a head that left the machine tells', async () => {
    tamper(file, (db) => {
      db.exec(edit)
      recompute(db, 100)
      rewriteRoots(db, workstation)
    })
    expect(await findings()).toEqual([])
    expect(await findings({ heads: [{ head: first.head }] })).toEqual([`${first.head.size} second-history`])
  })

  it('who forgets the start of an epoch is told of it', async () => {
    need(log.heads.beginEpoch())
    addRows(log, 2)
    tamper(file, (db) => {
      db.exec(edit)
      recompute(db, 100)
      db.exec('DELETE FROM audit_head_signature; DELETE FROM audit_head')
    })
    expect((await findings())[0]).toMatch(/ epoch-wrong$/)
  })

  function rewriteRoots(db: Database.Database, by?: TestCertificate): void {
    const tree = createTreeStore(db)
    const logId = hexOf(db.prepare<[], Buffer>('SELECT log_id FROM audit_log').pluck().get() ?? Buffer.alloc(0))
    const heads = db
      .prepare<[], { size: number; epoch: number; at: string; workstation: string }>('SELECT * FROM audit_head')
      .all()
    for (const { size, epoch, at, workstation: name } of heads) {
      const rootNow = tree.rootOf(size)
      db.prepare('UPDATE audit_head SET root = ? WHERE size = ?').run(rootNow, size)
      if (by === undefined) continue
      const cms = sign({ logId, workstation: name, epoch, size, root: hexOf(rootNow), at }, by)
      db.prepare('UPDATE audit_head_signature SET cms = ? WHERE size = ?').run(cms, size)
    }
  }
})

describe('signing a head', () => {
  it('refuses a signature of another head and one by a key that came after it', () => {
    need(log.heads.keep('time'))
    const [head] = log.heads.unsigned()
    if (head === undefined) throw new Error('no head waits')
    const refusals = [sign(last.head), sign(head, newer), 'AAAA']
    expect(
      refusals.map((cms) => log.heads.keepSignature({ head, cms })).map((kept) => !kept.ok && kept.failure.code),
    ).toEqual(['sign.failed', 'sign.certificate-not-yet-valid', 'sign.failed'])
    expect(log.heads.unsigned()).toEqual([head])
  })

  it('keeps no head where nothing but signatures came since the last one', () => {
    keepSigned()
    expect(log.heads.keep('time')).toEqual({ ok: true, value: undefined })
  })
})

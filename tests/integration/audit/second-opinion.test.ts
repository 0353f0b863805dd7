import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { AuditEntry } from '../../../src/shared/domain/audit-event.ts'
import {
  appendAll,
  createTestVault,
  madeUpIin,
  madeUpName,
  openTestLog,
  tamper,
  temporaryFolder,
} from '../../unit/main/adapters/audit-sqlite/audit-log-fixture.ts'

const script = join(import.meta.dirname, 'second_opinion.py')
const noPython = spawnSync('python3', ['--version']).status !== 0
const judge = (file: string): unknown => JSON.parse(execFileSync('python3', [script, file], { encoding: 'utf8' }))

const entries: AuditEntry[] = [
  { event: 'app.started', actor: '' },
  {
    event: 'request.sending',
    actor: 'Айгүл',
    role: 'operator',
    requestId: 'request-1',
    operation: 'RegisterUser',
    outcome: 'x'.repeat(64),
    sentSha256: new Uint8Array(32).fill(255),
    receivedSha256: new Uint8Array(32),
    iin: madeUpIin(1),
    personName: madeUpName,
    note: 'Ұ \ufeff \u0000 \ufffd \ud800 😀 "кавычки"',
    details: { b: '\\', a: '\u0001' },
  },
  ...Array<AuditEntry>(300).fill({ event: 'request.failed', actor: 'operator', note: '', details: {} }),
]

it.skipIf(noPython)(
  'a second implementation, in Python, agrees on every hash of a log and on the root of its tree (needs python3)',
  async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'audit.sqlite')
    const log = openTestLog({ file, vault: createTestVault() })
    expect(judge(file)).toEqual({ rows: 0, head: log.head().hash, firstBroken: null, roots: {} })
    appendAll(log, entries)
    const kept = log.heads.keep('rows')
    if (!kept.ok || kept.value === undefined) throw new Error('no head was kept')
    const roots = { [kept.value.size]: kept.value.root }
    expect(judge(file)).toEqual({ rows: entries.length, head: log.head().hash, firstBroken: null, roots })
  },
)

it.skipIf(noPython)('both implementations name the same first broken row (needs python3)', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'audit.sqlite')
  const log = openTestLog({ file, vault: createTestVault() })
  appendAll(log, entries)
  tamper(file, (db) => db.exec("UPDATE audit_row SET outcome = 'ok' WHERE seq = 200"))
  expect(await log.verify()).toMatchObject({ rows: 199, firstBroken: { seq: 200 } })
  expect(judge(file)).toMatchObject({ rows: 199, firstBroken: 200 })
})

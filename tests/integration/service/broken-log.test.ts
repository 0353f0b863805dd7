import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHeadsOfFile } from '../../../src/main/adapters/audit-sqlite/heads/read-heads-of-file.ts'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import type { User } from '../../../src/shared/domain/session.ts'
import { listPeople, type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { answerOf, runArm } from '../../support/run-arm.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import {
  issueInput,
  openTrainingWorkstation,
  operator,
  type TestWorkstation,
} from '../../support/training-workstation.ts'

const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
const dataDir = path.join(temp.path, 'data')
const file = path.join(dataDir, 'audit.sqlite')
const supervisor: User = { login: 'supervisor', name: 'Супервизор', role: 'supervisor' }
let stand: Stand

beforeAll(async () => {
  stand = await startStand({ dataDir: standData })
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

/** As the window does at its start: verification in the background, whose verdict the workstation waits for here. */
async function openAndVerify(): Promise<TestWorkstation['workstation']> {
  const { workstation } = await openTrainingWorkstation({ stand, dataDir })
  workstation.watch.start()
  await expect.poll(() => workstation.watch.current().journal.state, { timeout: 30_000 }).not.toBe('unverified')
  return workstation
}

function tamper(statement: string): void {
  const db = new Database(file)
  const triggers = db.prepare<[], { name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
  )
  const before = triggers.all()
  for (const { name } of before) db.exec(`DROP TRIGGER ${name}`)
  db.exec(statement)
  for (const { sql } of before) db.exec(sql)
  db.close()
}

test('a log found broken stops the service before any effect, until a supervisor answers for going on', async () => {
  const { iin = '' } =
    (await listPeople({ dataDir: standData })).find(({ expect: { outcome } }) => outcome === 'issued') ?? {}
  const before = await openAndVerify()
  const check = (at: typeof before) => at.checkRegistration({ iin, confirmWarnings: false, operator })
  expect(await check(before)).toMatchObject({ ok: true })
  expect(before.guardLog.acknowledge({ by: supervisor, reason: 'нет нарушения' })).toMatchObject({
    failure: { code: 'audit.nothing-to-acknowledge' },
  })
  await before.close()

  tamper("UPDATE audit_row SET actor = 'somebody' WHERE seq = 2")
  const stopped = await openAndVerify()
  expect(stopped.watch.current().journal).toMatchObject({
    state: 'broken',
    found: { seq: 2, finding: 'row-edited', acknowledged: false },
  })
  const refusal = { code: 'audit.found-broken', detail: 'row-edited, 2' }
  expect(await check(stopped)).toMatchObject({ ok: false, failure: refusal })
  expect(await stopped.issueCredentials(issueInput(iin))).toMatchObject({
    ok: true,
    value: { outcome: 'failed', failure: refusal },
  })
  const rows = stopped.audit.list({ limit: 20 }).filter(({ requestId }) => requestId !== undefined)
  // Each attempt is there with its end, and nothing of it was signed or sent.
  expect(rows.slice(0, 4).map(({ event, outcome }) => [event, outcome])).toEqual([
    ['request.failed', 'audit.found-broken'],
    ['request.prepared', undefined],
    ['request.failed', 'audit.found-broken'],
    ['request.prepared', undefined],
  ])

  expect(stopped.guardLog.acknowledge({ by: supervisor, reason: 'Администратор извещён' })).toEqual({
    ok: true,
    value: undefined,
  })
  expect(stopped.audit.list({ limit: 1 })[0]).toMatchObject({
    event: 'audit.break-acknowledged',
    actor: 'supervisor',
    note: 'Администратор извещён',
    outcome: 'row-edited',
  })
  expect(await check(stopped)).toMatchObject({ ok: true })
  await stopped.close()

  const after = await openAndVerify()
  expect(after.watch.current().journal).toMatchObject({ state: 'broken', found: { acknowledged: true } })
  expect(await check(after)).toMatchObject({ ok: true })
  await after.close()

  // Another break asks again.
  tamper("UPDATE audit_row SET actor = 'somebody' WHERE seq = 1")
  const again = await openAndVerify()
  expect(await check(again)).toMatchObject({ ok: false, failure: { code: 'audit.found-broken' } })
  await again.close()
}, 120_000)

test('the head of the exit is signed while the key is open, and waits where it is locked', async () => {
  const folder = path.join(temp.path, 'exit')
  const newest = async () => {
    const heads = await readHeadsOfFile({ file: path.join(folder, 'audit.sqlite'), limit: 1 })
    return heads.ok ? heads.value[0] : heads.failure
  }
  const open = await openTrainingWorkstation({ stand, dataDir: folder })
  await open.workstation.close()
  expect(await newest()).toMatchObject({ reason: 'exit', cms: expect.any(String) })
  const locked = await openTrainingWorkstation({ stand, dataDir: folder })
  locked.ports.signer.lock()
  await locked.workstation.close()
  expect(await newest()).toMatchObject({ reason: 'exit' })
  expect(await newest()).not.toHaveProperty('cms')
  expect(await verifyAuditFile({ file: path.join(folder, 'audit.sqlite') })).toMatchObject({
    value: { verdict: { state: 'intact' }, heads: { pending: 1 } },
  })
}, 60_000)

/** A day of a workstation whose folder is somebody's who would rather that a part of it had not been. */
const putBack = path.join(temp.path, 'put-back')
const putBackLog = path.join(putBack, 'audit.sqlite')
async function work(checks: number): Promise<void> {
  const { iin = '' } = (await listPeople({ dataDir: standData }))[0] ?? {}
  const profile = { form: 'cms', algorithm: 'rsa', transport: 'none', timestamp: false } as const
  const { workstation } = await openTrainingWorkstation({ stand, dataDir: putBack, profile })
  for (let check = 0; check < checks; check++)
    expect(await workstation.checkRegistration({ iin, confirmWarnings: false, operator })).toMatchObject({ ok: true })
  await workstation.close()
}

test('a log put back to an older copy and gone on with is told by the witness, and proven by its heads', async () => {
  await work(1)
  const copy = path.join(temp.path, 'copy.sqlite')
  copyFileSync(putBackLog, copy)
  await work(2)
  for (const rest of ['', '-wal', '-shm']) rmSync(`${putBackLog}${rest}`, { force: true })
  copyFileSync(copy, putBackLog)
  await work(3)

  const heads = await readHeadsOfFile({ file: putBackLog, limit: 1 })
  const logId = heads.ok ? heads.value[0]?.head.logId : undefined
  const told = readFileSync(path.join(standData, 'portal.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; finding?: string; log?: string })
    .filter(({ event, log }) => event === 'log-contradicts' && log === logId)
  expect(told.map(({ finding }) => finding)).toContain('older-copy')

  // In itself it is sound: nothing on this machine knows better.
  expect(await verifyAuditFile({ file: putBackLog })).toMatchObject({ value: { verdict: { state: 'intact' } } })
  const witnessed = path.join(standData, 'witness', `${logId}.txt`)
  const run = await runArm(['audit', 'verify', '--db', putBackLog, '--head', witnessed, '--json'])
  expect(run.code).toBe(4)
  const judged = answerOf(run) as { state: string; heads: { outside: { verdict: string; source: string }[] } }
  expect(judged.heads.outside.map(({ verdict }) => verdict)).toEqual([
    'proves',
    'second-history',
    'second-history',
    'proves',
    'proves',
    'proves',
  ])
  expect(judged).toMatchObject({
    state: 'broken',
    findings: [{ finding: 'second-history' }, { finding: 'second-history' }],
  })
}, 120_000)

const noJudges = [
  ['python3', '--version'],
  ['openssl', 'version'],
].some(([program = '', argument = '']) => spawnSync(program, [argument]).status !== 0)
test.skipIf(noJudges)(
  'an export with proofs is judged by others from the file alone, the signature of its head too (needs python3, openssl)',
  async () => {
    const out = path.join(temp.path, 'signed.jsonl')
    const run = await runArm(['audit', 'export', '--db', putBackLog, '--format', 'jsonl', '--out', out, '--json'])
    expect(run.code).toBe(0)
    const certificates = [path.join(stand.trustDir, 'root.pem'), path.join(stand.intermediatesDir, 'issuing.pem')]
    const script = path.resolve(import.meta.dirname, '..', 'audit', 'judge_signed_export.py')
    const judge = (text: string): Record<string, unknown> => {
      writeFileSync(out, text)
      return JSON.parse(execFileSync('python3', [script, out, ...certificates], { encoding: 'utf8' }))
    }
    const text = readFileSync(out, 'utf8')
    const rows = text.trim().split('\n').length - 1
    const found = judge(text)
    expect(found).toMatchObject({ rows, hashes: true, chain: true, signature: true, sameLog: true, root: true })
    expect(found['covered']).toBeGreaterThan(rows / 2)
    expect(found['paths']).toBe(found['covered'])
    expect(text).toContain('"eventText":"Запрос подготовлен"')

    expect(judge(text.replace('"actor":"operator"', '"actor":"somebody"'))).toMatchObject({ hashes: false })
    const [first = '', second = '', ...others] = text.split('\n')
    expect(judge([first, ...others].join('\n'))).toMatchObject({ chain: false, root: false })
    const { cms } = (JSON.parse(first) as { signedHead: { cms: string } }).signedHead
    const flipped = Buffer.from(cms, 'base64')
    flipped.writeUInt8(flipped.readUInt8(flipped.length - 9) ^ 1, flipped.length - 9)
    const forged = first.replace(cms, flipped.toString('base64'))
    expect(judge([forged, second, ...others].join('\n'))).toMatchObject({ signature: false, root: false, paths: 0 })
  },
  60_000,
)

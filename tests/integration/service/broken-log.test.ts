import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHeadsOfFile } from '../../../src/main/adapters/audit-sqlite/heads/read-heads-of-file.ts'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import type { User } from '../../../src/shared/domain/session.ts'
import { listPeople, type Stand, startStand } from '../../../src/stand/start-stand.ts'
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

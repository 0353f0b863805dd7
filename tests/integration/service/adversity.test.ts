import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import type { WorkstationPorts } from '../../../src/main/compose.ts'
import { composeTraining } from '../../../src/main/compose-training.ts'
import { auditFile } from '../../../src/main/settings/data-folder.ts'
import type { SettingsDocument } from '../../../src/main/settings/load-settings.ts'
import { failureTexts } from '../../../src/shared/contract/failure-texts.ts'
import { listPeople, type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { timesIssued } from '../../support/issued-passwords.ts'
import { answerOf, firstOf, runArm } from '../../support/run-arm.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { createTlsKeys } from '../../support/tls-keys.ts'
import {
  issueInput,
  openTrainingWorkstation,
  operator,
  type TestWorkstation,
} from '../../support/training-workstation.ts'

/** What the surroundings do to a service, through the whole of it: one password at most, nothing lost, nothing said wrongly. */
const LONG = process.env['ARM_TEST_LONG'] === '1'
const temp = makeTempDir()
const root = path.resolve(import.meta.dirname, '..', '..', '..')
const standData = path.join(temp.path, 'stand')
const keys = createTlsKeys()
let stand: Stand
let folders = 0

beforeAll(async () => {
  stand = await startStand({ dataDir: standData })
})
afterAll(async () => {
  await stand.close()
  keys.remove()
  temp.remove()
})

interface Counter extends TestWorkstation {
  readonly dataDir: string
}

async function openCounter(
  options: {
    readonly wrap?: (ports: WorkstationPorts) => WorkstationPorts
    readonly gateway?: Partial<SettingsDocument['gateway']>
  } = {},
): Promise<Counter> {
  const dataDir = path.join(temp.path, `data-${folders++}`)
  const opened = await openTrainingWorkstation({
    stand,
    dataDir,
    profile: { form: 'cms', algorithm: 'rsa', transport: 'none', timestamp: false },
    change: (document) => ({ ...document, gateway: { ...document.gateway, ...options.gateway } }),
    ...(options.wrap && { wrap: options.wrap }),
  })
  return { ...opened, dataDir }
}

async function freshCitizen(): Promise<string> {
  const people = await listPeople({ dataDir: standData })
  return people.find((person) => person.expect.outcome === 'issued')?.iin ?? ''
}

const ask = (counter: Counter, requestId: string) =>
  counter.workstation.resolveRequest.resolve({ requestId, operator, onStep: () => undefined })

async function closeWhole(counter: Counter): Promise<void> {
  await counter.workstation.close()
  expect(await verifyAuditFile({ file: auditFile(counter.dataDir) })).toMatchObject({
    value: { verdict: { state: 'intact' } },
  })
}

const jumps: readonly [name: string, minutes: number][] = [
  ['an hour forward', 60],
  ['an hour back', -60],
  ['ten years forward', 10 * 365 * 24 * 60],
]

test.each(LONG ? jumps : jumps.slice(0, 1))(
  'the clock jumps %s while the reply is on its way: refused as stale, and finished once the clock is right',
  async (_name, minutes) => {
    let offset = 0
    let jumping = true
    const counter = await openCounter({
      wrap: (ports) => ({
        ...ports,
        clock: { ...ports.clock, now: () => new Date(ports.clock.now().getTime() + offset) },
        gateway: {
          ...ports.gateway,
          async send(message) {
            const answer = await ports.gateway.send(message)
            if (jumping) offset = minutes * 60_000
            return answer
          },
        },
      }),
    })
    const iin = await freshCitizen()
    const issued = await counter.workstation.issueCredentials(issueInput(iin))
    if (!issued.ok || issued.value.outcome !== 'unknown') throw new Error(JSON.stringify(issued))
    const { requestId, failure } = issued.value
    // Either the reply's own time is refused, or its certificate's.
    expect(failure.code).toMatch(/^reply\.(stale|certificate-validity|certificate-status-unknown)$/)
    expect(timesIssued(standData, iin)).toBe(1)
    expect(await ask(counter, requestId)).toMatchObject({ value: { outcome: 'unknown' } })

    jumping = false
    offset = 0
    expect(await ask(counter, requestId)).toMatchObject({ value: { outcome: 'issued', paper: 'none' } })
    expect(await counter.workstation.printEnvelope.print({ requestId, operator })).toMatchObject({ ok: true })
    expect(counter.workstation.printEnvelope.confirm({ requestId, handed: true, operator })).toMatchObject({ ok: true })
    expect(timesIssued(standData, iin)).toBe(1)
    expect(counter.workstation.recovery.list()).toEqual([])
    await closeWhole(counter)
  },
)

/** Another program that holds the log's write lock until it is killed. */
async function lockLog(counter: Counter): Promise<ChildProcessWithoutNullStreams> {
  const script = `
    import Database from 'better-sqlite3'
    const db = new Database(process.argv[1])
    db.exec('BEGIN IMMEDIATE')
    console.log('locked')
    setInterval(() => undefined, 1000)`
  const args = ['--input-type=module', '--eval', script, auditFile(counter.dataDir)]
  const child = spawn(process.execPath, args, { cwd: root })
  await once(child.stdout, 'data')
  return child
}

async function unlockLog(child: ChildProcessWithoutNullStreams): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

test('the log is locked by another program: nothing is sent, and said so; then it goes on', async () => {
  const counter = await openCounter()
  const iin = await freshCitizen()
  const holder = await lockLog(counter)
  const refused = await counter.workstation.issueCredentials(issueInput(iin))
  expect(JSON.stringify(refused)).toContain('audit.write-failed')
  expect(timesIssued(standData, iin)).toBe(0)
  await unlockLog(holder)
  expect(await counter.workstation.issueCredentials(issueInput(iin))).toMatchObject({ value: { outcome: 'issued' } })
  expect(timesIssued(standData, iin)).toBe(1)
  counter.workstation.discardEnvelope({ operator })
  await closeWhole(counter)
})

test('the log is locked while the reply is on its way: no password without its row, and the next question brings it', async () => {
  let holder: ChildProcessWithoutNullStreams | undefined
  let armed = true
  const counter: Counter = await openCounter({
    wrap: (ports) => ({
      ...ports,
      gateway: {
        ...ports.gateway,
        async send(message) {
          const answer = await ports.gateway.send(message)
          if (armed) holder = await lockLog(counter)
          armed = false
          return answer
        },
      },
    }),
  })
  const iin = await freshCitizen()
  const issued = await counter.workstation.issueCredentials(issueInput(iin))
  expect(JSON.stringify(issued)).toContain('audit.write-failed')
  if (holder !== undefined) await unlockLog(holder)
  const [open] = counter.workstation.recovery.list()
  const requestId = open?.requestId ?? ''
  expect(await counter.workstation.printEnvelope.print({ requestId, operator })).toMatchObject({
    failure: { code: 'print.nothing-pending' },
  })
  expect(await ask(counter, requestId)).toMatchObject({ value: { outcome: 'issued' } })
  expect(timesIssued(standData, iin)).toBe(1)
  counter.workstation.discardEnvelope({ operator })
  await closeWhole(counter)
})

test('the name of the gateway is gone: nothing left, a name in the failure, and a pause that says until when', async () => {
  const counter = await openCounter({ gateway: { url: 'https://gateway.invalid/SyncChannel' } })
  const iin = await freshCitizen()
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const issued = await counter.workstation.issueCredentials(issueInput(iin))
    expect(issued).toMatchObject({ value: { outcome: 'failed', failure: { code: 'gateway.unreachable' } } })
    if (issued.ok && issued.value.outcome === 'failed') {
      expect(issued.value.failure.detail).toMatch(/gateway\.invalid (ENOTFOUND|EAI_AGAIN)/)
    }
  }
  expect(await counter.workstation.issueCredentials(issueInput(iin))).toMatchObject({
    value: { outcome: 'failed', failure: { code: 'gateway.paused' } },
  })
  expect(counter.workstation.recovery.list()).toEqual([])
  expect(timesIssued(standData, iin)).toBe(0)
  await closeWhole(counter)
})

const certificates = ['of another authority', 'for another name', 'out of date']

test.each(LONG ? certificates : certificates.slice(0, 1))(
  'the gateway shows a certificate %s: refused before anything leaves, named, with a remedy',
  async (what) => {
    const authority = keys.newAuthority()
    const san = what === 'for another name' ? 'DNS:elsewhere.example' : 'IP:127.0.0.1'
    let asked = 0
    const server = createServer(
      authority.issue({ san, days: what === 'out of date' ? -1 : 5 }),
      (_request, response) => {
        asked += 1
        response.end()
      },
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const trusted = what === 'of another authority' ? keys.newAuthority() : authority
    const counter = await openCounter({
      gateway: { url: `https://127.0.0.1:${port}/SyncChannel`, authority: trusted.file },
    })
    const iin = await freshCitizen()
    const issued = await counter.workstation.issueCredentials(issueInput(iin))
    expect(issued).toMatchObject({ value: { outcome: 'failed', failure: { code: 'gateway.tls-untrusted' } } })
    expect(asked).toBe(0)
    expect(timesIssued(standData, iin)).toBe(0)
    expect(counter.workstation.recovery.list()).toEqual([])
    expect(failureTexts['gateway.tls-untrusted'].ru.action.length).toBeGreaterThan(10)
    server.close()
    await closeWhole(counter)
  },
)

// A second stand in a second process: ten seconds of a core.
test.skipIf(!LONG)('the console beside an open workplace: one log, both citizens served', async () => {
  const dataDir = path.join(temp.path, 'beside')
  const composed = await composeTraining({
    dataDir,
    resourcesDir: path.join(root, 'resources'),
    front: 'window',
    onStatus: () => undefined,
    onEnvelopeExpired: () => undefined,
  })
  if (!composed.ok) throw new Error(composed.failure.code)
  const { workstation } = composed.value
  const consoleCitizen = await firstOf(dataDir, 'issued')
  const people = await listPeople({ dataDir: path.join(dataDir, 'stand') })
  const mine = people.find(({ iin, expect: { outcome } }) => outcome === 'issued' && iin !== consoleCitizen)?.iin ?? ''
  const [run, issued] = await Promise.all([
    runArm(['issue', '--iin', consoleCitizen, '--data', dataDir, '--json']),
    workstation.issueCredentials(issueInput(mine)),
  ])
  expect(answerOf(run)).toMatchObject({ outcome: 'issued' })
  if (!issued.ok || issued.value.outcome !== 'issued') throw new Error(JSON.stringify(issued))
  const { requestId } = issued.value
  expect(await workstation.printEnvelope.print({ requestId, operator })).toMatchObject({ ok: true })
  expect(workstation.printEnvelope.confirm({ requestId, handed: true, operator })).toMatchObject({ ok: true })
  expect(await workstation.audit.verify()).toMatchObject({ state: 'intact' })
  await composed.value.close()
})

import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkstationPorts } from '../../../src/main/compose.ts'
import type { TrainingProfile } from '../../../src/main/compose-training.ts'
import { outboxDir } from '../../../src/main/settings/data-folder.ts'
import type { ResolvedRequest } from '../../../src/main/use-cases/resolve-request.ts'
import type { Result } from '../../../src/shared/result.ts'
import { listPeople, type Stand, startStand, writeStandFault } from '../../../src/stand/start-stand.ts'
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts'
import { isPortalPassword, timesIssued } from '../../support/issued-passwords.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { issueInput, openTrainingWorkstation, operator } from '../../support/training-workstation.ts'

const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
let stand: Stand
let proxy: FaultProxy
let folders = 0

beforeAll(async () => {
  stand = await startStand({ dataDir: standData })
  proxy = await startFaultProxy(Number(new URL(stand.gatewayUrl).port))
})
afterAll(async () => {
  await proxy.close()
  await stand.close()
  temp.remove()
})

interface Counter extends Awaited<ReturnType<typeof openTrainingWorkstation>> {
  /** Of the last opened password. */
  password(): Buffer
  readonly dataDir: string
}

async function openCounter(
  options: { dataDir?: string; requestStatus?: 'absent'; profile?: TrainingProfile } = {},
): Promise<Counter> {
  const dataDir = options.dataDir ?? path.join(temp.path, `data-${folders++}`)
  let last = Buffer.alloc(0)
  const watch = (ports: WorkstationPorts): WorkstationPorts => ({
    ...ports,
    page: {
      render(content) {
        last = Buffer.from(content.password)
        return ports.page.render(content)
      },
    },
  })
  const open = await openTrainingWorkstation({
    stand,
    dataDir,
    profile: options.profile ?? { form: 'cms', algorithm: 'rsa', transport: 'none', timestamp: false },
    change: (document) => ({
      ...document,
      ...(options.requestStatus && { requestStatus: options.requestStatus }),
      gateway: {
        ...document.gateway,
        url: document.gateway.url.replace(/:\d+\//, `:${proxy.port}/`),
        deadlineSeconds: 5,
      },
    }),
    wrap: watch,
  })
  return { ...open, dataDir, password: () => last }
}

async function freshCitizen(): Promise<string> {
  const people = await listPeople({ dataDir: standData })
  return people.find((person) => person.expect.outcome === 'issued')?.iin ?? ''
}

/** An issue whose reply never comes; the portal has done its part. */
async function loseReply(counter: Counter, iin: string): Promise<string> {
  await writeStandFault({ dataDir: standData, fault: 'garbage' })
  const issued = await counter.workstation
    .issueCredentials(issueInput(iin))
    .finally(() => writeStandFault({ dataDir: standData, fault: undefined }))
  if (!issued.ok) throw new Error(issued.failure.code)
  expect(issued.value.outcome).toBe('unknown')
  return issued.value.requestId
}

/** An issue of which nothing reaches the portal though the workstation cannot know. */
async function loseRequest(counter: Counter, iin: string): Promise<string> {
  // Well behind the handshake, well before the end of the request.
  await proxy.arm({ kind: 'cut', direction: 'up', at: 3000 })
  const issued = await counter.workstation.issueCredentials(issueInput(iin)).finally(() => proxy.arm())
  if (!issued.ok) throw new Error(issued.failure.code)
  expect(issued.value.outcome).toBe('unknown')
  expect(timesIssued(standData, iin)).toBe(0)
  return issued.value.requestId
}

/** As if the request had been made so much earlier. */
function makeOlder(counter: Counter, requestId: string, ms: number): void {
  const kept = counter.ports.outbox.find(requestId)
  if (!kept.ok) throw new Error(kept.failure.code)
  counter.ports.outbox.keep({ ...kept.value, createdAt: new Date(kept.value.createdAt.getTime() - ms) })
}

const ask = (counter: Counter, requestId: string) =>
  counter.workstation.resolveRequest.resolve({ requestId, operator, onStep: () => undefined })
const repeat = (counter: Counter, requestId: string) =>
  counter.workstation.resolveRequest.repeat({ requestId, operator, onStep: () => undefined })

async function printAndHand(counter: Counter, iin: string, requestId: string): Promise<void> {
  expect(await counter.workstation.printEnvelope.print({ requestId, operator })).toMatchObject({ ok: true })
  expect(counter.workstation.printEnvelope.confirm({ requestId, handed: true, operator })).toMatchObject({ ok: true })
  expect(await isPortalPassword(standData, iin, counter.password())).toBe(true)
  expect(timesIssued(standData, iin)).toBe(1)
  expect(counter.workstation.recovery.list()).toEqual([])
  expect(readdirSync(outboxDir(counter.dataDir))).toEqual([])
}

const outcomeOf = (resolved: Result<ResolvedRequest>) => (resolved.ok ? resolved.value.outcome : resolved.failure.code)

test('a lost reply: the portal is asked, its sealed reply opened, one password printed', async () => {
  const counter = await openCounter()
  const iin = await freshCitizen()
  const requestId = await loseReply(counter, iin)
  expect(await ask(counter, requestId)).toMatchObject({ value: { outcome: 'issued', paper: 'none', iin } })
  await printAndHand(counter, iin, requestId)
  const events = counter.ports.audit.list({ limit: 100 }).map((row) => `${row.operation ?? ''} ${row.event}`)
  expect(events.reverse()).toEqual(
    expect.arrayContaining([
      'RegisterUser request.outcome-unknown',
      'RequestStatus request.sending',
      'RequestStatus reply.status',
      'RegisterUser reply.issued',
      'RegisterUser envelope.handed',
    ]),
  )
  await counter.workstation.close()
})

test('in the other forms too: ГОСТ, XMLDSig in data, a signed envelope', async () => {
  const counter = await openCounter({
    profile: { form: 'xmldsig', algorithm: 'gost2015', transport: 'wsse', timestamp: false },
  })
  const iin = await freshCitizen()
  const requestId = await loseReply(counter, iin)
  expect(outcomeOf(await ask(counter, requestId))).toBe('issued')
  await printAndHand(counter, iin, requestId)
  await counter.workstation.close()
})

test('the same after a restart, from what lies sealed on disk for its owner alone', async () => {
  const before = await openCounter()
  const iin = await freshCitizen()
  const requestId = await loseReply(before, iin)
  await before.workstation.close()
  const [name = ''] = readdirSync(outboxDir(before.dataDir))
  const file = path.join(outboxDir(before.dataDir), name)
  expect(name).toBe(`${requestId}.request`)
  if (process.platform !== 'win32') {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(outboxDir(before.dataDir)).mode & 0o777).toBe(0o700)
  }
  expect(readFileSync(file).includes(iin)).toBe(false)

  const after = await openCounter({ dataDir: before.dataDir })
  expect(after.workstation.recovery.list()).toMatchObject([{ requestId, state: 'unknown' }])
  expect(outcomeOf(await ask(after, requestId))).toBe('issued')
  await printAndHand(after, iin, requestId)
  await after.workstation.close()
})

test('a request that the portal never saw is repeated octet for octet, by order alone', async () => {
  const counter = await openCounter()
  const iin = await freshCitizen()
  const requestId = await loseRequest(counter, iin)
  expect(outcomeOf(await repeat(counter, requestId))).toBe('recovery.ask-first')
  expect(outcomeOf(await ask(counter, requestId))).toBe('not-received')
  expect(counter.workstation.recovery.list()).toMatchObject([{ requestId, state: 'not-received' }])
  expect(timesIssued(standData, iin)).toBe(0)
  expect(outcomeOf(await repeat(counter, requestId))).toBe('issued')
  await printAndHand(counter, iin, requestId)
  await counter.workstation.close()
})

test('ten minutes later such a request is dead, and the operator is told so', async () => {
  const counter = await openCounter()
  const iin = await freshCitizen()
  const requestId = await loseRequest(counter, iin)
  makeOlder(counter, requestId, 11 * 60_000)
  expect(await ask(counter, requestId)).toMatchObject({
    value: { outcome: 'failed', failure: { code: 'recovery.never-received' } },
  })
  expect(counter.workstation.recovery.list()).toEqual([])
  expect(readdirSync(outboxDir(counter.dataDir))).toEqual([])
  expect(timesIssued(standData, iin)).toBe(0)
  await counter.workstation.close()
})

test('a day later the portal has forgotten: unknown stays unknown, nothing is called dead', async () => {
  const counter = await openCounter()
  const iin = await freshCitizen()
  const requestId = await loseReply(counter, iin)
  makeOlder(counter, requestId, 25 * 60 * 60_000)
  rmSync(path.join(standData, 'replies', requestId), { recursive: true })
  expect(await ask(counter, requestId)).toMatchObject({
    value: { outcome: 'unknown', failure: { code: 'recovery.reply-not-kept' } },
  })
  expect(counter.workstation.recovery.list()).toMatchObject([{ requestId, state: 'unknown' }])
  await counter.workstation.close()
})

test('a portal without RequestStatus: unknown until the operator decides on a new password', async () => {
  const counter = await openCounter({ requestStatus: 'absent' })
  const iin = await freshCitizen()
  const requestId = await loseReply(counter, iin)
  const rows = counter.ports.audit.head().seq
  expect(await ask(counter, requestId)).toMatchObject({
    value: { outcome: 'unknown', failure: { code: 'recovery.status-absent' } },
  })
  expect(counter.ports.audit.head().seq).toBe(rows)
  const again = await counter.workstation.issueCredentials(issueInput(iin, 'Ответ портала потерян'))
  if (!again.ok || again.value.outcome !== 'issued') throw new Error('not issued')
  expect(counter.ports.audit.latest({ events: ['request.acknowledged'], limit: 1 })).toMatchObject([
    { requestId, outcome: 'superseded', details: { by: again.value.requestId } },
  ])
  expect(counter.workstation.recovery.list()).toEqual([])
  await counter.workstation.close()
})

test('a process that died between reply and print: the password it had is the one that is printed', async () => {
  const before = await openCounter()
  const iin = await freshCitizen()
  const issued = await before.workstation.issueCredentials(issueInput(iin))
  if (!issued.ok || issued.value.outcome !== 'issued') throw new Error('not issued')
  const { requestId } = issued.value
  // Not closed: as the system leaves it when a process is gone.
  const after = await openCounter({ dataDir: before.dataDir })
  expect(after.workstation.recovery.list()).toMatchObject([{ requestId, state: 'issued' }])
  expect(await ask(after, requestId)).toMatchObject({ value: { outcome: 'issued', paper: 'none' } })
  expect(after.ports.audit.list({ limit: 1 })).toMatchObject([{ event: 'reply.recovered' }])
  await printAndHand(after, iin, requestId)
  await after.workstation.close()
})

test('a sheet that may be out is looked for before another is printed', async () => {
  const before = await openCounter()
  const iin = await freshCitizen()
  const issued = await before.workstation.issueCredentials(issueInput(iin))
  if (!issued.ok || issued.value.outcome !== 'issued') throw new Error('not issued')
  const { requestId } = issued.value
  before.ports.audit.append({ event: 'envelope.printing', actor: 'operator', requestId, operation: 'RegisterUser' })
  const after = await openCounter({ dataDir: before.dataDir })
  expect(await ask(after, requestId)).toMatchObject({ value: { outcome: 'issued', paper: 'unknown' } })
  expect(after.workstation.recovery.list()).toEqual([])
  expect(await after.workstation.printEnvelope.print({ requestId, operator })).toMatchObject({
    failure: { code: 'print.outcome-unknown' },
  })
  expect(after.workstation.printEnvelope.found({ requestId, operator })).toMatchObject({ ok: true })
  expect(after.workstation.printEnvelope.confirm({ requestId, handed: true, operator })).toMatchObject({ ok: true })
  expect(timesIssued(standData, iin)).toBe(1)
  await after.workstation.close()
})

test.each(['wrong-nonce', 'other-signer', 'altered-byte', 'portal-failure'] as const)(
  'a reply about the outcome that does not count (%s) decides nothing',
  async (fault) => {
    const counter = await openCounter()
    const requestId = await loseReply(counter, await freshCitizen())
    await writeStandFault({ dataDir: standData, fault })
    const resolved = await ask(counter, requestId).finally(() =>
      writeStandFault({ dataDir: standData, fault: undefined }),
    )
    expect(outcomeOf(resolved)).toBe('unknown')
    expect(counter.workstation.recovery.list()).toMatchObject([{ requestId, state: 'unknown' }])
    expect(readdirSync(outboxDir(counter.dataDir))).toEqual([`${requestId}.request`])
    await counter.workstation.close()
  },
)

test('what was kept and is damaged opens nothing, and is told as such', async () => {
  const counter = await openCounter()
  const requestId = await loseReply(counter, await freshCitizen())
  const file = path.join(outboxDir(counter.dataDir), `${requestId}.request`)
  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
  writeFileSync(file, bytes)
  expect(outcomeOf(await ask(counter, requestId))).toBe('recovery.nothing-kept')
  expect(counter.workstation.recovery.acknowledge({ requestId, operator })).toMatchObject({ ok: true })
  expect(readdirSync(outboxDir(counter.dataDir))).toEqual([])
  await counter.workstation.close()
})

test('a request that cannot be kept does not leave', async () => {
  const counter = await openCounter()
  const iin = await freshCitizen()
  // A file where the folder belongs.
  writeFileSync(outboxDir(counter.dataDir), '')
  const issued = await counter.workstation.issueCredentials(issueInput(iin))
  expect(issued).toMatchObject({ value: { outcome: 'failed', failure: { code: 'recovery.not-kept' } } })
  expect(timesIssued(standData, iin)).toBe(0)
  await counter.workstation.close()
})

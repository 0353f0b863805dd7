import assert from 'node:assert/strict'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { verifyAuditFile } from '../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { auditFile } from '../../src/main/settings/data-folder.ts'
import type { ResolvedRequest } from '../../src/main/use-cases/resolve-request.ts'
import type { Result } from '../../src/shared/result.ts'
import { listPeople, type Stand, startStand } from '../../src/stand/start-stand.ts'
import {
  type FaultKind,
  type FaultProxy,
  faultKinds,
  type LineFault,
  type RecordPlace,
  startFaultProxy,
} from './fault-proxy.ts'
import { isPortalPassword, timesIssued } from './issued-passwords.ts'
import { issueInput, openTrainingWorkstation, operator, type TestWorkstation } from './training-workstation.ts'

/**
 * A line that goes wrong at one octet of one exchange, and the operator who then does what the page tells him. Whatever the octet: one
 * password at most, which ends on paper and is the portal's; nothing is said that the portal's books deny. What is found otherwise is thrown.
 */
export interface FaultOrder {
  readonly folder: string
  /** Positions spread evenly over both directions of an exchange. */
  readonly spread: number
  /** As well every kind of fault at every class of place of each TLS record. */
  readonly everyClass: boolean
  /** Every how manieth of the spread positions stalls the line, which costs a whole deadline. */
  readonly stallEvery: number
  /** A workstation's own profile: XMLDSig and `wsse` with ГОСТ, CRL and OCSP asked. */
  readonly wholeProfile: boolean
  /** Of all runs those with this number modulo `of`. */
  readonly share: number
  readonly of: number
}

export interface FaultSum {
  readonly runs: number
  /** Faults that met their octet. */
  readonly struck: number
  /** Questions that had no answer in their deadline. */
  readonly late: number
  /** How each password came to be, or that none did. */
  readonly ended: Readonly<Record<string, number>>
  /** Of all shares together. */
  readonly all: number
}

interface Counter extends TestWorkstation {
  readonly dataDir: string
  printed(): Buffer
}

interface Place {
  readonly stand: Stand
  readonly standData: string
  readonly proxy: FaultProxy
  readonly iin: string
}

const RUNS_PER_LOG = 40
const DEADLINE_SECONDS = 4
/** What an operator does on and on before he gives up. */
const MOST_TURNS = 8
/** Mostly cuts; a stall costs its whole deadline, so it is rare. */
const kinds: readonly FaultKind[] = ['cut', 'flip', 'cut', 'duplicate', 'cut', 'delay', 'cut', 'drip', 'cut']

/** @param onProgress is told after each hundredth run. */
export async function runFaults(order: FaultOrder, onProgress: (sum: FaultSum) => void): Promise<FaultSum> {
  const standData = path.join(order.folder, 'stand')
  const stand = await startStand({ dataDir: standData })
  const proxy = await startFaultProxy(Number(new URL(stand.gatewayUrl).port))
  const person = (await listPeople({ dataDir: standData })).find(({ expect }) => expect.outcome === 'issued')
  try {
    return await runAll({ stand, standData, proxy, iin: person?.iin ?? '' }, order, onProgress)
  } finally {
    await proxy.close()
    await stand.close()
  }
}

async function runAll(place: Place, order: FaultOrder, onProgress: (sum: FaultSum) => void): Promise<FaultSum> {
  const ended: Record<string, number> = {}
  let [runs, struck, late] = [0, 0, 0]
  const all = await learnFaults(place, order)
  const mine = all.filter((_, index) => index % order.of === order.share)
  const sum = (): FaultSum => ({ runs, struck, late, ended: { ...ended }, all: all.length })
  for (let first = 0; first < mine.length; first += RUNS_PER_LOG) {
    const counter = await openCounter(place, order, `runs-${first}`)
    for (const fault of mine.slice(first, first + RUNS_PER_LOG)) {
      const what = `${fault.kind} ${fault.direction} ${fault.at}`
      const run = await runOne(place, counter, fault).catch((error: unknown) => {
        throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      })
      runs += 1
      if (run.struck) struck += 1
      late += run.late
      ended[run.ended] = (ended[run.ended] ?? 0) + 1
      const verified = await verifyAuditFile({ file: auditFile(counter.dataDir) })
      assert.equal(verified.ok && verified.value.verdict.state, 'intact', what)
      if (runs % 100 === 0) onProgress(sum())
    }
    await counter.workstation.close()
  }
  return sum()
}

/** The first account, and how many octets an exchange on a new connection has; then what may happen to them. */
async function learnFaults(place: Place, order: FaultOrder): Promise<readonly LineFault[]> {
  const { proxy, iin } = place
  const counter = await openCounter(place, order, 'unhurt')
  await runOne(place, counter, { kind: 'delay', direction: 'up', at: 1 << 30 })
  await proxy.arm()
  const issued = await counter.workstation.issueCredentials(issueInput(iin, 'Без сбоя'))
  assert.equal(issued.ok && issued.value.outcome, 'issued')
  counter.workstation.discardEnvelope({ operator })
  const [carried, records] = [proxy.carried(), proxy.records()]
  assert.equal(records.up.at(-1)?.[1], carried.up - 1)
  assert.equal(records.down.at(-1)?.[1], carried.down - 1)
  assert.ok(Math.min(carried.up, carried.down) > 4000)
  await counter.workstation.close()
  return [...(order.everyClass ? faultsByClass(records) : []), ...spreadFaults(carried, order)]
}

async function openCounter({ stand, proxy }: Place, order: FaultOrder, name: string): Promise<Counter> {
  const dataDir = path.join(order.folder, name)
  let printed = Buffer.alloc(0)
  const opened = await openTrainingWorkstation({
    stand,
    dataDir,
    ...(order.wholeProfile ? {} : { profile: { form: 'cms', algorithm: 'rsa', transport: 'none', timestamp: false } }),
    change: (document) => ({
      ...document,
      gateway: {
        ...document.gateway,
        url: document.gateway.url.replace(/:\d+\//, `:${proxy.port}/`),
        deadlineSeconds: DEADLINE_SECONDS,
      },
    }),
    // Paper is not what is on trial: a page that is read at once, and no files.
    wrap: (ports) => ({
      ...ports,
      page: {
        async render(content) {
          printed = Buffer.from(content.password)
          return { ok: true, value: Buffer.from('%PDF-') }
        },
      },
      printer: {
        ...ports.printer,
        print: async () => ({ outcome: 'printed', place: 'tray', word: 'printer' }),
      },
    }),
  })
  return { ...opened, dataDir, printed: () => printed }
}

interface Run {
  readonly ended: 'at once' | 'nothing left' | 'asked' | 'repeated'
  readonly struck: boolean
  readonly late: number
}

/** One citizen through one fault. */
async function runOne(place: Place, counter: Counter, fault: LineFault): Promise<Run> {
  const { proxy, standData, iin } = place
  const { workstation } = counter
  const before = timesIssued(standData, iin)
  await proxy.arm(fault)
  const issued = await workstation.issueCredentials(issueInput(iin, 'Испытание линии'))
  const struck = proxy.struck()
  await proxy.arm()
  assert.ok(issued.ok, issued.ok ? '' : issued.failure.code)
  const { requestId, outcome } = issued.value
  if (outcome === 'failed') {
    assert.equal(timesIssued(standData, iin), before)
    assert.deepEqual(workstation.recovery.list(), [])
    return { ended: 'nothing left', struck, late: 0 }
  }
  let [ended, late]: [Run['ended'], number] = ['at once', 0]
  if (outcome === 'unknown') {
    ended = 'asked'
    const input = { requestId, operator, onStep: () => undefined }
    let resolved: Result<ResolvedRequest> = await workstation.resolveRequest.resolve(input)
    // A busy machine may answer late: what is told then is still true, and the operator asks again.
    for (let turn = 0; turn < MOST_TURNS && resolved.ok && resolved.value.outcome !== 'issued'; turn += 1) {
      if (resolved.value.outcome === 'not-received') {
        ended = 'repeated'
        assert.equal(timesIssued(standData, iin), before)
        resolved = await workstation.resolveRequest.repeat(input)
      } else if (isLate(resolved.value)) {
        late += 1
        await untilNextTry(resolved.value)
        resolved = await workstation.resolveRequest.resolve(input)
      } else break
    }
    assert.ok(resolved.ok && resolved.value.outcome === 'issued', JSON.stringify(resolved))
    assert.equal(resolved.value.paper, 'none')
  } else {
    assert.equal(outcome, 'issued')
  }
  const printing = await workstation.printEnvelope.print({ requestId, operator })
  assert.ok(printing.ok, JSON.stringify(printing))
  const handed = workstation.printEnvelope.confirm({ requestId, handed: true, operator })
  assert.ok(handed.ok, JSON.stringify(handed))
  assert.equal(timesIssued(standData, iin), before + 1)
  assert.ok(await isPortalPassword(standData, iin, counter.printed()), 'the printed password is not the portal’s')
  assert.deepEqual(workstation.recovery.list(), [])
  return { ended, struck, late }
}

type Unfinished = Exclude<ResolvedRequest, { readonly outcome: 'issued' }>

/** No answer in its deadline; or so many of them that the workstation gives the line a rest. */
function isLate(resolved: Unfinished): boolean {
  return resolved.outcome === 'unknown' && ['gateway.timeout', 'gateway.paused'].includes(resolved.failure.code)
}

/** The page tells when the line is tried again, and the operator waits for it. */
async function untilNextTry(resolved: Unfinished): Promise<void> {
  if (resolved.outcome !== 'unknown' || resolved.failure.code !== 'gateway.paused') return
  await delay(Math.max(0, Date.parse(resolved.failure.detail ?? '') - Date.now()) + 200)
}

/**
 * Every kind of fault at every class of place: the first octet of each TLS record, the middle of its header, the header's
 * last octet, the first and the middle one of what it carries, and its last.
 */
function faultsByClass(records: {
  readonly up: readonly RecordPlace[]
  readonly down: readonly RecordPlace[]
}): readonly LineFault[] {
  return faultKinds.flatMap((kind) =>
    (['up', 'down'] as const).flatMap((direction) =>
      records[direction].flatMap(([first, last]) =>
        [...new Set([first, first + 2, first + 4, first + 5, (first + last) >> 1, last])]
          .filter((at) => at <= last)
          .map((at): LineFault => ({ kind, direction, at })),
      ),
    ),
  )
}

/** Positions spread evenly over both directions of an exchange, the first and the last octets among them. */
function spreadFaults(
  carried: { readonly up: number; readonly down: number },
  { spread, stallEvery }: FaultOrder,
): readonly LineFault[] {
  const total = carried.up + carried.down
  return Array.from({ length: spread }, (_, index): LineFault => {
    const place = Math.floor((index * (total - 1)) / (spread - 1))
    const isStall = index % stallEvery === 7
    const kind = isStall ? 'stall' : (kinds[index % kinds.length] ?? 'cut')
    return place < carried.up
      ? { kind, direction: 'up', at: place }
      : { kind, direction: 'down', at: place - carried.up }
  })
}

// A share in a process of its own: the order as an argument, one line of JSON after each hundred runs and at the end.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tell = (sum: FaultSum): void => void process.stdout.write(`${JSON.stringify(sum)}\n`)
  tell(await runFaults(JSON.parse(process.argv[2] ?? '') as FaultOrder, tell))
  process.exit(0)
}

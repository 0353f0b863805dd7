import { readdirSync } from 'node:fs'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createTrainingAccounts } from '../../src/main/adapters/accounts/create-training-accounts.ts'
import { readCertificates } from '../../src/main/adapters/cms/read-certificates.ts'
import { openPrinter } from '../../src/main/adapters/printing/open-printer.ts'
import { composePorts, composeWorkstation } from '../../src/main/compose.ts'
import { composeSession } from '../../src/main/compose-session.ts'
import { openTrainingVault, trainingSettings } from '../../src/main/compose-training.ts'
import { resolveSettings } from '../../src/main/settings/load-settings.ts'
import { envelopeMedia } from '../../src/shared/domain/envelope.ts'
import { trainingAccounts, trainingKeyPin } from '../../src/shared/domain/training.ts'
import type { Stand } from '../../src/stand/start-stand.ts'
import { need } from '../bench/open-bench-workstation.ts'
import type { SoakReport } from './soak-report.ts'
import { issueInput, operator } from './training-workstation.ts'

/**
 * The main process's side of a working day, alone in a process: the product's composition without a window, the stand, the line, the
 * printer and whoever locks the log are elsewhere. Arguments: JSON of `SoakOrder`. Prints a `SoakReport`.
 */
export interface SoakOrder {
  readonly stand: Omit<Stand, 'close'>
  readonly gatewayPort: number
  readonly dataDir: string
  readonly printerUri: string
  readonly iins: readonly string[]
  readonly issues: number
  /** From here on growth is measured. */
  readonly settled: number
}

const order = JSON.parse(process.argv[2] ?? '') as SoakOrder
const SAMPLES = 25
const mib = (octets: number): number => Math.round((octets / 2 ** 20) * 10) / 10
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

const stand = { ...order.stand, close: async () => undefined } satisfies Stand
const document = trainingSettings(stand)
const settings = need(
  await resolveSettings({
    document: {
      ...document,
      gateway: {
        ...document.gateway,
        url: document.gateway.url.replace(/:\d+\//, `:${order.gatewayPort}/`),
        deadlineSeconds: 10,
      },
      printer: { kind: 'ipp', uri: order.printerUri },
    },
    folder: '.',
    readCertificates,
  }),
)
const ports = need(
  await composePorts({
    settings,
    dataDir: order.dataDir,
    resourcesDir: path.resolve(import.meta.dirname, '..', '..', 'resources'),
    vault: openTrainingVault(order.dataDir),
    printer: openPrinter({
      printer: settings.printer,
      media: envelopeMedia(settings.envelope),
      trainingFolder: path.join(order.dataDir, 'printed'),
    }),
  }),
)
const workstation = need(
  composeWorkstation({
    ports,
    settings,
    dataDir: order.dataDir,
    accounts: createTrainingAccounts(),
    front: 'window',
    onStatus: () => undefined,
    onEnvelopeExpired: () => undefined,
  }),
)
const session = composeSession({ onChange: () => undefined })
need(await workstation.unlock(Buffer.from(trainingKeyPin)))
workstation.watch.start()

const times: { readonly issue: number; readonly ms: number; readonly ownMs: number; readonly clean: boolean }[] = []
const parts: SoakReport['memoryEvery'][number][] = []
const memory: { readonly issue: number; readonly rss: number }[] = []
/** What is being done, so that a pause has a name. */
let phase = 'start'
let current = 0
const outcomes: Record<string, number> = {}
const handlesAt: SoakReport['handles'][number][] = []
const pauses = watchPauses()

for (let issue = 1; issue <= order.issues; issue += 1) {
  current = issue
  if (issue === order.settled) pauses.begin()
  tell({ issue })
  await answered()
  const [begin, ownBegin] = [performance.now(), cpuMs()]
  phase = 'issue'
  const iin = order.iins[issue % order.iins.length] ?? ''
  const issued = await workstation.issueCredentials(issueInput(iin, 'Долгое испытание'))
  const outcome = issued.ok ? issued.value.outcome : issued.failure.code
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  if (issued.ok) await finish(issued.value.requestId, issued.value.outcome)
  times.push({
    issue,
    ms: performance.now() - begin,
    ownMs: cpuMs() - ownBegin,
    clean: outcome === 'issued' && issue % 10 !== 0,
  })
  phase = 'lock and shift'
  if (issue % 20 === 0) await lockAndUnlock()
  if (issue % 50 === 0) need(await workstation.shift.close(operator))
  if (issue % 25 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  phase = 'between'
  // Asked for by the measurement, so no pause of the workstation.
  if (issue % 10 === 0) pauses.without(() => globalThis.gc?.())
  memory.push({ issue, rss: process.memoryUsage.rss() })
  if (issue % Math.max(1, Math.floor(order.issues / 20)) === 0) parts.push(memoryParts())
  if (issue === order.settled || issue === order.issues) handlesAt.push(handles(issue))
}
const { longest, ownLongest, worst, over50, delays } = pauses.end()
const open = workstation.recovery.list().length
const verdict = await workstation.audit.verify()
await workstation.close()

const cleanIn = (from: number, to: number) => times.filter(({ issue, clean }) => clean && issue > from && issue <= to)
const p95 = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0)
const fourth = Math.floor((order.issues - order.settled) / 4)
const first = cleanIn(order.settled, order.settled + fourth)
const last = cleanIn(order.issues - fourth, order.issues)
const rssAround = (issue: number): number =>
  mib(median(memory.filter((sample) => Math.abs(sample.issue - issue) <= SAMPLES).map(({ rss }) => rss)))

const report: SoakReport = {
  issues: order.issues,
  outcomes,
  open,
  log: { state: verdict.state, rows: verdict.rows },
  rssMib: { settled: rssAround(order.settled), end: rssAround(order.issues) },
  handles: handlesAt,
  pauses: { longestMs: longest, ownLongestMs: ownLongest, worst, over50, p999Ms: delays },
  p95Ms: { first: p95(first.map(({ ms }) => ms)), last: p95(last.map(({ ms }) => ms)) },
  ownP95Ms: { first: p95(first.map(({ ownMs }) => ownMs)), last: p95(last.map(({ ownMs }) => ownMs)) },
  memoryEvery: parts,
}
process.stdout.write(`${JSON.stringify({ report })}\n`)
process.exit(0)

async function finish(requestId: string, outcome: string): Promise<void> {
  const input = { requestId, operator, onStep: () => undefined }
  if (outcome === 'unknown') {
    phase = 'resolve'
    let resolved = await workstation.resolveRequest.resolve(input)
    for (let again = 0; again < 3 && resolved.ok && resolved.value.outcome === 'unknown'; again += 1) {
      resolved = await workstation.resolveRequest.resolve(input)
    }
    if (resolved.ok && resolved.value.outcome === 'not-received') {
      resolved = await workstation.resolveRequest.repeat(input)
    }
    if (!resolved.ok || resolved.value.outcome !== 'issued') {
      throw new Error(`unresolved: ${JSON.stringify(resolved)}`)
    }
  } else if (outcome !== 'issued') return
  phase = 'print'
  need(await workstation.printEnvelope.print(input))
  phase = 'confirm'
  need(workstation.printEnvelope.confirm({ ...input, handed: true }))
}

/** What an operator does who goes for a minute. */
async function lockAndUnlock(): Promise<void> {
  const account = trainingAccounts.find(({ role }) => role === 'operator')
  if (account === undefined) throw new Error('training has no operator')
  need(
    await workstation.signIn
      .signIn({ login: account.login, password: Buffer.from(account.password) })
      .then((signed) => {
        if (signed.ok) session.open(signed.value)
        return signed
      }),
  )
  session.lock()
  need(
    await workstation.signIn.unlock({ login: account.login, password: Buffer.from(account.password), user: operator }),
  )
  session.unlock(operator)
  session.close()
}

/**
 * The longest gap between two turns of the event loop, by the wall and by this thread's own time in it: where others take
 * the machine, the first is theirs and the second ours.
 */
function watchPauses() {
  const histogram = monitorEventLoopDelay({ resolution: 5 })
  let longest = 0
  let ownLongest = 0
  const worst: { issue: number; phase: string; ownMs: number; wallMs: number }[] = []
  let over50 = 0
  let lastAt = performance.now()
  let lastCpu = cpuMs()
  let timer: NodeJS.Timeout | undefined
  return {
    begin() {
      histogram.enable()
      lastAt = performance.now()
      lastCpu = cpuMs()
      timer = setInterval(() => {
        const [at, cpu] = [performance.now(), cpuMs()]
        longest = Math.max(longest, at - lastAt - 5)
        const own = cpu - lastCpu
        if (own > 40) worst.push({ issue: current, phase, ownMs: Math.round(own), wallMs: Math.round(at - lastAt) })
        ownLongest = Math.max(ownLongest, own)
        if (at - lastAt - 5 > 50) over50 += 1
        lastAt = at
        lastCpu = cpu
      }, 5)
    },
    without(work: () => void) {
      work()
      lastAt = performance.now()
      lastCpu = cpuMs()
    },
    end() {
      clearInterval(timer)
      histogram.disable()
      return {
        longest: Math.round(longest),
        ownLongest: Math.round(ownLongest),
        worst: worst.toSorted((a, b) => b.ownMs - a.ownMs).slice(0, 12),
        over50,
        delays: Math.round(histogram.percentile(99.9) / 1e5) / 10,
      }
    },
  }
}

/** Of the JavaScript thread alone; what other threads of the process use keeps nobody waiting. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function handles(issue: number): SoakReport['handles'][number] {
  const resources: Record<string, number> = {}
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1
  const descriptors = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0
  return { issue, descriptors, threads, resources }
}

function tell(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** The test arms the line for the next issue, and says so with a line. */
function answered(): Promise<void> {
  return new Promise((resolve) => process.stdin.once('data', () => resolve()))
}

/** MiB. What neither of the heap nor of its buffers is belongs to other threads and to native code. */
function memoryParts(): SoakReport['memoryEvery'][number] {
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage()
  return {
    rss: mib(rss),
    heapTotal: mib(heapTotal),
    heapUsed: mib(heapUsed),
    external: mib(external),
    arrayBuffers: mib(arrayBuffers),
  }
}

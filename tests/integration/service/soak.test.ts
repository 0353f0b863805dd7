import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { auditFile } from '../../../src/main/settings/data-folder.ts'
import { listPeople } from '../../../src/stand/start-stand.ts'
import { type FaultKind, type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts'
import { startTestPrinter, type TestPrinter } from '../../support/printing/ipp-server.ts'
import type { SoakReport } from '../../support/soak-report.ts'
import type { SoakOrder } from '../../support/soak-workstation.ts'
import { type StandProcess, startStandProcess } from '../../support/stand-process.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

/**
 * Many working days of one counter: every issue printed over IPP and handed over, every tenth met by a fault of the line, the session
 * locked, shifts closed, and somebody else writing into the log's database all the while.
 */
const LONG = process.env['ARM_TEST_LONG'] === '1'
const ISSUES = Number(process.env['ARM_SOAK_ISSUES'] ?? 2000)
const SETTLED = Math.min(200, Math.floor(ISSUES / 4))
/** Electron bounds the young generation of its main process so; Node lets it grow to eight times that, and keeps it. */
const ELECTRONS_YOUNG_HEAP = '--max-semi-space-size=8'
const kinds: readonly FaultKind[] = ['cut', 'flip', 'delay', 'duplicate', 'cut', 'drip']

const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
const dataDir = path.join(temp.path, 'workstation')
let stand: StandProcess
let proxy: FaultProxy
let printer: TestPrinter
let intruder: ChildProcessWithoutNullStreams | undefined

beforeAll(async () => {
  if (!LONG) return
  mkdirSync(dataDir, { recursive: true })
  stand = await startStandProcess(standData)
  proxy = await startFaultProxy(Number(new URL(stand.stand.gatewayUrl).port))
  printer = await startTestPrinter()
})
afterAll(async () => {
  intruder?.kill('SIGKILL')
  await proxy?.close()
  await printer?.close()
  await stand?.kill()
  temp.remove()
})

/** Takes the database's write lock for ten milliseconds, five times a second, as a backup or another program's command does. */
function lockLog(): ChildProcessWithoutNullStreams {
  const script = `
    import Database from 'better-sqlite3'
    const db = new Database(process.argv[1], { timeout: 5000 })
    setInterval(() => {
      db.exec('BEGIN IMMEDIATE')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
      db.exec('ROLLBACK')
    }, 200)`
  const args = ['--input-type=module', '--eval', script, auditFile(dataDir)]
  return spawn(process.execPath, args, { cwd: path.resolve(import.meta.dirname, '..', '..', '..') })
}

async function soak(order: SoakOrder): Promise<SoakReport> {
  const script = path.resolve(import.meta.dirname, '..', '..', 'support', 'soak-workstation.ts')
  const child = spawn(process.execPath, ['--expose-gc', ELECTRONS_YOUNG_HEAP, script, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let report: SoakReport | undefined
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { issue?: number; report?: SoakReport }
    report = said.report ?? report
    if (said.issue === undefined) continue
    const { issue } = said
    if (issue === 2) intruder = lockLog()
    const kind = kinds[(issue / 10) % kinds.length]
    const direction = issue % 20 === 0 ? 'up' : 'down'
    // Past the handshake mostly, so that the request's end is in doubt.
    if (issue % 10 === 0 && kind !== undefined) await proxy.arm({ kind, direction, at: 200 + ((issue * 37) % 6000) })
    if (issue % 100 === 0) process.stderr.write(`issue ${issue} of ${order.issues}\n`)
    child.stdin.write('go\n')
  }
  await ended
  if (report === undefined) throw new Error('the workstation ended without a report')
  return report
}

test.skipIf(!LONG)(
  `${ISSUES} issues with printing, log, locks and faults: no growth, no leak, no pause, no slowing down`,
  async () => {
    const people = await listPeople({ dataDir: standData })
    const { close: _close, ...open } = stand.stand
    const report = await soak({
      stand: open,
      gatewayPort: proxy.port,
      dataDir,
      printerUri: printer.uri,
      iins: people.filter(({ expect }) => expect.outcome !== 'refused').map(({ iin }) => iin),
      issues: ISSUES,
      settled: SETTLED,
    })
    process.stderr.write(`${JSON.stringify(report)}\n`)
    mkdirSync('artifacts', { recursive: true })
    writeFileSync(path.join('artifacts', 'soak.json'), `${JSON.stringify(report, null, 2)}\n`)

    expect(report.open).toBe(0)
    expect(report.log.state).toBe('intact')
    expect(await verifyAuditFile({ file: auditFile(dataDir) })).toMatchObject({
      value: { verdict: { state: 'intact' } },
    })
    const issued = (report.outcomes['issued'] ?? 0) + (report.outcomes['unknown'] ?? 0)
    expect(printer.documents.length).toBe(issued)
    expect(issued + (report.outcomes['failed'] ?? 0)).toBe(ISSUES)
    expect(report.outcomes['issued'] ?? 0).toBeGreaterThan(ISSUES * 0.85)

    expect(report.rssMib.end).toBeLessThanOrEqual(report.rssMib.settled * 1.1)
    const [before, after] = report.handles
    expect(after?.descriptors ?? 0).toBeLessThanOrEqual((before?.descriptors ?? 0) + 3)
    expect(after?.threads ?? 0).toBeLessThanOrEqual((before?.threads ?? 0) + 1)
    for (const [name, count] of Object.entries(after?.resources ?? {})) {
      expect(count, name).toBeLessThanOrEqual((before?.resources[name] ?? 0) + 3)
    }
    // What others do with the machine's processors is not the workstation's pause.
    expect(report.pauses.ownLongestMs).toBeLessThanOrEqual(50)
    // A tenth is the machine's own unrest; the whole time, with the stand and the line in it, is in the report.
    expect(report.ownP95Ms.last).toBeLessThanOrEqual(report.ownP95Ms.first * 1.1)
  },
  3_600_000,
)

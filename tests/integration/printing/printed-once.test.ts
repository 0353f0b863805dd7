import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEnvelopePage } from '../../../src/main/adapters/envelope-pdf/create-envelope-page.ts'
import { loadEnvelopeFonts } from '../../../src/main/adapters/envelope-pdf/load-envelope-fonts.ts'
import { createIppPrinter } from '../../../src/main/adapters/printing/create-ipp-printer.ts'
import type { IppEndpoint } from '../../../src/main/adapters/printing/ipp-transport.ts'
import { listQueues } from '../../../src/main/adapters/printing/list-queues.ts'
import type { EnvelopePrinter, PrintOutcome } from '../../../src/main/ports/envelope-printer.ts'
import { startSpooler, type TestSpooler } from '../../support/printing/cupsd.ts'
import { type ReferencePrinter, startReferencePrinter } from '../../support/printing/ippeveprinter.ts'
import { makeCertificate } from '../../support/printing/tls-certificate.ts'
import { answerOf, runArm } from '../../support/run-arm.ts'

/**
 * Many jobs through printers that none of us wrote, with faults at random: whatever is claimed of a page agrees with what lies
 * in the tray, and no page comes out twice.
 */
const long = process.env['ARM_TEST_LONG'] === '1'
const DIRECT_JOBS = long ? 380 : 24
const SPOOLED_JOBS = long ? 120 : 6
const SEED = 20261124
const media = 'na_letter_8.5x11in'
const times = { submitMs: 5_000, jobMs: 4_000, pollMs: 100, cancelMs: 1_500 }

let reference: ReferencePrinter
let spooler: TestSpooler
let envelope: Buffer

beforeAll(async () => {
  reference = await startReferencePrinter({ formats: 'application/pdf' })
  spooler = await startSpooler({ preserveJobFiles: 'No' })
  const page = createEnvelopePage({
    fonts: await loadEnvelopeFonts(path.resolve(import.meta.dirname, '../../../resources')),
  })
  const rendered = await page.render({
    login: '910101300019',
    password: Buffer.from('Aa0Oo1lI-5S8B2Z'),
    portalUrl: 'https://egov.kz',
    action: 'created',
    issuedAt: new Date(0),
    reference: '3f6c2a1e',
    training: true,
  })
  if (!rendered.ok) throw new Error(rendered.failure.code)
  envelope = rendered.value
})

afterAll(async () => {
  await spooler?.stop()
  await reference?.stop()
})

/** One job, what was claimed of it, and what lay in the tray afterwards. */
interface Report {
  readonly fault: string
  readonly ended: PrintOutcome
  readonly sheets: readonly Buffer[]
  readonly sent: Buffer
}

interface PrintOptions {
  readonly endpoint?: IppEndpoint
  readonly signal?: AbortSignal
  readonly onAccepted?: () => void
}

interface Fault {
  readonly name: string
  readonly expected: PrintOutcome['outcome']
  readonly code?: string
  /** CUPS sometimes completes what the printer behind it aborted: its word is worth no more than that. */
  readonly mayBeTakenForPrinted?: true
  run(print: (options?: PrintOptions) => Promise<PrintOutcome>): Promise<PrintOutcome>
}

const direct: readonly Fault[] = [
  { name: 'none', expected: 'printed', run: (print) => print() },
  { name: 'slow', expected: 'printed', run: (print) => behaving('sleep 0.4', print) },
  {
    name: 'out of paper, filled again',
    expected: 'printed',
    run: (print) =>
      behaving('echo "STATE: +media-empty-error" >&2; sleep 0.4; echo "STATE: -media-empty-error" >&2', print),
  },
  { name: 'stop in the middle', expected: 'unknown', run: (print) => behaving('exit 1', print) },
  {
    name: 'death of the printer, and its return without the job',
    expected: 'unknown',
    async run(print) {
      reference.behave('sleep 5')
      let ended: Promise<PrintOutcome> | undefined
      await new Promise<void>((resolve) => {
        ended = print({ onAccepted: resolve })
      })
      await delay(150)
      await reference.kill()
      reference.behave('')
      await reference.restart()
      if (ended === undefined) throw new Error('not printed')
      return ended
    },
  },
  {
    name: 'cancelled while it prints',
    expected: 'unknown',
    async run(print) {
      reference.behave('sleep 1.5')
      const stop = new AbortController()
      const ended = await print({ signal: stop.signal, onAccepted: () => setTimeout(() => stop.abort(), 300) })
      reference.behave('')
      // The reference printer lets its print command go on: the sheet may come out after the cancelled job.
      await delay(1_600)
      return ended
    },
  },
  {
    name: 'refusal: busy with somebody else',
    expected: 'not-printed',
    code: 'print.printer-failed',
    async run(print) {
      reference.behave('sleep 1.5')
      let other: Promise<PrintOutcome> | undefined
      await new Promise<void>((resolve) => {
        other = print({ onAccepted: resolve })
      })
      const ended = await print()
      await other
      reference.behave('')
      await delay(50)
      reference.takePages()
      return ended
    },
  },
  {
    name: 'TLS, pinned certificate',
    expected: 'printed',
    run: async (print) =>
      print({
        endpoint: {
          transport: 'tcp',
          uri: reference.secureUri,
          tls: { kind: 'certificate', pem: await ownCertificate() },
        },
      }),
  },
  {
    name: 'TLS, foreign certificate',
    expected: 'not-printed',
    code: 'print.tls-untrusted',
    run: (print) =>
      print({
        endpoint: { transport: 'tcp', uri: reference.secureUri, tls: { kind: 'certificate', pem: foreign.cert } },
      }),
  },
]
const foreign = makeCertificate('localhost')

async function behaving(shell: string, print: () => Promise<PrintOutcome>): Promise<PrintOutcome> {
  reference.behave(shell)
  const ended = await print()
  reference.behave('')
  return ended
}

/** The printer makes its certificate at the first secure connection. */
async function ownCertificate(): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const name = readdirSync(reference.keyFolder).find((file) => file.endsWith('.crt'))
    if (name !== undefined) return readFileSync(path.join(reference.keyFolder, name), 'utf8')
    await createIppPrinter({
      name: 'probe',
      endpoint: { transport: 'tcp', uri: reference.secureUri, tls: { kind: 'certificate', pem: foreign.cert } },
      media,
    }).check()
    await delay(50)
  }
  throw new Error('the printer made no certificate')
}

const spooled: readonly Fault[] = [
  { name: 'none', expected: 'printed', run: (print) => print() },
  { name: 'slow', expected: 'printed', run: (print) => behaving('sleep 0.3', print) },
  {
    name: 'stop in the middle',
    expected: 'unknown',
    mayBeTakenForPrinted: true,
    run: (print) => behaving('exit 1', print),
  },
  {
    name: 'a queue that takes no jobs',
    expected: 'not-printed',
    code: 'print.not-accepting',
    async run(print) {
      spooler.administer('cupsreject', ['counter'])
      const ended = await print()
      spooler.administer('cupsaccept', ['counter'])
      return ended
    },
  },
  {
    name: 'a stopped queue, cancelled',
    expected: 'not-printed',
    code: 'print.cancelled',
    async run(print) {
      spooler.administer('cupsdisable', ['counter'])
      const ended = await print({ signal: AbortSignal.timeout(400) })
      spooler.administer('cupsenable', ['counter'])
      return ended
    },
  },
  {
    name: 'death of the printer',
    expected: 'unknown',
    async run(print) {
      await reference.kill()
      const ended = await print()
      spooler.administer('cancel', ['-a', 'counter'])
      await reference.restart()
      return ended
    },
  },
]

/** Each fault in turn at first, so that none is missed, then at random from a seed that is printed on failure. */
function schedule(faults: readonly Fault[], jobs: number): readonly Fault[] {
  let state = SEED
  return Array.from({ length: jobs }, (_, job) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const fault = faults[job < faults.length ? job : state % faults.length]
    if (fault === undefined) throw new Error('no faults')
    return fault
  })
}

async function runJobs(
  faults: readonly Fault[],
  jobs: number,
  endpoint: () => IppEndpoint,
  paper: string,
): Promise<Report[]> {
  const reports: Report[] = []
  for (const [index, fault] of schedule(faults, jobs).entries()) {
    // A page of its own for each job: a sheet of an earlier one would show.
    const sent = Buffer.concat([envelope, Buffer.from(`\n% job ${index}\n`)])
    reference.takePages()
    const ended = await fault.run((options = {}) => {
      const printer: EnvelopePrinter = createIppPrinter({
        name: 'p',
        endpoint: options.endpoint ?? endpoint(),
        media: paper,
        times,
      })
      return printer.print({
        pdf: Buffer.from(sent),
        jobName: `envelope-${index}`,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        ...(options.onAccepted === undefined ? {} : { onAccepted: options.onAccepted }),
      })
    })
    reports.push({ fault: fault.name, ended, sheets: reference.takePages(), sent })
  }
  return reports
}

function judge(faults: readonly Fault[], reports: readonly Report[]): void {
  for (const [index, { fault, ended, sheets }] of reports.entries()) {
    const what = `job ${index} of seed ${SEED}: ${fault}; ${JSON.stringify(ended)}, ${sheets.length} sheets`
    const expected = faults.find(({ name }) => name === fault)
    if (expected?.mayBeTakenForPrinted === true && ended.outcome === 'printed') {
      expect(ended.word, what).toBe('spooler')
      continue
    }
    expect(ended.outcome, what).toBe(expected?.expected)
    if (expected?.code !== undefined) expect(ended, what).toMatchObject({ failure: { code: expected.code } })
    expect(sheets.length, what).toBeLessThanOrEqual(1)
    if (ended.outcome === 'printed') expect(sheets.length, what).toBe(1)
    if (ended.outcome === 'not-printed') expect(sheets.length, what).toBe(0)
  }
}

describe('straight to a printer', () => {
  test(`${DIRECT_JOBS} jobs: what is claimed lies in the tray, to the byte`, { timeout: 1_200_000 }, async () => {
    const reports = await runJobs(direct, DIRECT_JOBS, () => ({ transport: 'tcp', uri: reference.uri }), media)
    judge(direct, reports)
    for (const { ended, sheets, sent } of reports) if (ended.outcome === 'printed') expect(sheets).toEqual([sent])
  })

  test('paper of another size is found before anything is sent', async () => {
    const printer = createIppPrinter({
      name: 'p',
      endpoint: { transport: 'tcp', uri: reference.uri },
      media: 'iso_a4_210x297mm',
    })
    expect(await printer.check()).toMatchObject({ ok: false, failure: { code: 'print.wrong-paper' } })
  })
})

describe('through CUPS', () => {
  test(`${SPOOLED_JOBS} jobs: what is claimed lies in the tray, and its picture is what was sent`, {
    timeout: 1_200_000,
  }, async () => {
    const uri = await spooler.addQueue('counter', reference.uri)
    expect(await listQueues({ transport: 'tcp', uri })).toMatchObject({
      ok: true,
      value: [
        {
          name: 'counter',
          state: 'idle',
          accepting: true,
          needs: [],
          media: expect.arrayContaining(['iso_a4_210x297mm']),
        },
      ],
    })
    const reports = await runJobs(spooled, SPOOLED_JOBS, () => ({ transport: 'tcp', uri }), 'iso_a4_210x297mm')
    judge(spooled, reports)
    const wanted = picture(envelope)
    const printed = reports.filter(({ ended, sheets }) => ended.outcome === 'printed' && sheets.length > 0)
    expect(printed.length).toBeGreaterThan(0)
    for (const { sheets } of long ? printed : printed.slice(0, 2))
      expect(picture(sheets[0] ?? Buffer.alloc(0))).toBe(wanted)
    expect(spooler.spoolFiles()).toEqual([])
  })

  test('the console lists a server’s queues: how each stands, and that nobody knows what the server keeps', async () => {
    const server = `ipp://127.0.0.1:${spooler.port}`
    spooler.administer('cupsdisable', ['counter'])
    spooler.administer('cupsreject', ['counter'])
    const listed = await runArm(['printers', '--server', server, '--json'])
    expect(listed.code).toBe(0)
    expect(answerOf(listed)).toMatchObject({
      from: 'cups',
      queues: [{ name: 'counter', state: 'stopped', accepting: false, needs: ['paused'], reasons: ['paused'] }],
      findings: [{ code: 'print.spool-unreadable' }],
    })
    const shown = await runArm(['printers', '--server', server])
    expect(shown.stdout).toMatch(
      /counter · .*\n {2}ОСТАНОВЛЕНА, заданий не принимает\n {2}бумага: .*\n {2}принтер сообщает: paused/,
    )
    expect((await runArm(['printers', '--server', 'https://127.0.0.1'])).code).toBe(2)
    expect((await runArm(['printers', '--server', 'ipp://127.0.0.1:1', '--json'])).code).toBe(1)
  })
})

/** SHA-256 of a page's dots, as poppler draws them. */
function picture(pdf: Buffer): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'arm-tson-picture-'))
  try {
    const file = path.join(folder, 'page.pdf')
    writeFileSync(file, pdf)
    const dots = execFileSync('pdftoppm', ['-r', '150', '-gray', file], { maxBuffer: 64 << 20 })
    return createHash('sha256').update(dots).digest('hex')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

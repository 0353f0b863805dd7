import { afterEach, describe, expect, test } from 'vitest'
import { createIppPrinter } from '../../../src/main/adapters/printing/create-ipp-printer.ts'
import type { IppTrust } from '../../../src/main/adapters/printing/ipp-transport.ts'
import type { PrintOutcome } from '../../../src/main/ports/envelope-printer.ts'
import type { PrintProgress } from '../../../src/shared/domain/print-progress.ts'
import { type PrinterScript, startTestPrinter, type TestPrinter } from '../../support/printing/ipp-server.ts'
import { makeCertificate } from '../../support/printing/tls-certificate.ts'

/** One page to a printer that misbehaves in one way each: which outcome the workstation may claim, and how often it sent. */
const page = Buffer.from(`%PDF-1.7 ${'page '.repeat(5000)}`)
const times = { submitMs: 1_000, jobMs: 2_000, pollMs: 20, cancelMs: 1_000 }
let printer: TestPrinter | undefined

afterEach(async () => {
  await printer?.close()
  printer = undefined
})

async function open(script: PrinterScript, tls?: IppTrust) {
  printer = await startTestPrinter(script)
  const endpoint = { transport: 'tcp', uri: printer.uri, ...(tls === undefined ? {} : { tls }) } as const
  return { test: printer, ipp: createIppPrinter({ name: 'p', endpoint, media: 'iso_a4_210x297mm', times }) }
}

async function printOn(
  script: PrinterScript,
  signal?: AbortSignal,
): Promise<{ ended: PrintOutcome; progress: PrintProgress[]; test: TestPrinter }> {
  const opened = await open(script)
  const progress: PrintProgress[] = []
  const ended = await opened.ipp.print({
    pdf: Buffer.from(page),
    jobName: 'envelope-3f6c2a1e-8d4b-4c55-9a57-0d3a4c1b2e3f',
    onProgress: (found) => progress.push(found),
    ...(signal === undefined ? {} : { signal }),
  })
  return { ended, progress, test: opened.test }
}

const prints = ({ requests }: TestPrinter): number => requests.filter((operation) => operation === 2).length

describe('a page is sent once, and its end is what the printer said', () => {
  test('completed is printed, and every byte arrived', async () => {
    const { ended, test: found } = await printOn({ job: (look) => ({ state: look < 3 ? 5 : 9, begun: true }) })
    expect(ended).toEqual({ outcome: 'printed', place: 'p', word: 'printer' })
    expect(found.documents).toEqual([page])
  })

  test.each<[string, PrinterScript, string]>([
    ['refuses the job', { printStatus: 0x0507 }, 'print.printer-failed'],
    ['refuses the format after all', { printStatus: 0x040a }, 'print.printer-failed'],
    ['asks for a login', { onPrint: 'http-403' }, 'print.printer-failed'],
    ['takes no jobs', { accepting: false }, 'print.not-accepting'],
    ['knows neither PDF nor raster', { formats: ['text/plain'] }, 'print.format-unsupported'],
    [
      'aborts before it begins',
      { job: () => ({ state: 8, begun: false, reasons: ['aborted-by-system'] }) },
      'print.aborted',
    ],
    [
      'finds the document unreadable',
      { job: () => ({ state: 8, begun: true, reasons: ['document-format-error'] }) },
      'print.aborted',
    ],
  ])('nothing came out where the printer %s', async (_what, script, code) => {
    const { ended, test: found } = await printOn(script)
    expect(ended).toMatchObject({ outcome: 'not-printed', failure: { code } })
    expect(prints(found)).toBeLessThanOrEqual(1)
  })

  test.each<[string, PrinterScript]>([
    ['resets the connection while the page arrives', { onPrint: 'reset-before-reading', unnamedJobs: true }],
    ['dies with the page', { onPrint: 'reset-after-reading', unnamedJobs: true }],
    ['never answers', { onPrint: 'stall', unnamedJobs: true }],
    ['answers nonsense', { onPrint: 'garbage', unnamedJobs: true }],
    ['answers a web page', { onPrint: 'html', unnamedJobs: true }],
    ['answers without an end', { onPrint: 'huge', unnamedJobs: true }],
    ['answers somebody else', { onPrint: 'wrong-id', unnamedJobs: true }],
    ['answers half', { onPrint: 'truncated', unnamedJobs: true }],
    ['is overtaxed, or says so', { onPrint: 'http-503', unnamedJobs: true }],
    ['cancelled while it read', { printStatus: 0x0508, unnamedJobs: true }],
    ['aborts in the middle', { job: () => ({ state: 8, begun: true, reasons: ['aborted-by-system'] }) }],
    ['aborts and does not say whether it began', { job: () => ({ state: 8 }) }],
    ['completes with errors', { job: () => ({ state: 9, reasons: ['job-completed-with-errors'], begun: true }) }],
    ['forgets the job', { job: () => 'gone' }],
    ['goes away and stays away', { job: () => 'reset' }],
    ['never ends', { job: () => ({ state: 5, begun: true }) }],
  ])('the result is unknown where the printer %s', async (_what, script) => {
    const { ended, test: found } = await printOn(script)
    expect(ended).toMatchObject({ outcome: 'unknown', failure: { code: 'print.outcome-unknown' } })
    expect(prints(found)).toBeLessThanOrEqual(1)
  })

  test('a lost answer is made good by asking for the job by name', async () => {
    const { ended, test: found } = await printOn({ onPrint: 'reset-after-reading' })
    expect(ended).toEqual({ outcome: 'printed', place: 'p', word: 'printer' })
    expect(prints(found)).toBe(1)
  })

  test('a printer that comes back is followed on', async () => {
    const { ended, progress } = await printOn({ job: (look) => (look < 4 ? 'reset' : { state: 9, begun: true }) })
    expect(ended).toEqual({ outcome: 'printed', place: 'p', word: 'printer' })
    expect(progress.map(({ state }) => state)).toContain('silent')
  })
})

describe('the operator hears what the printer says', () => {
  test('out of paper, then paper again', async () => {
    const { ended, progress } = await printOn({
      printerReasons: (look) => (look >= 1 && look < 4 ? ['media-empty-error', 'media-needed'] : ['none']),
      job: (look) => ({ state: look < 6 ? 5 : 9, begun: true }),
    })
    expect(ended.outcome).toBe('printed')
    expect(progress).toContainEqual({ state: 'printing', needs: ['paper'] })
    expect(progress.at(-1)).toEqual({ state: 'printing', needs: [] })
  })

  test('cancelling before the printer began leaves nothing behind', async () => {
    const stop = new AbortController()
    let cancelled = false
    const { ended } = await printOn(
      {
        onCancel: () => {
          cancelled = true
        },
        job() {
          if (cancelled) return { state: 7, begun: false, reasons: ['job-canceled-by-user'] }
          stop.abort()
          return { state: 3, begun: false }
        },
      },
      stop.signal,
    )
    expect(ended).toEqual({ outcome: 'not-printed', failure: { code: 'print.cancelled' } })
    expect(cancelled).toBe(true)
  })

  test.each<[string, PrinterScript['job'], PrintOutcome['outcome']]>([
    ['had begun', () => ({ state: 7, begun: true }), 'unknown'],
    ['had finished', () => ({ state: 9, begun: true }), 'printed'],
    ['says nothing more', () => 'reset', 'unknown'],
  ])('cancelling a job that %s tells the truth', async (_what, after, outcome) => {
    const stop = new AbortController()
    let cancelled = false
    const { ended } = await printOn(
      {
        onCancel: () => {
          cancelled = true
        },
        job(look) {
          if (cancelled) return after?.(look) ?? 'gone'
          // The job is asked for, so the printer has the page: now the operator gives up.
          stop.abort()
          return { state: 5, begun: true }
        },
      },
      stop.signal,
    )
    expect(ended.outcome).toBe(outcome)
  })
})

describe('before anything is sent', () => {
  test.each<[string, PrinterScript, string]>([
    ['no paper', { printerReasons: () => ['media-empty-error'] }, 'print.out-of-paper'],
    ['a jam', { printerReasons: () => ['media-jam-error'], printerState: 5 }, 'print.needs-attention'],
    ['other paper', { mediaReady: ['na_letter_8.5x11in'] }, 'print.wrong-paper'],
    ['a closed queue', { accepting: false }, 'print.not-accepting'],
    ['a language that we do not speak', { formats: ['application/vnd.hp-PCL'] }, 'print.format-unsupported'],
  ])('the check finds %s', async (_what, script, code) => {
    const { ipp } = await open(script)
    expect(await ipp.check()).toMatchObject({ ok: false, failure: { code } })
  })

  test('the check passes a printer whose toner is merely low', async () => {
    const { ipp } = await open({ printerReasons: () => ['toner-low-warning', 'media-low-report'] })
    expect(await ipp.check()).toEqual({ ok: true, value: { warnings: [] } })
  })

  test('a printer that is not there is unreachable, and nothing was printed', async () => {
    const { ipp, test: found } = await open({})
    await found.close()
    expect(await ipp.check()).toMatchObject({ ok: false, failure: { code: 'print.unreachable' } })
    expect(await ipp.print({ pdf: page, jobName: 'x' })).toMatchObject({
      outcome: 'not-printed',
      failure: { code: 'print.unreachable' },
    })
  })

  test('nothing personal stands in a request or a header', async () => {
    const { test: found } = await printOn({})
    expect(found.attributeTexts.length).toBeGreaterThan(2)
    for (const text of found.attributeTexts) expect(text).not.toMatch(/\d{12}|operator|Айгүл/)
    expect(found.jobNames).toEqual(['envelope-3f6c2a1e-8d4b-4c55-9a57-0d3a4c1b2e3f'])
  })
})

describe('TLS', () => {
  const own = makeCertificate('printer.example')
  const foreign = makeCertificate('printer.example')

  test('a pinned certificate is enough, whatever name it bears', async () => {
    const { ipp, test: found } = await open({ tls: own }, { kind: 'certificate', pem: own.cert })
    expect(await ipp.print({ pdf: Buffer.from(page), jobName: 'x' })).toEqual({
      outcome: 'printed',
      place: 'p',
      word: 'printer',
    })
    expect(found.documents).toEqual([page])
  })

  test.each<IppTrust['kind']>(['certificate', 'authority'])(
    'a foreign certificate gets no byte of the page (%s)',
    async (kind) => {
      const { ipp, test: found } = await open({ tls: foreign }, { kind, pem: own.cert })
      expect(await ipp.print({ pdf: page, jobName: 'x' })).toMatchObject({
        outcome: 'not-printed',
        failure: { code: 'print.tls-untrusted' },
      })
      expect(found.requests).toEqual([])
    },
  )

  test('an authority vouches for a name, and only for that', async () => {
    const local = makeCertificate('127.0.0.1')
    const good = await open({ tls: local }, { kind: 'authority', pem: local.cert })
    expect(await good.ipp.check()).toEqual({ ok: true, value: { warnings: [] } })
    await good.test.close()
    const bad = await open({ tls: own }, { kind: 'authority', pem: own.cert })
    expect(await bad.ipp.check()).toMatchObject({ ok: false, failure: { code: 'print.tls-untrusted' } })
  })
})

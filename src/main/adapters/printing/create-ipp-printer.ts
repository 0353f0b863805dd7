import { setTimeout as delay } from 'node:timers/promises'
import type { Failure } from '../../../shared/contract/failure.ts'
import type { PrintProgress } from '../../../shared/domain/print-progress.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { EnvelopePrinter, PrinterReadiness, PrintJob, PrintOutcome } from '../../ports/envelope-printer.ts'
import { chooseFormat, type PageFormat } from './choose-format.ts'
import { encodePwgRaster } from './encode-pwg-raster.ts'
import { createIppClient, type JobSnapshot } from './ipp-client.ts'
import { type IppRequestAttribute, ippTag } from './ipp-message.ts'
import type { IppEndpoint } from './ipp-transport.ts'
import { judgeJobEnd } from './judge-job-end.ts'
import { describePrinter, PRINTER_ATTRIBUTES, type PrinterDescription } from './printer-description.ts'
import { printerNeedsOf } from './printer-needs.ts'

export interface IppPrinterTimes {
  /** For the page to be taken. */
  readonly submitMs: number
  /** For a job to end; after that its result is unknown. */
  readonly jobMs: number
  /** Between two looks at a job; the first ones come sooner. */
  readonly pollMs: number
  /** How long a cancelled job may take to say how it ended. */
  readonly cancelMs: number
}

const TIMES: IppPrinterTimes = { submitMs: 30_000, jobMs: 10 * 60_000, pollMs: 1_000, cancelMs: 10_000 }
const FIRST_POLL_MS = 50
const STOPPED = 5

/**
 * Prints over IPP from memory: a printer of the network or a queue of CUPS. The page goes out once: whatever happens
 * after its first byte, it is not sent again, and the job is followed until the printer tells how it ended.
 * @param options.media PWG 5101.1 name of the sheet.
 * @param options.spoolFindings what is known of a spooler that keeps job files; asked with every check.
 */
export function createIppPrinter(options: {
  readonly name: string
  readonly endpoint: IppEndpoint
  readonly media: string
  readonly spoolFindings?: () => Promise<readonly Failure[]>
  readonly times?: Partial<IppPrinterTimes>
}): EnvelopePrinter {
  const { endpoint, media } = options
  const times = { ...TIMES, ...options.times }
  const client = createIppClient(endpoint)
  // CUPS was seen to complete jobs that the printer behind it had aborted.
  const word = isSpooled(endpoint) ? 'spooler' : 'printer'

  async function describe(): Promise<Result<PrinterDescription>> {
    const answer = await client.printerAttributes(PRINTER_ATTRIBUTES)
    if (!answer.ok) return fail(asUnreachable(answer.failure))
    const description = describePrinter(answer.value)
    return description === undefined
      ? fail({ code: 'print.malformed-answer', detail: 'printer-attributes' })
      : succeed(description)
  }

  return {
    name: options.name,

    async check() {
      const described = await describe()
      if (!described.ok) return described
      const obstacle = obstacleOf(described.value, media)
      if (obstacle !== undefined) return fail(obstacle)
      const warnings: Failure[] = [...((await options.spoolFindings?.()) ?? [])]
      if (isReadableOnTheWay(endpoint)) warnings.push({ code: 'print.unencrypted' })
      return succeed<PrinterReadiness>({ warnings })
    },

    async print(given) {
      const job = tellingChanges(given)
      tell(job, { state: 'sending', needs: [] })
      const described = await describe()
      if (!described.ok) return notPrinted(described.failure)
      const printer = described.value
      if (!printer.accepting) return notPrinted({ code: 'print.not-accepting' })
      const format = chooseFormat(printer)
      if (format === undefined) return notPrinted(noFormat(printer))
      const page = await pageAs(format, job.pdf, media)
      if (job.signal?.aborted === true) {
        if (page !== job.pdf) page.fill(0)
        return notPrinted({ code: 'print.cancelled' })
      }
      const submitted = await client.printJob({
        document: page,
        format: format.kind === 'pdf' ? 'application/pdf' : 'image/pwg-raster',
        jobName: job.jobName,
        attributes: jobAttributes(printer, media),
        deadlineMs: times.submitMs,
      })
      if (page !== job.pdf) page.fill(0)
      if (submitted.kind === 'refused') return notPrinted(submitted.failure)
      job.onAccepted?.()
      const known = submitted.kind === 'accepted' ? submitted.job : await recover(job.jobName)
      if (known === undefined) {
        return unknown(submitted.kind === 'unknown' ? submitted.failure.detail : undefined)
      }
      return follow(known, job)
    },
  }

  /** The answer to Print-Job was lost: the printer may still know the job by its name. */
  async function recover(jobName: string): Promise<JobSnapshot | undefined> {
    const found = await client.findJob(jobName)
    return found.ok ? found.value : undefined
  }

  async function follow(submitted: JobSnapshot, job: PrintJob): Promise<PrintOutcome> {
    let latest = submitted
    let cancelled = false
    let waitMs = Math.min(FIRST_POLL_MS, times.pollMs)
    let deadline = performance.now() + times.jobMs
    for (;;) {
      const end = judgeJobEnd(latest)
      if (end === 'printed') return { outcome: 'printed', place: options.name, word }
      if (end === 'not-printed') {
        return notPrinted(
          cancelled ? { code: 'print.cancelled' } : { code: 'print.aborted', detail: shown(latest.reasons) },
        )
      }
      if (end === 'unknown') return unknown(shown(latest.reasons))
      if (performance.now() >= deadline) return unknown(cancelled ? 'cancelling' : 'timeout')
      await delay(waitMs, undefined, job.signal === undefined || cancelled ? {} : { signal: job.signal }).catch(
        () => undefined,
      )
      waitMs = Math.min(waitMs * 1.5, times.pollMs)
      if (job.signal?.aborted === true && !cancelled) {
        cancelled = true
        deadline = performance.now() + times.cancelMs
        waitMs = Math.min(FIRST_POLL_MS, times.pollMs)
        tell(job, { state: 'cancelling', needs: [] })
        await client.cancel(latest.id)
      }
      const looked = await client.job(latest.id)
      if (!looked.ok) {
        // A printer that was switched off may come back with the job; one that has forgotten it will not.
        if (looked.failure.detail === 'IPP 0x0406') return unknown('job-forgotten')
        if (!cancelled) tell(job, { state: 'silent', needs: [] })
        continue
      }
      latest = looked.value
      if (!cancelled && judgeJobEnd(latest) === undefined) tell(job, await progressOf(latest))
    }
  }

  async function progressOf(job: JobSnapshot): Promise<PrintProgress> {
    const described = await describe()
    const reasons = described.ok ? described.value.reasons : []
    const stopped = job.state === 6 || (described.ok && described.value.state === STOPPED)
    const needs = printerNeedsOf([...reasons, ...job.reasons], 'warning')
    if (stopped) return { state: 'stopped', needs }
    return { state: job.state === 5 ? 'printing' : 'waiting', needs }
  }
}

/** Why a printer cannot take a page now; undefined where it can. */
function obstacleOf(printer: PrinterDescription, media: string): Failure | undefined {
  if (!printer.accepting) return { code: 'print.not-accepting' }
  const needs = printerNeedsOf(printer.reasons, 'error')
  if (needs.includes('paper')) return { code: 'print.out-of-paper' }
  if (printer.state === STOPPED || needs.length > 0) {
    return { code: 'print.needs-attention', detail: shown(printer.reasons) }
  }
  if (chooseFormat(printer) === undefined) return noFormat(printer)
  const sheets = printer.mediaReady ?? printer.mediaSupported
  if (sheets !== undefined && !sheets.includes(media)) return { code: 'print.wrong-paper', detail: shown(sheets) }
  return undefined
}

function noFormat(printer: PrinterDescription): Failure {
  return { code: 'print.format-unsupported', detail: shown(printer.formats) }
}

async function pageAs(format: PageFormat, pdf: Buffer, mediaName: string): Promise<Buffer> {
  if (format.kind === 'pdf') return pdf
  const { rasterisePage } = await import('./rasterise-page.ts')
  const bitmap = await rasterisePage(pdf, format.dpi)
  const raster = encodePwgRaster({ bitmap, dpi: format.dpi, color: format.color, mediaName })
  bitmap.pixels.fill(0)
  return raster
}

/** Only what the printer knows: an unknown attribute may make it refuse the job or spoil the page. */
function jobAttributes(printer: PrinterDescription, media: string): IppRequestAttribute[] {
  const attributes: IppRequestAttribute[] = [{ tag: ippTag.integer, name: 'copies', values: [1] }]
  const keyword = (name: string, value: string): void => {
    attributes.push({ tag: ippTag.keyword, name, values: [value] })
  }
  if (printer.mediaSupported?.includes(media) ?? printer.mediaReady?.includes(media)) keyword('media', media)
  if (printer.sidesSupported.includes('one-sided')) keyword('sides', 'one-sided')
  // Folds and windows are where the page says they are, to half a millimetre.
  if (printer.scalingSupported.includes('none')) keyword('print-scaling', 'none')
  return attributes
}

/** CUPS names its queues so, and printers do not. */
function isSpooled(endpoint: IppEndpoint): boolean {
  return new URL(endpoint.uri.replace(/^ipp/, 'http')).pathname.startsWith('/printers/')
}

function isReadableOnTheWay(endpoint: IppEndpoint): boolean {
  if (endpoint.transport === 'socket' || endpoint.uri.startsWith('ipps:')) return false
  const host = new URL(endpoint.uri.replace(/^ipp/, 'http')).hostname
  return !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
}

/** What has not changed is not told again. */
function tellingChanges(job: PrintJob): PrintJob {
  let last = ''
  return {
    ...job,
    onProgress(progress) {
      const now = JSON.stringify(progress)
      if (now !== last) job.onProgress?.(progress)
      last = now
    },
  }
}

function tell(job: PrintJob, progress: PrintProgress): void {
  job.onProgress?.(progress)
}

function asUnreachable(failure: Failure): Failure {
  // A queue that does not exist answers client-error-not-found.
  return failure.detail === 'IPP 0x0406' ? { code: 'print.no-printer', detail: 'no such queue' } : failure
}

function notPrinted(failure: Failure): PrintOutcome {
  return { outcome: 'not-printed', failure }
}

function unknown(detail: string | undefined): PrintOutcome {
  return { outcome: 'unknown', failure: { code: 'print.outcome-unknown', ...(detail === undefined ? {} : { detail }) } }
}

/** Keywords of the printer, for the administrator; a printer may send anything, so plain words alone. */
function shown(keywords: readonly string[]): string {
  return keywords
    .filter((keyword) => /^[\w./+-]{1,80}$/.test(keyword))
    .slice(0, 8)
    .join(' ')
    .slice(0, 300)
}

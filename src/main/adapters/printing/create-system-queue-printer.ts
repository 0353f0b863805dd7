import type { Failure } from '../../../shared/contract/failure.ts'
import { fail, succeed } from '../../../shared/result.ts'
import type { DesktopQueues, SheetPicture } from '../../ports/desktop-queues.ts'
import type { EnvelopePrinter, PrintOutcome } from '../../ports/envelope-printer.ts'
import { encodeBmp } from './encode-bmp.ts'

const DPI = 300
const SHEETS: Readonly<Record<string, SheetPicture['size']>> = {
  iso_a4_210x297mm: { name: 'A4', widthMm: 210, heightMm: 297 },
  iso_a5_148x210mm: { name: 'A5', widthMm: 148, heightMm: 210 },
}

/**
 * Prints through a queue that only the desktop reaches, as a picture drawn in memory. The system takes the page and says
 * no more, so a sheet that was handed over has an unknown end: the operator looks into the tray each time.
 * @param options.media PWG 5101.1 name of the sheet: A4 or A5.
 */
export function createSystemQueuePrinter(options: {
  readonly queue: string
  readonly media: string
  readonly desktop: DesktopQueues
}): EnvelopePrinter {
  const { queue, media, desktop } = options
  const size = SHEETS[media]

  async function obstacle(): Promise<Failure | undefined> {
    if (size === undefined) return { code: 'print.wrong-paper', detail: media }
    const known = (await desktop.list()).find(({ name }) => name === queue)
    if (known === undefined) return { code: 'print.no-printer', detail: 'no such queue' }
    return known.accepting === false ? { code: 'print.not-accepting' } : undefined
  }

  return {
    name: queue,

    async check() {
      const failure = await obstacle()
      if (failure !== undefined) return fail(failure)
      return succeed({
        warnings: [{ code: 'print.unfollowed' }, { code: 'print.spool-unreadable', detail: 'desktop' }],
      })
    },

    async print({ pdf, jobName, onAccepted, onProgress, signal }) {
      onProgress?.({ state: 'sending', needs: [] })
      const failure = await obstacle()
      if (failure !== undefined || size === undefined) {
        return notPrinted(failure ?? { code: 'print.wrong-paper', detail: media })
      }
      const { rasterisePage } = await import('./rasterise-page.ts')
      const bitmap = await rasterisePage(pdf, DPI)
      const bmp = encodeBmp(bitmap, DPI)
      bitmap.pixels.fill(0)
      try {
        if (signal?.aborted === true) return notPrinted({ code: 'print.cancelled' })
        onAccepted?.()
        const job = { queue, jobName, bmp, dpi: DPI, size, ...(signal === undefined ? {} : { signal }) }
        const { kind, detail = kind } = await desktop.print(job)
        if (kind === 'refused') {
          return notPrinted(
            detail === 'cancelled' ? { code: 'print.cancelled' } : { code: 'print.printer-failed', detail },
          )
        }
        return { outcome: 'unknown', failure: { code: 'print.outcome-unknown', detail } }
      } finally {
        bmp.fill(0)
      }
    },
  }
}

function notPrinted(failure: Failure): PrintOutcome {
  return { outcome: 'not-printed', failure }
}

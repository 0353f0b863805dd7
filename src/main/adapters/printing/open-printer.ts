import path from 'node:path'
import type { DesktopQueues } from '../../ports/desktop-queues.ts'
import type { EnvelopePrinter } from '../../ports/envelope-printer.ts'
import { createAbsentPrinter } from './create-absent-printer.ts'
import { createIppPrinter } from './create-ipp-printer.ts'
import { createSystemQueuePrinter } from './create-system-queue-printer.ts'
import { createTrainingPrinter } from './create-training-printer.ts'
import { findSpooler } from './find-spooler.ts'
import { readSpoolFindings } from './read-spool-findings.ts'

/** What the settings say of the printer; their type lives with the settings. */
export type ConfiguredPrinter =
  | { readonly kind: 'training' }
  | { readonly kind: 'system'; readonly queue: string }
  | {
      readonly kind: 'ipp'
      readonly uri: string
      readonly tls?: { readonly kind: 'authority' | 'certificate'; readonly pem: string }
    }
  | undefined

/**
 * The printer that is configured. A queue of the system is spoken to over IPP where the system has CUPS, and through the
 * desktop where it has not: Windows has no IPP endpoint for a printer on its cable.
 * @param options.trainingFolder where the training printer keeps its files.
 * @param options.desktopQueues absent where the desktop is not there to be asked, or keeps no secret.
 */
export function openPrinter(options: {
  readonly printer: ConfiguredPrinter
  readonly media: string
  readonly trainingFolder: string
  readonly desktopQueues?: DesktopQueues
}): EnvelopePrinter {
  const { printer, media } = options
  switch (printer?.kind) {
    case undefined:
      return createAbsentPrinter()
    case 'training':
      return createTrainingPrinter({ folder: path.resolve(options.trainingFolder) })
    case 'ipp': {
      const { uri, tls } = printer
      return createIppPrinter({
        name: printerNameOf(uri),
        endpoint: { transport: 'tcp', uri, ...(tls === undefined ? {} : { tls }) },
        media,
        ...(isLocalQueue(uri) ? { spoolFindings: () => readSpoolFindings() } : {}),
      })
    }
    case 'system': {
      const spooler = findSpooler()
      if (spooler !== undefined) {
        return createIppPrinter({
          name: printer.queue,
          endpoint: spooler.queue(printer.queue),
          media,
          spoolFindings: () => readSpoolFindings(),
        })
      }
      if (options.desktopQueues === undefined) return createAbsentPrinter()
      return createSystemQueuePrinter({ queue: printer.queue, media, desktop: options.desktopQueues })
    }
  }
}

function printerNameOf(uri: string): string {
  const { hostname, pathname } = new URL(uri.replace(/^ipp/, 'http'))
  const queue = /^\/printers\/([^/]+)$/.exec(pathname)?.[1]
  return queue === undefined ? hostname : `${decodeURIComponent(queue)} · ${hostname}`
}

/** CUPS names its queues so; a printer of the network does not keep files on this machine. */
function isLocalQueue(uri: string): boolean {
  const { hostname, pathname } = new URL(uri.replace(/^ipp/, 'http'))
  return pathname.startsWith('/printers/') && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

import { randomUUID } from 'node:crypto'
import { BrowserWindow, type Session, session, type WebContentsPrintOptions } from 'electron'
import type { QueueState } from '../../shared/domain/system-queue.ts'
import type { DesktopQueues, HandOver, SheetPicture } from '../ports/desktop-queues.ts'
import { hardenSession } from './harden.ts'

const ORIGIN = 'app://sheet'
const LOAD_MS = 15_000
/** Some drivers never call back: what came of the page is then unknown. */
const HAND_OVER_MS = 60_000
/** printer-state (RFC 8011, 5.4.11), where the system tells it. */
const STATES: Readonly<Record<string, QueueState>> = { '3': 'idle', '4': 'printing', '5': 'stopped' }

/**
 * The system's queues through Chromium. A sheet is shown to a renderer of its own, without scripts, which asks for its
 * picture once, over a protocol that only this session has; the renderer's process ends with the job. On Windows Chromium
 * passes the page on in memory. On Linux it was seen to write it into a temporary file first, so there this is for no
 * secret.
 */
export function createDesktopQueues(options: { readonly browser: BrowserWindow }): DesktopQueues {
  const sheets = new Map<string, SheetPicture>()
  let sheetSession: Session | undefined

  /** In memory alone, and without a cache. */
  function openSession(): Session {
    if (sheetSession !== undefined) return sheetSession
    const opened = session.fromPartition('sheet', { cache: false })
    hardenSession(opened)
    opened.protocol.handle('app', (request) => answer(request, sheets))
    sheetSession = opened
    return opened
  }

  return {
    async list() {
      const printers = await options.browser.webContents.getPrintersAsync()
      return printers.map(({ name, displayName, description, options: told }) => {
        const state = textIn(told, 'printer-state')
        const reasons = textIn(told, 'printer-state-reasons')?.split(',') ?? []
        const accepting = textIn(told, 'printer-is-accepting-jobs')
        return {
          name,
          ...(displayName === name || displayName === '' ? {} : { description: displayName }),
          ...(description === '' ? {} : { model: description }),
          state: (state === undefined ? undefined : STATES[state]) ?? 'unknown',
          ...(accepting === undefined ? {} : { accepting: accepting === 'true' }),
          media: [],
          needs: [],
          reasons: reasons.filter((reason) => reason !== 'none' && reason !== ''),
        }
      })
    },

    async print(sheet) {
      const token = randomUUID()
      sheets.set(token, sheet)
      const window = openSheetWindow(openSession())
      try {
        const shown = await within(
          LOAD_MS,
          window.loadURL(`${ORIGIN}/${token}`).then(() => 'shown' as const),
        )
        sheet.bmp.fill(0)
        // A picture that nobody asked for would be a blank sheet.
        if (shown !== 'shown' || sheets.has(token)) return { kind: 'refused', detail: 'not-shown' }
        if (sheet.signal?.aborted === true) return { kind: 'refused', detail: 'cancelled' }
        return (await within(HAND_OVER_MS, handOver(window, sheet))) ?? { kind: 'unknown', detail: 'timeout' }
      } catch {
        return { kind: 'refused', detail: 'not-shown' }
      } finally {
        sheets.delete(token)
        window.destroy()
      }
    },
  }
}

function openSheetWindow(session: Session): BrowserWindow {
  return new BrowserWindow({
    show: false,
    skipTaskbar: true,
    webPreferences: {
      session,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      devTools: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  })
}

/** The page of a sheet, and its picture once. */
function answer(request: Request, sheets: Map<string, SheetPicture>): Response {
  const [, token = '', part] = new URL(request.url).pathname.split('/')
  const sheet = sheets.get(token)
  if (sheet === undefined || request.method !== 'GET') return new Response(null, { status: 404 })
  if (part === undefined) return new Response(pageOf(sheet, token), { headers: headersFor('text/html; charset=utf-8') })
  sheets.delete(token)
  // As a stream the bytes go to the renderer from this buffer; as a body they would be copied first.
  const picture = new ReadableStream({
    start(controller) {
      controller.enqueue(sheet.bmp)
      controller.close()
    },
  })
  return new Response(picture, { headers: headersFor('image/bmp') })
}

function headersFor(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': `default-src 'none'; img-src ${ORIGIN}; style-src 'unsafe-inline'`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
}

function pageOf({ jobName, size: { widthMm, heightMm } }: SheetPicture, token: string): string {
  const measure = `width:${widthMm}mm;height:${heightMm}mm`
  const title = jobName.replace(/[^\w-]/g, '')
  return `<!doctype html><title>${title}</title><style>@page{size:${widthMm}mm ${heightMm}mm;margin:0}
html,body{margin:0}img{display:block;${measure}}</style><img src="${ORIGIN}/${token}/picture">`
}

function handOver(window: BrowserWindow, { queue, dpi, size }: SheetPicture): Promise<HandOver> {
  const print: WebContentsPrintOptions = {
    silent: true,
    deviceName: queue,
    printBackground: true,
    color: false,
    margins: { marginType: 'none' },
    scaleFactor: 100,
    pagesPerSheet: 1,
    copies: 1,
    duplexMode: 'simplex',
    dpi: { horizontal: dpi, vertical: dpi },
    pageSize: size.name,
  }
  return new Promise((resolve) => {
    window.webContents.print(print, (handed, reason) => {
      if (handed) return resolve({ kind: 'handed' })
      // Settings are refused before a page is made; any later word may come after it.
      resolve({ kind: reason === 'Invalid printer settings' ? 'refused' : 'unknown', detail: reason.slice(0, 100) })
    })
  })
}

/** @returns undefined where the time is over first. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function textIn(told: unknown, key: string): string | undefined {
  if (typeof told !== 'object' || told === null) return undefined
  const value: unknown = Reflect.get(told, key)
  return typeof value === 'string' ? value : undefined
}

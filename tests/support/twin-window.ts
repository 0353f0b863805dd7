import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OpenWindow } from './launch-window.ts'

/** A web server outside: what reaches it has got out of the window. */
export interface OutsideServer {
  readonly url: string
  /** Paths that were asked for, in order. */
  readonly hits: readonly string[]
  close(): Promise<void>
}

/** `/redirect` leads to `/landed`, `/private` is not for other origins; every other path is a page without a policy. */
export async function startOutsideServer(): Promise<OutsideServer> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(request.url ?? '')
    if (request.url === '/redirect') {
      response.writeHead(302, { location: '/landed' }).end()
      return
    }
    const shared = request.url === '/private' ? {} : { 'access-control-allow-origin': '*' }
    response.writeHead(200, { 'content-type': 'text/html', ...shared })
    response.end('<!doctype html><title>outside</title><body>outside</body>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hits,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export interface TwinOptions {
  readonly url: string
  readonly preferences?: Readonly<Record<string, unknown>>
  /** Takes the app's guards of navigation, new windows and web views off this one window. */
  readonly unguarded?: boolean
}

/**
 * A second window in the same process, with one protection less: the attack that our window withstands must succeed
 * there, or the test would pass for another reason.
 * @returns its number, for `inWindow`.
 */
export function openTwin(window: OpenWindow, options: TwinOptions): Promise<number> {
  return window.app.evaluate(async ({ BrowserWindow }, { url, preferences, unguarded }) => {
    const twin = new BrowserWindow({ show: false, webPreferences: { sandbox: true, ...preferences } })
    if (unguarded === true) {
      for (const guard of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
        twin.webContents.removeAllListeners(guard)
      }
      twin.webContents.setWindowOpenHandler(() => ({ action: 'allow' }))
    }
    await twin.loadURL(url).catch(() => undefined)
    return twin.id
  }, options)
}

/** The window of the application itself: the first that was opened. */
export function ourWindow(window: OpenWindow): Promise<number> {
  return window.app.evaluate(({ BrowserWindow }) =>
    Math.min(...BrowserWindow.getAllWindows().map((browser) => browser.id)),
  )
}

/** Runs a script in a window's page as if its user had just clicked. */
export function inWindow(window: OpenWindow, id: number, script: string): Promise<unknown> {
  return window.app.evaluate(
    ({ BrowserWindow }, given) =>
      BrowserWindow.fromId(given.id)?.webContents.executeJavaScript(
        `(async () => { ${given.script} })()`,
        true,
      ) as Promise<unknown>,
    { id, script },
  )
}

/** The address that a window shows once it has come to rest. */
export async function addressOf(window: OpenWindow, id: number): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 300))
  return window.app.evaluate(async ({ BrowserWindow }, given) => {
    const contents = BrowserWindow.fromId(given)?.webContents
    for (let wait = 0; contents?.isLoading() === true && wait < 50; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return contents?.getURL() ?? ''
  }, id)
}

export function windowCount(window: OpenWindow): Promise<number> {
  return window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
}

export async function closeTwins(window: OpenWindow): Promise<void> {
  await window.app.evaluate(({ BrowserWindow }) => {
    const [, ...twins] = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id)
    for (const twin of twins) twin.destroy()
  })
}

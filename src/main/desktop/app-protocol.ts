import { readFileSync } from 'node:fs'
import path from 'node:path'
import { protocol } from 'electron'

export const appOrigin = 'app://arm'

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
}

/**
 * Serves the bundled window from `folder`, and nothing outside it: no file:// reaches the window.
 * @param options.when the first page waits for it.
 */
export function serveApp(options: { readonly folder: string; readonly when: Promise<void> }): void {
  const { folder } = options
  protocol.handle('app', async (request) => {
    await options.when
    const url = new URL(request.url)
    const file = path.join(folder, path.normalize(decodePath(url.pathname)))
    const contentType = CONTENT_TYPES[path.extname(file)]
    const inside = file.startsWith(folder + path.sep)
    // Not `url.origin`: for a scheme of our own Node's URL calls every origin opaque.
    if (
      request.method !== 'GET' ||
      `${url.protocol}//${url.host}` !== appOrigin ||
      !inside ||
      contentType === undefined
    ) {
      return new Response(null, { status: 404 })
    }
    try {
      // In one turn: between the turns of an asynchronous read the rest of a start would be let in.
      return new Response(new Uint8Array(readFileSync(file)), {
        headers: {
          'content-type': contentType,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        },
      })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

/** A malformed escape names no file of ours. */
function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return '/'
  }
}

import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

export type PortalEvent =
  | { readonly event: 'login-failed'; readonly login: string; readonly outcome: string }
  | { readonly event: 'error'; readonly message: string }

/** The portal's log: one JSON object a line, logins masked, never a password. */
export type PortalLog = (event: PortalEvent) => Promise<void>

export function createPortalLog(options: { readonly file: string; readonly now: () => Date }): PortalLog {
  return async (event) => {
    await mkdir(dirname(options.file), { recursive: true })
    await appendFile(options.file, `${JSON.stringify({ at: options.now().toISOString(), ...event })}\n`)
  }
}

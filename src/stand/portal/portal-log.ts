import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { WitnessFinding } from './judge-witnessed-head.ts'

export type PortalEvent =
  /** A workstation's log does not go with what it was: two heads of it contradict each other. */
  | {
      readonly event: 'log-contradicts'
      readonly finding: WitnessFinding
      readonly log: string
      readonly workstation: string
      readonly size: number
      readonly epoch: number
      readonly keptSize: number
      readonly keptEpoch: number
      readonly keptAt: string
    }
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

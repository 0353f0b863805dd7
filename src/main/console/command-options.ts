import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** `resources/` of the source tree: the console runs from its sources. */
export const resourcesDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'resources')

/** Options of every command that serves a citizen. */
export interface ServiceOptions {
  readonly json?: boolean
  readonly data?: string
  readonly settings?: string
  readonly operator?: string
  readonly pinFile?: string
  readonly vaultPassphraseFile?: string
}

import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultDataDir } from '../settings/default-data-dir.ts'

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

/** What the program itself must know of its commands, so that it need not load them. */
export const agreementChoices = ['print', 'signed'] as const
export const settingsActions = ['show', 'export', 'import'] as const
export const signatureFormats = ['cms', 'xmldsig', 'wsse'] as const
export const updateActions = ['check', 'fetch', 'install'] as const

export function dataDirOf(options: { readonly data?: string }, mode: 'training' | 'real'): string {
  return options.data === undefined ? defaultDataDir(mode) : path.resolve(options.data)
}

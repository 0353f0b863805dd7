import type { SettingPath } from '../../shared/domain/settings-fields.ts'
import type { Result } from '../../shared/result.ts'

/** What a workplace sets for itself, over the machine's file: only what differs. */
export type OwnSettings = Readonly<Partial<Record<SettingPath, string>>>

/** The workplace's own settings, in a file that nobody but the program can change unnoticed. */
export interface WorkplaceSettings {
  current(): OwnSettings
  /** SHA-256 of the file on disk, hex; undefined while there is none. */
  fingerprint(): string | undefined
  prepare(next: OwnSettings): PreparedSettings
}

/** Settings that are ready, but not yet on disk. */
export interface PreparedSettings {
  /** The log names it, so that an older file put in its place is seen. */
  readonly fingerprint: string
  /** Puts them on disk, whole or not at all. Failure: `settings.unwritable`. */
  commit(): Promise<Result<undefined>>
}

import type { Channel } from '../../shared/contract/channels.ts'
import type { FailureCode } from '../../shared/contract/failure.ts'

/** What the technical log knows of, and nothing else. */
export const appLogEvents = [
  'app.opened',
  'app.closed',
  /** A crash may leave the memory of this process on disk: the system's limits alone keep it from that. */
  'memory.dumpable',
  'channel.failed',
  'channel.threw',
  'process.threw',
  'process.rejected',
  'process.gone',
] as const

/** Names of errors of the language and of the runtime; any other is written as `Error`. */
export const errorNames = ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'AbortError'] as const

/** Electron's words for the end of a process that is not the main one. */
export const goneReasons = [
  'clean-exit',
  'abnormal-exit',
  'killed',
  'crashed',
  'oom',
  'launch-failed',
  'integrity-failure',
  'memory-eviction',
] as const

/**
 * One line. There is no field for free text: every value comes from a closed set or is a whole number, so nothing of a
 * citizen, of a request or of a key can be written, whoever calls.
 */
export interface AppLogEntry {
  readonly event: (typeof appLogEvents)[number]
  readonly channel?: Channel
  readonly code?: FailureCode
  readonly error?: (typeof errorNames)[number]
  readonly reason?: (typeof goneReasons)[number]
  readonly durationMs?: number
}

/** The technical log: for the administrator, beside the audit log and worth less. */
export interface AppLog {
  /** Never throws, and never keeps the work waiting for long: a line that cannot be written is lost. */
  write(entry: AppLogEntry): void
}

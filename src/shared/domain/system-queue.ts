import type { PrinterNeed } from './print-progress.ts'

export const queueStates = ['idle', 'printing', 'stopped', 'unknown'] as const
export type QueueState = (typeof queueStates)[number]

/** A queue of this machine's printing system, or of a print server. */
export interface SystemQueue {
  /** As `printer.queue` of the settings names it. */
  readonly name: string
  readonly description?: string
  readonly model?: string
  readonly state: QueueState
  /** Absent where the system does not say. */
  readonly accepting?: boolean
  /** PWG 5101.1 names of what lies in the trays or, where that is not known, of what the printer can take. */
  readonly media: readonly string[]
  readonly needs: readonly PrinterNeed[]
  /** printer-state-reasons (RFC 8011, 5.4.12), as the queue gives them. */
  readonly reasons: readonly string[]
}

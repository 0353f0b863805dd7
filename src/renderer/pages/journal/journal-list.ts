import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import type { Result } from '../../../shared/result.ts'
import type { ShownFailure } from '../../components/shown-failure.ts'

/** The rows read so far, newest first, as a pure state. A reply with another ticket is stale. */

export type JournalPageReply = ChannelOutput<'audit.list'>
export type JournalRow = JournalPageReply['rows'][number]

export interface JournalState {
  readonly rows: readonly JournalRow[]
  /** How many rows the log holds; undefined before the first reply. */
  readonly total?: number
  readonly loading: 'first' | 'more' | 'no'
  readonly failure?: ShownFailure
  readonly ticket: number
}

export type JournalEvent =
  | { readonly type: 'first-asked' }
  | { readonly type: 'more-asked' }
  | { readonly type: 'replied'; readonly ticket: number; readonly result: Result<JournalPageReply> }

export const initialJournalState: JournalState = { rows: [], loading: 'no', ticket: 0 }

/** @returns the same state where the event does not fit, so that nothing is asked twice. */
export function reduceJournal(state: JournalState, event: JournalEvent): JournalState {
  const { failure: _, ...settled } = state
  switch (event.type) {
    case 'first-asked':
      return { ...settled, loading: 'first', ticket: state.ticket + 1 }
    case 'more-asked':
      if (state.loading !== 'no' || !hasOlderRows(state)) return state
      return { ...settled, loading: 'more', ticket: state.ticket + 1 }
    case 'replied': {
      if (state.loading === 'no' || event.ticket !== state.ticket) return state
      if (!event.result.ok) return { ...settled, loading: 'no', failure: event.result.failure }
      const { rows, total } = event.result.value
      const known = state.loading === 'more' ? state.rows : []
      return { ...settled, rows: [...known, ...rows], total, loading: 'no' }
    }
  }
}

/** Row numbers begin at 1 and have no gaps, so the last row shown tells whether older ones exist. */
export function hasOlderRows(state: JournalState): boolean {
  const last = state.rows.at(-1)
  return last !== undefined && last.seq > 1
}

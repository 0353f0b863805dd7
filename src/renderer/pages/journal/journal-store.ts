import { type AuditFilter, positionStep, type SearchPositions } from '../../../shared/domain/audit-review.ts'
import type { ArmClient } from '../../arm-client.ts'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { askJournal } from './ask-journal.ts'
import type { JournalRow } from './journal-row.ts'

/** What the page knows of one search. */
export interface JournalState {
  readonly filter: AuditFilter
  readonly phase: 'searching' | 'ready' | 'failed'
  readonly failure?: ShownFailure
  readonly searchId?: string
  /** Rows of the search; a lower bound until they are counted. */
  readonly total: number
  readonly counted: boolean
  /** Share of the log that is counted, 0 to 1. */
  readonly counting?: number
  /** Grows whenever rows came or went. */
  readonly revision: number
}

export interface JournalStore {
  readonly subscribe: (listener: () => void) => () => void
  readonly state: () => JournalState
  readonly search: (filter: AuditFilter) => Promise<void>
  /** Undefined while it is on its way. */
  readonly rowAt: (index: number) => JournalRow | undefined
  /** Asks for the rows between two places, both included, and for what the next page key would show. */
  readonly need: (first: number, last: number) => void
  /** Stops counting: the list ends where it is known. */
  readonly stopCounting: () => void
  readonly dispose: () => void
}

/** Blocks of rows kept in the window; the rest is asked for again. */
const KEPT_BLOCKS = 40

const initial: JournalState = { filter: {}, phase: 'searching', total: 0, counted: false, revision: 0 }

/**
 * The rows of a search by their place, newest first, in blocks. The first block comes by key at once; meanwhile the
 * search is counted in the background and every hundredth row is marked, so that any block can be asked for by key.
 */
export function createJournalStore(arm: ArmClient): JournalStore {
  const listeners = new Set<() => void>()
  const blocks = new Map<number, readonly JournalRow[]>()
  const asked = new Set<number>()
  let state = initial
  let positions: SearchPositions | undefined
  let work: string | undefined
  /** A reply to an earlier search is stale. */
  let ticket = 0

  const set = (change: Partial<JournalState>): void => {
    state = { ...state, ...change, revision: state.revision + 1 }
    for (const listener of listeners) listener()
  }
  const stopProgress = arm.onNotice('audit.progress', (progress) => {
    if (progress.work !== work || progress.total === 0) return
    set({ counting: Math.min(1, progress.done / progress.total) })
  })

  function stopCounting(): void {
    if (work === undefined) return
    void arm.invoke('audit.cancel', { work })
    work = undefined
  }

  async function search(filter: AuditFilter): Promise<void> {
    stopCounting()
    ticket += 1
    const mine = ticket
    const { failure: _failure, searchId: _searchId, counting: _counting, ...rest } = state
    state = { ...rest, filter, phase: 'searching' }
    set({})
    const begun = await askJournal(arm, 'audit.search', { filter })
    if (mine !== ticket) return
    blocks.clear()
    asked.clear()
    positions = undefined
    if (!begun.ok) return set({ phase: 'failed', failure: begun.failure, total: 0, counted: true })
    const { searchId } = begun.value
    state = { ...state, searchId }
    const first = await askJournal(arm, 'audit.rows', {
      searchId,
      window: { at: 'newest' },
      limit: positionStep,
    })
    if (mine !== ticket) return
    if (!first.ok) return set({ phase: 'failed', failure: first.failure, total: 0, counted: true })
    const { rows } = first.value
    blocks.set(0, rows)
    const whole = rows.length < positionStep
    set({ phase: 'ready', total: rows.length, counted: whole })
    if (!whole) await count(searchId, mine)
  }

  async function count(searchId: string, mine: number): Promise<void> {
    const counting = crypto.randomUUID()
    work = counting
    const counted = await arm.invoke('audit.positions', { searchId, work: counting })
    if (mine !== ticket) return
    work = undefined
    const { counting: _counting, ...rest } = state
    state = rest
    if (counted.ok) {
      positions = counted.value
      return set({ total: counted.value.total, counted: true })
    }
    if (counted.failure.code === 'audit.cancelled') return set({})
    set({ failure: counted.failure })
  }

  /** The key of a block's first row: marked, computed, or next to the block before it. */
  function windowOf(block: number): { at: 'through' | 'before'; seq: number } | undefined {
    if (positions !== undefined) {
      const seq = positions.marks === undefined ? positions.newestSeq - block * positionStep : positions.marks[block]
      return seq === undefined ? undefined : { at: 'through', seq }
    }
    const before = blocks.get(block - 1)?.at(-1)
    return before === undefined ? undefined : { at: 'before', seq: before.seq }
  }

  async function ask(block: number): Promise<void> {
    const { searchId } = state
    const window = windowOf(block)
    if (searchId === undefined || window === undefined || asked.has(block) || blocks.has(block)) return
    const mine = ticket
    asked.add(block)
    const reply = await askJournal(arm, 'audit.rows', { searchId, window, limit: positionStep })
    if (mine !== ticket) return
    asked.delete(block)
    if (!reply.ok) return set({ failure: reply.failure })
    keep(block, reply.value.rows)
    const known = block * positionStep + reply.value.rows.length
    set(state.counted || known <= state.total ? {} : { total: known })
  }

  function keep(block: number, rows: readonly JournalRow[]): void {
    blocks.set(block, rows)
    if (blocks.size <= KEPT_BLOCKS) return
    const farthest = [...blocks.keys()].toSorted((one, other) => Math.abs(other - block) - Math.abs(one - block))[0]
    if (farthest !== undefined) blocks.delete(farthest)
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    state: () => state,
    search,
    rowAt: (index) => blocks.get(Math.floor(index / positionStep))?.[index % positionStep],
    need(first, last) {
      const lastBlock = Math.floor(last / positionStep) + (positions === undefined ? 1 : 0)
      for (let block = Math.floor(first / positionStep); block <= lastBlock; block++) void ask(block)
    },
    stopCounting,
    dispose() {
      stopCounting()
      stopProgress()
      ticket += 1
    },
  }
}

import { describe, expect, test } from 'vitest'
import {
  hasOlderRows,
  initialJournalState,
  type JournalEvent,
  type JournalRow,
  type JournalState,
  reduceJournal,
} from '../../../../../src/renderer/pages/journal/journal-list.ts'
import { fail, succeed } from '../../../../../src/shared/result.ts'

const row = (seq: number): JournalRow => ({
  seq,
  at: '2026-11-22T00:00:00.000Z',
  workstation: 'TRAINING-01',
  actor: 'operator',
  event: 'session.signed-in',
})
const rows = (from: number, to: number): JournalRow[] =>
  Array.from({ length: from - to + 1 }, (_, index) => row(from - index))
const run = (events: readonly JournalEvent[], from = initialJournalState): JournalState =>
  events.reduce(reduceJournal, from)
const replied = (state: JournalState, from: number, to: number): JournalState =>
  run([{ type: 'replied', ticket: state.ticket, result: succeed({ rows: rows(from, to), total: from }) }], state)

const asked = run([{ type: 'first-asked' }])
const first = replied(asked, 120, 71)

describe('the rows of the journal', () => {
  test('come first, then older ones below them', () => {
    const more = run([{ type: 'more-asked' }], first)
    expect(more.loading).toBe('more')
    const both = replied(more, 70, 21)
    expect(both.rows.map(({ seq }) => seq)).toEqual(rows(120, 21).map(({ seq }) => seq))
    expect(both.loading).toBe('no')
  })

  test('are replaced when asked anew', () => {
    const again = replied(run([{ type: 'first-asked' }], first), 121, 72)
    expect(again.rows[0]?.seq).toBe(121)
    expect(again.rows).toHaveLength(50)
  })

  test('are not asked for twice at once, nor beyond the first row ever written', () => {
    const more = run([{ type: 'more-asked' }], first)
    expect(run([{ type: 'more-asked' }], more)).toBe(more)
    const all = replied(asked, 3, 1)
    expect(hasOlderRows(all)).toBe(false)
    expect(run([{ type: 'more-asked' }], all)).toBe(all)
  })

  test('of a stale reply are ignored: a refresh overtook it', () => {
    const more = run([{ type: 'more-asked' }], first)
    const refreshed = run([{ type: 'first-asked' }], more)
    const late = run(
      [{ type: 'replied', ticket: more.ticket, result: succeed({ rows: rows(70, 21), total: 120 }) }],
      refreshed,
    )
    expect(late).toBe(refreshed)
  })

  test('stay when a later page could not be read, and the next try clears the failure', () => {
    const more = run([{ type: 'more-asked' }], first)
    const failed = run([{ type: 'replied', ticket: more.ticket, result: fail({ code: 'audit.unavailable' }) }], more)
    expect(failed).toMatchObject({ loading: 'no', failure: { code: 'audit.unavailable' } })
    expect(failed.rows).toHaveLength(50)
    expect(run([{ type: 'more-asked' }], failed)).not.toHaveProperty('failure')
  })

  test('may be none', () => {
    const empty = run([{ type: 'replied', ticket: asked.ticket, result: succeed({ rows: [], total: 0 }) }], asked)
    expect(empty).toMatchObject({ rows: [], total: 0, loading: 'no' })
    expect(hasOlderRows(empty)).toBe(false)
  })
})

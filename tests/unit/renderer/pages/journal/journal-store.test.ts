import { expect, test, vi } from 'vitest'
import type { ArmClient } from '../../../../../src/renderer/arm-client.ts'
import type { JournalRow } from '../../../../../src/renderer/pages/journal/journal-row.ts'
import { createJournalStore } from '../../../../../src/renderer/pages/journal/journal-store.ts'

const row = (seq: number): JournalRow => ({ seq, at: '', workstation: '', actor: '', event: 'app.started' })

/** A log of rows whose numbers are 1…n, of which a search takes every `step`th; answers come when they are let. */
function fakeArm(options: { readonly rows: number; readonly step?: number; readonly counts?: boolean }) {
  const { rows, step = 1, counts = true } = options
  const seqs = Array.from({ length: Math.floor(rows / step) }, (_, place) => rows - place * step)
  const asked: { channel: string; input: unknown }[] = []
  let searches = 0
  const invoke = async (channel: string, input: never): Promise<unknown> => {
    asked.push({ channel, input })
    if (channel === 'audit.search') {
      searches += 1
      return { ok: true, value: { searchId: `search-${searches}`, upTo: rows } }
    }
    if (channel === 'audit.rows') {
      const { window, limit } = input as { window: { at: string; seq?: number }; limit: number }
      const from =
        window.at === 'newest'
          ? seqs
          : seqs.filter((seq) => (window.at === 'through' ? seq <= (window.seq ?? 0) : seq < (window.seq ?? 0)))
      return { ok: true, value: { rows: from.slice(0, limit).map(row) } }
    }
    if (channel === 'audit.positions') {
      if (!counts) return { ok: false, failure: { code: 'audit.cancelled' } }
      const marks = step === 1 ? {} : { marks: seqs.filter((_, place) => place % 100 === 0) }
      return { ok: true, value: { total: seqs.length, newestSeq: seqs[0], ...marks } }
    }
    return { ok: true, value: undefined }
  }
  const arm = { invoke, onNotice: () => () => undefined } as unknown as ArmClient
  return { arm, asked, seqs }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

test.each([1, 3])('any place of a counted list is reached by key (every %dth row matches)', async (step) => {
  const { arm, seqs } = fakeArm({ rows: 90_000, step })
  const store = createJournalStore(arm)
  await store.search({})
  expect(store.state()).toMatchObject({ phase: 'ready', counted: true, total: seqs.length })
  for (const place of [0, 99, 100, 15_050, seqs.length - 1]) {
    store.need(place, place)
    await settled()
    expect(store.rowAt(place)?.seq).toBe(seqs[place])
  }
  expect(store.rowAt(seqs.length)).toBeUndefined()
})

test('a list that nobody counted grows block by block', async () => {
  const { arm, seqs } = fakeArm({ rows: 250, counts: false })
  const store = createJournalStore(arm)
  await store.search({})
  expect(store.state()).toMatchObject({ total: 100, counted: false })
  store.need(0, 99)
  await settled()
  expect(store.state().total).toBe(200)
  store.need(100, 199)
  await settled()
  expect(store.state().total).toBe(250)
  expect(store.rowAt(249)?.seq).toBe(seqs[249])
})

test('a block is asked for once, and far ones are forgotten', async () => {
  const { arm, asked } = fakeArm({ rows: 100_000 })
  const store = createJournalStore(arm)
  await store.search({})
  store.need(500, 520)
  store.need(500, 530)
  await settled()
  expect(asked.filter(({ channel }) => channel === 'audit.rows')).toHaveLength(2)
  for (let block = 10; block < 80; block++) {
    store.need(block * 100, block * 100)
    await settled()
  }
  expect(store.rowAt(7900)).toBeDefined()
  expect(store.rowAt(0)).toBeUndefined()
})

test('the reply to an earlier search changes nothing', async () => {
  const { arm } = fakeArm({ rows: 50 })
  const store = createJournalStore(arm)
  const earlier = store.search({ actor: 'aigul' })
  const later = store.search({ actor: 'marat' })
  await Promise.all([earlier, later])
  expect(store.state()).toMatchObject({ filter: { actor: 'marat' }, searchId: 'search-2', phase: 'ready' })
})

test('a refused search is told as a failure', async () => {
  const { arm } = fakeArm({ rows: 50 })
  const refusing = {
    ...arm,
    invoke: async () => ({ ok: false, failure: { code: 'audit.write-failed' } }),
  } as unknown as ArmClient
  const store = createJournalStore(refusing)
  await store.search({})
  expect(store.state()).toMatchObject({ phase: 'failed', failure: { code: 'audit.write-failed' }, total: 0 })
})

test('a channel that throws, and one that gives no answer, end as a failure and not as an empty list', async () => {
  const { arm } = fakeArm({ rows: 50 })
  const asking = (invoke: () => Promise<never>) => createJournalStore({ ...arm, invoke } as unknown as ArmClient)
  const throwing = asking(() => Promise.reject(new Error('internal')))
  await throwing.search({})
  expect(throwing.state()).toMatchObject({ phase: 'failed', failure: { code: 'audit.unavailable' }, counted: true })
  vi.useFakeTimers()
  try {
    const silent = asking(() => new Promise(() => undefined))
    const searching = silent.search({})
    await vi.advanceTimersByTimeAsync(19_000)
    expect(silent.state().phase).toBe('searching')
    await vi.advanceTimersByTimeAsync(2_000)
    await searching
    expect(silent.state()).toMatchObject({ phase: 'failed', failure: { code: 'audit.unavailable' } })
  } finally {
    vi.useRealTimers()
  }
})

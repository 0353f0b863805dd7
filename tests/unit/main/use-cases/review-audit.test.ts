import { beforeEach, describe, expect, test } from 'vitest'
import type { AuditLog } from '../../../../src/main/ports/audit-log.ts'
import type { AuditReview, LongWork } from '../../../../src/main/ports/audit-review.ts'
import { createReviewAudit, type ReviewAudit } from '../../../../src/main/use-cases/review-audit.ts'
import type { AuditEntry } from '../../../../src/shared/domain/audit-event.ts'
import type { User } from '../../../../src/shared/domain/session.ts'
import { fail, type Result, succeed } from '../../../../src/shared/result.ts'

const reviewer: User = { login: 'supervisor', name: 'Ерлан', role: 'supervisor' }
const other: User = { login: 'other', name: 'Айжан', role: 'supervisor' }
const iin = '910101300019'

/** Everything that happens, in order: rows that are written, and questions that reach the reader. */
let happened: (string | AuditEntry)[]
let writable: boolean
let ending: (result: Result<number>) => void
let exporting: LongWork | undefined
let review: ReviewAudit

beforeEach(() => {
  happened = []
  writable = true
  exporting = undefined
  const audit = {
    append(entry: AuditEntry) {
      if (!writable) return fail({ code: 'audit.write-failed' })
      happened.push(entry)
      return succeed(happened.length)
    },
    head: () => ({ seq: happened.length, hash: '' }),
  } as unknown as AuditLog
  const asked = (what: string, value: unknown) => async () => {
    happened.push(what)
    return succeed(value)
  }
  const reader = {
    facets: asked('facets', { actors: [], events: [], outcomes: [], workstations: [] }),
    rows: asked('rows', []),
    positions: asked('positions', { total: 0, newestSeq: 0 }),
    story: asked('story', { requests: [], cut: false }),
    personal: asked('personal', iin),
    export(_order: unknown, work: LongWork) {
      happened.push('export')
      exporting = work
      return new Promise<Result<number>>((resolve) => {
        ending = resolve
      })
    },
  } as unknown as AuditReview
  review = createReviewAudit({ audit, review: reader, reportShift: async () => succeed({ requests: 0 }) })
})

const events = (): string[] => happened.map((what) => (typeof what === 'string' ? what : what.event))

describe('a row is written before anything is read', () => {
  const acts: Readonly<Record<string, () => unknown>> = {
    open: () => review.open({ reviewer }),
    'search for a citizen': () => review.search({ reviewer, filter: { iin } }),
    'story of a citizen': () => review.story({ reviewer, of: { citizenOf: 5 } }),
    reveal: () => review.reveal({ reviewer, seq: 5, field: 'iin', reason: 'жалоба' }),
  }

  test.each(Object.keys(acts))('%s', async (name) => {
    await acts[name]?.()
    expect(typeof happened[0]).toBe('object')
    expect(happened[0]).toMatchObject({ actor: 'supervisor', role: 'supervisor' })
  })

  test.each(Object.keys(acts))('%s does not happen where the row cannot be written', async (name) => {
    writable = false
    expect(await acts[name]?.()).toMatchObject({ ok: false, failure: { code: 'audit.write-failed' } })
    expect(happened).toEqual([])
  })
})

test('a search is written down in words, its ИИН only where it is encrypted', () => {
  review.search({ reviewer, filter: { iin, text: 'утратил', outcome: 'portal.failed' } })
  const [row] = happened as [AuditEntry]
  expect(row).toMatchObject({ event: 'audit.searched', iin, note: 'утратил', details: { outcome: 'portal.failed' } })
  expect(JSON.stringify({ ...row, iin: undefined })).not.toContain(iin)
})

test('the whole log is no search: paging through it leaves no more rows', async () => {
  const search = review.search({ reviewer, filter: {} })
  if (!search.ok) throw new Error(search.failure.code)
  await review.rows({ reviewer, searchId: search.value.searchId, window: { at: 'newest' }, limit: 10 })
  expect(happened).toEqual(['rows'])
})

test('a search belongs to whoever began it, until he leaves', async () => {
  const search = review.search({ reviewer, filter: { actor: 'aigul' } })
  if (!search.ok) throw new Error(search.failure.code)
  const ask = (who: User) =>
    review.rows({ reviewer: who, searchId: search.value.searchId, window: { at: 'newest' }, limit: 10 })
  expect(await ask(other)).toEqual(fail({ code: 'audit.search-ended' }))
  expect(await ask(reviewer)).toMatchObject({ ok: true })
  review.leave(other)
  expect(await ask(reviewer)).toMatchObject({ ok: true })
  review.leave(reviewer)
  expect(await ask(reviewer)).toEqual(fail({ code: 'audit.search-ended' }))
})

describe('an export', () => {
  const begin = (unmaskReason?: string) => {
    const search = review.search({ reviewer, filter: { event: 'envelope.handed' } })
    if (!search.ok) throw new Error(search.failure.code)
    happened = []
    return review.export({
      reviewer,
      searchId: search.value.searchId,
      work: 'work',
      onProgress: () => undefined,
      format: 'csv',
      language: 'ru',
      file: '/somewhere/private/out.csv',
      ...(unmaskReason !== undefined && { unmaskReason }),
    })
  }

  test('is written down before and after, without its folder', async () => {
    const running = begin()
    expect(events()).toEqual(['audit.exported', 'export'])
    expect(happened[0]).toMatchObject({ details: { format: 'csv', file: 'out.csv', personal: 'masked' } })
    ending(succeed(7))
    expect(await running).toEqual(succeed({ rows: 7 }))
    expect(happened.at(-1)).toMatchObject({ event: 'audit.exported', outcome: 'done', details: { of: '1', rows: '7' } })
  })

  test('with whole ИИН says so and why', () => {
    void begin('запрос прокуратуры')
    expect(happened[0]).toMatchObject({ note: 'запрос прокуратуры', details: { personal: 'full' } })
  })

  test('does not begin where its row cannot be written', async () => {
    const search = review.search({ reviewer, filter: {} })
    writable = false
    if (!search.ok) throw new Error(search.failure.code)
    const about = { work: 'w', onProgress: () => undefined, format: 'csv', language: 'ru', file: 'out.csv' } as const
    const result = await review.export({ ...about, reviewer, searchId: search.value.searchId })
    expect(result).toEqual(fail({ code: 'audit.write-failed' }))
    expect(happened).toEqual([])
  })

  test('is cancelled by whoever began it, or when he leaves; the log keeps how it ended', async () => {
    const running = begin()
    review.cancel({ reviewer: other, work: 'work' })
    expect(exporting?.signal.aborted).toBe(false)
    review.cancel({ reviewer, work: 'work' })
    expect(exporting?.signal.aborted).toBe(true)
    ending(fail({ code: 'audit.cancelled' }))
    expect(await running).toEqual(fail({ code: 'audit.cancelled' }))
    expect(happened.at(-1)).toMatchObject({ event: 'audit.exported', outcome: 'audit.cancelled' })
    void begin()
    review.leave(reviewer)
    expect(exporting?.signal.aborted).toBe(true)
  })
})

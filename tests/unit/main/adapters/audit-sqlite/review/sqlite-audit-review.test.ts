import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AuditFilter } from '../../../../../../src/shared/domain/audit-review.ts'
import { madeUpIin, madeUpName, tamper } from '../audit-log-fixture.ts'
import { type Made, madeUpLog, need, patient } from './review-fixture.ts'

/** Finds by a plain loop what the filter means. */
function matches({ at, entry }: Made, filter: AuditFilter): boolean {
  const folded = (text: string): string =>
    text.toLowerCase().replace(/[ёәіңғүұқөһ]/g, (letter) => 'еаингуукох'['ёәіңғүұқөһ'.indexOf(letter)] ?? letter)
  const words = [entry.note, entry.outcome].flatMap((text) => folded(text ?? '').split(/[^\p{L}\p{N}]+/u))
  return (
    (filter.from === undefined || at >= filter.from) &&
    (filter.to === undefined || at < filter.to) &&
    (filter.actor === undefined || entry.actor === filter.actor) &&
    (filter.event === undefined || entry.event === filter.event) &&
    (filter.outcome === undefined || entry.outcome === filter.outcome) &&
    (filter.requestId === undefined || entry.requestId === filter.requestId) &&
    (filter.iin === undefined || entry.iin === filter.iin) &&
    (filter.text === undefined ||
      folded(filter.text)
        .split(' ')
        .every((part) => words.some((word) => word.startsWith(part))))
  )
}

const moment = fc.integer({ min: -40, max: 140 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString())
const anyFilter: fc.Arbitrary<AuditFilter> = fc
  .record(
    {
      from: moment,
      to: moment,
      actor: fc.constantFrom('aigul', 'marat', 'nobody'),
      event: fc.constantFrom('reply.issued', 'request.prepared'),
      outcome: fc.constantFrom('portal.life-status', 'gateway.timeout'),
      requestId: fc.constantFrom('00000000-0000-4000-8000-000000000007', '00000000-0000-4000-8000-000000000025'),
      iin: fc.constantFrom(madeUpIin(0), madeUpIin(4), madeUpIin(11)),
      text: fc.constantFrom('УТРАТ', 'каита', 'қайта құпия', 'еще', 'пароль гражданин', 'тестов', 'портал'),
    },
    { requiredKeys: [] },
  )
  .map((filter) => (filter.text === 'портал' ? { ...filter, text: 'portal' } : filter))

test('any filter finds what a loop over all rows finds, from both ends, in blocks by mark and beside a row', async () => {
  const { review, made, upTo } = madeUpLog()
  await fc.assert(
    fc.asyncProperty(anyFilter, fc.integer({ min: 1, max: upTo }), async (filter, seq) => {
      const expected = made.filter((row) => matches(row, filter)).map((row) => row.seq)
      const newestFirst = expected.toReversed()
      const numbers = async (window: Parameters<typeof review.rows>[0]['window'], limit: number) =>
        need(await review.rows({ filter, upTo, window, limit })).map((row) => row.seq)
      expect(await numbers({ at: 'newest' }, 30)).toEqual(newestFirst.slice(0, 30))
      expect(await numbers({ at: 'oldest' }, 30)).toEqual(expected.slice(0, 30).toReversed())
      expect(await numbers({ at: 'before', seq }, 10)).toEqual(newestFirst.filter((found) => found < seq).slice(0, 10))
      expect(await numbers({ at: 'after', seq }, 10)).toEqual(
        expected
          .filter((found) => found > seq)
          .slice(0, 10)
          .toReversed(),
      )
      const positions = need(await review.positions({ filter, upTo }, patient))
      expect(positions.total).toBe(expected.length)
      const second = positions.marks === undefined ? positions.newestSeq - 100 : positions.marks[1]
      if (expected.length > 100) {
        expect(await numbers({ at: 'through', seq: second ?? 0 }, 100)).toEqual(newestFirst.slice(100, 200))
      }
    }),
    { numRuns: 60 },
  )
})

test('a search stands still while rows come', async () => {
  const { review, log, upTo } = madeUpLog(20)
  need(log.append({ event: 'session.signed-in', actor: 'aigul' }))
  const rows = need(await review.rows({ filter: {}, upTo, window: { at: 'newest' }, limit: 5 }))
  expect(rows[0]?.seq).toBe(20)
  expect(need(await review.positions({ filter: {}, upTo }, patient))).toEqual({ total: 20, newestSeq: 20 })
})

test('rows are masked; a datum is told alone, and nothing of it where the keys of its month are gone', async () => {
  const { review, file, upTo } = madeUpLog(20)
  const rows = need(await review.rows({ filter: {}, upTo, window: { at: 'newest' }, limit: 50 }))
  const text = JSON.stringify(rows)
  expect(text).not.toContain(madeUpName)
  for (let number = 0; number < 12; number++) expect(text).not.toContain(madeUpIin(number))
  expect(rows.find((row) => row.seq === 8)).toMatchObject({
    iinMasked: `${madeUpIin(8).slice(0, 6)}******`,
    named: true,
  })
  expect(need(await review.personal({ seq: 8, field: 'iin' }))).toBe(madeUpIin(8))
  expect(need(await review.personal({ seq: 8, field: 'name' }))).toBe(madeUpName)
  expect(await review.personal({ seq: 7, field: 'iin' })).toMatchObject({
    failure: { code: 'audit.personal-data-gone' },
  })
  expect(await review.personal({ seq: 99, field: 'iin' })).toMatchObject({ failure: { code: 'audit.no-such-row' } })

  tamper(file, (db) => db.exec('DELETE FROM audit_month_key'))
  expect(await review.personal({ seq: 8, field: 'iin' })).toMatchObject({
    failure: { code: 'audit.personal-data-gone' },
  })
  const after = need(await review.rows({ filter: {}, upTo, window: { at: 'newest' }, limit: 50 }))
  expect(after.every((row) => row.iinMasked === undefined && row.named === undefined)).toBe(true)
})

test('a request and a citizen are told from first row to last, with the state in which they ended', async () => {
  const { review, log, made } = madeUpLog(0)
  const about = {
    actor: 'aigul',
    requestId: 'b7b2ba62-9c0c-4d0c-8c6b-6b1c5a8f5b11',
    operation: 'RegisterUser',
  } as const
  for (const event of ['request.prepared', 'request.sending', 'reply.issued', 'envelope.printing'] as const) {
    need(log.append({ ...about, event, ...(event === 'request.prepared' && { iin: madeUpIin(1) }) }))
  }
  need(log.append({ event: 'request.prepared', actor: 'olga', requestId: 'other', iin: madeUpIin(1) }))
  need(log.append({ event: 'request.prepared', actor: 'olga', requestId: 'somebody', iin: madeUpIin(2) }))
  expect(made).toEqual([])
  const story = need(await review.story({ requestId: about.requestId }))
  expect(story.requests).toMatchObject([{ requestId: about.requestId, operation: 'RegisterUser', state: 'printing' }])
  expect(story.requests[0]?.rows.map((row) => row.event)).toEqual([
    'request.prepared',
    'request.sending',
    'reply.issued',
    'envelope.printing',
  ])
  const citizen = need(await review.story({ citizenOf: 1 }))
  expect(citizen.requests.map((request) => request.requestId)).toEqual([about.requestId, 'other'])
  expect(need(await review.story({ citizenOf: 2 })).requests).toEqual([])
})

test('a row is shown with the hash of its contents, which an edited row does not have', async () => {
  const { review, file } = madeUpLog(5)
  const { proof } = need(await review.row(3))
  expect(proof.computedHash).toBe(proof.hash)
  tamper(file, (db) => db.exec("UPDATE audit_row SET actor = 'somebody' WHERE seq = 3"))
  const edited = need(await review.row(3)).proof
  expect(edited.computedHash).not.toBe(edited.hash)
})

test('long work that nobody waits for ends as cancelled', async () => {
  const { review, upTo } = madeUpLog(30)
  const abort = new AbortController()
  abort.abort()
  const work = { ...patient, signal: abort.signal }
  const period = { from: '2025-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z', bucket: 'day' } as const
  expect(await review.statistics({ ...period, upTo, withRequests: false }, work)).toMatchObject({
    failure: { code: 'audit.cancelled' },
  })
  expect(await review.positions({ filter: { actor: 'marat' }, upTo }, work)).toMatchObject({
    failure: { code: 'audit.cancelled' },
  })
  // The thread serves on.
  expect(need(await review.facets(upTo)).actors).toEqual(['aigul', 'marat', 'olga'])
})

test('a log that is not there is a failure, not a crash', async () => {
  const { review, folder } = madeUpLog(1)
  await review.close()
  const { createSqliteAuditReview } = await import(
    '../../../../../../src/main/adapters/audit-sqlite/review/create-sqlite-audit-review.ts'
  )
  const { createTestVault } = await import('../audit-log-fixture.ts')
  const lost = createSqliteAuditReview({ file: `${folder}/none.sqlite`, vault: createTestVault() })
  expect(await lost.facets(1)).toMatchObject({ ok: false, failure: { code: 'audit.unavailable' } })
  lost.close()
})

import { describe, expect, test } from 'vitest'
import {
  type CountedRow,
  createStatisticsGatherer,
} from '../../../../../../src/main/adapters/audit-sqlite/review/gather-statistics.ts'

const local = (hour: number, minute = 0, second = 0): string => new Date(2026, 2, 2, hour, minute, second).toISOString()
const period = { from: local(0), to: new Date(2026, 2, 3).toISOString(), bucket: 'hour' } as const

function gather(rows: readonly Partial<CountedRow>[]) {
  const gatherer = createStatisticsGatherer(period)
  for (const [place, row] of rows.entries()) {
    gatherer.add({
      seq: place + 1,
      at: local(9),
      actor: 'aigul',
      event: 'reply.issued',
      outcome: null,
      operation: 'RegisterUser',
      request_id: 'r',
      iin_lookup: null,
      note: null,
      ...row,
    })
  }
  return gatherer.finish()
}

const citizen = Buffer.from('citizen')
/** A visit: check, registration, envelope; every visit its own requests. */
function visit(options: {
  id: string
  at: (second: number) => string
  actor?: string
  reason?: string
  until?: number
}) {
  const { id, at, actor = 'aigul', reason = null, until = 90 } = options
  const about = { actor, iin_lookup: Buffer.from(id) }
  return [
    { ...about, at: at(0), event: 'request.prepared', operation: 'CheckRegistration', request_id: `${id}-check` },
    { ...about, at: at(20), event: 'request.prepared', request_id: id, note: reason },
    { actor, at: at(30), event: 'reply.issued', request_id: id },
    { actor, at: at(until), event: 'envelope.handed', request_id: id },
  ]
}

describe('figures of a period', () => {
  test('count by hour and by operator, and take the time of service from the check to the envelope', () => {
    const statistics = gather([
      ...visit({ id: 'a', at: (second) => local(9, 0, second), until: 60 }),
      ...visit({ id: 'b', at: (second) => local(10, 5, second), until: 120 }),
      ...visit({ id: 'c', at: (second) => local(10, 20, second), actor: 'olga', reason: 'утратил', until: 80 }),
    ])
    expect(statistics.totals).toMatchObject({ checks: 3, created: 2, reissued: 1, handed: 3, failed: 0 })
    expect(statistics.buckets).toHaveLength(24)
    expect(statistics.buckets[9]).toMatchObject({ issued: 1 })
    expect(statistics.buckets[10]).toMatchObject({ issued: 2 })
    expect(statistics.operators).toEqual([
      { login: 'aigul', issued: 2, reissued: 0, refused: 0, failed: 0, served: 2, medianServiceMs: 90_000 },
      { login: 'olga', issued: 1, reissued: 1, refused: 0, failed: 0, served: 1, medianServiceMs: 80_000 },
    ])
    expect(statistics.anomalies).toEqual([])
  })

  test('refusals and failures go by code, most first', () => {
    const statistics = gather([
      { event: 'reply.refused-by-portal', outcome: 'portal.life-status' },
      { event: 'reply.refused-by-portal', outcome: 'portal.failed' },
      { event: 'reply.refused-by-portal', outcome: 'portal.failed' },
      { event: 'request.failed', outcome: 'gateway.timeout' },
      { event: 'request.outcome-unknown', outcome: 'reply.stale' },
    ])
    expect(statistics.refusals).toEqual([
      { code: 'portal.failed', count: 2 },
      { code: 'portal.life-status', count: 1 },
    ])
    expect(statistics.totals).toMatchObject({ refused: 3, failed: 1, unknown: 1 })
  })
})

describe('what is worth a look', () => {
  test('many new passwords by one operator, not a few', () => {
    const reissue = (count: number) =>
      Array.from({ length: count }, (_, number) =>
        visit({ id: `r${number}`, at: (second) => local(9, number, second), reason: 'утратил' }),
      ).flat()
    expect(gather(reissue(4)).anomalies).toEqual([])
    expect(gather(reissue(5)).anomalies).toEqual([{ kind: 'many-reissues', actor: 'aigul', count: 5, share: 1 }])
  })

  test('issues before and after working hours', () => {
    const { anomalies } = gather([
      ...visit({ id: 'early', at: (second) => local(7, 59, second % 60) }),
      ...visit({ id: 'noon', at: (second) => local(12, 0, second) }),
      ...visit({ id: 'late', at: (second) => local(20, 0, second) }),
    ])
    expect(anomalies).toEqual([{ kind: 'outside-hours', actor: 'aigul', count: 2, firstSeq: 3 }])
  })

  test('one ИИН refused again and again', () => {
    const refused = (id: string) => [
      { event: 'request.prepared', operation: 'CheckRegistration', request_id: id, iin_lookup: citizen },
      { event: 'reply.refused-by-portal', request_id: id, outcome: 'portal.life-status' },
    ]
    expect(gather([...refused('1'), ...refused('2')]).anomalies).toEqual([])
    expect(gather([...refused('1'), ...refused('2'), ...refused('3')]).anomalies).toEqual([
      { kind: 'repeated-refusals', seq: 6, count: 3, code: 'portal.life-status' },
    ])
  })

  test('a registration whose end nobody saw, until it is acknowledged', () => {
    const lost = [
      { event: 'request.prepared', request_id: 'lost' },
      { event: 'request.sending', request_id: 'lost' },
      { event: 'request.outcome-unknown', request_id: 'lost', outcome: 'gateway.timeout' },
    ]
    expect(gather(lost).anomalies).toMatchObject([{ kind: 'open-unknown', requestId: 'lost' }])
    expect(gather([...lost, { event: 'request.acknowledged', request_id: 'lost' }]).anomalies).toEqual([])
  })

  test('a login tried with wrong passwords', () => {
    const failed = Array.from({ length: 5 }, () => ({ event: 'session.sign-in-failed', request_id: null }))
    expect(gather(failed).anomalies).toEqual([{ kind: 'sign-in-failures', actor: 'aigul', count: 5 }])
  })
})

import type { Database } from 'better-sqlite3'
import type { Anomaly, AuditStatistics, PeriodRequest } from '../../../../shared/domain/audit-review.ts'
import { maskIin } from '../../../../shared/domain/iin.ts'
import { buildCondition } from './build-query.ts'
import { type CountedRequest, type CountedRow, createStatisticsGatherer } from './gather-statistics.ts'
import { JobCancelled, type JobInput, type JobWatch } from './review-job.ts'
import { type CellReader, type ReviewedColumns, reviewedColumns } from './reviewed-row.ts'

const SLICE_ROWS = 2_000

/** The figures of a period, gathered in slices. */
export function readStatistics(options: {
  readonly db: Database
  readonly cells: CellReader
  readonly period: JobInput<'statistics'>
  readonly watch: JobWatch
}): AuditStatistics {
  const { db, cells, period, watch } = options
  const condition = buildCondition({ db, filter: { from: period.from, to: period.to }, upTo: period.upTo, keys: [] })
  const select = db.prepare<(string | number | Uint8Array)[], CountedRow>(
    `SELECT seq, at, actor, event, outcome, operation, request_id, iin_lookup, note FROM audit_row
     WHERE ${condition.sql} AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ${SLICE_ROWS}`,
  )
  const gatherer = createStatisticsGatherer(period)
  let next = condition.low
  for (;;) {
    if (watch.isCancelled()) throw new JobCancelled()
    const slice = select.all(...condition.parameters, next, condition.high)
    for (const row of slice) gatherer.add(row)
    const last = slice.at(-1)
    if (last === undefined || slice.length < SLICE_ROWS) break
    next = last.seq + 1
    watch.progress(next - condition.low, condition.high - condition.low + 1)
  }
  const statistics = gatherer.finish()
  return {
    ...statistics,
    anomalies: statistics.anomalies.map((anomaly) => named(db, cells, anomaly)),
    ...(period.withRequests && { requests: gatherer.requests().map((request) => masked(db, cells, request)) }),
  }
}

function masked(db: Database, cells: CellReader, request: CountedRequest): PeriodRequest {
  const first = db
    .prepare<[number], ReviewedColumns>(`SELECT ${reviewedColumns} FROM audit_row WHERE seq = ?`)
    .get(request.seq)
  const iin = first === undefined ? undefined : cells.iin(first)
  return { ...request, ...(iin !== undefined && { iinMasked: maskIin(iin) }) }
}

/** The ИИН stands on a request's first row; a refusal points to the request. */
function named(db: Database, cells: CellReader, anomaly: Anomaly): Anomaly {
  if (anomaly.kind !== 'repeated-refusals') return anomaly
  const first = db
    .prepare<[number], ReviewedColumns>(
      `SELECT ${reviewedColumns} FROM audit_row
       WHERE request_id = (SELECT request_id FROM audit_row WHERE seq = ?) AND iin_cipher IS NOT NULL ORDER BY seq LIMIT 1`,
    )
    .get(anomaly.seq)
  const iin = first === undefined ? undefined : cells.iin(first)
  // The row with the ИИН is the one whose story is told.
  return first === undefined || iin === undefined ? anomaly : { ...anomaly, seq: first.seq, iinMasked: maskIin(iin) }
}

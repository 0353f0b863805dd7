import type { Database } from 'better-sqlite3'
import {
  type AuditFacets,
  positionStep,
  type RowsWindow,
  type SearchPositions,
} from '../../../../shared/domain/audit-review.ts'
import type { RowsCondition } from './build-query.ts'
import { JobCancelled, type JobWatch } from './review-job.ts'
import { type ReviewedColumns, reviewedColumns } from './reviewed-row.ts'

/** Between two looks at whether somebody cancelled: some tens of milliseconds of reading. */
const SLICE_ROWS = 20_000

/** How many different values a list of choices has at most. */
const FACET_VALUES = 500

/** The rows of a window, newest first, found by key in either direction. */
export function readRows(
  db: Database,
  condition: RowsCondition,
  window: RowsWindow,
  limit: number,
): readonly ReviewedColumns[] {
  const { low, high } = condition
  const ascending = window.at === 'oldest' || window.at === 'after'
  const from = window.at === 'after' ? Math.max(low, window.seq + 1) : low
  const to =
    window.at === 'through'
      ? Math.min(high, window.seq)
      : window.at === 'before'
        ? Math.min(high, window.seq - 1)
        : high
  const rows = db
    .prepare<(string | number | Uint8Array)[], ReviewedColumns>(
      `SELECT ${reviewedColumns} FROM ${condition.rowsFrom} WHERE ${condition.sql} AND ${condition.number} BETWEEN ? AND ?
       ORDER BY ${condition.number} ${ascending ? 'ASC' : 'DESC'} LIMIT ?`,
    )
    .all(...condition.parameters, from, to, limit)
  return ascending ? rows.toReversed() : rows
}

/** Walks the numbers of all matching rows, newest first, in slices. */
export function* matchingNumbers(db: Database, condition: RowsCondition): Generator<readonly number[]> {
  const select = db
    .prepare<(string | number | Uint8Array)[], number>(
      `SELECT ${condition.number} FROM ${condition.numbersFrom} WHERE ${condition.sql} AND ${condition.number} BETWEEN ? AND ?
       ORDER BY ${condition.number} DESC LIMIT ${SLICE_ROWS}`,
    )
    .pluck()
  let high = condition.high
  for (;;) {
    const slice = select.all(...condition.parameters, condition.low, high)
    const last = slice.at(-1)
    if (last === undefined) return
    yield slice
    if (slice.length < SLICE_ROWS) return
    high = last - 1
  }
}

/** Counts a search and marks every hundredth of its rows. */
export function readPositions(db: Database, condition: RowsCondition, watch: JobWatch): SearchPositions {
  const { low, high } = condition
  if (condition.contiguous) return { total: Math.max(0, high - low + 1), newestSeq: high }
  const marks: number[] = []
  let total = 0
  for (const slice of matchingNumbers(db, condition)) {
    if (watch.isCancelled()) throw new JobCancelled()
    for (
      let place = (positionStep - (total % positionStep)) % positionStep;
      place < slice.length;
      place += positionStep
    ) {
      const seq = slice[place]
      if (seq !== undefined) marks.push(seq)
    }
    total += slice.length
    const last = slice.at(-1) ?? low
    watch.progress(high - last, high - low + 1)
  }
  return { total, newestSeq: marks[0] ?? 0, marks }
}

/** The different values of the columns that are filtered by, each found by a seek in its index. */
export function readFacets(db: Database): AuditFacets {
  const values = (column: 'actor' | 'event' | 'outcome' | 'workstation'): readonly string[] =>
    db
      .prepare<[], string>(
        `WITH RECURSIVE value(v) AS (
           SELECT min(${column}) FROM audit_row WHERE ${column} IS NOT NULL
           UNION ALL
           SELECT (SELECT min(${column}) FROM audit_row WHERE ${column} > v) FROM value WHERE v IS NOT NULL
         )
         SELECT v FROM value WHERE v IS NOT NULL LIMIT ${FACET_VALUES}`,
      )
      .pluck()
      .all()
  return {
    actors: values('actor'),
    events: values('event'),
    outcomes: values('outcome'),
    workstations: values('workstation'),
  }
}

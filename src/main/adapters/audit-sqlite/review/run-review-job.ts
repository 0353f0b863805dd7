import type { Database } from 'better-sqlite3'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import { errorCode, sqliteFailure } from '../sqlite-failure.ts'
import type { StoredRow } from '../stored-row.ts'
import { buildCondition } from './build-query.ts'
import { exportRows, TooManyRows } from './export-rows.ts'
import { readProvenRow } from './read-proof.ts'
import { readFacets, readPositions, readRows } from './read-rows.ts'
import { readStatistics } from './read-statistics.ts'
import { readStory } from './read-story.ts'
import {
  JobCancelled,
  type JobInput,
  type JobOutput,
  type JobWatch,
  type MonthKeysForJob,
  type ReviewJobName,
} from './review-job.ts'
import { createCellReader, reviewedRow } from './reviewed-row.ts'

/** What a job works with. */
interface Desk {
  readonly db: Database
  readonly logId: Uint8Array
  readonly keys: readonly MonthKeysForJob[]
  readonly watch: JobWatch
}

const jobs: { readonly [N in ReviewJobName]: (input: JobInput<N>, desk: Desk) => Result<JobOutput<N>> } = {
  facets: (_input, { db }) => succeed(readFacets(db)),

  rows({ filter, upTo, window, limit }, { db, keys, logId }) {
    const condition = buildCondition({ db, filter, upTo, keys })
    const cells = createCellReader({ logId, keys })
    return succeed(readRows(db, condition, window, limit).map((row) => reviewedRow(row, cells)))
  },

  positions: ({ filter, upTo }, { db, keys, watch }) =>
    succeed(readPositions(db, buildCondition({ db, filter, upTo, keys }), watch)),

  story: (of, { db, keys, logId }) => succeed(readStory({ db, keys, cells: createCellReader({ logId, keys }), of })),

  row({ seq }, { db, keys, logId }) {
    const found = readProvenRow(db, createCellReader({ logId, keys }), seq)
    return found === undefined ? fail({ code: 'audit.no-such-row' }) : succeed(found)
  },

  statistics: (period, { db, keys, logId, watch }) =>
    succeed(readStatistics({ db, cells: createCellReader({ logId, keys }), period, watch })),

  personal({ seq, field }, { db, keys, logId }) {
    const row = db.prepare<[number], StoredRow>('SELECT * FROM audit_row WHERE seq = ?').get(seq)
    if (row === undefined) return fail({ code: 'audit.no-such-row' })
    const cells = createCellReader({ logId, keys })
    const value = field === 'iin' ? cells.iin(row) : cells.name(row)
    return value === undefined ? fail({ code: 'audit.personal-data-gone' }) : succeed(value)
  },

  export(order, { db, keys, logId, watch }) {
    const condition = buildCondition({ db, filter: order.filter, upTo: order.upTo, keys })
    try {
      return succeed(exportRows({ db, logId, cells: createCellReader({ logId, keys }), condition, order, watch }))
    } catch (error) {
      if (error instanceof TooManyRows) return fail({ code: 'audit.export-failed', detail: 'too many rows for xlsx' })
      const code = errorCode(error)
      // Errors of the file system; SQLite's own go the common way.
      if (code === undefined || code.startsWith('SQLITE')) throw error
      return fail({ code: 'audit.export-failed', detail: code })
    }
  },
}

/** Does one job over an open read-only connection. The keys are the caller's to wipe. */
export function runReviewJob<N extends ReviewJobName>(name: N, input: JobInput<N>, desk: Desk): Result<JobOutput<N>> {
  try {
    return jobs[name](input, desk)
  } catch (error) {
    if (error instanceof JobCancelled) return fail({ code: 'audit.cancelled' })
    return fail(failureOf(error))
  }
}

/** A bug ends as a failure too: the thread serves on, and the administrator has something to tell. */
function failureOf(error: unknown): Failure {
  return errorCode(error) === undefined ? { code: 'audit.unavailable', detail: 'unexpected' } : sqliteFailure(error)
}

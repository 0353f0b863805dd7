import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import type { AuditReview, LongWork } from '../../../ports/audit-review.ts'
import type { SecretVault } from '../../../ports/secret-vault.ts'
import { readLogId } from '../log-id.ts'
import { createMonthKeyring, type MonthKeyring } from '../month-keyring.ts'
import { sqliteFailure } from '../sqlite-failure.ts'
import { type JobInput, type JobOutput, type MonthKeysForJob, type ReviewJobName, wipeMonthKeys } from './review-job.ts'
import { createReviewThread, type ReviewThread } from './review-thread.ts'

const PAGES_CACHE_KB = 8_192
const WALK_CACHE_KB = 2_048
/** A month's keys take a millisecond or two. */
const MONTHS_AT_ONCE = 4

interface OpenKeys {
  readonly db: Database.Database
  readonly keyring: MonthKeyring
}

/**
 * Reads the log in threads, so that neither the operator nor the window waits for it: one for what a page shows, one
 * that counts, and one of its own for each export and each summary. The vault stays on this side; a job gets copies of the months' keys and wipes them.
 * @param options.file a log that `openAuditLog` has opened.
 */
export function createSqliteAuditReview(options: {
  readonly file: string
  readonly vault: SecretVault
  readonly nativeBinding?: string
}): AuditReview {
  const file = resolve(options.file)
  const { nativeBinding } = options
  const setup = { file, ...(nativeBinding !== undefined && { nativeBinding }) }
  const pages = createReviewThread({ ...setup, cacheKb: PAGES_CACHE_KB })
  const counts = createReviewThread({ ...setup, cacheKb: WALK_CACHE_KB })
  const long = new Set<ReviewThread>()
  let opened: OpenKeys | undefined
  let closed = false

  function openKeys(): OpenKeys {
    if (opened !== undefined) return opened
    const db = new Database(file, { readonly: true, fileMustExist: true, ...(nativeBinding && { nativeBinding }) })
    const logId = readLogId(db)
    if (logId === undefined) {
      db.close()
      throw Object.assign(new Error('the log has no identity'), { code: 'SQLITE_CORRUPT' })
    }
    opened = { db, keyring: createMonthKeyring({ db, vault: options.vault, logId }) }
    return opened
  }

  /**
   * Copies of every month's keys, each in memory of its own that can be moved to a thread. Each month's entry is a file of the
   * vault's: the loop goes on between them, and no key stays here meanwhile.
   */
  async function copyKeys(): Promise<Result<readonly MonthKeysForJob[]>> {
    const copies: MonthKeysForJob[] = []
    let whole = false
    try {
      if (closed) return fail({ code: 'audit.unavailable', detail: 'closed' })
      const months = openKeys().db.prepare<[], string>('SELECT month FROM audit_month_key ORDER BY month').pluck().all()
      for (const [place, month] of months.entries()) {
        if (place % MONTHS_AT_ONCE === MONTHS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve))
        if (closed || opened === undefined) return fail({ code: 'audit.unavailable', detail: 'closed' })
        const keys = opened.keyring.find(month)
        if (!keys.ok) return keys
        if (keys.value === undefined) continue
        copies.push({
          month,
          dataKey: new Uint8Array(keys.value.dataKey),
          lookupKey: new Uint8Array(keys.value.lookupKey),
        })
        opened.keyring.wipe()
      }
      whole = true
      return succeed(copies)
    } catch (error) {
      return fail(sqliteFailure(error))
    } finally {
      opened?.keyring.wipe()
      if (!whole) wipeMonthKeys(copies)
    }
  }

  async function run<N extends ReviewJobName>(
    thread: ReviewThread,
    name: N,
    input: JobInput<N>,
    work?: LongWork,
  ): Promise<Result<JobOutput<N>>> {
    const keys = await copyKeys()
    return keys.ok ? thread.run(name, input, keys.value, work) : keys
  }

  async function runLong<N extends ReviewJobName>(
    name: N,
    input: JobInput<N>,
    work: LongWork,
  ): Promise<Result<JobOutput<N>>> {
    const thread = createReviewThread({ ...setup, cacheKb: WALK_CACHE_KB })
    long.add(thread)
    try {
      return await run(thread, name, input, work)
    } finally {
      void thread.close().then(() => long.delete(thread))
    }
  }

  return {
    facets: (upTo) => pages.run('facets', { upTo }, []),
    rows: ({ filter, upTo, window, limit }) => run(pages, 'rows', { filter, upTo, window, limit }),
    // Counted by plain columns, unless an ИИН is looked for.
    positions: ({ filter, upTo }, work) =>
      filter.iin === undefined
        ? counts.run('positions', { filter, upTo }, [], work)
        : run(counts, 'positions', { filter, upTo }, work),
    story: (of) => run(pages, 'story', of),
    row: (seq) => run(pages, 'row', { seq }),
    statistics: (period, work) => runLong('statistics', period, work),
    personal: (of) => run(pages, 'personal', of),
    export: (order, work) => runLong('export', order, work),
    async close() {
      closed = true
      opened?.keyring.wipe()
      opened?.db.close()
      opened = undefined
      await Promise.all([pages, counts, ...long].map((thread) => thread.close()))
    },
  }
}

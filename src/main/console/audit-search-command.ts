import type { AuditRow } from '../../shared/domain/audit-event.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { type ConsoleReview, filterOfOptions, openReview, type ReviewOptions, reviewExitCode } from './open-review.ts'

const PAGE_ROWS = 200

/** Finds rows, newest first, personal data masked; the search is a row of the log. Exit 2 for an ИИН among words. */
export async function auditSearchCommand(options: ReviewOptions & { readonly limit: number }): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const opened = await openReview(options)
  const found = opened.ok ? await findRows(opened.value, options) : opened
  if (opened.ok) await opened.value.close()
  if (!found.ok) {
    io.answer({ failure: failureJson(found.failure) }, failureLines(found.failure))
    return reviewExitCode(found.failure.code)
  }
  const { rows, total } = found.value
  io.answer({ total, rows }, [...rows.map(lineOf), `Найдено записей: ${total}, показано: ${rows.length}`])
  return exitCode.done
}

async function findRows(
  { review, reviewer }: ConsoleReview,
  options: ReviewOptions & { readonly limit: number },
): Promise<Result<{ readonly rows: readonly AuditRow[]; readonly total: number }>> {
  const filter = filterOfOptions(options)
  if (filter === undefined) return fail({ code: 'session.invalid-input', detail: '--text' })
  const search = review.search({ filter, reviewer })
  if (!search.ok) return search
  const { searchId } = search.value
  const total = await review.positions({ searchId, reviewer, work: searchId, onProgress: () => undefined })
  if (!total.ok) return total
  const rows: AuditRow[] = []
  while (rows.length < options.limit) {
    const limit = Math.min(PAGE_ROWS, options.limit - rows.length)
    const last = rows.at(-1)
    const window = last === undefined ? ({ at: 'newest' } as const) : ({ at: 'before', seq: last.seq } as const)
    const page = await review.rows({ searchId, reviewer, window, limit })
    if (!page.ok) return page
    rows.push(...page.value)
    if (page.value.length < limit) break
  }
  return succeed({ rows, total: total.value.total })
}

function lineOf(row: AuditRow): string {
  const parts = [row.seq, row.at, row.actor, row.event, row.outcome, row.iinMasked, row.requestId, row.note]
  return parts.filter((part) => part !== undefined).join('  ')
}

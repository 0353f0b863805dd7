import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { AuditEntry, AuditRow } from '../../shared/domain/audit-event.ts'
import {
  type AuditFacets,
  type AuditFilter,
  type AuditStatistics,
  type AuditStory,
  type ExportFormat,
  type RevealedField,
  type RowProof,
  type RowsWindow,
  revealSeconds,
  type SearchPositions,
} from '../../shared/domain/audit-review.ts'
import type { Language } from '../../shared/domain/language.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { AuditReview, AuditSearch, LongWork } from '../ports/audit-review.ts'
import type { ReportShift } from './report-shift.ts'

type By = { readonly reviewer: User }
/** `work` names a long work, so that `cancel` can end it. */
type Long = By & { readonly work: string; readonly onProgress: LongWork['onProgress'] }

export interface ReviewAudit {
  /** What can be looked for. Opening the log is recorded. */
  open(input: By): Promise<Result<AuditFacets>>
  /** Begins a search, which is recorded; its rows are read by its id. It stands still: later rows are not in it. */
  search(input: By & { readonly filter: AuditFilter }): Result<{ readonly searchId: string; readonly upTo: number }>
  rows(
    input: By & { readonly searchId: string; readonly window: RowsWindow; readonly limit: number },
  ): Promise<Result<readonly AuditRow[]>>
  positions(input: Long & { readonly searchId: string }): Promise<Result<SearchPositions>>
  row(input: By & { readonly seq: number }): Promise<Result<{ readonly row: AuditRow; readonly proof: RowProof }>>
  /** A citizen's story is a search for a citizen, and recorded as one. */
  story(
    input: By & { readonly of: { readonly requestId: string } | { readonly citizenOf: number } },
  ): Promise<Result<AuditStory>>
  statistics(
    input: Long & { readonly from: string; readonly to: string; readonly bucket: 'hour' | 'day' },
  ): Promise<Result<AuditStatistics>>
  /** One personal datum of one row, for a reason; the row that says so is written first. */
  reveal(
    input: By & { readonly seq: number; readonly field: RevealedField; readonly reason: string },
  ): Promise<Result<{ readonly value: string; readonly seconds: number }>>
  /**
   * Writes a search's rows to a file. Recorded before, and its end after.
   * @param input.unmaskReason ИИН in full, and why; without it six digits of each.
   */
  export(
    input: Long & {
      readonly searchId: string
      readonly format: ExportFormat
      readonly language: Language
      readonly file: string
      readonly unmaskReason?: string
    },
  ): Promise<Result<{ readonly rows: number }>>
  /** The report of a shift, as a file. */
  shiftReport(
    input: Long & { readonly from: string; readonly to: string; readonly language: Language; readonly file: string },
  ): Promise<Result<{ readonly requests: number }>>
  cancel(input: By & { readonly work: string }): void
  /** The reviewer leaves: his searches are closed and what runs for him ends. */
  leave(reviewer: User): void
}

/** A window needs one search at a time; the rest are tabs that somebody may come back to. */
const MAX_SEARCHES = 16

/** The supervisor's view of the log. Nothing personal is looked for, shown or taken away without a row that says so. */
export function createReviewAudit(options: {
  readonly audit: AuditLog
  readonly review: AuditReview
  readonly reportShift: ReportShift
}): ReviewAudit {
  const { audit, review, reportShift } = options
  const searches = new Map<string, AuditSearch & { readonly login: string }>()
  const works = new Map<string, { readonly login: string; readonly abort: AbortController }>()

  function record(reviewer: User, entry: Omit<AuditEntry, 'actor' | 'role'>): Result<number> {
    return audit.append({ ...entry, actor: reviewer.login, role: reviewer.role })
  }

  function findSearch(searchId: string, reviewer: User): Result<AuditSearch> {
    const found = searches.get(searchId)
    return found?.login === reviewer.login ? succeed(found) : fail({ code: 'audit.search-ended' })
  }

  async function withWork<T>(input: Long, use: (work: LongWork) => Promise<Result<T>>): Promise<Result<T>> {
    const abort = new AbortController()
    works.set(input.work, { login: input.reviewer.login, abort })
    try {
      return await use({ signal: abort.signal, onProgress: input.onProgress })
    } finally {
      works.delete(input.work)
    }
  }

  return {
    async open({ reviewer }) {
      const written = record(reviewer, { event: 'audit.viewed' })
      return written.ok ? review.facets(written.value) : written
    },

    search({ filter, reviewer }) {
      const upTo = isWholeLog(filter)
        ? succeed(audit.head().seq)
        : record(reviewer, { event: 'audit.searched', ...searchedFor(filter) })
      if (!upTo.ok) return upTo
      const oldest = searches.keys().next().value
      if (searches.size >= MAX_SEARCHES && oldest !== undefined) searches.delete(oldest)
      const searchId = randomUUID()
      searches.set(searchId, { filter, upTo: upTo.value, login: reviewer.login })
      return succeed({ searchId, upTo: upTo.value })
    },

    async rows({ searchId, reviewer, window, limit }) {
      const search = findSearch(searchId, reviewer)
      return search.ok ? review.rows({ ...search.value, window, limit }) : search
    },

    async positions(input) {
      const search = findSearch(input.searchId, input.reviewer)
      return search.ok ? withWork(input, (work) => review.positions(search.value, work)) : search
    },

    row: ({ seq }) => review.row(seq),

    async story({ of, reviewer }) {
      if ('citizenOf' in of) {
        const details = { citizenOfRow: String(of.citizenOf) }
        const written = record(reviewer, { event: 'audit.searched', details })
        if (!written.ok) return written
      }
      return review.story(of)
    },

    statistics: (input) =>
      withWork(input, (work) => {
        const { from, to, bucket } = input
        return review.statistics({ from, to, bucket, upTo: audit.head().seq, withRequests: false }, work)
      }),

    async reveal({ seq, field, reason, reviewer }) {
      const written = record(reviewer, {
        event: 'audit.revealed',
        note: reason,
        details: { row: String(seq), field },
      })
      if (!written.ok) return written
      const value = await review.personal({ seq, field })
      return value.ok ? succeed({ value: value.value, seconds: revealSeconds }) : value
    },

    async export(input) {
      const { searchId, format, language, file, reviewer, unmaskReason } = input
      const search = findSearch(searchId, reviewer)
      if (!search.ok) return search
      const { filter, upTo } = search.value
      const { iin, details, note } = searchedFor(filter)
      const intent = record(reviewer, {
        event: 'audit.exported',
        ...(iin !== undefined && { iin }),
        ...(unmaskReason === undefined ? note !== undefined && { note } : { note: unmaskReason }),
        details: {
          ...details,
          format,
          file: path.basename(file).slice(0, 200),
          upTo: String(upTo),
          personal: unmaskReason === undefined ? 'masked' : 'full',
        },
      })
      if (!intent.ok) return intent
      const rows = await withWork(input, (work) =>
        review.export({ filter, upTo, file, format, language, unmasked: unmaskReason !== undefined }, work),
      )
      const end = record(reviewer, {
        event: 'audit.exported',
        outcome: rows.ok ? 'done' : rows.failure.code,
        details: { of: String(intent.value), ...(rows.ok && { rows: String(rows.value) }) },
      })
      if (!rows.ok) return rows
      return end.ok ? succeed({ rows: rows.value }) : end
    },

    shiftReport: (input) => withWork(input, (work) => reportShift({ ...input, work })),

    cancel({ work, reviewer }) {
      const found = works.get(work)
      if (found?.login === reviewer.login) found.abort.abort()
    },

    leave(reviewer) {
      for (const [id, { login }] of searches) if (login === reviewer.login) searches.delete(id)
      for (const { login, abort } of works.values()) if (login === reviewer.login) abort.abort()
    },
  }
}

function isWholeLog(filter: AuditFilter): boolean {
  return Object.keys(filter).length === 0
}

/** How a search is written down: the ИИН encrypted like any other, the rest in words. */
function searchedFor(filter: AuditFilter): Pick<AuditEntry, 'iin' | 'note' | 'details'> {
  const { iin, text, ...plain } = filter
  return {
    ...(iin !== undefined && { iin }),
    ...(text !== undefined && { note: text }),
    details: Object.fromEntries(Object.entries(plain)),
  }
}

import type { AuditRow } from '../../shared/domain/audit-event.ts'
import type {
  AuditFacets,
  AuditFilter,
  AuditStatistics,
  AuditStory,
  ExportFormat,
  RevealedField,
  RowProof,
  RowsWindow,
  SearchPositions,
} from '../../shared/domain/audit-review.ts'
import type { Language } from '../../shared/domain/language.ts'
import type { Result } from '../../shared/result.ts'

/** Long work: it tells how far it is, and ends early with the failure `audit.cancelled`. */
export interface LongWork {
  readonly signal: AbortSignal
  /** @param done of `total`, in rows. */
  readonly onProgress: (done: number, total: number) => void
}

/** One search stands still: it sees the rows up to `upTo` and none that came later. */
export interface AuditSearch {
  readonly filter: AuditFilter
  readonly upTo: number
}

export interface ExportOrder extends AuditSearch {
  readonly file: string
  readonly format: ExportFormat
  readonly language: Language
  /** ИИН in full instead of six digits. The caller has recorded who asked and why. */
  readonly unmasked: boolean
}

/**
 * Reads the log for a supervisor or the console, beside the writer and off its thread. It records nothing: whoever calls it has
 * written a row first. Personal data are masked, but for `personal` and an unmasked export.
 * Failures of every verb: `audit.unavailable`, `audit.broken`, `vault.unreadable`.
 */
export interface AuditReview {
  facets(upTo: number): Promise<Result<AuditFacets>>
  rows(
    query: AuditSearch & { readonly window: RowsWindow; readonly limit: number },
  ): Promise<Result<readonly AuditRow[]>>
  positions(search: AuditSearch, work: LongWork): Promise<Result<SearchPositions>>
  /** The story of one request, or of the citizen of a row. */
  story(of: { readonly requestId: string } | { readonly citizenOf: number }): Promise<Result<AuditStory>>
  /** @returns failure `audit.no-such-row`. */
  row(seq: number): Promise<Result<{ readonly row: AuditRow; readonly proof: RowProof }>>
  statistics(
    period: {
      readonly from: string
      readonly to: string
      readonly bucket: 'hour' | 'day'
      readonly upTo: number
      /** The requests too, one by one: for a shift, not for a year. */
      readonly withRequests: boolean
    },
    work: LongWork,
  ): Promise<Result<AuditStatistics>>
  /** One personal datum. @returns failures `audit.no-such-row`, `audit.personal-data-gone`. */
  personal(of: { readonly seq: number; readonly field: RevealedField }): Promise<Result<string>>
  /** Writes a file whole or not at all. @returns the number of rows. Failures: `audit.export-failed`, `audit.cancelled`. */
  export(order: ExportOrder, work: LongWork): Promise<Result<number>>
  /** Ends what runs and wipes the keys in memory. */
  /** Fails what is under way, and waits until nothing reads any more. */
  close(): Promise<void>
}

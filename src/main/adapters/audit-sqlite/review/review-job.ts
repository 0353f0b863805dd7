import type { AuditRow } from '../../../../shared/domain/audit-event.ts'
import type {
  AuditFacets,
  AuditFilter,
  AuditStatistics,
  AuditStory,
  RevealedField,
  RowProof,
  RowsWindow,
  SearchPositions,
} from '../../../../shared/domain/audit-review.ts'
import type { ExportOrder } from '../../../ports/audit-review.ts'

/** What the reading thread is asked to do. */
export interface ReviewJobs {
  readonly facets: { readonly input: { readonly upTo: number }; readonly output: AuditFacets }
  readonly rows: {
    readonly input: {
      readonly filter: AuditFilter
      readonly upTo: number
      readonly window: RowsWindow
      readonly limit: number
    }
    readonly output: readonly AuditRow[]
  }
  readonly positions: {
    readonly input: { readonly filter: AuditFilter; readonly upTo: number }
    readonly output: SearchPositions
  }
  readonly story: {
    readonly input: { readonly requestId: string } | { readonly citizenOf: number }
    readonly output: AuditStory
  }
  readonly row: { readonly input: { readonly seq: number }; readonly output: { row: AuditRow; proof: RowProof } }
  readonly statistics: {
    readonly input: {
      readonly from: string
      readonly to: string
      readonly bucket: 'hour' | 'day'
      readonly upTo: number
      readonly withRequests: boolean
    }
    readonly output: AuditStatistics
  }
  readonly personal: {
    readonly input: { readonly seq: number; readonly field: RevealedField }
    readonly output: string
  }
  readonly export: { readonly input: ExportOrder; readonly output: number }
}

export type ReviewJobName = keyof ReviewJobs
export type JobInput<N extends ReviewJobName> = ReviewJobs[N]['input']
export type JobOutput<N extends ReviewJobName> = ReviewJobs[N]['output']

/** Keys of the months, for one job; whoever gets them wipes them. A month without keys was erased. */
export interface MonthKeysForJob {
  readonly month: string
  readonly dataKey: Uint8Array
  readonly lookupKey: Uint8Array
}

export function wipeMonthKeys(keys: readonly MonthKeysForJob[]): void {
  for (const { dataKey, lookupKey } of keys) {
    dataKey.fill(0)
    lookupKey.fill(0)
  }
}

/** How a long job hears that nobody waits for it any more, and tells how far it is. */
export interface JobWatch {
  isCancelled(): boolean
  progress(done: number, total: number): void
}

/** Ends a job from within. */
export class JobCancelled extends Error {}

import type { AuditRow, RequestState } from './audit-event.ts'

/** What a supervisor looks for. Every part narrows; a filter without parts is the whole log. */
export interface AuditFilter {
  /** Moments, UTC ISO 8601 with milliseconds; `to` is excluded. */
  readonly from?: string
  readonly to?: string
  readonly actor?: string
  readonly event?: string
  readonly outcome?: string
  readonly workstation?: string
  readonly requestId?: string
  /** Found by its keyed hash; it is not kept anywhere else. */
  readonly iin?: string
  /** Words of reasons, codes and operators' notes, each by its beginning, letters folded. Never names. */
  readonly text?: string
}

/** The values that a filter can take, as the rows have them. */
export interface AuditFacets {
  readonly actors: readonly string[]
  readonly events: readonly string[]
  readonly outcomes: readonly string[]
  readonly workstations: readonly string[]
}

/** Which rows of a search: the newest or oldest ones, or those beside a known one. Rows come newest first. */
export type RowsWindow =
  | { readonly at: 'newest' | 'oldest' }
  | { readonly at: 'through'; readonly seq: number }
  | { readonly at: 'before'; readonly seq: number }
  | { readonly at: 'after'; readonly seq: number }

/** Rows of one block between two positions of a search. */
export const positionStep = 100

/**
 * Where the rows of a search lie, so that a list can jump anywhere by key. `marks` has the number of every
 * hundredth matching row, newest first, from the first on; undefined where numbers have no gaps.
 */
export interface SearchPositions {
  readonly total: number
  readonly newestSeq: number
  readonly marks?: readonly number[]
}

/** A request from its first row to its last; `state` is derived from the rows and nothing else. */
export interface RequestStory {
  readonly requestId: string
  readonly operation?: string
  readonly state?: RequestState
  readonly rows: readonly AuditRow[]
}

export interface AuditStory {
  /** Oldest first. */
  readonly requests: readonly RequestStory[]
  readonly iinMasked?: string
  /** There are more than are told here. */
  readonly cut: boolean
}

/** Everything by which one row is proven. Hashes are hex. */
export interface RowProof {
  readonly seq: number
  readonly prevHash: string
  readonly hash: string
  /** SHA-256 computed from the row as it is read now. */
  readonly computedHash: string
  readonly sentSha256?: string
  readonly receivedSha256?: string
  /** RFC 6962: present where a signed head covers the row. */
  readonly inclusion?: {
    readonly leafHash: string
    readonly leafIndex: number
    readonly treeSize: number
    readonly rootHash: string
    readonly path: readonly string[]
    /** The path leads from the leaf to the root; computed now. */
    readonly holds: boolean
    readonly head: 'signed' | 'pending'
    readonly headAt?: string
  }
}

export interface StatisticsBucket {
  /** Local start of the hour or the day, UTC ISO 8601. */
  readonly from: string
  readonly issued: number
  readonly refused: number
  readonly failed: number
}

export interface OperatorFigures {
  readonly login: string
  readonly issued: number
  readonly reissued: number
  readonly refused: number
  readonly failed: number
  readonly served: number
  /** Milliseconds from the check of the citizen (or the request) to the confirmed envelope. */
  readonly medianServiceMs?: number
}

/** Something that a supervisor should look at; the window says it in words. */
export type Anomaly =
  | { readonly kind: 'many-reissues'; readonly actor: string; readonly count: number; readonly share: number }
  | { readonly kind: 'outside-hours'; readonly actor: string; readonly count: number; readonly firstSeq: number }
  | {
      readonly kind: 'repeated-refusals'
      readonly seq: number
      readonly count: number
      readonly iinMasked?: string
      readonly code: string
    }
  | { readonly kind: 'open-unknown'; readonly requestId: string; readonly at: string; readonly actor: string }
  | { readonly kind: 'sign-in-failures'; readonly actor: string; readonly count: number }

export interface AuditStatistics {
  readonly buckets: readonly StatisticsBucket[]
  readonly totals: {
    readonly checks: number
    readonly created: number
    readonly reissued: number
    readonly refused: number
    readonly failed: number
    readonly unknown: number
    readonly handed: number
    readonly notHanded: number
  }
  /** Refusals of the portal and failures by code, most first. */
  readonly refusals: readonly { readonly code: string; readonly count: number }[]
  readonly failures: readonly { readonly code: string; readonly count: number }[]
  readonly operators: readonly OperatorFigures[]
  readonly anomalies: readonly Anomaly[]
  /** Requests that began in the period, oldest first; only where they were asked for. */
  readonly requests?: readonly PeriodRequest[]
}

export interface PeriodRequest {
  readonly requestId: string
  /** Its first row. */
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly operation: string
  readonly state: RequestState
  readonly iinMasked?: string
}

/** Hours of the counter, local: an issue outside of them is worth a look. */
export const workingHours = { from: 8, to: 20 } as const

export const exportFormats = ['csv', 'xlsx', 'jsonl'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What a reveal shows, and for how long. */
export const revealedFields = ['iin', 'name'] as const
export type RevealedField = (typeof revealedFields)[number]
export const revealSeconds = 20
export const revealReasonLimits = { min: 5, max: 300 } as const

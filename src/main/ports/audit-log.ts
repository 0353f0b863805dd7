import type { AuditEntry, AuditEvent, AuditRow, OpenRequest } from '../../shared/domain/audit-event.ts'
import type { Finding } from '../../shared/domain/audit-finding.ts'
import type { Result } from '../../shared/result.ts'

export interface AuditHead {
  readonly seq: number
  /** SHA-256 of the newest row, hex. */
  readonly hash: string
}

/**
 * What a verification found. `findings` of an intact log speak against its times alone; those of a broken one begin with
 * the first row that does not hold, where there is one.
 */
export type ChainVerdict =
  | {
      readonly state: 'intact'
      readonly rows: number
      readonly head: AuditHead
      readonly findings: readonly Finding[]
    }
  | {
      readonly state: 'broken'
      /** How many rows from the first one hold. */
      readonly rows: number
      readonly firstBroken: Finding
      readonly findings: readonly Finding[]
    }

/** The offline journal: rows are added, never changed. */
export interface AuditLog {
  /**
   * Writes a row and returns when it is on disk.
   * @returns its number. Failure: `audit.write-failed`; then the action must not happen.
   */
  append(entry: AuditEntry): Result<number>
  /** Newest first. */
  list(page: { readonly beforeSeq?: number; readonly limit: number }): readonly AuditRow[]
  /**
   * The newest rows of these events, newest first.
   * @param query.limit 1 to 5,000 rows
   */
  latest(query: { readonly events: readonly AuditEvent[]; readonly limit: number }): readonly AuditRow[]
  openRequests(): readonly OpenRequest[]
  head(): AuditHead
  /**
   * Verifies the whole log without keeping the process from its work.
   * @param options.onlyNew goes on from the last verdict of this process: rows before it are not read again.
   */
  verify(options?: { readonly onlyNew?: boolean }): Promise<ChainVerdict>
  /** Nothing is written from here on; waits until nothing reads any more. */
  close(): Promise<void>
}

import type { HeadReason, TreeHead } from '../../shared/domain/audit-head.ts'
import type { Result } from '../../shared/result.ts'

/** A head that was kept beside the rows; `cms` is absent while it waits for the key. */
export interface KeptHead {
  readonly head: TreeHead
  readonly reason: HeadReason
  /** Base64 of an attached CMS over the head's text. */
  readonly cms?: string
}

/** Heads of the log's tree: what the whole log is at one moment, to be signed and to be kept elsewhere. */
export interface TreeHeads {
  /**
   * Records that the application starts, bound to all rows before it.
   * @returns the epoch's number. Failures: `audit.write-failed`, `audit.broken` (the tree is not there).
   */
  beginEpoch(): Result<number>
  /** The head of all rows there are now, kept nowhere. Failure: `audit.broken`, also for a log without rows. */
  current(): Result<TreeHead>
  /**
   * Keeps the head of all rows there are now, unsigned.
   * @returns undefined where nothing but signatures came since the last one. Failures: `audit.write-failed`, `audit.broken`.
   */
  keep(reason: HeadReason): Result<TreeHead | undefined>
  /** Row number of the newest kept head; 0 where there is none. */
  lastSize(): number
  /** The newest of those that wait for the key, oldest first. */
  unsigned(): readonly TreeHead[]
  /**
   * Keeps a signature of a head and records it. A signature that is not one over this head is not kept, nor one by a
   * key that came after the head: that is how rows sealed anew would look.
   * @returns the row's number. Failures: `sign.failed`, `sign.certificate-not-yet-valid`, `audit.write-failed`.
   */
  keepSignature(signed: { readonly head: TreeHead; readonly cms: string }): Result<number>
  /** Newest first. */
  list(selection: { readonly limit: number }): readonly KeptHead[]
}

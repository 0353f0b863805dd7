import type { Finding } from '../../../../shared/domain/audit-finding.ts'
import type { Subtree } from '../tree/growing-tree.ts'

/** Rows in one piece of verification: a complete subtree of the RFC 6962 tree, 2^16 leaves. */
export const chunkLevel = 16
export const chunkRows = 2 ** chunkLevel

export interface ChunkTask {
  /** Rows after this one: a multiple of `chunkRows`, or the end of what `resume` says. */
  readonly after: number
  /** Up to this one. */
  readonly upTo: number
  /** Sizes at which the tree is asked for, ascending, each above `after` and at most `upTo`. */
  readonly sizes: readonly number[]
  /** The tree over the rows before, for a piece that does not begin at a multiple of `chunkRows`. */
  readonly resume?: readonly Subtree[]
}

/** What one piece says by itself. The pieces are put together in order; see verify-rows.ts. */
export interface ChunkReport {
  readonly after: number
  /** The last row that holds. */
  readonly lastSeq: number
  readonly firstPrevHash?: Uint8Array
  readonly lastHash?: Uint8Array
  readonly firstAt?: string
  readonly lastAt?: string
  /** The first row that does not hold. */
  readonly broken?: Finding
  /** Subtrees over the rows of this piece (and those of `resume`), the largest first. */
  readonly subtrees: readonly Subtree[]
  readonly trees: readonly { readonly size: number; readonly subtrees: readonly Subtree[] }[]
  /** Requests that the piece opens (`STATE SEQ`) or closes. */
  readonly openRequests: readonly (readonly [requestId: string, open: string | undefined])[]
  /** Heads that its rows say were signed. */
  readonly signedSizes: readonly number[]
  /** Starts of the application, and the tree to which each says it is bound. */
  readonly epochs: readonly { readonly seq: number; readonly root: string; readonly subtrees: readonly Subtree[] }[]
  readonly suspicions: readonly Finding[]
}

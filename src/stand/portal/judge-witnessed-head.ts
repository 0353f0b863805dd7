import type { TreeHead } from '../../shared/domain/audit-head.ts'

/** What heads of one log say against each other. Without its rows a witness sees this much; `audit verify` sees the rest. */
export type WitnessFinding =
  /** As many rows with another root: two logs go by one name. */
  | 'second-history'
  /** Fewer rows at a later time: the log was put back. */
  | 'older-copy'
  /** More starts with no more rows, or fewer starts with more: the start is not bound to the rows that were here. */
  | 'epoch-unbound'

/** A kept head that does not go with a new one. */
export interface Contradiction {
  readonly finding: WitnessFinding
  readonly kept: TreeHead
}

/**
 * Judges a head by those that came before. A request that was delivered late brings an earlier head, which goes with them.
 * @param kept heads of the same log.
 * @returns the newest contradiction of each kind.
 */
export function judgeWitnessedHead(head: TreeHead, kept: readonly TreeHead[]): readonly Contradiction[] {
  const found = new Map<WitnessFinding, Contradiction>()
  for (const earlier of kept) {
    const finding = contradictionOf(earlier, head)
    if (finding !== undefined) found.set(finding, { finding, kept: earlier })
  }
  return [...found.values()]
}

function contradictionOf(kept: TreeHead, head: TreeHead): WitnessFinding | undefined {
  if (kept.size === head.size) return kept.root === head.root ? undefined : 'second-history'
  if (head.size < kept.size && head.at > kept.at) return 'older-copy'
  const [fewer, more] = head.size < kept.size ? [head, kept] : [kept, head]
  return fewer.epoch > more.epoch ? 'epoch-unbound' : undefined
}

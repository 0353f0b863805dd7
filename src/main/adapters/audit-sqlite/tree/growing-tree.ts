import { emptyRoot, leafHash, nodeHash } from './merkle-tree.ts'

/** A complete subtree over 2^level leaves. */
export interface Subtree {
  readonly level: number
  readonly hash: Uint8Array
}

export type OnNode = (level: number, position: number, hash: Uint8Array) => void

/**
 * The tree of RFC 6962 while it grows by one leaf after another, in the memory of its height: the roots of the
 * complete subtrees, the largest first.
 */
export interface GrowingTree {
  readonly size: number
  /** Adds the leaf of a row. @param onNode each node that it completes, leaves excepted. */
  add(rowHash: Uint8Array, onNode?: OnNode): void
  /** Adds a complete subtree; the size must be a multiple of what it covers. */
  addSubtree(subtree: Subtree, onNode?: OnNode): void
  /** The complete subtrees that it is made of, the largest first. */
  subtrees(): readonly Subtree[]
}

/** The root of a tree made of complete subtrees, the largest first. */
export function rootOfSubtrees(subtrees: readonly Subtree[]): Uint8Array {
  const last = subtrees.at(-1)
  if (last === undefined) return emptyRoot
  return subtrees.slice(0, -1).reduceRight((right, { hash }) => nodeHash(hash, right), last.hash)
}

/** @param start the tree to go on from. */
export function createGrowingTree(start: readonly Subtree[] = []): GrowingTree {
  const subtrees: Subtree[] = [...start]
  let size = start.reduce((leaves, { level }) => leaves + 2 ** level, 0)
  function addSubtree(subtree: Subtree, onNode?: OnNode): void {
    let { level, hash } = subtree
    size += 2 ** level
    for (let left = subtrees.at(-1); left?.level === level; left = subtrees.at(-1)) {
      subtrees.pop()
      hash = nodeHash(left.hash, hash)
      level += 1
      onNode?.(level, size / 2 ** level - 1, hash)
    }
    subtrees.push({ level, hash })
  }

  return {
    get size() {
      return size
    },
    add: (rowHash, onNode) => addSubtree({ level: 0, hash: leafHash(rowHash) }, onNode),
    addSubtree,
    subtrees: () => [...subtrees],
  }
}

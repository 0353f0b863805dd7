import { emptyRoot, leafOctets, nodeHash, nodeOctets } from './merkle-tree.ts'

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
  /** Adds the leaf of a row. @param rowHash hex. @param onNode each node that it completes, from the level told on. */
  add(rowHash: string, onNode?: OnNode): void
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

/**
 * @param start the tree to go on from.
 * @param toldFrom the lowest level whose nodes `onNode` is told.
 */
export function createGrowingTree(start: readonly Subtree[] = [], toldFrom = 1): GrowingTree {
  /** Hashes as octet strings (`latin1`): most of them live for two rows. */
  const subtrees = start.map(({ level, hash }) => ({ level, octets: Buffer.from(hash).toString('latin1') }))
  let size = start.reduce((leaves, { level }) => leaves + 2 ** level, 0)
  function addOctets(addedLevel: number, added: string, onNode?: OnNode): void {
    let [level, octets] = [addedLevel, added]
    size += 2 ** level
    for (let left = subtrees.at(-1); left?.level === level; left = subtrees.at(-1)) {
      subtrees.pop()
      octets = nodeOctets(left.octets, octets)
      level += 1
      if (level >= toldFrom) onNode?.(level, size / 2 ** level - 1, Buffer.from(octets, 'latin1'))
    }
    subtrees.push({ level, octets })
  }

  return {
    get size() {
      return size
    },
    add: (rowHash, onNode) => addOctets(0, leafOctets(rowHash), onNode),
    addSubtree: ({ level, hash }, onNode) => addOctets(level, Buffer.from(hash).toString('latin1'), onNode),
    subtrees: () => subtrees.map(({ level, octets }) => ({ level, hash: Buffer.from(octets, 'latin1') })),
  }
}

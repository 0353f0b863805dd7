import type { Database } from 'better-sqlite3'
import { emptyRoot, largestPowerBelow, leafHash, nodeHash, rootOfLeaves } from './merkle-tree.ts'

/** Nodes are kept from this level on: one for each complete group of 2^8 rows and for each pair of such nodes. */
export const lowestStoredLevel = 8
const GROUP = 2 ** lowestStoredLevel

/** Rows or nodes that the tree needs are not there. */
export class TreeDamaged extends Error {}

/** The Merkle tree over the rows of a log: leaf `n` (from 0) is row `n + 1`. */
export interface TreeStore {
  /** Keeps the nodes that the row completes. Call it for each row, inside the transaction that adds it. */
  rowAdded(seq: number): void
  /** The root of the tree over the first `size` rows. */
  rootOf(size: number): Uint8Array
  /** RFC 6962, section 2.1.1: that row `seq` is among the first `size` rows. */
  inclusionPath(seq: number, size: number): readonly Uint8Array[]
  /** RFC 6962, section 2.1.2: that the first `size` rows begin with the first `oldSize`. */
  consistencyPath(oldSize: number, size: number): readonly Uint8Array[]
}

/** Lower nodes are computed from the rows of their group when they are needed, at most 256 rows at a time. */
export function createTreeStore(db: Database): TreeStore {
  const insertNode = db.prepare<[number, number, Uint8Array]>('INSERT INTO audit_tree_node VALUES (?, ?, ?)')
  const selectNode = db
    .prepare<[number, number], Buffer>('SELECT hash FROM audit_tree_node WHERE level = ? AND position = ?')
    .pluck()
  const selectHashes = db
    .prepare<[number, number], Buffer>('SELECT hash FROM audit_row WHERE seq > ? AND seq <= ? ORDER BY seq')
    .pluck()

  function storedNode(level: number, position: number): Buffer {
    const hash = selectNode.get(level, position)
    if (hash === undefined) throw new TreeDamaged(`The tree lacks node ${position} of level ${level}`)
    return hash
  }

  /** Hash of the rows `from + 1` to `to`, which RFC 6962 splits like any list. */
  function hashOf(from: number, to: number): Uint8Array {
    const count = to - from
    if (count === 0) return emptyRoot
    const level = Math.log2(count)
    if (count >= GROUP && Number.isInteger(level) && from % count === 0) return storedNode(level, from / count)
    if (count <= GROUP) {
      const hashes = selectHashes.all(from, to)
      if (hashes.length !== count) throw new TreeDamaged(`Rows ${from + 1} to ${to} are not all there`)
      return rootOfLeaves(hashes.map(leafHash))
    }
    const middle = from + largestPowerBelow(count)
    return nodeHash(hashOf(from, middle), hashOf(middle, to))
  }

  function inclusion(index: number, from: number, to: number): Uint8Array[] {
    if (to - from === 1) return []
    const middle = from + largestPowerBelow(to - from)
    return index < middle
      ? [...inclusion(index, from, middle), hashOf(middle, to)]
      : [...inclusion(index, middle, to), hashOf(from, middle)]
  }

  /** SUBPROOF of RFC 6962 over the rows after `from`; `whole`: the old tree's root is known to the verifier. */
  function consistency(old: number, from: number, to: number, whole: boolean): Uint8Array[] {
    if (old === to) return whole ? [] : [hashOf(from, to)]
    const middle = from + largestPowerBelow(to - from)
    return old <= middle
      ? [...consistency(old, from, middle, whole), hashOf(middle, to)]
      : [...consistency(old, middle, to, false), hashOf(from, middle)]
  }

  return {
    rowAdded(seq) {
      if (seq % GROUP !== 0) return
      const leaves = selectHashes.all(seq - GROUP, seq).map(leafHash)
      insertNode.run(lowestStoredLevel, seq / GROUP - 1, rootOfLeaves(leaves))
      for (let level = lowestStoredLevel + 1; seq % 2 ** level === 0; level++) {
        const position = seq / 2 ** level - 1
        const children = [storedNode(level - 1, 2 * position), storedNode(level - 1, 2 * position + 1)] as const
        insertNode.run(level, position, nodeHash(...children))
      }
    },
    rootOf: (size) => hashOf(0, size),
    inclusionPath(seq, size) {
      if (!(seq >= 1 && seq <= size)) throw new RangeError('The row is not in the tree')
      return inclusion(seq - 1, 0, size)
    },
    consistencyPath(oldSize, size) {
      if (!(oldSize >= 1 && oldSize <= size)) throw new RangeError('The old tree is not the beginning of the tree')
      return consistency(oldSize, 0, size, true)
    },
  }
}

import { hash } from 'node:crypto'

/** Hash of a tree without leaves, RFC 6962, section 2.1. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer')

/**
 * Hash of a leaf: SHA-256 of 00 and the leaf's data (RFC 6962, section 2.1). The data of a row is its hash, which
 * covers every value of the row and the chain before it.
 */
export function leafHash(rowHash: Uint8Array): Buffer {
  leafData.set(rowHash, 1)
  return hash('sha256', leafData, 'buffer')
}

/** Hash of a node: SHA-256 of 01, the left child and the right child. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeData.set(left, 1)
  nodeData.set(right, 33)
  return hash('sha256', nodeData, 'buffer')
}

/** The same for millions of rows: an octet string (`latin1`) instead of a Buffer. @param rowHash hex. */
export function leafOctets(rowHash: string): string {
  leafData.write(rowHash, 1, 'hex')
  return hash('sha256', leafData, 'binary')
}

/** `nodeHash` of octet strings. */
export function nodeOctets(left: string, right: string): string {
  nodeData.write(left, 1, 'latin1')
  nodeData.write(right, 33, 'latin1')
  return hash('sha256', nodeData, 'binary')
}

/** Written again for each hash: millions are computed one after another, and never two at once. */
const leafData = Buffer.alloc(33)
const nodeData = Buffer.alloc(65, 1)

/** Merkle tree hash of leaf hashes, any number of them. */
export function rootOfLeaves(leaves: readonly Uint8Array[]): Uint8Array {
  const first = leaves[0]
  if (first === undefined) return emptyRoot
  if (leaves.length === 1) return first
  const split = largestPowerBelow(leaves.length)
  return nodeHash(rootOfLeaves(leaves.slice(0, split)), rootOfLeaves(leaves.slice(split)))
}

/** The largest power of two smaller than `count`, for a count above one: where RFC 6962 splits a list. */
export function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/**
 * Whether the leaf of `index` (from 0) is in the tree of `size` leaves with this root: the verification of RFC 9162,
 * section 2.1.3.2.
 */
export function verifyInclusion(proof: {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  readonly path: readonly Uint8Array[]
}): boolean {
  const { leaf, index, size, root, path } = proof
  if (index < 0 || index >= size) return false
  let [node, last] = [index, size - 1]
  let hash = leaf
  for (const sibling of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 && Buffer.compare(hash, root) === 0
}

/** Whether the tree of `size` leaves goes on from the tree of `oldSize`: RFC 9162, section 2.1.4.2. */
export function verifyConsistency(proof: {
  readonly oldSize: number
  readonly oldRoot: Uint8Array
  readonly size: number
  readonly root: Uint8Array
  readonly path: readonly Uint8Array[]
}): boolean {
  const { oldSize, oldRoot, size, root } = proof
  if (oldSize < 1 || oldSize > size) return false
  if (oldSize === size) return proof.path.length === 0 && Buffer.compare(oldRoot, root) === 0
  const isPowerOfTwo = Number.isInteger(Math.log2(oldSize))
  const [first, ...rest] = isPowerOfTwo ? [oldRoot, ...proof.path] : proof.path
  if (first === undefined) return false
  let [node, last] = [oldSize - 1, size - 1]
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  let [oldHash, newHash] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(sibling, oldHash)
      newHash = nodeHash(sibling, newHash)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      newHash = nodeHash(newHash, sibling)
    }
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 && Buffer.compare(oldHash, oldRoot) === 0 && Buffer.compare(newHash, root) === 0
}

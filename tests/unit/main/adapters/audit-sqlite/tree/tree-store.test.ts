import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  emptyRoot,
  leafHash,
  rootOfLeaves,
  verifyConsistency,
  verifyInclusion,
} from '../../../../../../src/main/adapters/audit-sqlite/tree/merkle-tree.ts'
import { createTreeStore, type TreeStore } from '../../../../../../src/main/adapters/audit-sqlite/tree/tree-store.ts'

const SIZE = 1500

const hashOfRow = (seq: number): Buffer => createHash('sha256').update(`row ${seq}`).digest()
/** MTH of RFC 6962 word for word, over rows from + 1 to to. */
function referenceRoot(from: number, to: number): Buffer {
  const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  if (to === from) return sha256()
  if (to - from === 1) return sha256(Buffer.of(0), hashOfRow(to))
  const split = 2 ** (Math.ceil(Math.log2(to - from)) - 1)
  return sha256(Buffer.of(1), referenceRoot(from, from + split), referenceRoot(from + split, to))
}

let tree: TreeStore
beforeAll(() => {
  const db = new Database(':memory:')
  db.exec(`CREATE TABLE audit_row (seq INTEGER PRIMARY KEY, hash BLOB);
    CREATE TABLE audit_tree_node (level INTEGER, position INTEGER, hash BLOB, PRIMARY KEY (level, position)) WITHOUT ROWID`)
  tree = createTreeStore(db)
  const insert = db.prepare('INSERT INTO audit_row VALUES (?, ?)')
  for (let seq = 1; seq <= SIZE; seq++) {
    insert.run(seq, hashOfRow(seq))
    tree.rowAdded(seq)
  }
})

const sizes = fc.integer({ min: 1, max: SIZE })
const flipped = (bytes: Uint8Array) => Buffer.from(bytes.map((byte, index) => (index === 5 ? byte ^ 1 : byte)))

describe('the root', () => {
  it('of nothing is SHA-256 of nothing', () => {
    expect(emptyRoot.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(tree.rootOf(0)).toEqual(emptyRoot)
  })

  it.each([1, 2, 3, 255, 256, 257, 511, 512, 513, 767, 768, 1024, 1025, SIZE])(
    'of %i rows is that of RFC 6962',
    (size) => {
      expect(Buffer.from(tree.rootOf(size))).toEqual(referenceRoot(0, size))
      expect(Buffer.from(rootOfLeaves(Array.from({ length: size }, (_, i) => leafHash(hashOfRow(i + 1)))))).toEqual(
        referenceRoot(0, size),
      )
    },
  )
})

describe('a path', () => {
  it('proves a row of any tree, and no other row', () => {
    fc.assert(
      fc.property(sizes, sizes, (one, other) => {
        const [seq, size] = [Math.min(one, other), Math.max(one, other)]
        const proof = { leaf: leafHash(hashOfRow(seq)), index: seq - 1, size, root: tree.rootOf(size) }
        const path = tree.inclusionPath(seq, size)
        expect(verifyInclusion({ ...proof, path })).toBe(true)
        expect(verifyInclusion({ ...proof, path, leaf: leafHash(hashOfRow(seq + 1)) })).toBe(false)
        expect(verifyInclusion({ ...proof, path: [...path, hashOfRow(1)] })).toBe(false)
        expect(verifyInclusion({ ...proof, path: path.slice(1) })).toBe(path.length === 0)
        expect(verifyInclusion({ ...proof, path, root: flipped(proof.root) })).toBe(false)
      }),
    )
  })

  it('proves that a tree goes on from an older one, and from no other', () => {
    fc.assert(
      fc.property(sizes, sizes, (one, other) => {
        const [oldSize, size] = [Math.min(one, other), Math.max(one, other)]
        const proof = { oldSize, oldRoot: tree.rootOf(oldSize), size, root: tree.rootOf(size) }
        const path = tree.consistencyPath(oldSize, size)
        expect(verifyConsistency({ ...proof, path })).toBe(true)
        expect(verifyConsistency({ ...proof, path, oldRoot: flipped(proof.oldRoot) })).toBe(false)
        expect(verifyConsistency({ ...proof, path, root: flipped(proof.root) })).toBe(false)
        expect(verifyConsistency({ ...proof, path: [...path, hashOfRow(1)] })).toBe(false)
      }),
    )
  })
})

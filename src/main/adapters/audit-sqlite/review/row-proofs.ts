import type { Database } from 'better-sqlite3'
import type { RowProof } from '../../../../shared/domain/audit-review.ts'
import type { StoredRow } from '../stored-row.ts'
import { leafHash, verifyInclusion } from '../tree/merkle-tree.ts'
import { createTreeStore } from '../tree/tree-store.ts'

interface Head {
  readonly size: number
  readonly root: Buffer
  readonly at: string
  readonly cms: string | null
}

/** A signed head as an export carries it. */
export interface SignedHead {
  readonly treeSize: number
  readonly rootHash: string
  readonly at: string
  /** CMS over the head, base64. */
  readonly cms: string
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const SELECT_HEAD = `SELECT size, root, at, cms FROM audit_head LEFT JOIN audit_head_signature USING (size)`

/** Paths of rows to the heads of the log's tree (RFC 6962). Whether a head's signature holds is the verification's matter. */
export function createRowProofs(db: Database) {
  const tree = createTreeStore(db)
  const signedAbove = db.prepare<[number], Head>(
    `${SELECT_HEAD} WHERE size >= ? AND cms IS NOT NULL ORDER BY size LIMIT 1`,
  )
  const anyAbove = db.prepare<[number], Head>(`${SELECT_HEAD} WHERE size >= ? ORDER BY size LIMIT 1`)
  const newestSigned = db.prepare<[], Head>(`${SELECT_HEAD} WHERE cms IS NOT NULL ORDER BY size DESC LIMIT 1`)

  return {
    /** The row's path to the first signed head that covers it, or to a pending one; undefined where there is none yet. */
    inclusion(row: Pick<StoredRow, 'seq' | 'hash'>): RowProof['inclusion'] {
      const head = signedAbove.get(row.seq) ?? anyAbove.get(row.seq)
      if (head === undefined) return undefined
      const leaf = leafHash(row.hash)
      const path = tree.inclusionPath(row.seq, head.size)
      return {
        leafHash: hex(leaf),
        leafIndex: row.seq - 1,
        treeSize: head.size,
        rootHash: hex(head.root),
        path: path.map(hex),
        holds: verifyInclusion({ leaf, index: row.seq - 1, size: head.size, root: head.root, path }),
        head: head.cms === null ? 'pending' : 'signed',
        headAt: head.at,
      }
    },

    newestSignedHead(): SignedHead | undefined {
      const head = newestSigned.get()
      if (head === undefined || head.cms === null) return undefined
      return { treeSize: head.size, rootHash: hex(head.root), at: head.at, cms: head.cms }
    },

    /** A row's path to a tree; undefined for a row that came after it. */
    path(seq: number, treeSize: number): { readonly leafIndex: number; readonly path: readonly string[] } | undefined {
      if (seq > treeSize) return undefined
      return { leafIndex: seq - 1, path: tree.inclusionPath(seq, treeSize).map(hex) }
    },
  }
}

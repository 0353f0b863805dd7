import type { Database } from 'better-sqlite3'
import type { Finding } from '../../../../shared/domain/audit-finding.ts'
import { createGrowingTree, rootOfSubtrees, type Subtree } from '../tree/growing-tree.ts'
import { lowestStoredLevel } from '../tree/tree-store.ts'
import { type ChunkReport, type ChunkTask, chunkLevel, chunkRows } from './chunk-report.ts'
import { diagnoseBreak } from './diagnose-break.ts'
import { clockSuspicion } from './verify-chunk.ts'

/** How far a log was found sound, and what is needed to go on from there. */
export interface VerifiedRows {
  readonly seq: number
  readonly hash: Uint8Array
  readonly at?: string
  readonly subtrees: readonly Subtree[]
  readonly openRequests: ReadonlyMap<string, string>
  readonly signedSizes: readonly number[]
  readonly suspicions: readonly Finding[]
}

export interface RowsVerdict {
  readonly verified: VerifiedRows
  /** The first row that does not hold; what comes after it was not judged. */
  readonly broken?: Finding
  /** Roots at the sizes asked for, up to `verified.seq`. */
  readonly roots: ReadonlyMap<number, Uint8Array>
}

export type RunChunk = (task: ChunkTask) => Promise<ChunkReport>

/** The beginning of a log, before its first row. */
export function nothingVerified(firstPrevHash: Uint8Array): VerifiedRows {
  return { seq: 0, hash: firstPrevHash, subtrees: [], openRequests: new Map(), signedSizes: [], suspicions: [] }
}

/**
 * Verifies rows in pieces that may run beside each other, and puts the pieces together in order: each must begin where
 * the one before ended, and the tree grows by whole pieces.
 * @param options.start what was verified before; a beginning that is no multiple of a piece is gone on from in one piece.
 * @param options.sizes sizes at which the root is asked for, ascending.
 * @param options.atOnce how many pieces may run at a time.
 */
export async function verifyRows(options: {
  readonly db: Database
  readonly start: VerifiedRows
  readonly upTo: number
  readonly sizes: readonly number[]
  readonly run: RunChunk
  readonly atOnce: number
  readonly onProgress?: (rows: number) => void
}): Promise<RowsVerdict> {
  const { db, start } = options
  const storedNode = db
    .prepare<[number, number], Buffer>('SELECT hash FROM audit_tree_node WHERE level = ? AND position = ?')
    .pluck()
  const tree = createGrowingTree(start.subtrees, lowestStoredLevel)
  const openRequests = new Map(start.openRequests)
  const signedSizes = [...start.signedSizes]
  const suspicions = [...start.suspicions]
  const roots = new Map<number, Uint8Array>()
  let { seq, hash, at } = start
  let broken: Finding | undefined

  const keep = (report: ChunkReport, resumed: boolean): void => {
    if (report.firstPrevHash !== undefined && Buffer.compare(report.firstPrevHash, hash) !== 0) {
      broken = diagnoseBreak({ db, seq: seq + 1, expected: Buffer.from(hash).toString('hex').toUpperCase() })
      return
    }
    const before = tree.subtrees()
    const rootWith = (subtrees: readonly Subtree[]) => rootOfSubtrees(resumed ? subtrees : [...before, ...subtrees])
    for (const { size, subtrees } of report.trees) roots.set(size, rootWith(subtrees))
    for (const epoch of report.epochs) {
      if (Buffer.from(rootWith(epoch.subtrees)).toString('hex') !== epoch.root)
        broken ??= { seq: epoch.seq, finding: 'epoch-wrong' }
    }
    if (at !== undefined && report.firstAt !== undefined) {
      const suspicion = clockSuspicion({ seq: seq + 1, before: at, at: report.firstAt })
      if (suspicion !== undefined) suspicions.push(suspicion)
    }
    suspicions.push(...report.suspicions)
    for (const [requestId, open] of report.openRequests) {
      if (open === undefined) openRequests.delete(requestId)
      else openRequests.set(requestId, open)
    }
    signedSizes.push(...report.signedSizes)
    if (resumed) replaceTree(report.subtrees)
    else for (const subtree of report.subtrees) tree.addSubtree(subtree, checkNode)
    seq = report.lastSeq
    hash = report.lastHash ?? hash
    at = report.lastAt ?? at
    broken ??= report.broken
  }

  let resumedTree: readonly Subtree[] | undefined
  const replaceTree = (subtrees: readonly Subtree[]): void => {
    resumedTree = subtrees
  }

  function checkNode(level: number, position: number, node: Uint8Array): void {
    if (level <= chunkLevel) return
    const stored = storedNode.get(level, position)
    if (stored === undefined || Buffer.compare(stored, node) !== 0)
      broken ??= { seq: 0, finding: 'tree-differs', detail: `level ${level}, node ${position}` }
  }

  const resumed = start.seq % chunkRows !== 0
  const tasks = resumed ? [wholeTask()] : alignedTasks()
  const running: Promise<ChunkReport>[] = []
  for (const [index, task] of tasks.entries()) {
    while (running.length < options.atOnce && index + running.length < tasks.length) {
      const next = tasks[index + running.length]
      if (next === undefined) break
      const report = options.run(next)
      // A piece behind a broken one is not waited for.
      report.catch(() => undefined)
      running.push(report)
    }
    const report = await running.shift()
    if (report === undefined) break
    keep(report, task.resume !== undefined)
    if (broken !== undefined) break
    options.onProgress?.(seq)
  }
  await Promise.allSettled(running)
  const subtrees = resumedTree ?? tree.subtrees()
  const verified = { seq, hash, ...(at !== undefined && { at }), subtrees, openRequests, signedSizes, suspicions }
  return { verified, roots, ...(broken && { broken }) }

  function wholeTask(): ChunkTask {
    return task(start.seq, options.upTo, start.subtrees)
  }

  function alignedTasks(): ChunkTask[] {
    const pieces: ChunkTask[] = []
    for (let after = start.seq; after < options.upTo; after += chunkRows)
      pieces.push(task(after, Math.min(after + chunkRows, options.upTo)))
    return pieces
  }

  function task(after: number, upTo: number, resume?: readonly Subtree[]): ChunkTask {
    const sizes = options.sizes.filter((size) => size > after && size <= upTo)
    return { after, upTo, sizes, ...(resume && { resume }) }
  }
}

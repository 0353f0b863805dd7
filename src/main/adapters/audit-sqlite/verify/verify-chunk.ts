import type { Database } from 'better-sqlite3'
import type { Finding } from '../../../../shared/domain/audit-finding.ts'
import { decodeDetails } from '../canonical-details.ts'
import { openRequestStateAfter } from '../open-request-state.ts'
import { sqliteFailure } from '../sqlite-failure.ts'
import { chainedColumns } from '../stored-row.ts'
import { createGrowingTree } from '../tree/growing-tree.ts'
import { lowestStoredLevel } from '../tree/tree-store.ts'
import { type ChunkReport, type ChunkTask, chunkLevel } from './chunk-report.ts'
import { diagnoseBreak } from './diagnose-break.ts'
import { blobColumns, createRowHasher, type RawRow, rawColumns } from './row-encoder.ts'

/** A few milliseconds of work between two turns of the event loop. */
const SLICE_ROWS = 500

/** Clocks are set right by fractions of a second; only more than this is told. */
const CLOCK_TOLERANCE_MS = 5_000
const MOST_SUSPICIONS = 100

const REQUIRED: ReadonlySet<string> = new Set(['at', 'workstation', 'actor', 'event', 'prev_hash'])
/** What kind of value each column holds, in the order of a raw row. */
const KINDS = chainedColumns.map((column) => ({
  column,
  blob: blobColumns.has(column),
  required: REQUIRED.has(column),
}))
const AT = chainedColumns.indexOf('at')
const EVENT = chainedColumns.indexOf('event')
const REQUEST = chainedColumns.indexOf('request_id')
const OPERATION = chainedColumns.indexOf('operation')
const DETAILS = chainedColumns.indexOf('details')
const PREV_HASH = chainedColumns.indexOf('prev_hash')
const HASH = chainedColumns.length

/**
 * Walks the rows of one piece of a log: numbering, types, hashes, the chain, and the tree over them. It yields between
 * slices, so that whoever runs it decides when to go on, and returns the report. What lies before the piece is not
 * known here: its first link is for the reader of the report.
 */
export function* verifyChunk(db: Database, task: ChunkTask): Generator<number, ChunkReport> {
  const select = db
    .prepare<[number, number], RawRow>(
      `SELECT ${rawColumns} FROM audit_row WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${SLICE_ROWS}`,
    )
    .raw()
  const storedNode = db
    .prepare<[number, number], Buffer>('SELECT hash FROM audit_tree_node WHERE level = ? AND position = ?')
    .pluck()
  const hashRow = createRowHasher()
  const tree = createGrowingTree(task.resume, lowestStoredLevel)
  const rowsBefore = task.resume === undefined ? task.after : 0
  const openRequests = new Map<string, string | undefined>()
  const trees: ChunkReport['trees'][number][] = []
  const epochs: ChunkReport['epochs'][number][] = []
  const signedSizes: number[] = []
  const suspicions: Finding[] = []
  const sizes = [...task.sizes]
  let firstPrevHash: string | undefined
  let firstAt: string | undefined
  let lastAt: string | undefined
  let lastHash: string | undefined
  let lastSeq = task.after
  let brokenNode: Finding | undefined

  const report = (broken?: Finding): ChunkReport => ({
    after: task.after,
    lastSeq,
    ...(firstPrevHash !== undefined && { firstPrevHash: Buffer.from(firstPrevHash, 'hex') }),
    ...(lastHash !== undefined && { lastHash: Buffer.from(lastHash, 'hex') }),
    ...(firstAt !== undefined && { firstAt }),
    ...(lastAt !== undefined && { lastAt }),
    ...(broken && { broken }),
    subtrees: tree.subtrees(),
    trees,
    openRequests: [...openRequests],
    signedSizes,
    epochs,
    suspicions,
  })

  function checkNode(level: number, position: number, hash: Uint8Array): void {
    if ((task.resume === undefined && level > chunkLevel) || brokenNode !== undefined) return
    const global = rowsBefore / 2 ** level + position
    const stored = storedNode.get(level, global)
    if (stored === undefined || Buffer.compare(stored, hash) !== 0)
      brokenNode = { seq: 0, finding: 'tree-differs', detail: `level ${level}, node ${global}` }
  }

  try {
    while (lastSeq < task.upTo) {
      const rows = select.all(lastSeq, task.upTo)
      for (const row of rows) {
        const expected = lastSeq + 1
        if (row[0] !== expected) return report({ seq: expected, finding: 'row-deleted' })
        if (!isWellFormed(db, row)) return report({ seq: expected, finding: 'row-malformed' })
        const prevHash = row[PREV_HASH] as string
        const hash = row[HASH] as string
        const links = lastHash === undefined || prevHash === lastHash
        if (!links || hashRow(row) !== hash)
          return report(diagnoseBreak({ db, seq: expected, expected: lastHash ?? prevHash }))
        firstPrevHash ??= prevHash
        follow(row, expected)
        tree.add(hash, checkNode)
        lastHash = hash
        lastSeq = expected
        if (sizes[0] === lastSeq) {
          sizes.shift()
          trees.push({ size: lastSeq, subtrees: tree.subtrees() })
        }
      }
      if (rows.length === 0) return report({ seq: lastSeq + 1, finding: 'row-deleted' })
      yield rows.length
    }
    return report(brokenNode)
  } catch (error) {
    return report({ seq: lastSeq + 1, finding: 'unreadable', detail: sqliteFailure(error).detail ?? '' })
  }

  function follow(row: RawRow, seq: number): void {
    const at = row[AT] as string
    const event = row[EVENT] as string
    if (lastAt !== undefined) {
      const suspicion = clockSuspicion({ seq, before: lastAt, at })
      if (suspicion !== undefined && suspicions.length < MOST_SUSPICIONS) suspicions.push(suspicion)
    }
    firstAt ??= at
    lastAt = at
    const request_id = row[REQUEST] as string | null
    const state = openRequestStateAfter({ event, request_id, operation: row[OPERATION] as string | null })
    if (state !== undefined && request_id !== null)
      openRequests.set(request_id, state === 'closed' ? undefined : `${state} ${seq}`)
    if (event !== 'audit.epoch' && event !== 'audit.head-signed') return
    const details = decodeDetails((row[DETAILS] as string | null) ?? '{}') ?? {}
    if (event === 'audit.head-signed') signedSizes.push(Number(details['size']))
    else epochs.push({ seq, root: details['root'] ?? '', subtrees: tree.subtrees() })
  }
}

/** @returns the finding where the clock stood more than a little earlier at a row than at the row before. */
export function clockSuspicion(rows: {
  readonly seq: number
  readonly before: string
  readonly at: string
}): Finding | undefined {
  const { seq, before, at } = rows
  // The form is fixed, so texts compare like times; only what looks wrong is parsed.
  if (at >= before || Date.parse(before) - Date.parse(at) <= CLOCK_TOLERANCE_MS) return undefined
  return { seq, finding: 'clock-back', detail: before }
}

function isWellFormed(db: Database, row: RawRow): boolean {
  for (let index = 1; index < KINDS.length; index++) {
    const kind = KINDS[index]
    const value = row[index]
    if (kind === undefined || value === undefined) return false
    if (value === null) {
      if (kind.required) return false
    } else if (typeof value !== 'string') {
      return false
    } else if (!kind.blob && value.includes('\ufffd') && !isStoredAsUtf8(db, row[0] as number, kind.column, value)) {
      return false
    }
  }
  return typeof row[HASH] === 'string' && Number.isSafeInteger(row[0])
}

/** Bytes that are no UTF-8 are read as U+FFFD, so only a text with that character can hide them. */
function isStoredAsUtf8(db: Database, seq: number, column: string, value: string): boolean {
  const stored = db.prepare<[number], Buffer>(`SELECT CAST(${column} AS BLOB) FROM audit_row WHERE seq = ?`).pluck()
  return stored.get(seq)?.equals(Buffer.from(value)) === true
}

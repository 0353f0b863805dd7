import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { maskIin } from '../../../../shared/domain/iin.ts'
import type { ExportOrder } from '../../../ports/audit-review.ts'
import { chainedColumns, type StoredRow } from '../stored-row.ts'
import { blobColumns } from '../verify/row-encoder.ts'
import type { RowsCondition } from './build-query.ts'
import { createCsvWriter } from './csv-format.ts'
import type { ExportWriter } from './export-writer.ts'
import { createJsonlWriter } from './jsonl-format.ts'
import { JobCancelled, type JobWatch } from './review-job.ts'
import type { CellReader } from './reviewed-row.ts'
import { createRowProofs } from './row-proofs.ts'
import { createXlsxWriter, xlsxMaxRows } from './xlsx-format.ts'

const SLICE_ROWS = 1_000

/** More rows than the format can hold. */
export class TooManyRows extends Error {}

/**
 * Writes the rows of a search into a file, oldest first. The file appears whole or not at all: it is written beside its
 * place under another name, readable by the owner alone, and renamed at the end.
 * @returns the number of rows.
 */
export function exportRows(options: {
  readonly db: Database
  readonly logId: Uint8Array
  readonly cells: CellReader
  readonly condition: RowsCondition
  readonly order: ExportOrder
  readonly watch: JobWatch
}): number {
  const { db, logId, cells, condition, order, watch } = options
  const partial = `${order.file}.${randomBytes(6).toString('hex')}.partial`
  const target = openSync(partial, 'wx', 0o600)
  let closed = false
  try {
    const writer = createWriter({ db, logId, order, write: (bytes) => writeAll(target, bytes) })
    const select = db.prepare<(string | number | Uint8Array)[], StoredRow>(
      `SELECT ${columnsFor(order.format)} FROM ${condition.rowsFrom} WHERE ${condition.sql} AND ${condition.number} BETWEEN ? AND ?
       ORDER BY ${condition.number} LIMIT ${SLICE_ROWS}`,
    )
    let next = condition.low
    let written = 0
    for (;;) {
      if (watch.isCancelled()) throw new JobCancelled()
      const slice = select.all(...condition.parameters, next, condition.high)
      if (slice.length === 0) break
      written += slice.length
      if (order.format === 'xlsx' && written > xlsxMaxRows) throw new TooManyRows()
      writer.rows(
        slice.map((row) => {
          const iin = cells.iin(row)
          return { row, iin: iin === undefined || order.unmasked ? iin : maskIin(iin) }
        }),
      )
      next = (slice.at(-1)?.seq ?? next) + 1
      watch.progress(next - condition.low, condition.high - condition.low + 1)
      if (slice.length < SLICE_ROWS) break
    }
    writer.end()
    fsyncSync(target)
    closeSync(target)
    closed = true
    renameSync(partial, order.file)
    return written
  } catch (error) {
    if (!closed) closeSync(target)
    rmSync(partial, { force: true })
    throw error
  }
}

/** What stands in no cell of a table is not read: a Buffer for each hash would be most of an export's memory. */
function columnsFor(format: ExportOrder['format']): string {
  if (format === 'jsonl') return 'audit_row.*'
  return [...chainedColumns, 'hash']
    .map((column) => (blobColumns.has(column) && column !== 'iin_cipher' ? `NULL AS ${column}` : `audit_row.${column}`))
    .join(', ')
}

function createWriter(options: {
  readonly db: Database
  readonly logId: Uint8Array
  readonly order: ExportOrder
  readonly write: (bytes: Uint8Array) => void
}): ExportWriter {
  const { db, logId, order, write } = options
  if (order.format === 'csv') return createCsvWriter({ write, language: order.language })
  if (order.format === 'xlsx') return createXlsxWriter({ write, language: order.language })
  const head = db
    .prepare<[number], { seq: number; hash: Buffer }>('SELECT seq, hash FROM audit_row WHERE seq = ?')
    .get(order.upTo)
  const proofs = createRowProofs(db)
  const signed = proofs.newestSignedHead()
  return createJsonlWriter({
    write,
    logId,
    language: order.language,
    head: { seq: head?.seq ?? 0, hash: head?.hash.toString('hex') ?? '' },
    preamble: signed === undefined ? {} : { signedHead: signed },
    proofOf: (row) => (signed === undefined ? undefined : proofs.path(row.seq, signed.treeSize)),
  })
}

function writeAll(file: number, bytes: Uint8Array): void {
  let offset = 0
  while (offset < bytes.length) offset += writeSync(file, bytes, offset)
}

import { hash } from 'node:crypto'
import { chainedColumns } from '../stored-row.ts'

/**
 * A row as an array in the order of `chainedColumns`, its hash last: the quickest form in which SQLite hands it over.
 * Blobs come as upper-case hex, since a Buffer for each costs more than everything else that is done with a row.
 */
export type RawRow = readonly (null | number | string | Uint8Array)[]

/** Columns whose values must be blobs. */
export const blobColumns: ReadonlySet<string> = new Set([
  'sent_sha256',
  'received_sha256',
  'iin_cipher',
  'iin_lookup',
  'person_cipher',
  'prev_hash',
  'hash',
])

/** Where a blob is to be and none is, the number 0 comes instead. */
export const rawColumns = [...chainedColumns, 'hash']
  .map((column) =>
    blobColumns.has(column)
      ? `CASE typeof(${column}) WHEN 'blob' THEN hex(${column}) WHEN 'null' THEN NULL ELSE 0 END`
      : column,
  )
  .join(', ')

const DOMAIN = 'arm-tson:audit-row:v1'
const LARGEST_CELL = 4 * 8192
const CAPACITY = chainedColumns.length * (5 + LARGEST_CELL)
const IS_BLOB = chainedColumns.map((column) => blobColumns.has(column))

/**
 * The hash of row-hash.ts for many rows: the same canonical form, written into one buffer again and again.
 * @returns upper-case hex; undefined for a row with a value that is larger than any that the log writes.
 */
export function createRowHasher(): (row: RawRow) => string | undefined {
  const buffer = Buffer.allocUnsafe(CAPACITY)
  const start = write('latin1', 2, DOMAIN, 0)

  function write(encoding: 'latin1' | 'utf8' | 'hex', tag: number, value: string, offset: number): number {
    const length = buffer.write(value, offset + 5, encoding)
    buffer[offset] = tag
    buffer.writeUInt32BE(length, offset + 1)
    return offset + 5 + length
  }

  return (row) => {
    let offset = start
    for (let column = 0; column < IS_BLOB.length; column++) {
      const value = row[column]
      if (value === null || value === undefined) buffer[offset++] = 0
      else if (typeof value === 'string') {
        // A character is at most three bytes of UTF-8 for one unit of UTF-16.
        if (value.length > LARGEST_CELL / 3) return undefined
        offset = IS_BLOB[column] === true ? write('hex', 3, value, offset) : write('utf8', 2, value, offset)
      } else if (typeof value === 'number') {
        buffer[offset] = 1
        buffer.writeInt32BE(Math.floor(value / 2 ** 32), offset + 1)
        offset = buffer.writeUInt32BE(value >>> 0, offset + 5)
      } else return undefined
    }
    return hash('sha256', buffer.subarray(0, offset), 'hex').toUpperCase()
  }
}

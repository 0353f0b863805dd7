import { hash } from 'node:crypto'
import { chainedColumns, type StoredRow } from '../stored-row.ts'

/** A row as an array in the order of `chainedColumns`: the quickest form in which SQLite hands it over. */
export type RawRow = readonly (null | number | string | Uint8Array)[]

export const rawColumns = [...chainedColumns, 'hash'].join(', ')

const DOMAIN = 'arm-tson:audit-row:v1'
const LARGEST_CELL = 4 * 8192
const CAPACITY = chainedColumns.length * (5 + LARGEST_CELL)

/**
 * The hash of row-hash.ts for many rows: the same canonical form, written into one buffer again and again.
 * @returns undefined for a row with a value that is larger than any that the log writes.
 */
export function createRowHasher(): (row: RawRow) => Uint8Array | undefined {
  const buffer = Buffer.allocUnsafe(CAPACITY)
  const start = writeText(DOMAIN, 0)

  function writeText(text: string, offset: number): number {
    const length = buffer.write(text, offset + 5)
    buffer[offset] = 2
    buffer.writeUInt32BE(length, offset + 1)
    return offset + 5 + length
  }

  function writeValue(value: RawRow[number] | undefined, offset: number): number {
    if (value === null || value === undefined) {
      buffer[offset] = 0
      return offset + 1
    }
    if (typeof value === 'string') return writeText(value, offset)
    if (typeof value === 'number') {
      buffer[offset] = 1
      buffer.writeBigInt64BE(BigInt(value), offset + 1)
      return offset + 9
    }
    buffer[offset] = 3
    buffer.writeUInt32BE(value.length, offset + 1)
    buffer.set(value, offset + 5)
    return offset + 5 + value.length
  }

  return (row) => {
    let offset = start
    for (let column = 0; column < chainedColumns.length; column++) {
      const value = row[column]
      const length = typeof value === 'string' || value instanceof Uint8Array ? value.length : 0
      // A character is at most three bytes of UTF-8 for one unit of UTF-16.
      if (length > LARGEST_CELL / 3) return undefined
      offset = writeValue(value, offset)
    }
    return hash('sha256', buffer.subarray(0, offset), 'buffer')
  }
}

/** The array of a row that was read as an object. */
export function toRawRow(row: StoredRow): RawRow {
  return [...chainedColumns.map((column) => row[column]), row.hash]
}

export type FieldValue = null | number | string | Uint8Array

/**
 * The canonical form under every hash of the log. One encoding for one list of values, and no two lists share an
 * encoding. Each value is a tag byte and its content, one after another, with nothing in between:
 *
 *     NULL     00
 *     INTEGER  01 ‖ 8 bytes, two's complement, big-endian
 *     TEXT     02 ‖ length of the UTF-8 in bytes, 4 bytes big-endian ‖ the UTF-8
 *     BLOB     03 ‖ length in bytes, 4 bytes big-endian ‖ the bytes
 *
 * The first value is always a TEXT that names what is encoded, so that a hash of one kind is never one of another.
 * @throws for a number that is not a safe integer: SQLite would store another one.
 */
export function encodeFields(domain: string, values: readonly FieldValue[]): Buffer {
  const fields = [domain, ...values]
  const encoded = Buffer.allocUnsafe(fields.reduce<number>((total, value) => total + encodedLength(value), 0))
  let offset = 0
  for (const value of fields) {
    if (value === null) {
      offset = encoded.writeUInt8(0, offset)
    } else if (typeof value === 'number') {
      offset = encoded.writeUInt8(1, offset)
      offset = encoded.writeBigInt64BE(BigInt(value), offset)
    } else if (typeof value === 'string') {
      const length = encoded.write(value, offset + 5)
      offset = encoded.writeUInt8(2, offset)
      offset = encoded.writeUInt32BE(length, offset) + length
    } else {
      offset = encoded.writeUInt8(3, offset)
      offset = encoded.writeUInt32BE(value.length, offset)
      encoded.set(value, offset)
      offset += value.length
    }
  }
  return encoded
}

function encodedLength(value: FieldValue): number {
  if (value === null) return 1
  if (typeof value === 'string') return 5 + Buffer.byteLength(value)
  if (typeof value !== 'number') return 5 + value.length
  if (!Number.isSafeInteger(value)) throw new RangeError('A number that is not a safe integer has no canonical form')
  return 9
}

/**
 * The binary form of IPP requests and responses (RFC 8010, section 3), as much of it as a client needs. The document
 * data that follow a request are no part of it: they are sent from the caller's own buffer, never copied in here.
 */

export const ippTag = {
  operationGroup: 0x01,
  jobGroup: 0x02,
  endOfAttributes: 0x03,
  printerGroup: 0x04,
  unsupportedGroup: 0x05,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  begCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
  memberAttrName: 0x4a,
} as const

/** One attribute of a request. Strings are encoded as UTF-8. */
export interface IppRequestAttribute {
  readonly tag: number
  readonly name: string
  readonly values: readonly (string | number | boolean)[]
}

export interface IppRequest {
  /** Operation code, RFC 8011, 5.4.15. */
  readonly operation: number
  readonly requestId: number
  readonly operationAttributes: readonly IppRequestAttribute[]
  readonly jobAttributes?: readonly IppRequestAttribute[]
}

/** Dots an inch (or a centimetre: `perInch` says which). */
export interface IppResolution {
  readonly cross: number
  readonly feed: number
  readonly perInch: boolean
}

/** `no-value` and `unknown` of RFC 8010, 3.5.2, and whatever else stands for a missing value. */
export interface IppOutOfBand {
  readonly outOfBand: number
}

export type IppValue = number | boolean | string | IppResolution | IppOutOfBand | IppOpaque
/** A value that nobody here reads: a collection, a date, a range. */
export interface IppOpaque {
  readonly opaque: number
}

export type IppAttributes = ReadonlyMap<string, readonly IppValue[]>

export interface IppGroup {
  readonly tag: number
  readonly attributes: IppAttributes
}

export interface IppResponse {
  /** RFC 8011, appendix B. */
  readonly status: number
  readonly requestId: number
  readonly groups: readonly IppGroup[]
}

const VERSION = 0x0200
const MAX_VALUES = 50_000
const MAX_DEPTH = 8
const text = new TextDecoder('utf-8')

/** @throws RangeError for a name or value longer than 32767 octets: a bug of the caller. */
export function encodeIppRequest(request: IppRequest): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(VERSION, 0)
  head.writeUInt16BE(request.operation, 2)
  head.writeInt32BE(request.requestId, 4)
  const parts: Buffer[] = [head, Buffer.of(ippTag.operationGroup), ...request.operationAttributes.flatMap(encoded)]
  if (request.jobAttributes !== undefined && request.jobAttributes.length > 0) {
    parts.push(Buffer.of(ippTag.jobGroup), ...request.jobAttributes.flatMap(encoded))
  }
  parts.push(Buffer.of(ippTag.endOfAttributes))
  return Buffer.concat(parts)
}

function encoded({ tag, name, values }: IppRequestAttribute): Buffer[] {
  return values.flatMap((value, index) => [
    Buffer.of(tag),
    counted(Buffer.from(index === 0 ? name : '')),
    counted(valueBytes(value)),
  ])
}

function valueBytes(value: string | number | boolean): Buffer {
  if (typeof value === 'string') return Buffer.from(value)
  if (typeof value === 'boolean') return Buffer.of(value ? 1 : 0)
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function counted(bytes: Buffer): Buffer {
  if (bytes.length > 0x7fff) throw new RangeError('too long for IPP')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** @returns undefined for anything that is not a whole, well-formed response. What follows it is ignored. */
export function decodeIppResponse(bytes: Buffer): IppResponse | undefined {
  try {
    return readResponse(createReader(bytes))
  } catch (error) {
    if (error instanceof MalformedIpp) return undefined
    throw error
  }
}

class MalformedIpp extends Error {}

interface Reader {
  uint8(): number
  uint16(): number
  int32(): number
  take(length: number): Buffer
}

function createReader(bytes: Buffer): Reader {
  let at = 0
  const take = (length: number): Buffer => {
    if (length > bytes.length - at) throw new MalformedIpp()
    at += length
    return bytes.subarray(at - length, at)
  }
  return {
    take,
    uint8: () => take(1).readUInt8(),
    uint16: () => take(2).readUInt16BE(),
    int32: () => take(4).readInt32BE(),
  }
}

function readResponse(reader: Reader): IppResponse {
  const major = reader.uint8()
  reader.uint8()
  if (major < 1 || major > 2) throw new MalformedIpp()
  const status = reader.uint16()
  const requestId = reader.int32()
  const groups: IppGroup[] = []
  let current: { name: string; values: IppValue[] } | undefined
  let attributes: Map<string, IppValue[]> | undefined
  let count = 0
  for (;;) {
    const tag = reader.uint8()
    if (tag === ippTag.endOfAttributes) return { status, requestId, groups }
    if (tag < 0x10) {
      attributes = new Map()
      current = undefined
      groups.push({ tag, attributes })
      continue
    }
    if (attributes === undefined || ++count > MAX_VALUES) throw new MalformedIpp()
    const name = reader.take(reader.uint16()).toString('latin1')
    const value = readValue(reader, tag)
    if (name === '') {
      if (current === undefined) throw new MalformedIpp()
      current.values.push(value)
      continue
    }
    // A name that comes twice would let one reader see another value than the next.
    if (attributes.has(name)) throw new MalformedIpp()
    current = { name, values: [value] }
    attributes.set(name, current.values)
  }
}

function readValue(reader: Reader, tag: number): IppValue {
  const bytes = reader.take(reader.uint16())
  if (tag < 0x20) return { outOfBand: tag }
  switch (tag) {
    case ippTag.integer:
    case ippTag.enum:
      if (bytes.length !== 4) throw new MalformedIpp()
      return bytes.readInt32BE()
    case ippTag.boolean:
      if (bytes.length !== 1) throw new MalformedIpp()
      return bytes[0] !== 0
    case ippTag.resolution:
      if (bytes.length !== 9) throw new MalformedIpp()
      return { cross: bytes.readInt32BE(0), feed: bytes.readInt32BE(4), perInch: bytes[8] === 3 }
    case ippTag.textWithLanguage:
    case ippTag.nameWithLanguage: {
      const inner = createReader(bytes)
      inner.take(inner.uint16())
      return text.decode(inner.take(inner.uint16()))
    }
    case ippTag.begCollection:
      skipCollection(reader, 1)
      return { opaque: tag }
    default:
      return tag >= 0x40 && tag < 0x60 ? text.decode(bytes) : { opaque: tag }
  }
}

/** Collections (RFC 8010, 3.1.6) are passed over whole: nothing here is decided by one. */
function skipCollection(reader: Reader, depth: number): void {
  if (depth > MAX_DEPTH) throw new MalformedIpp()
  for (let count = 0; count < MAX_VALUES; count++) {
    const tag = reader.uint8()
    if (tag < 0x10) throw new MalformedIpp()
    reader.take(reader.uint16())
    reader.take(reader.uint16())
    if (tag === ippTag.endCollection) return
    if (tag === ippTag.begCollection) skipCollection(reader, depth + 1)
  }
  throw new MalformedIpp()
}

/** What a scan allows. DER: definite minimal lengths, and strings and numbers in one piece. */
export interface BerLimits {
  readonly encoding: 'ber' | 'der'
  readonly maxDepth?: number
  readonly maxElements?: number
}

const MAX_DEPTH = 64
const MAX_ELEMENTS = 10_000
const INDEFINITE = -1
const CONSTRUCTED = 0x20
const CONTEXT_FREE_CONSTRUCTED_TAGS = new Set([0x10, 0x11])

/**
 * Walks the tags and lengths of one BER element without recursion, in time linear in its length. It runs before
 * any real parser, so that nesting, element counts and lengths that lie are refused before they cost anything.
 * @returns what is wrong, or undefined for exactly one well-formed element with nothing after it.
 */
export function scanBer(bytes: Uint8Array, limits: BerLimits): string | undefined {
  const { encoding, maxDepth = MAX_DEPTH, maxElements = MAX_ELEMENTS } = limits
  /** Where each open element ends; INDEFINITE where only an end-of-contents says so. */
  const ends: number[] = []
  let offset = 0
  let elements = 0

  do {
    const end = ends.at(-1)
    if (end === INDEFINITE && bytes[offset] === 0 && bytes[offset + 1] === 0) {
      offset += 2
      ends.pop()
    } else {
      elements += 1
      if (elements > maxElements) return `more than ${maxElements} elements`
      const header = readHeader(bytes, offset, encoding)
      if (typeof header === 'string') return header
      const limit = end === undefined || end === INDEFINITE ? (innermostEnd(ends) ?? bytes.length) : end
      if (header.length !== INDEFINITE && header.contentStart + header.length > limit) return 'length beyond the end'
      offset = header.contentStart
      if (header.constructed) {
        if (ends.length >= maxDepth) return `nested deeper than ${maxDepth}`
        ends.push(header.length === INDEFINITE ? INDEFINITE : offset + header.length)
      } else {
        offset += header.length
      }
    }
    while (ends.length > 0 && ends.at(-1) === offset) ends.pop()
  } while (ends.length > 0)

  return offset === bytes.length ? undefined : 'bytes after the end'
}

function innermostEnd(ends: readonly number[]): number | undefined {
  return ends.findLast((end) => end !== INDEFINITE)
}

interface Header {
  readonly constructed: boolean
  readonly contentStart: number
  readonly length: number
}

function readHeader(bytes: Uint8Array, start: number, encoding: 'ber' | 'der'): Header | string {
  let offset = start
  const identifier = bytes[offset++]
  const first = bytes[offset++]
  if (identifier === undefined || first === undefined) return 'cut short'
  // Tag numbers of 31 and more occur in none of the formats read here.
  if ((identifier & 0x1f) === 0x1f) return 'tag number too large'
  if (identifier === 0) return 'end-of-contents out of place'
  const constructed = (identifier & CONSTRUCTED) !== 0
  const universal = (identifier & 0xc0) === 0
  if (universal && !constructed && CONTEXT_FREE_CONSTRUCTED_TAGS.has(identifier & 0x1f)) return 'primitive sequence'
  if (encoding === 'der' && universal && constructed && !CONTEXT_FREE_CONSTRUCTED_TAGS.has(identifier & 0x1f)) {
    return 'string in pieces, which DER forbids'
  }
  if (first < 0x80) return { constructed, contentStart: offset, length: first }
  if (first === 0x80) {
    if (!constructed) return 'indefinite length of a primitive'
    return encoding === 'der'
      ? 'indefinite length, which DER forbids'
      : { constructed, contentStart: offset, length: INDEFINITE }
  }
  const octets = first & 0x7f
  if (octets > 4) return 'length too large'
  let length = 0
  for (let i = 0; i < octets; i++) {
    const octet = bytes[offset++]
    if (octet === undefined) return 'cut short'
    length = length * 256 + octet
  }
  // BER allows it, nobody writes it, and parsers disagree about it.
  if (length === 0) return 'no length, written long'
  const minimal = length >= 0x80 && length >= 256 ** (octets - 1)
  if (encoding === 'der' && !minimal) return 'length not minimal, which DER requires'
  return { constructed, contentStart: offset, length }
}

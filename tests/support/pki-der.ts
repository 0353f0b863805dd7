/** Writes DER, and on request what only looks like it: tests must be able to say anything, right or wrong. */

export function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

export const sequence = (...items: readonly Uint8Array[]) => tlv(0x30, ...items)
/** SET OF in DER's order. */
export const setOf = (...items: readonly Uint8Array[]) => tlv(0x31, ...sorted(items))
/** SET OF as given. */
export const unsortedSet = (...items: readonly Uint8Array[]) => tlv(0x31, ...items)
export const explicit = (tag: number, ...items: readonly Uint8Array[]) => tlv(0xa0 | tag, ...items)
export const implicit = (tag: number, content: Uint8Array) => tlv(0x80 | tag, content)
export const octets = (content: Uint8Array) => tlv(0x04, content)
export const bits = (content: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), content)
export const boolean = (value: boolean) => tlv(0x01, Buffer.from([value ? 0xff : 0]))
export const nothing = () => tlv(0x05)
export const utf8 = (text: string) => tlv(0x0c, Buffer.from(text, 'utf8'))
export const printable = (text: string) => tlv(0x13, Buffer.from(text, 'latin1'))
export const ia5 = (text: string) => tlv(0x16, Buffer.from(text, 'latin1'))

export function integer(value: number | bigint): Buffer {
  const hex = BigInt(value).toString(16)
  const even = hex.length % 2 === 1 ? `0${hex}` : hex
  return tlv(0x02, Buffer.from(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even, 'hex'))
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const arcs = [40 * first + second, ...rest]
  return tlv(0x06, Buffer.from(arcs.flatMap(base128)))
}

export function utcTime(time: Date): Buffer {
  return tlv(0x17, Buffer.from(`${digitsOf(time).slice(2)}Z`))
}

export function generalizedTime(time: Date): Buffer {
  return tlv(0x18, Buffer.from(`${digitsOf(time)}Z`))
}

/** UTCTime through 2049, GeneralizedTime after. */
export function timeOf(time: Date): Buffer {
  return time.getUTCFullYear() < 2050 ? utcTime(time) : generalizedTime(time)
}

/** The same element in BER with an indefinite length. */
export function indefinite(element: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([element[0] ?? 0, 0x80]), contentOf(element), Buffer.from([0, 0])])
}

export function contentOf(element: Uint8Array): Buffer {
  const first = element[1] ?? 0
  return Buffer.from(element.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f)))
}

/** The elements inside a constructed DER element. */
export function childrenOf(element: Uint8Array): readonly Buffer[] {
  const children: Buffer[] = []
  let rest = contentOf(element)
  while (rest.length > 0) {
    const first = rest[1] ?? 0
    const header = first < 0x80 ? 2 : 2 + (first & 0x7f)
    const length = first < 0x80 ? first : rest.readUIntBE(2, first & 0x7f)
    children.push(rest.subarray(0, header + length))
    rest = rest.subarray(header + length)
  }
  return children
}

function sorted(items: readonly Uint8Array[]): readonly Buffer[] {
  return items.map((item) => Buffer.from(item)).sort(Buffer.compare)
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const hex = length.toString(16)
  const octetsOfLength = Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex')
  return Buffer.concat([Buffer.from([0x80 | octetsOfLength.length]), octetsOfLength])
}

function base128(arc: number): number[] {
  const digits = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(0x80 | (rest % 128))
  return digits
}

function digitsOf(time: Date): string {
  return time.toISOString().replace(/[-:T]/g, '').slice(0, 14)
}

import * as der from '../../support/pki-der.ts'

/** A generator of numbers that says the same each time (mulberry32): a mutant that fails can be made again. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Random = (below: number) => number
type Mutation = (message: Buffer, random: Random) => Buffer

/** Where the elements of a message are: header and content. Octet strings are not looked into. */
interface Place {
  readonly start: number
  readonly content: number
  readonly end: number
  readonly children: readonly Place[]
}

function placesOf(message: Buffer, start = 0): Place {
  const first = message[start + 1] ?? 0
  const content = start + (first < 0x80 ? 2 : 2 + (first & 0x7f))
  const length = first < 0x80 ? first : message.readUIntBE(start + 2, first & 0x7f)
  const end = content + length
  const children: Place[] = []
  if (((message[start] ?? 0) & 0x20) !== 0) {
    for (let at = content; at < end; ) {
      const child = placesOf(message, at)
      children.push(child)
      at = child.end
    }
  }
  return { start, content, end, children }
}

const flatten = (place: Place): readonly Place[] => [place, ...place.children.flatMap(flatten)]
const parentsOf = (place: Place, wanted: Place): readonly Place[] => {
  if (place === wanted) return []
  for (const child of place.children) {
    if (child.start <= wanted.start && wanted.end <= child.end) return [place, ...parentsOf(child, wanted)]
  }
  return [place]
}

/** Replaces one element, with the lengths around it put right: what comes out is well-formed and means something else. */
function replaceElement(message: Buffer, wanted: Place, replacement: Buffer): Buffer {
  const root = placesOf(message)
  const path = parentsOf(
    root,
    flatten(root).find(({ start, end }) => start === wanted.start && end === wanted.end) ?? root,
  )
  let inner = replacement
  let { start, end } = wanted
  for (const parent of [...path].reverse()) {
    inner = der.tlv(
      message[parent.start] ?? 0,
      message.subarray(parent.content, start),
      inner,
      message.subarray(end, parent.end),
    )
    start = parent.start
    end = parent.end
  }
  return inner
}

const pick = <T>(items: readonly T[], random: Random): T => {
  const item = items[random(items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}
const somePlace = (message: Buffer, random: Random) => pick(flatten(placesOf(message)).slice(1), random)
const whole = (message: Buffer, { start, end }: Place) => message.subarray(start, end)

export const mutations: Readonly<Record<string, Mutation>> = {
  'one bit': (message, random) => {
    const copy = Buffer.from(message)
    const at = random(copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8))
    return copy
  },
  'one octet': (message, random) => {
    const copy = Buffer.from(message)
    copy[random(copy.length)] = random(256)
    return copy
  },
  'an octet less': (message, random) => {
    const at = random(message.length)
    return Buffer.concat([message.subarray(0, at), message.subarray(at + 1)])
  },
  'an octet more': (message, random) => {
    const at = random(message.length)
    return Buffer.concat([message.subarray(0, at), Buffer.from([random(256)]), message.subarray(at)])
  },
  cut: (message, random) => message.subarray(0, random(message.length)),
  'an element less': (message, random) => replaceElement(message, somePlace(message, random), Buffer.alloc(0)),
  'an element twice': (message, random) => {
    const place = somePlace(message, random)
    return replaceElement(message, place, Buffer.concat([whole(message, place), whole(message, place)]))
  },
  'another element in its place': (message, random) =>
    replaceElement(message, somePlace(message, random), Buffer.from(whole(message, somePlace(message, random)))),
  'an element emptied': (message, random) => {
    const place = somePlace(message, random)
    return replaceElement(message, place, der.tlv(message[place.start] ?? 0))
  },
  'another tag': (message, random) => {
    const place = somePlace(message, random)
    const copy = Buffer.from(message)
    copy[place.start] = (copy[place.start] ?? 0) ^ pick([0x20, 0x80, 0x01, 0x02, 0x40], random)
    return copy
  },
  'indefinite length': (message, random) => {
    const place = pick(
      flatten(placesOf(message)).filter(({ children }) => children.length > 0),
      random,
    )
    return replaceElement(message, place, der.indefinite(whole(message, place)))
  },
  'a length written longer': (message, random) => {
    const place = somePlace(message, random)
    const content = message.subarray(place.content, place.end)
    const long = Buffer.from([message[place.start] ?? 0, 0x84, 0, 0, 0, 0])
    long.writeUInt32BE(content.length, 2)
    return replaceElement(message, place, Buffer.concat([long, content]))
  },
  'two neighbours exchanged': (message, random) => {
    const place = pick(
      flatten(placesOf(message)).filter(({ children }) => children.length > 1),
      random,
    )
    const at = random(place.children.length - 1)
    const parts = place.children.map((child) => whole(message, child))
    const [a = Buffer.alloc(0), b = Buffer.alloc(0)] = parts.splice(at, 2)
    parts.splice(at, 0, b, a)
    return replaceElement(message, place, der.tlv(message[place.start] ?? 0, ...parts))
  },
  'an octet of an element': (message, random) => {
    const place = pick(
      flatten(placesOf(message)).filter(({ content, end, children }) => children.length === 0 && end > content),
      random,
    )
    const copy = Buffer.from(message)
    copy[place.content + random(place.end - place.content)] = random(256)
    return copy
  },
}

export interface Mutant {
  readonly mutation: string
  readonly message: Buffer
}

/** Mutants of messages, each of one mutation or two, none of them like what it was made from. */
export function* mutantsOf(messages: readonly Buffer[], seed: number): Generator<Mutant> {
  const random = seededRandom(seed)
  const names = Object.keys(mutations)
  for (;;) {
    const original = pick(messages, random)
    const name = pick(names, random)
    const message = mutations[name]?.(original, random) ?? original
    if (message.length > 0 && !message.equals(original)) yield { mutation: name, message }
  }
}

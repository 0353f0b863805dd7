import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { Unzlib } from 'fflate'

/** A process and everything that it started, by /proc. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const tree = [root]
  for (let at = 0; at < tree.length; at++) {
    for (const [pid, parent] of parents) if (parent === tree[at]) tree.push(pid)
  }
  return tree
}

export interface MemoryHit {
  readonly pid: number
  readonly form: string
  readonly region: string
}

/**
 * Where the forms occur in the writable memory of a process, also inside whatever there looks like a compressed stream.
 * @throws where the process may not be read.
 */
export function memoryHolding(
  pid: number,
  forms: ReadonlyMap<string, Buffer>,
): { bytes: number; inflated: number; hits: MemoryHit[] } {
  const longest = Math.max(...Array.from(forms.values(), (form) => form.length))
  const hits: MemoryHit[] = []
  let bytes = 0
  let inflated = 0
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')) {
      const [, from = '', to = '', rights = '', name = ''] =
        /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? []
      if (!rights.startsWith('rw') || /^\[v(var|dso|syscall)/.test(name)) continue
      const step = 16 << 20
      const chunk = Buffer.alloc(step + longest)
      for (let at = BigInt(`0x${from}`); at < BigInt(`0x${to}`); at += BigInt(step)) {
        const length = Number(minimum(BigInt(`0x${to}`) - at, BigInt(chunk.length)))
        let read = 0
        try {
          read = readSync(memory, chunk, 0, length, at)
        } catch {
          // Reserved, never touched: nothing is there.
          continue
        }
        bytes += read
        const seen = chunk.subarray(0, read)
        for (const [form, needle] of forms) {
          for (let found = seen.indexOf(needle); found !== -1; found = seen.indexOf(needle, found + 1)) {
            hits.push({ pid, form, region: `${name || 'anonymous'} ${(at + BigInt(found)).toString(16)}` })
          }
        }
        for (const [place, content] of streamsIn(seen)) {
          inflated++
          for (const [form, needle] of forms) {
            if (!content.includes(needle)) continue
            hits.push({ pid, form, region: `compressed, ${name || 'anonymous'} ${(at + BigInt(place)).toString(16)}` })
          }
        }
      }
    }
  } finally {
    closeSync(memory)
  }
  return { bytes, inflated, hits }
}

function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** What zlib writes first (RFC 1950) at the levels that it knows: deflate with a window of 32 KiB. */
const ZLIB_HEADERS = [0x7801, 0x785e, 0x789c, 0x78da].map((word) => Buffer.from([word >> 8, word & 0xff]))
const [MOST_IN, MOST_OUT, LEAST_OUT] = [256 << 10, 1 << 20, 16]

/** Everything that can be inflated, if only its beginning; a stream that breaks off counts as far as it goes. */
function* streamsIn(bytes: Buffer): Generator<readonly [place: number, content: Buffer]> {
  for (const header of ZLIB_HEADERS) {
    for (let at = bytes.indexOf(header); at !== -1; at = bytes.indexOf(header, at + 1)) {
      const content = inflateSome(bytes.subarray(at, at + MOST_IN))
      if (content.length >= LEAST_OUT) yield [at, content]
    }
  }
}

function inflateSome(stream: Buffer): Buffer {
  const parts: Uint8Array[] = []
  let size = 0
  const inflate = new Unzlib((part) => {
    parts.push(part)
    size += part.length
  })
  // Small steps: what came before a fault is kept, and most candidates are nothing.
  let step = 64
  try {
    for (let at = 0; at < stream.length && size < MOST_OUT; ) {
      inflate.push(stream.subarray(at, at + step))
      at += step
      step = Math.min(2 * step, 16 << 10)
    }
  } catch {
    // No stream, or its end.
  }
  return Buffer.concat(parts)
}

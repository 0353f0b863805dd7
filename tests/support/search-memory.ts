import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'

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

/** Where the forms occur in the writable memory of a process. @throws where the process may not be read. */
export function memoryHolding(pid: number, forms: ReadonlyMap<string, Buffer>): { bytes: number; hits: MemoryHit[] } {
  const longest = Math.max(...Array.from(forms.values(), (form) => form.length))
  const hits: MemoryHit[] = []
  let bytes = 0
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
      }
    }
  } finally {
    closeSync(memory)
  }
  return { bytes, hits }
}

function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

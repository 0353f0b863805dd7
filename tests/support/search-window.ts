import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { memoryHolding, processTree } from './search-memory.ts'

export interface FoundInMemory {
  readonly processes: number
  readonly bytes: number
  /** Compressed streams that were found in memory and opened. */
  readonly inflated: number
  /** Form, kind of process, place. */
  readonly hits: readonly string[]
}

/** Looks into every process of a window. @param root pid of its main process. */
export function searchMemory(root: number, forms: ReadonlyMap<string, Buffer>): FoundInMemory {
  const pids = processTree(root)
  const found = pids.map((pid) => memoryHolding(pid, forms))
  return {
    processes: pids.length,
    bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
    inflated: found.reduce((sum, { inflated }) => sum + inflated, 0),
    hits: found.flatMap(({ hits }) => hits.map(({ form, pid, region }) => `${form} in ${nameOf(pid)}, ${region}`)),
  }
}

/** What the engine has let go is overwritten in time, not at once; what is kept stays. */
export async function settledHits(root: number, forms: ReadonlyMap<string, Buffer>): Promise<FoundInMemory> {
  let found = searchMemory(root, forms)
  for (let again = 0; again < 3 && found.hits.length > 0; again++) {
    await delay(1_500)
    found = searchMemory(root, forms)
  }
  return found
}

/** Processes whose arguments or environment hold a text. */
export function argumentsHolding(root: number, text: string): string[] {
  return processTree(root).flatMap((pid) =>
    ['cmdline', 'environ']
      .filter((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1').includes(text))
      .map((name) => `${name} of ${nameOf(pid)}`),
  )
}

function nameOf(pid: number): string {
  const type = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
    .split('\0')
    .find((argument) => argument.startsWith('--type='))
  return type ?? 'main'
}

import { appendFile, mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { formatTreeHead, parseTreeHead, type TreeHead } from '../../shared/domain/audit-head.ts'
import { type Contradiction, judgeWitnessedHead } from './judge-witnessed-head.ts'

/** Keeps heads of workstations' logs that arrived in signed requests: a witness outside the machine. */
export interface WitnessBook {
  /** @returns what does not go with the heads that came before; the head is kept all the same. */
  keep(head: TreeHead): Promise<readonly Contradiction[]>
}

/** A new head is compared with the newest two hundred or so: an older copy or a second history shows against those. */
const COMPARED_OCTETS = 64 * 1024

/** A file for each log, one head after another, in the form that `audit verify --head` reads. */
export function createWitnessBook(options: { readonly folder: string }): WitnessBook {
  return {
    async keep(head) {
      await mkdir(options.folder, { recursive: true })
      const file = path.join(options.folder, `${head.logId}.txt`)
      const kept = await newestHeads(file)
      const text = formatTreeHead(head)
      // One write at the end of the file: several processes may keep heads at once. A repeated request brings nothing new.
      if (!kept.some((one) => formatTreeHead(one) === text)) await appendFile(file, text)
      return judgeWitnessedHead(head, kept)
    },
  }
}

async function newestHeads(file: string): Promise<readonly TreeHead[]> {
  const handle = await open(file, 'a+')
  try {
    const { size } = await handle.stat()
    if (size === 0) return []
    const start = Math.max(0, size - COMPARED_OCTETS)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start)
    // The first piece may be the rest of a head.
    return buffer
      .toString('utf8', 0, bytesRead)
      .split(/^(?=arm-tson\/audit-head\/v1$)/m)
      .flatMap((text) => parseTreeHead(text) ?? [])
  } finally {
    await handle.close()
  }
}

import { appendFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { formatTreeHead, type TreeHead } from '../../shared/domain/audit-head.ts'

/** Keeps heads of workstations' logs that arrived in signed requests: a witness outside the machine. */
export interface WitnessBook {
  keep(head: TreeHead): Promise<void>
}

/** A file for each log, one head after another, in the form that `audit verify --head` reads. */
export function createWitnessBook(options: { readonly folder: string }): WitnessBook {
  return {
    async keep(head) {
      await mkdir(options.folder, { recursive: true })
      // One write at the end of the file: several processes may keep heads at once.
      await appendFile(path.join(options.folder, `${head.logId}.txt`), formatTreeHead(head))
    },
  }
}

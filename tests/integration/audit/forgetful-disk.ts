import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

const source = join(import.meta.dirname, 'unsynced_loss.c')
const HEADER_BYTES = 24

/** Why a disk that forgets cannot be made here; undefined where it can. */
export const noForgetfulDisk =
  process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0
    ? undefined
    : 'needs Linux and a C compiler'

export interface ForgetfulDisk {
  /** For the environment of a process whose writes are to be lost. */
  readonly environment: Readonly<Record<string, string>>
  /**
   * Takes away what was written and not synced: all of it, or all but a beginning, as `kept` says (0 to 1).
   * @returns how many writes were taken away.
   */
  powerCut(kept: number): number
}

/** @param options.folder the files whose unsynced writes are lost. */
export function createForgetfulDisk(options: { readonly folder: string; readonly work: string }): ForgetfulDisk {
  const { folder, work } = options
  const library = join(work, 'unsynced_loss.so')
  const undo = join(work, 'undo')
  mkdirSync(undo, { recursive: true })
  if (!existsSync(library)) execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'])
  return {
    environment: { LD_PRELOAD: library, LOSS_FOLDER: folder, LOSS_UNDO: undo },
    powerCut(kept) {
      let lost = 0
      for (const name of readdirSync(undo)) {
        const records = readRecords(readFileSync(join(undo, name)))
        lost += takeBack(join(folder, name), records.slice(Math.floor(records.length * kept)))
        rmSync(join(undo, name))
      }
      for (const name of readdirSync(folder)) if (name.endsWith('-shm')) rmSync(join(folder, name))
      return lost
    },
  }
}

interface UndoRecord {
  readonly offset: number
  readonly old: Buffer
  readonly sizeBefore: number
}

/** A record cut by the kill was not followed by its write. */
function readRecords(bytes: Buffer): readonly UndoRecord[] {
  const records: UndoRecord[] = []
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const [offset, length, sizeBefore] = [0, 8, 16].map((field) => Number(bytes.readBigUInt64LE(at + field)))
    if (offset === undefined || length === undefined || sizeBefore === undefined) break
    const start = at + HEADER_BYTES
    if (start + length > bytes.length) break
    records.push({ offset, old: bytes.subarray(start, start + length), sizeBefore })
    at = start + length
  }
  return records
}

function takeBack(file: string, records: readonly UndoRecord[]): number {
  const earliest = records[0]
  if (earliest === undefined || !existsSync(file)) return 0
  const handle = openSync(file, 'r+')
  for (const { offset, old } of records.toReversed()) writeSync(handle, old, 0, old.length, offset)
  closeSync(handle)
  if (statSync(file).size > earliest.sizeBefore) truncateSync(file, earliest.sizeBefore)
  return records.length
}

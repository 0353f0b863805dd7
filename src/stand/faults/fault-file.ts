import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type StandFault, standFaults } from '../../shared/domain/training.ts'

const FILE_NAME = 'fault.txt'

/** Tells the stand of a data folder, running or not, to do something wrong; undefined: to do right again. */
export async function writeStandFault(options: {
  readonly dataDir: string
  readonly fault: StandFault | undefined
  /** With `portal-clock`: by how many minutes the portal's clock is ahead. */
  readonly minutes?: number
}): Promise<void> {
  const path = join(options.dataDir, FILE_NAME)
  if (options.fault === undefined) {
    await rm(path, { force: true })
    return
  }
  await mkdir(options.dataDir, { recursive: true })
  const draft = join(options.dataDir, `fault-${randomUUID()}.draft`)
  await writeFile(draft, options.minutes === undefined ? options.fault : `${options.fault} ${options.minutes}`)
  await rename(draft, path)
}

/** @returns what the stand was last told; undefined where there is nothing or no such fault. */
export async function readStandFault(options: { readonly dataDir: string }): Promise<StandFault | undefined> {
  const text = await readFile(join(options.dataDir, FILE_NAME), 'utf8').catch(() => '')
  return standFaults.find((fault) => fault === text.trim().split(' ')[0])
}

const DEFAULT_CLOCK_MINUTES = 7

/** @returns by how many minutes the portal's clock was told to be ahead; seven where nothing was said. */
export async function readClockMinutes(options: { readonly dataDir: string }): Promise<number> {
  const text = await readFile(join(options.dataDir, FILE_NAME), 'utf8').catch(() => '')
  const minutes = Number.parseInt(text.trim().split(' ')[1] ?? '', 10)
  return Number.isNaN(minutes) ? DEFAULT_CLOCK_MINUTES : minutes
}

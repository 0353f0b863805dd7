import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type StandFault, standFaults } from '../../shared/domain/training.ts'

const FILE_NAME = 'fault.txt'

/** Tells the stand of a data folder, running or not, to do something wrong; undefined: to do right again. */
export async function writeStandFault(options: {
  readonly dataDir: string
  readonly fault: StandFault | undefined
}): Promise<void> {
  const path = join(options.dataDir, FILE_NAME)
  if (options.fault === undefined) {
    await rm(path, { force: true })
    return
  }
  await mkdir(options.dataDir, { recursive: true })
  const draft = join(options.dataDir, `fault-${randomUUID()}.draft`)
  await writeFile(draft, options.fault)
  await rename(draft, path)
}

/** @returns what the stand was last told; undefined where there is nothing or no such fault. */
export async function readStandFault(options: { readonly dataDir: string }): Promise<StandFault | undefined> {
  const text = await readFile(join(options.dataDir, FILE_NAME), 'utf8').catch(() => '')
  return standFaults.find((fault) => fault === text.trim())
}

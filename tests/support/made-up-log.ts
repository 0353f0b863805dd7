import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { runArm } from './run-arm.ts'

/** A data folder of training mode with a log of made-up rows. */
export async function makeUpLog(options: { readonly dataDir: string; readonly rows: number }): Promise<void> {
  mkdirSync(options.dataDir, { recursive: true })
  const db = path.join(options.dataDir, 'audit.sqlite')
  await runArm(['audit', 'generate', '--rows', String(options.rows), '--db', db])
}

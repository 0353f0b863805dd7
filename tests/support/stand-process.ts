import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Stand } from '../../src/stand/start-stand.ts'

export interface StandProcess {
  readonly stand: Stand
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>
}

const module = fileURLToPath(new URL('../../src/stand/start-stand.ts', import.meta.url))
const script = `
const [, module, dataDir] = process.argv
const { startStand } = await import(module)
console.log(JSON.stringify(await startStand({ dataDir })))
`

/** A stand in a process of its own. */
export async function startStandProcess(dataDir: string): Promise<StandProcess> {
  const args = ['--input-type=module', '--eval', script, module, dataDir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    ended.then(() => reject(new Error('the stand did not start')))
  })
  return { stand: { ...JSON.parse(line), close: kill }, kill }
}

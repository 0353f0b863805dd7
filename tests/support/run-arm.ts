import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'

const cli = path.resolve(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')

/** Dozens of short processes start from the same sources. */
const compileCache = path.join(os.tmpdir(), 'arm-tson-test-compiled')

export interface ArmRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The console workstation as a process of its own. */
export function runArm(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<ArmRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...options.env },
    })
    child.stdin.end(options.input ?? '')
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...output }))
  })
}

/** The one JSON object of a run with --json. */
export function answerOf(run: ArmRun): Record<string, unknown> {
  const lines = run.stdout.trimEnd().split('\n')
  if (lines.length !== 1) throw new Error(`one line expected on stdout, got:\n${run.stdout}\n${run.stderr}`)
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>
}

/** People whom the stand of a data folder lists, optionally by expected outcome. */
export async function peopleOf(
  dataDir: string,
  outcome?: 'issued' | 'registered' | 'refused',
): Promise<readonly { iin: string; name: string; expect: { outcome: string; message?: string } }[]> {
  const filter = outcome === undefined ? [] : ['--outcome', outcome]
  const { stdout } = await runArm(['people', '--json', '--data', dataDir, ...filter])
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

export async function firstOf(dataDir: string, outcome: 'issued' | 'registered' | 'refused'): Promise<string> {
  const [person] = await peopleOf(dataDir, outcome)
  if (person === undefined) throw new Error(`nobody with outcome ${outcome}`)
  return person.iin
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type StartTimes, startEmptyWindow, startWorkstation } from './launch-to-field.ts'

export interface WindowStarts {
  /** The first start of an empty data folder: it makes the stand's keys. */
  readonly first: StartTimes
  readonly later: readonly StartTimes[]
  readonly empty: readonly number[]
}

/** A process of its own, because it needs a display: `window-starts.ts REPORT RUNS` writes its figures to REPORT. */
const [report, runs] = process.argv.slice(2)
if (report === undefined) throw new Error('usage: window-starts.ts REPORT RUNS')
writeFileSync(report, JSON.stringify(await measureStarts(Number(runs))))

async function measureStarts(count: number): Promise<WindowStarts> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'arm-tson-bench-'))
  try {
    await startEmptyWindow()
    const first = await startWorkstation(dataDir)
    const later: StartTimes[] = []
    const empty: number[] = []
    // Turn by turn, so that both meet the same moods of the machine.
    for (let run = 0; run < count; run++) {
      empty.push(await startEmptyWindow())
      later.push(await startWorkstation(dataDir))
    }
    return { first, later, empty }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

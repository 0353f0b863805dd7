import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { openAuditLog } from '../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { verifyInThread } from '../../src/main/adapters/audit-sqlite/verify/start-verify-worker.ts'
import { verifyAuditFile } from '../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { createSystemClock } from '../../src/main/adapters/clock/create-system-clock.ts'
import { openTrainingVault } from '../../src/main/compose-training.ts'
import { type Figure, figure } from './figure.ts'
import { need } from './open-bench-workstation.ts'
import { timeMany } from './stopwatch.ts'
import type { Yardsticks } from './yardsticks.ts'

const APPENDS = 2000
const NEW_ROWS = 1000
const LOOK_EVERY_MS = 5

/** A log of years: adding a row, and verifying all of it and what came since. */
export async function measureLog(options: {
  /** Where the log is made; it stays there for the searches. */
  readonly file: string
  readonly rows: number
  readonly yardsticks: Yardsticks
}): Promise<Figure[]> {
  const { file, rows, yardsticks } = options
  const folder = path.dirname(file)
  mkdirSync(folder, { recursive: true })
  const vault = need(await openTrainingVault(folder))
  const workstation = 'BENCH-01'
  // In a process of its own: what it leaves for the collector is no pause of the workstation.
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'make-log.ts'), file, String(rows)])
  const log = need(openAuditLog({ file, workstation, vault, clock: createSystemClock() }))
  const add = () => need(log.append({ event: 'request.prepared', actor: 'operator', iin: '910101300019' }))
  const appends = await timeMany(APPENDS, add)

  const pauses = watchPauses()
  const started = performance.now()
  const judged = need(await verifyInThread({ file }))
  const whole = performance.now() - started
  const longestPause = pauses.end()
  if (judged.verified === undefined) throw new Error(judged.verdict.state)

  for (let row = 0; row < NEW_ROWS; row++) add()
  const { verified } = judged
  const news = await timeMany(9, async () => need(await verifyAuditFile({ file, since: verified })))
  log.close()
  vault.close()
  const of = `of ${rows} rows`
  return [
    figure(`audit append to a log ${of}`, 'p99', appends, yardsticks.fsyncedWrite, 5),
    figure(`audit verify ${of}`, 'once', [whole], yardsticks.fsyncedWrite, 10_000),
    figure('  longest pause of the main thread meanwhile', 'once', [longestPause], yardsticks.fsyncedWrite, 50),
    figure(`audit verify after ${NEW_ROWS} new rows`, 'p95', news, yardsticks.fsyncedWrite, 200),
  ]
}

/** The longest time for which a timer of this thread was late. */
function watchPauses(): { end(): number } {
  let last = performance.now()
  let longest = 0
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - LOOK_EVERY_MS)
    last = now
  }, LOOK_EVERY_MS)
  return {
    end() {
      clearInterval(timer)
      return longest
    },
  }
}

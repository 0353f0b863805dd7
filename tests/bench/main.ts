import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { isOverTarget } from './figure.ts'
import { measureCrypto } from './measure-crypto.ts'
import { measureIssue } from './measure-issue.ts'
import { measureKeyToPaint } from './measure-key-to-paint.ts'
import { measureLog } from './measure-log.ts'
import { measureLongWindow } from './measure-long-window.ts'
import { measureReview } from './measure-review.ts'
import { measureService } from './measure-service.ts'
import { measureStart } from './measure-start.ts'
import { measureVerification } from './measure-verification.ts'
import { jsonLine, table } from './report.ts'
import { measureYardsticks } from './yardsticks.ts'

const { values } = parseArgs({
  options: {
    issues: { type: 'string', default: '80' },
    /** Rows of the large log. */
    'log-rows': { type: 'string', default: '1000000' },
    starts: { type: 'string', default: '9' },
    /** Exit with 1 where a figure is over its target. */
    strict: { type: 'boolean', default: false },
  },
})

const folder = mkdtempSync(path.join(os.tmpdir(), 'arm-tson-bench-'))
try {
  const yardsticks = await measureYardsticks(folder)
  const crypto = await measureCrypto(yardsticks)
  const issues = await measureIssue({ dataDir: path.join(folder, 'data'), yardsticks, issues: Number(values.issues) })
  const verifications = await measureVerification({ folder, yardsticks })
  const rows = Number(values['log-rows'])
  const file = path.join(folder, 'log', 'audit.sqlite')
  const log = await measureLog({ file, yardsticks, rows })
  const review = await measureReview({ folder, file, rows, yardsticks })
  // Windows last: what their caches leave unwritten would slow every fsync after them.
  const starts = measureStart({ folder, runs: Number(values.starts) })
  const service = measureService({ folder, yardsticks })
  const window = measureLongWindow({ folder, dataDir: path.dirname(file), rows, yardsticks })
  const keys = measureKeyToPaint({ folder, dataDir: path.dirname(file), rows })
  const figures = [...starts, ...service, ...keys, ...issues, ...verifications, ...crypto, ...log, ...review, ...window]
  process.stdout.write(`${table(figures)}\n${jsonLine(figures)}\n`)
  if (values.strict && figures.some(isOverTarget)) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

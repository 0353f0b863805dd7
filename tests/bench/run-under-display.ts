import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Runs a script of this folder as a process of its own with a screen to draw on: `SCRIPT REPORT ARGS…`.
 * @returns what it wrote to REPORT, as JSON. The script is ours, so its report is taken for what it says.
 */
export function runUnderDisplay<Report>(options: {
  readonly script: string
  /** Where the report may lie. */
  readonly folder: string
  readonly args: readonly string[]
}): Report {
  const report = path.join(mkdtempSync(path.join(options.folder, 'report-')), 'report.json')
  const script = path.join(import.meta.dirname, options.script)
  const [command, ...args] = underDisplay([process.execPath, script, report, ...options.args])
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  return JSON.parse(readFileSync(report, 'utf8')) as Report
}

/** A command with a screen to draw on. */
function underDisplay(command: [string, ...string[]]): [string, ...string[]] {
  return process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1440x900x24', ...command] : command
}

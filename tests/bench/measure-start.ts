import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Figure, figure, quantile } from './figure.ts'
import type { WindowStarts } from './window-starts.ts'

const TARGET_MEDIAN_MS = 1000
const script = path.join(import.meta.dirname, 'window-starts.ts')

/** From process start to a focusable ИИН field, in a real window; the sign-in between is a script's. */
export function measureStart(options: { readonly folder: string; readonly runs: number }): Figure[] {
  const report = path.join(options.folder, 'window-starts.json')
  const [command, ...args] = underDisplay([process.execPath, script, report, String(options.runs)])
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const { first, later, empty } = JSON.parse(readFileSync(report, 'utf8')) as WindowStarts

  const yardstick = { name: 'an empty Electron window', ms: quantile(empty, 0.5) }
  const sum = ({ toSignIn, toIin }: WindowStarts['first']) => toSignIn + toIin
  return [
    figure('start to ИИН field', 'median', later.map(sum), yardstick, TARGET_MEDIAN_MS),
    figure(
      '  process to sign-in field',
      'median',
      later.map(({ toSignIn }) => toSignIn),
      yardstick,
    ),
    figure(
      '  sign-in to ИИН field',
      'median',
      later.map(({ toIin }) => toIin),
      yardstick,
    ),
    figure('first start, empty folder', 'once', [sum(first)], yardstick),
  ]
}

/** A command with a screen to draw on. */
export function underDisplay(command: [string, ...string[]]): [string, ...string[]] {
  return process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1440x900x24', ...command] : command
}

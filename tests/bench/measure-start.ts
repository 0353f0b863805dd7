import { type Figure, figure, quantile } from './figure.ts'
import { runUnderDisplay } from './run-under-display.ts'
import type { WindowStarts } from './window-starts.ts'

const TARGET_MEDIAN_MS = 1000

/** From process start to a focusable ИИН field, in a real window; the sign-in between is a script's. */
export function measureStart(options: { readonly folder: string; readonly runs: number }): Figure[] {
  const { first, later, empty } = runUnderDisplay<WindowStarts>({
    script: 'window-starts.ts',
    folder: options.folder,
    args: [String(options.runs)],
  })

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

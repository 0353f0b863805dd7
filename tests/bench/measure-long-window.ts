import path from 'node:path'
import { type Figure, figure } from './figure.ts'
import type { LongLogWindow } from './long-log-window.ts'
import { runUnderDisplay } from './run-under-display.ts'
import type { Yardsticks } from './yardsticks.ts'

/**
 * The real application over a long log: verification, searches and an export at once, what its main process takes for that and how
 * long it stands still. Memory is read from /proc: elsewhere than on Linux there are no figures.
 */
export function measureLongWindow(options: {
  readonly folder: string
  /** A data folder with a log made before. */
  readonly dataDir: string
  readonly rows: number
  readonly yardsticks: Yardsticks
}): Figure[] {
  if (process.platform !== 'linux') return []
  const { folder, dataDir, rows, yardsticks } = options
  const seen = runUnderDisplay<LongLogWindow>({
    script: 'long-log-window.ts',
    folder,
    args: [dataDir, path.join(folder, 'window-export.xlsx')],
  })
  const empty = { name: 'an empty Electron main process, MiB', ms: seen.emptyPeakMb }
  const hash = yardsticks.fsyncedWrite
  return [
    figure(`window: sign-in to the verdict over ${rows} rows`, 'once', [seen.verifiedMs], hash, 10_000),
    figure('  longest pause of the main process meanwhile', 'once', [seen.longestPauseMs], hash, 50),
    figure('  main process at its peak, MiB', 'once', [seen.peakMb], empty, 400),
    figure('  all processes together, MiB', 'once', [seen.togetherMb], empty),
  ]
}

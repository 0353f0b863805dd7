import { type Figure, figure, quantile } from './figure.ts'
import type { KeysToPaint } from './key-to-paint-window.ts'
import { runUnderDisplay } from './run-under-display.ts'

const TARGET_P95_MS = 50

/**
 * From a key in the ИИН field to the painted frame, while the whole log is verified in the background; beside it the
 * same window's own time at rest.
 */
export function measureKeyToPaint(options: {
  readonly folder: string
  /** A data folder with a log made before. */
  readonly dataDir: string
  readonly rows: number
}): Figure[] {
  const { folder, dataDir, rows } = options
  const { verifying, idle } = runUnderDisplay<KeysToPaint>({
    script: 'key-to-paint-window.ts',
    folder,
    args: [dataDir],
  })
  // A short log is verified before a key is pressed.
  if (verifying.length === 0) return []
  const yardstick = { name: 'key to paint at rest', ms: quantile(idle, 0.5) }
  return [
    figure(`key to paint while ${rows} rows are verified`, 'p95', verifying, yardstick, TARGET_P95_MS),
    figure('  the same, at rest', 'p95', idle, yardstick),
  ]
}

import path from 'node:path'
import { type Figure, figure } from './figure.ts'
import { runUnderDisplay } from './run-under-display.ts'
import type { ServiceTimes } from './service-window.ts'
import type { Yardsticks } from './yardsticks.ts'

const TARGET_MS = 3_000
const CITIZENS = 9

/**
 * The whole service in the real window by keyboard, the stand undelayed: what the machine takes of it, from a scanned
 * card to the question whether the envelope was printed.
 */
export function measureService(options: { readonly folder: string; readonly yardsticks: Yardsticks }): Figure[] {
  const { folder, yardsticks } = options
  const seen = runUnderDisplay<readonly ServiceTimes[]>({
    script: 'service-window.ts',
    folder,
    args: [path.join(folder, 'service'), String(CITIZENS)],
  })
  const of = (wanted: (times: ServiceTimes) => number): number[] => seen.map(wanted)
  const issue = yardsticks.bareIssue
  return [
    figure(
      'window: scanned card to envelope, the machine alone',
      'p95',
      of(({ machineMs }) => machineMs),
      issue,
      TARGET_MS,
    ),
    figure(
      '  the same by the clock, with the driver at the keys',
      'p95',
      of(({ wholeMs }) => wholeMs),
      issue,
    ),
    ...Object.keys(seen[0]?.steps ?? {}).map((name) =>
      figure(
        `  ${name}`,
        'median',
        of(({ steps }) => steps[name] ?? 0),
        issue,
      ),
    ),
  ]
}

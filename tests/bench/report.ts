import { type Figure, isOverTarget } from './figure.ts'

/** The figures as a table for people. */
export function table(figures: readonly Figure[]): string {
  const header = ['', '', 'ms', 'target', '', 'ratio', 'yardstick', 'ms', 'n']
  const rows = [header, ...figures.map(cells)]
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const numeric = new Set([2, 3, 5, 7, 8])
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return numeric.has(column) ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}

/** The figures as one line for programs. */
export function jsonLine(figures: readonly Figure[]): string {
  return JSON.stringify({
    figures: figures.map(({ yardstick, ...rest }) => ({
      ...rest,
      name: rest.name.trim(),
      ms: round(rest.ms),
      ...(rest.targetMs === undefined ? {} : { ok: !isOverTarget({ ...rest, yardstick }) }),
      yardstick: { name: yardstick.name, ms: round(yardstick.ms) },
      ratio: round(rest.ms / yardstick.ms),
    })),
  })
}

function cells(found: Figure): string[] {
  const { name, statistic, ms, samples, yardstick, targetMs } = found
  const verdict = isOverTarget(found) ? 'over' : 'ok'
  return [
    name,
    statistic,
    shown(ms),
    targetMs === undefined ? '' : String(targetMs),
    targetMs === undefined ? '' : verdict,
    `×${(ms / yardstick.ms).toFixed(1)}`,
    yardstick.name,
    shown(yardstick.ms),
    String(samples),
  ]
}

function shown(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms.toFixed(2)
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}

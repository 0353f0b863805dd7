/** One measured number, beside a raw operation measured in the same run: the ratio holds on any machine. */
export interface Figure {
  readonly name: string
  readonly statistic: Statistic
  /** Milliseconds. */
  readonly ms: number
  readonly samples: number
  readonly yardstick: Yardstick
  readonly targetMs?: number
}

export interface Yardstick {
  readonly name: string
  /** Milliseconds, median. */
  readonly ms: number
}

export type Statistic = 'median' | 'p95' | 'p99' | 'once'

const QUANTILES: Readonly<Record<Statistic, number>> = { median: 0.5, p95: 0.95, p99: 0.99, once: 0.5 }

export function figure(
  name: string,
  statistic: Statistic,
  samples: readonly number[],
  yardstick: Yardstick,
  targetMs?: number,
): Figure {
  const ms = quantile(samples, QUANTILES[statistic])
  const base = { name, statistic, ms, samples: samples.length, yardstick }
  return targetMs === undefined ? base : { ...base, targetMs }
}

/** Nearest rank: always a value that was measured. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

export function isOverTarget({ ms, targetMs }: Figure): boolean {
  return targetMs !== undefined && ms > targetMs
}

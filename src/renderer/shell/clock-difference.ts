import { clockToldFromSeconds } from '../../shared/domain/health.ts'

/** What the status line says of the computer's clock; undefined where there is nothing to say. */
export function clockDifference(offsetSeconds: number | undefined) {
  if (offsetSeconds === undefined || Math.abs(offsetSeconds) <= clockToldFromSeconds) return undefined
  const key = offsetSeconds > 0 ? ('status.clock.behind' as const) : ('status.clock.ahead' as const)
  return { key, values: { minutes: Math.floor(Math.abs(offsetSeconds) / 60) } }
}

/** From here on it is told: certificates, replies and timestamps are judged by the clock of this computer. */
const TOLD_FROM_SECONDS = 60

/** What the status line says of the computer's clock; undefined where there is nothing to say. */
export function clockDifference(offsetSeconds: number | undefined) {
  if (offsetSeconds === undefined || Math.abs(offsetSeconds) <= TOLD_FROM_SECONDS) return undefined
  const key = offsetSeconds > 0 ? ('status.clock.behind' as const) : ('status.clock.ahead' as const)
  return { key, values: { minutes: Math.floor(Math.abs(offsetSeconds) / 60) } }
}

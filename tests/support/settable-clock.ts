import type { Clock } from '../../src/main/ports/clock.ts'

export interface SettableClock extends Clock {
  /** Time passes on every clock, and what was to happen meanwhile happens in order. */
  advance(ms: number): void
  /** Somebody sets the clock on the wall; the monotonic one does not notice. */
  setWall(iso: string): void
}

/** A clock that stands still until a test moves it. */
export function settableClock(start = '2026-03-02T08:00:00.000Z'): SettableClock {
  let wall = Date.parse(start)
  let monotonic = 1_000
  let timers: { readonly at: number; readonly action: () => void }[] = []
  return {
    now: () => new Date(wall),
    monotonicMs: () => monotonic,
    after(delayMs, action) {
      const timer = { at: monotonic + delayMs, action }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const end = monotonic + ms
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        timers = timers.filter((other) => other !== due)
        wall += due.at - monotonic
        monotonic = due.at
        due.action()
      }
      wall += end - monotonic
      monotonic = end
    },
    setWall(iso) {
      wall = Date.parse(iso)
    },
  }
}

import type { AuditEntry } from '../../shared/domain/audit-event.ts'
import type { Clock } from '../ports/clock.ts'

/** So many refusals in a minute are rows of their own; an operator's mistakes never come near it. */
const ROWS = 30
const WINDOW_MS = 60_000

/**
 * Keeps a page under a foreign script from filling the log: after thirty refusals in a minute the rest of the minute is one row, which
 * tells how many there were, of which channels and codes.
 */
export function boundRefusals(options: {
  readonly clock: Clock
  readonly record: (entry: AuditEntry) => void
}): (entry: AuditEntry) => void {
  let inWindow = 0
  let left: AuditEntry[] = []
  let count = 0

  function endWindow(): void {
    const [first] = left
    if (first !== undefined) {
      const channels = new Set(left.map(({ details }) => details?.['channel'] ?? ''))
      const codes = new Set(left.map(({ outcome }) => outcome ?? ''))
      options.record({
        ...first,
        details: { count: String(count), channels: listOf(channels), codes: listOf(codes) },
      })
    }
    inWindow = 0
    left = []
    count = 0
  }

  return (entry) => {
    if (inWindow === 0) options.clock.after(WINDOW_MS, endWindow)
    inWindow += 1
    if (inWindow <= ROWS) return options.record(entry)
    count += 1
    // What is told of them is bounded too.
    if (left.length < 200) left.push(entry)
  }
}

function listOf(words: ReadonlySet<string>): string {
  return [...words].sort().join(' ').slice(0, 400)
}

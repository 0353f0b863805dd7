import { withReadOnlyDatabase } from './read-only-database.ts'

const ROWS_AT_ONCE = 20_000

/**
 * How often each event stands in a log: numbers alone, nothing of anybody. In pieces, so that a long log keeps nobody
 * waiting.
 * @throws what SQLite or the file system throws.
 */
export function countEvents(options: {
  readonly file: string
  readonly nativeBinding?: string
}): Promise<Readonly<Record<string, number>>> {
  return withReadOnlyDatabase(options, async (db) => {
    const { last } = db.prepare('SELECT coalesce(max(seq), 0) AS last FROM audit_row').get() as { last: number }
    const count = db.prepare<[number, number], { event: string; rows: number }>(
      'SELECT event, count(*) AS rows FROM audit_row WHERE seq > ? AND seq <= ? GROUP BY event',
    )
    const counts = new Map<string, number>()
    for (let from = 0; from < last; from += ROWS_AT_ONCE) {
      for (const { event, rows } of count.all(from, Math.min(from + ROWS_AT_ONCE, last))) {
        counts.set(event, (counts.get(event) ?? 0) + rows)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
    return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

import { setImmediate } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { Finding } from '../../../../shared/domain/audit-finding.ts'

/** A day's counts, as its rows say and as `audit_day` keeps them. */
interface Compared {
  readonly counted: number
  readonly kept: number
  readonly equal: number
}

/**
 * Compares `audit_day`, from which periods and summaries are read, with the rows: day by day.
 * @param options.from the first day, `YYYY-MM-DD`; earlier ones were compared before.
 * @returns the first day that differs.
 */
export async function verifyDayCounts(options: {
  readonly db: Database
  readonly from: string
  readonly signal?: AbortSignal
}): Promise<Finding | undefined> {
  const { db, from } = options
  const compare = db.prepare<{ day: string; next: string }, Compared>(
    `WITH counted AS MATERIALIZED (
       SELECT actor, event, coalesce(outcome, '') AS outcome, count(*) AS count, min(seq) AS first, max(seq) AS last
       FROM audit_row WHERE at >= @day AND at < @next GROUP BY 1, 2, 3
     )
     SELECT (SELECT count(*) FROM counted) AS counted,
       (SELECT count(*) FROM audit_day WHERE day = @day) AS kept,
       (SELECT count(*) FROM counted JOIN audit_day AS kept
          ON kept.day = @day AND kept.actor = counted.actor AND kept.event = counted.event
            AND kept.outcome = counted.outcome AND kept.count = counted.count AND first_seq = first AND last_seq = last
       ) AS equal`,
  )
  const firstAfter = db.prepare<[string], string | null>('SELECT min(at) FROM audit_row WHERE at >= ?').pluck()
  const days = new Set<string>()
  for (let at = firstAfter.get(from); typeof at === 'string'; ) {
    const day = at.slice(0, 10)
    // Of all times of the form that a row may have, this is after the last of the day.
    const next = `${day}U`
    days.add(day)
    const compared = compare.get({ day, next })
    if (compared === undefined || compared.counted !== compared.kept || compared.equal !== compared.kept)
      return differing(day)
    await setImmediate()
    options.signal?.throwIfAborted()
    at = firstAfter.get(next)
  }
  const kept = db.prepare<[string], string>('SELECT DISTINCT day FROM audit_day WHERE day >= ?').pluck().all(from)
  const invented = kept.find((day) => !days.has(day))
  return invented === undefined ? undefined : differing(invented)
}

function differing(day: string): Finding {
  return { seq: 0, finding: 'counts-differ', detail: day }
}

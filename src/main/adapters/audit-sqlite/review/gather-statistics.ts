import {
  type AuditEvent,
  isOpenState,
  type RequestState,
  requestStateAfter,
} from '../../../../shared/domain/audit-event.ts'
import {
  type Anomaly,
  type AuditStatistics,
  type OperatorFigures,
  type StatisticsBucket,
  workingHours,
} from '../../../../shared/domain/audit-review.ts'

/** What the figures of a period are gathered from. */
export interface CountedRow {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly event: string
  readonly outcome: string | null
  readonly operation: string | null
  readonly request_id: string | null
  readonly iin_lookup: Uint8Array | null
  readonly note: string | null
}

/** From these numbers on something is worth a look. */
const MANY_REISSUES = 5
const REISSUE_SHARE = 0.3
const REPEATED_REFUSALS = 3
const SIGN_IN_FAILURES = 5
/** A check followed by nothing for that long was another visit. */
const VISIT_MS = 60 * 60_000

export interface CountedRequest {
  readonly requestId: string
  /** Its first row. */
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly operation: string
  readonly state: RequestState
}

interface Request {
  readonly seq: number
  readonly startedMs: number
  readonly actor: string
  readonly at: string
  readonly reissue: boolean
  readonly operation: string
  readonly citizen: string | undefined
  state: RequestState
}

interface Tally {
  issued: number
  reissued: number
  refused: number
  failed: number
  readonly serviceMs: number[]
}

/** Gathers the figures of a period from its rows in one pass, in their order. */
export function createStatisticsGatherer(period: {
  readonly from: string
  readonly to: string
  readonly bucket: 'hour' | 'day'
}) {
  const buckets = emptyBuckets(period)
  const starts = buckets.map(({ from }) => Date.parse(from))
  const totals = { checks: 0, created: 0, reissued: 0, refused: 0, failed: 0, unknown: 0, handed: 0, notHanded: 0 }
  const tallies = new Map<string, Tally>()
  const refusals = new Map<string, number>()
  const failures = new Map<string, number>()
  const requests = new Map<string, Request>()
  const lastCheck = new Map<string, number>()
  const outside = new Map<string, { count: number; firstSeq: number }>()
  const refusedCitizens = new Map<string, { count: number; seq: number; code: string }>()
  const signInFailures = new Map<string, number>()

  function add(row: CountedRow): void {
    const ms = Date.parse(row.at)
    if (row.event === 'session.sign-in-failed') count(signInFailures, row.actor)
    if (row.request_id === null) return
    if (row.event === 'request.prepared') {
      prepare(row, ms, row.request_id)
      return
    }
    const request = requests.get(row.request_id)
    const state = requestStateAfter(row.event as AuditEvent)
    if (request !== undefined && state !== undefined) request.state = state
    const tally = tallyOf(row.actor)
    const bucket = buckets[bucketAt(starts, ms)]
    switch (row.event) {
      case 'reply.issued':
        tally.issued += 1
        if (bucket !== undefined) bucket.issued += 1
        if (request?.reissue === true) {
          tally.reissued += 1
          totals.reissued += 1
        } else totals.created += 1
        if (isOutsideHours(ms)) {
          const known = outside.get(row.actor) ?? { count: 0, firstSeq: row.seq }
          outside.set(row.actor, { ...known, count: known.count + 1 })
        }
        break
      case 'reply.refused-by-portal':
        tally.refused += 1
        totals.refused += 1
        if (bucket !== undefined) bucket.refused += 1
        count(refusals, row.outcome ?? '')
        if (request?.citizen !== undefined) {
          const known = refusedCitizens.get(request.citizen)
          refusedCitizens.set(request.citizen, {
            count: (known?.count ?? 0) + 1,
            seq: row.seq,
            code: row.outcome ?? '',
          })
        }
        break
      case 'request.failed':
      case 'request.outcome-unknown':
      case 'envelope.print-failed':
        tally.failed += 1
        if (row.event === 'request.outcome-unknown') totals.unknown += 1
        else totals.failed += 1
        if (bucket !== undefined) bucket.failed += 1
        count(failures, row.outcome ?? '')
        break
      case 'envelope.handed':
        totals.handed += 1
        if (request !== undefined) tally.serviceMs.push(ms - request.startedMs)
        break
      case 'envelope.not-handed':
        totals.notHanded += 1
        break
    }
  }

  /** A service begins with the check of the same citizen by the same operator, where there was one just before. */
  function prepare(row: CountedRow, ms: number, requestId: string): void {
    const citizen = row.iin_lookup === null ? undefined : Buffer.from(row.iin_lookup).toString('base64')
    const visit = `${row.actor} ${citizen ?? requestId}`
    const checked = lastCheck.get(visit)
    if (row.operation === 'CheckRegistration') {
      totals.checks += 1
      lastCheck.set(visit, ms)
    } else lastCheck.delete(visit)
    const startedMs =
      row.operation === 'RegisterUser' && checked !== undefined && ms - checked < VISIT_MS ? checked : ms
    requests.set(requestId, {
      seq: row.seq,
      startedMs,
      actor: row.actor,
      at: row.at,
      reissue: row.operation === 'RegisterUser' && row.note !== null,
      operation: row.operation ?? '',
      citizen,
      state: 'prepared',
    })
  }

  function tallyOf(login: string): Tally {
    const known = tallies.get(login)
    if (known !== undefined) return known
    const made: Tally = { issued: 0, reissued: 0, refused: 0, failed: 0, serviceMs: [] }
    tallies.set(login, made)
    return made
  }

  function anomalies(): Anomaly[] {
    const found: Anomaly[] = []
    for (const [actor, { issued, reissued }] of tallies) {
      const share = issued === 0 ? 0 : reissued / issued
      if (reissued >= MANY_REISSUES && share >= REISSUE_SHARE)
        found.push({ kind: 'many-reissues', actor, count: reissued, share })
    }
    for (const [actor, { count: times, firstSeq }] of outside)
      found.push({ kind: 'outside-hours', actor, count: times, firstSeq })
    const repeated = [...refusedCitizens.values()].filter(({ count: times }) => times >= REPEATED_REFUSALS)
    for (const { seq, count: times, code } of repeated.toSorted((a, b) => b.count - a.count))
      found.push({ kind: 'repeated-refusals', seq, count: times, code })
    for (const [requestId, { operation, state, at, actor }] of requests) {
      if (operation === 'RegisterUser' && isOpenState(state)) found.push({ kind: 'open-unknown', requestId, at, actor })
    }
    for (const [actor, times] of signInFailures)
      if (times >= SIGN_IN_FAILURES) found.push({ kind: 'sign-in-failures', actor, count: times })
    return found
  }

  return {
    add,

    /** Requests whose first row is in the period, oldest first. */
    requests: (): readonly CountedRequest[] =>
      [...requests].map(([requestId, { seq, at, actor, operation, state }]) => ({
        requestId,
        seq,
        at,
        actor,
        operation,
        state,
      })),

    finish(): AuditStatistics {
      return {
        buckets,
        totals,
        refusals: ranked(refusals),
        failures: ranked(failures),
        operators: [...tallies]
          .map(([login, tally]): OperatorFigures => {
            const { serviceMs, ...counts } = tally
            const middle = median(serviceMs)
            return {
              login,
              ...counts,
              served: serviceMs.length,
              ...(middle !== undefined && { medianServiceMs: middle }),
            }
          })
          .toSorted((one, other) => other.issued - one.issued || one.login.localeCompare(other.login)),
        anomalies: anomalies().slice(0, 50),
      }
    },
  }
}

/** Local hours and days of the period, the last one cut at its end. */
function emptyBuckets({ from, to, bucket }: { from: string; to: string; bucket: 'hour' | 'day' }) {
  const buckets: { -readonly [K in keyof StatisticsBucket]: StatisticsBucket[K] }[] = []
  const end = Date.parse(to)
  const moment = new Date(from)
  while (moment.getTime() < end && buckets.length < 400) {
    buckets.push({ from: moment.toISOString(), issued: 0, refused: 0, failed: 0 })
    if (bucket === 'hour') moment.setHours(moment.getHours() + 1)
    else moment.setDate(moment.getDate() + 1)
  }
  return buckets
}

/** Index of the last start that is not after the moment; -1 before the first. */
function bucketAt(starts: readonly number[], ms: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low - 1
}

function isOutsideHours(ms: number): boolean {
  const hour = new Date(ms).getHours()
  return hour < workingHours.from || hour >= workingHours.to
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function ranked(counts: ReadonlyMap<string, number>) {
  return [...counts].map(([code, times]) => ({ code, count: times })).toSorted((a, b) => b.count - a.count)
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  const lower = sorted.length % 2 === 0 ? sorted[middle - 1] : upper
  return upper === undefined || lower === undefined ? undefined : Math.round((lower + upper) / 2)
}

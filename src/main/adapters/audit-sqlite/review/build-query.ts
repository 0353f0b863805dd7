import type { Database } from 'better-sqlite3'
import type { AuditFilter } from '../../../../shared/domain/audit-review.ts'
import { searchWords } from '../../../../shared/domain/search-words.ts'
import { lookupValue } from '../personal-cell.ts'
import type { MonthKeysForJob } from './review-job.ts'

type Parameter = string | number | Uint8Array

/** A condition on rows with its parameters, ready for `WHERE`. */
export interface RowsCondition {
  /** What `FROM` reads for whole rows, and for their numbers alone. */
  readonly rowsFrom: string
  readonly numbersFrom: string
  /** The row's number there: bounds and order go by it, so that an index is read in the order of the result. */
  readonly number: 'seq' | 'audit_text.rowid'
  readonly sql: string
  readonly parameters: readonly Parameter[]
  /** Between these numbers, both included, lie all the rows that can match. */
  readonly low: number
  readonly high: number
  /** Every row between the two matches: numbers without gaps. */
  readonly contiguous: boolean
}

/** Beyond that many rows a term is as good as any other to go by. */
const COUNT_CAP = 20_000

/** So few rows can be asked one by one for the words of a search. */
const FEW_ROWS = 200

const EQUALITIES = { actor: 'actor', event: 'event', outcome: 'outcome', workstation: 'workstation' } as const

interface Term {
  /** With and without use of the column's index. */
  readonly indexed: string
  readonly checked: string
  readonly parameters: readonly Parameter[]
  /** How many rows it leaves, up to `COUNT_CAP`. */
  readonly rows: number
}

/**
 * Turns a filter into SQL. SQLite takes one index of a table, so the term with the fewest rows leads and the others
 * are checked on the rows that it finds: `+column` keeps SQLite from choosing another. Words lead unless another term
 * leaves so few rows that each of them can be asked for the words.
 */
export function buildCondition(options: {
  readonly db: Database
  readonly filter: AuditFilter
  readonly upTo: number
  readonly keys: readonly MonthKeysForJob[]
}): RowsCondition {
  const { db, filter, upTo, keys } = options
  const span = spanOf(db, filter, upTo)
  const terms = termsOf(db, filter, keys).toSorted((one, other) => one.rows - other.rows)
  const match = matchOf(filter)
  const wordsLead = match !== undefined && (terms[0]?.rows ?? COUNT_CAP) > FEW_ROWS
  const conditions: string[] = []
  const parameters: Parameter[] = []
  if (match !== undefined) {
    conditions.push(
      wordsLead
        ? 'audit_text MATCH ?'
        : 'EXISTS (SELECT 1 FROM audit_text WHERE audit_text MATCH ? AND audit_text.rowid = seq)',
    )
    parameters.push(match)
  }
  for (const [place, term] of terms.entries()) {
    conditions.push(place === 0 && !wordsLead ? term.indexed : term.checked)
    parameters.push(...term.parameters)
  }
  if (!span.contiguous) {
    if (filter.from !== undefined) {
      conditions.push('+at >= ?')
      parameters.push(filter.from)
    }
    if (filter.to !== undefined) {
      conditions.push('+at < ?')
      parameters.push(filter.to)
    }
  }
  const rowsFrom = wordsLead ? 'audit_text CROSS JOIN audit_row ON seq = audit_text.rowid' : 'audit_row'
  return {
    rowsFrom,
    numbersFrom: wordsLead && terms.length === 0 && span.contiguous ? 'audit_text' : rowsFrom,
    number: wordsLead ? 'audit_text.rowid' : 'seq',
    sql: conditions.length === 0 ? 'TRUE' : conditions.join(' AND '),
    parameters,
    low: span.low,
    high: span.high,
    contiguous: span.contiguous && terms.length === 0 && match === undefined,
  }
}

/** Every word by its beginning; FTS5 takes what stands in quotes as it is. */
function matchOf({ text }: AuditFilter): string | undefined {
  const words = searchWords(text ?? '')
  return words.length === 0 ? undefined : words.map((word) => `"${word}"*`).join(' ')
}

interface Span {
  readonly low: number
  readonly high: number
  readonly count: number
}

/**
 * The numbers of a period's rows: of whole UTC days from the days' table, of its first and last hours from the index by
 * time. Rows come in the order of time unless somebody moved the clock back, so the numbers of a period usually have no
 * gaps; where they have, each row's time is checked.
 */
function spanOf(
  db: Database,
  { from, to }: AuditFilter,
  upTo: number,
): { readonly low: number; readonly high: number; readonly contiguous: boolean } {
  if (from === undefined && to === undefined) return { low: 1, high: upTo, contiguous: true }
  const [begin, end] = [from ?? '', to ?? '~']
  const firstWhole = begin === '' || begin.endsWith('T00:00:00.000Z') ? begin.slice(0, 10) : dayAfter(begin)
  const afterWhole = end.slice(0, 10)
  const parts =
    firstWhole < afterWhole
      ? [timesOf(db, begin, firstWhole), daysOf(db, firstWhole, afterWhole), timesOf(db, afterWhole, end)]
      : [timesOf(db, begin, end)]
  const found = parts.filter(({ count }) => count > 0)
  if (found.length === 0) return { low: 1, high: 0, contiguous: true }
  const low = Math.min(...found.map((part) => part.low))
  const high = Math.max(...found.map((part) => part.high))
  const count = found.reduce((sum, part) => sum + part.count, 0)
  return { low, high: Math.min(high, upTo), contiguous: high - low + 1 === count }
}

/** A day's name sorts before all its moments. */
function timesOf(db: Database, from: string, to: string): Span {
  return spanFrom(
    db
      .prepare<[string, string], Partial<Span>>(
        'SELECT min(seq) AS low, max(seq) AS high, count(*) AS count FROM audit_row WHERE at >= ? AND at < ?',
      )
      .get(from, to),
  )
}

function daysOf(db: Database, from: string, to: string): Span {
  return spanFrom(
    db
      .prepare<[string, string], Partial<Span>>(
        'SELECT min(first_seq) AS low, max(last_seq) AS high, sum(count) AS count FROM audit_day WHERE day >= ? AND day < ?',
      )
      .get(from, to),
  )
}

/** SQLite's minimum of nothing is NULL. */
function spanFrom(found: Partial<Span> | undefined): Span {
  return { low: found?.low ?? 0, high: found?.high ?? 0, count: found?.count ?? 0 }
}

function dayAfter(moment: string): string {
  const day = new Date(`${moment.slice(0, 10)}T00:00:00.000Z`)
  return new Date(day.getTime() + 24 * 60 * 60_000).toISOString().slice(0, 10)
}

function termsOf(db: Database, filter: AuditFilter, keys: readonly MonthKeysForJob[]): Term[] {
  const terms: Term[] = []
  // With one term alone there is nothing to choose.
  const choice = Object.keys(filter).filter((part) => part !== 'from' && part !== 'to').length > 1
  for (const [part, column] of Object.entries(EQUALITIES)) {
    const value = filter[part as keyof typeof EQUALITIES]
    if (value === undefined) continue
    terms.push({
      indexed: `${column} = ?`,
      checked: `+${column} = ?`,
      parameters: [value],
      rows: choice ? countUpToCap(db, `${column} = ?`, [value]) : 0,
    })
  }
  if (filter.requestId !== undefined) {
    terms.push({ indexed: 'request_id = ?', checked: '+request_id = ?', parameters: [filter.requestId], rows: 0 })
  }
  if (filter.iin !== undefined) {
    const { iin } = filter
    const hashes = keys.map(({ lookupKey }) => lookupValue({ lookupKey: Buffer.from(lookupKey), iin }))
    const places = hashes.map(() => '?').join(', ')
    terms.push({
      indexed: `iin_lookup IN (${places})`,
      checked: `+iin_lookup IN (${places})`,
      parameters: hashes,
      rows: 1,
    })
  }
  return terms
}

function countUpToCap(db: Database, condition: string, parameters: readonly Parameter[]): number {
  const count = db.prepare<Parameter[], number>(
    `SELECT count(*) FROM (SELECT 1 FROM audit_row WHERE ${condition} LIMIT ${COUNT_CAP})`,
  )
  return count.pluck().get(...parameters) ?? 0
}

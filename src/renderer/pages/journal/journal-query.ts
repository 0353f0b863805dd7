import type { AuditFilter } from '../../../shared/domain/audit-review.ts'

/** What somebody typed into the one search field. */
export type TypedQuery =
  | { readonly kind: 'filter'; readonly filter: Pick<AuditFilter, 'iin' | 'requestId' | 'text'> }
  /** An ИИН among other words would be written down unencrypted. */
  | { readonly kind: 'iin-among-words' }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Twelve digits are an ИИН (spaces between them are taken out), a UUID is a request's number, anything else is words. */
export function readQuery(typed: string): TypedQuery {
  const text = typed.trim()
  if (text === '') return { kind: 'filter', filter: {} }
  const digits = text.replace(/[\s-]/g, '')
  if (/^\d{12}$/.test(digits)) return { kind: 'filter', filter: { iin: digits } }
  if (UUID.test(text)) return { kind: 'filter', filter: { requestId: text.toLowerCase() } }
  if (/\d{12}/.test(text)) return { kind: 'iin-among-words' }
  return { kind: 'filter', filter: { text: text.slice(0, 200) } }
}

export const periods = ['all', 'today', 'week', 'month', 'custom'] as const
export type Period = (typeof periods)[number]

const DAYS: Readonly<Partial<Record<Period, number>>> = { today: 1, week: 7, month: 30 }

/**
 * The moments of a period in local days; the present day is always its last one.
 * @param dates calendar dates `YYYY-MM-DD` of a custom period, both included; either may be empty.
 */
export function periodBounds(
  period: Period,
  today: Date,
  dates: { readonly from: string; readonly to: string },
): Pick<AuditFilter, 'from' | 'to'> {
  if (period === 'custom') {
    const from = startOfDay(dates.from)
    const last = startOfDay(dates.to)
    const to = last === undefined ? undefined : daysLater(last, 1)
    return { ...(from && { from: from.toISOString() }), ...(to && { to: to.toISOString() }) }
  }
  const days = DAYS[period]
  if (days === undefined) return {}
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate())
  return { from: daysLater(midnight, 1 - days).toISOString() }
}

export function daysLater(date: Date, days: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days)
}

function startOfDay(calendarDate: string): Date | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(calendarDate)
  return parts === null ? undefined : new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
}

export const spanKinds = ['day', 'week', 'month'] as const
export type SpanKind = (typeof spanKinds)[number]

/** Local midnights; `to` is excluded. */
export interface Span {
  readonly from: Date
  readonly to: Date
}

/** The day, the week (from Monday) or the month of a moment. */
export function spanAround(kind: SpanKind, moment: Date): Span {
  const [year, month, day] = [moment.getFullYear(), moment.getMonth(), moment.getDate()]
  if (kind === 'day') return { from: new Date(year, month, day), to: new Date(year, month, day + 1) }
  if (kind === 'month') return { from: new Date(year, month, 1), to: new Date(year, month + 1, 1) }
  const monday = day - ((moment.getDay() + 6) % 7)
  return { from: new Date(year, month, monday), to: new Date(year, month, monday + 7) }
}

export function spanBeside(kind: SpanKind, { from }: Span, steps: -1 | 1): Span {
  const [year, month, day] = [from.getFullYear(), from.getMonth(), from.getDate()]
  if (kind === 'month') return spanAround(kind, new Date(year, month + steps, 1))
  return spanAround(kind, new Date(year, month, day + steps * (kind === 'week' ? 7 : 1)))
}

/** A local day as a date field has it, `YYYY-MM-DD`. */
export function calendarDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

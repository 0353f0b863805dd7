import { fail, type Result, succeed } from '../result.ts'

/** An individual identification number (ИИН): 12 digits with a right check digit. Text, never a number. */
export type Iin = string & { readonly __brand: 'Iin' }

/** What the operator must confirm: the register may hold such a number, but a slip of the pen is likelier. */
export type IinWarning = 'century-digit' | 'impossible-date' | 'future-date'

export interface IinFacts {
  readonly iin: Iin
  /** ISO date `YYYY-MM-DD`, absent where the digits name no calendar date. */
  readonly birthDate?: string
  /** Absent where the seventh digit is not 1–6. */
  readonly sex?: 'male' | 'female'
  readonly warnings: readonly IinWarning[]
}

const FIRST_ROUND = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const
const SECOND_ROUND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2] as const

/**
 * Check digit of the first eleven digits, the same rule for ИИН and БИН.
 * @returns 0–9, or undefined where both rounds give 10: such a number is never issued.
 */
export function iinCheckDigit(elevenDigits: string): number | undefined {
  const digits = Array.from(elevenDigits, Number)
  const round = (weights: readonly number[]): number =>
    weights.reduce((sum, weight, position) => sum + weight * (digits[position] ?? 0), 0) % 11
  const first = round(FIRST_ROUND)
  if (first < 10) return first
  const second = round(SECOND_ROUND)
  return second < 10 ? second : undefined
}

/**
 * Reads an ИИН. Length and check digit are errors; by Government decree No. 853 of 26.08.2013 the digits need
 * not match the real birth date or sex, so an impossible date or century digit is only a warning.
 * @param text twelve digits, nothing else: the caller trims.
 * @param today the day against which a birth date counts as future.
 * @returns failures `iin.format` and `iin.check-digit`.
 */
export function parseIin(text: string, today: Date): Result<IinFacts> {
  if (!/^[0-9]{12}$/.test(text)) return fail({ code: 'iin.format' })
  if (iinCheckDigit(text.slice(0, 11)) !== Number(text[11])) return fail({ code: 'iin.check-digit' })
  const iin = text as Iin
  const centuryDigit = Number(text[6])
  if (centuryDigit < 1 || centuryDigit > 6) return succeed({ iin, warnings: ['century-digit'] })
  const sex = centuryDigit % 2 === 1 ? 'male' : 'female'
  const birthDate = calendarDate(1800 + 100 * Math.floor((centuryDigit - 1) / 2) + Number(text.slice(0, 2)), text)
  if (birthDate === undefined) return succeed({ iin, sex, warnings: ['impossible-date'] })
  const future = birthDate > today.toISOString().slice(0, 10)
  return succeed({ iin, sex, birthDate, warnings: future ? ['future-date'] : [] })
}

/** The form in which an ИИН is shown to those who need not see it: six digits and six asterisks. */
export function maskIin(iin: string): string {
  return `${iin.slice(0, 6)}******`
}

function calendarDate(year: number, iin: string): string | undefined {
  const [month, day] = [Number(iin.slice(2, 4)), Number(iin.slice(4, 6))]
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : undefined
}

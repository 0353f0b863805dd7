import { isDay } from './identity-document.ts'

/**
 * Machine-readable zones of identity documents (ICAO Doc 9303, part 5 for TD1). The layout is data: what a national
 * document writes into its optional fields is the issuer's choice, and is confirmed on a specimen.
 */
export interface MrzLayout {
  readonly lines: number
  readonly lineLength: number
  /** What the first line begins with: document code and issuing state. */
  readonly beginsWith: RegExp
  readonly checks: readonly MrzCheck[]
  /** Where the ИИН is expected. */
  readonly iin: MrzSpan
  readonly number: MrzSpan
  /** Last day of validity, `YYMMDD`. */
  readonly expiry: MrzSpan
}

export interface MrzSpan {
  readonly line: number
  /** From 0, as the end, which is not included. */
  readonly from: number
  readonly to: number
}

interface MrzCheck {
  readonly digit: { readonly line: number; readonly at: number }
  readonly over: readonly MrzSpan[]
}

const span = (line: number, from: number, to: number): MrzSpan => ({ line, from, to })

/** The identity card of Kazakhstan: TD1, the ИИН in the optional data of the first line. */
export const identityCardMrz: MrzLayout = {
  lines: 3,
  lineLength: 30,
  beginsWith: /^I[A-Z<]KAZ/,
  checks: [
    { digit: { line: 0, at: 14 }, over: [span(0, 5, 14)] },
    { digit: { line: 1, at: 6 }, over: [span(1, 0, 6)] },
    { digit: { line: 1, at: 14 }, over: [span(1, 8, 14)] },
    { digit: { line: 1, at: 29 }, over: [span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)] },
  ],
  iin: span(0, 15, 27),
  number: span(0, 5, 14),
  expiry: span(1, 8, 14),
}

const WEIGHTS = [7, 3, 1] as const

/** Check digit of Doc 9303, part 3, 4.9: digits count as themselves, A to Z as 10 to 35, the filler as nothing. */
export function mrzCheckDigit(text: string): number {
  return (
    Array.from(text).reduce(
      (sum, letter, position) => sum + mrzValue(letter) * (WEIGHTS[position % WEIGHTS.length] ?? 0),
      0,
    ) % 10
  )
}

export type MrzReading =
  | {
      readonly ok: true
      readonly iin: string
      readonly number: string
      /** `YYYY-MM-DD`; absent where the zone holds no day. An expiry is a date of this century. */
      readonly validUntil?: string
    }
  /** `layout`: these are not the lines of this document; `check-digit`: they are, read wrongly. */
  | { readonly ok: false; readonly reason: 'layout' | 'check-digit' }

/**
 * Takes the ИИН out of a zone. Every check digit must hold; the ИИН's own one is the caller's to judge.
 * @param text the lines one after the other; line breaks between them may be absent.
 */
export function readMrz(text: string, layout: MrzLayout): MrzReading {
  const letters = text.replace(/[\r\n]/g, '')
  const { lines: count, lineLength } = layout
  if (letters.length !== count * lineLength || !/^[0-9A-Z<]+$/.test(letters) || !layout.beginsWith.test(letters)) {
    return { ok: false, reason: 'layout' }
  }
  const take = ({ line, from, to }: MrzSpan): string => letters.slice(line * lineLength + from, line * lineLength + to)
  const holds = layout.checks.every(
    ({ digit: { line, at }, over }) => take(span(line, at, at + 1)) === String(mrzCheckDigit(over.map(take).join(''))),
  )
  if (!holds) return { ok: false, reason: 'check-digit' }
  const validUntil = take(layout.expiry).replace(/^([0-9]{2})([0-9]{2})([0-9]{2})$/, '20$1-$2-$3')
  return {
    ok: true,
    iin: take(layout.iin),
    number: take(layout.number).replace(/<+$/, ''),
    ...(isDay(validUntil) && { validUntil }),
  }
}

function mrzValue(letter: string): number {
  return letter === '<' ? 0 : Number.parseInt(letter, 36)
}

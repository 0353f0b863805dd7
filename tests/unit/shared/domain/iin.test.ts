import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { iinCheckDigit, maskIin, parseIin } from '../../../../src/shared/domain/iin.ts'

const today = new Date('2026-11-22T09:00:00Z')
const elevenDigits = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 11 })
  .map((all) => all.join(''))

/** The rule of SERVICE.md once more, written as two explicit loops: a slip in one copy shows against the other. */
function checkDigitByTheBook(eleven: string): number | 'none' {
  let sum = 0
  for (let position = 1; position <= 11; position++) sum += position * Number(eleven.charAt(position - 1))
  if (sum % 11 !== 10) return sum % 11
  sum = 0
  for (let position = 1; position <= 11; position++) {
    const weight = position <= 9 ? position + 2 : position - 9
    sum += weight * Number(eleven.charAt(position - 1))
  }
  return sum % 11 === 10 ? 'none' : sum % 11
}

const anyIin = elevenDigits
  .filter((eleven) => iinCheckDigit(eleven) !== undefined)
  .map((eleven) => `${eleven}${iinCheckDigit(eleven)}`)

/** An ИИН of a given birth date and century digit, with the first serial that has a check digit. */
function iinOf(yymmdd: string, centuryDigit: number): string {
  for (let serial = 1; serial < 10_000; serial++) {
    const eleven = `${yymmdd}${centuryDigit}${String(serial).padStart(4, '0')}`
    const digit = iinCheckDigit(eleven)
    if (digit !== undefined) return `${eleven}${digit}`
  }
  throw new Error('no serial')
}

describe('ИИН', () => {
  test('the check digit agrees with a second writing of the rule', () => {
    fc.assert(
      fc.property(elevenDigits, (eleven) => {
        expect(iinCheckDigit(eleven) ?? 'none').toBe(checkDigitByTheBook(eleven))
      }),
      { numRuns: 2000 },
    )
  })

  test('numbers of the second round and numbers that do not exist both occur', () => {
    const outcomes = Array.from({ length: 5000 }, (_, serial) => `9101013${String(serial).padStart(4, '0')}`)
    const secondRound = outcomes.filter((eleven) => {
      const first = Array.from(eleven, Number).reduce((sum, digit, index) => sum + digit * (index + 1), 0) % 11
      return first === 10 && iinCheckDigit(eleven) !== undefined
    })
    expect(secondRound.length).toBeGreaterThan(0)
    expect(outcomes.some((eleven) => iinCheckDigit(eleven) === undefined)).toBe(true)
  })

  test('every number with a right check digit is read, every other last digit is refused', () => {
    fc.assert(
      fc.property(anyIin, fc.integer({ min: 1, max: 9 }), (iin, shift) => {
        expect(parseIin(iin, today).ok).toBe(true)
        const wrong = iin.slice(0, 11) + ((Number(iin[11]) + shift) % 10)
        expect(parseIin(wrong, today)).toMatchObject({ ok: false, failure: { code: 'iin.check-digit' } })
      }),
    )
  })

  test.each([
    '',
    '12345678901',
    '1234567890123',
    '12345678901a',
    ' 910101300019',
    '٩١٠١٠١٣٠٠٠١٩',
    '91-0101300019',
    '9101013000\n19',
  ])('a text that is not twelve digits is refused: %j', (text) => {
    expect(parseIin(text, today)).toEqual({ ok: false, failure: { code: 'iin.format' } })
  })

  test.each([
    ['850229', 3, 'impossible-date'],
    ['910001', 3, 'impossible-date'],
    ['911301', 4, 'impossible-date'],
    ['000229', 3, 'impossible-date'],
    ['910101', 0, 'century-digit'],
    ['910101', 7, 'century-digit'],
    ['300101', 5, 'future-date'],
  ])('%s with century digit %i is a warning, not an error: %s', (yymmdd, centuryDigit, warning) => {
    const facts = parseIin(iinOf(yymmdd, centuryDigit), today)
    expect(facts).toMatchObject({ ok: true, value: { warnings: [warning] } })
  })

  test.each([
    ['910101', 3, '1991-01-01', 'male'],
    ['910101', 4, '1991-01-01', 'female'],
    ['000229', 5, '2000-02-29', 'male'],
    ['000229', 6, '2000-02-29', 'female'],
    ['991231', 1, '1899-12-31', 'male'],
    ['991231', 2, '1899-12-31', 'female'],
    ['261122', 6, '2026-11-22', 'female'],
  ])('%s with century digit %i is %s, %s', (yymmdd, centuryDigit, birthDate, sex) => {
    expect(parseIin(iinOf(yymmdd, centuryDigit), today)).toMatchObject({
      ok: true,
      value: { birthDate, sex, warnings: [] },
    })
  })

  test('leading zeros stay: the number is text', () => {
    const iin = iinOf('000101', 5)
    const facts = parseIin(iin, today)
    expect(facts.ok && facts.value.iin).toBe(iin)
    expect(iin.startsWith('000101')).toBe(true)
  })

  test('a masked number shows six digits and hides six', () => {
    expect(maskIin(iinOf('910101', 3))).toBe('910101******')
  })
})

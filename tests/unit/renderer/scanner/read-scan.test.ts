import { describe, expect, test } from 'vitest'
import { readScan } from '../../../../src/renderer/scanner/read-scan.ts'
import { identityCardMrz, mrzCheckDigit, readMrz } from '../../../../src/shared/domain/mrz.ts'
import { createRandom, madeUpCard, madeUpIin } from './made-up-documents.ts'

const TODAY = new Date('2026-11-24')

describe('a machine-readable zone', () => {
  test('has the check digits of the specimens in ICAO Doc 9303', () => {
    // Part 5, appendix B: UTO, document number D23145890, born 740812, valid until 120415, composite digit 6.
    expect(mrzCheckDigit('D23145890')).toBe(7)
    expect(mrzCheckDigit('740812')).toBe(2)
    expect(mrzCheckDigit('120415')).toBe(9)
    expect(mrzCheckDigit(`D231458907${'<'.repeat(15)}74081221204159${'<'.repeat(11)}`)).toBe(6)
  })

  test('of another state or another kind of document is not read', () => {
    const [first, second, third] = madeUpCard(createRandom(1), madeUpIin(createRandom(2)))
    for (const lines of [
      [first.replace('KAZ', 'UTO'), second, third],
      [first, second],
      [first.replace('ID', 'P<'), second, third],
      [first, second, `${third.slice(0, 29)}*`],
    ]) {
      expect(readMrz(lines.join('\n'), identityCardMrz)).toEqual({ ok: false, reason: 'layout' })
    }
  })
})

describe('a scan', () => {
  test('with one wrong character under a check digit is refused, whichever character it is', () => {
    const random = createRandom(3)
    const lines = madeUpCard(random, madeUpIin(random))
    const text = lines.join('')
    expect(readScan(text, TODAY).ok).toBe(true)
    const unchecked = new Set([0, 1, 2, 3, 4, 37, 45, 46, 47])
    for (let position = 0; position < 60; position++) {
      if (unchecked.has(position)) continue
      for (const letter of '0123456789') {
        if (text[position] === letter || (text[position] === '<' && letter === '0')) continue
        const wrong = `${text.slice(0, position)}${letter}${text.slice(position + 1)}`
        expect(readScan(wrong, TODAY), `${position} ${letter}`).toEqual({ ok: false, reason: 'check-digit' })
      }
    }
  })

  test('of a barcode is an ИИН with a right check digit, or refused', () => {
    const iin = madeUpIin(createRandom(5))
    expect(readScan(iin, TODAY)).toEqual({ ok: true, iin })
    const wrong = `${iin.slice(0, 11)}${(Number(iin[11]) + 1) % 10}`
    expect(readScan(wrong, TODAY)).toEqual({ ok: false, reason: 'check-digit' })
    for (const other of ['4607012345678', '12345678901', 'AB123456', '']) {
      expect(readScan(other, TODAY)).toEqual({ ok: false, reason: 'unreadable' })
    }
  })

  test('of a card gives its number and last day besides, and of a barcode nothing more', () => {
    const random = createRandom(11)
    const iin = madeUpIin(random)
    const lines = madeUpCard(random, iin)
    const number = lines[0].slice(5, 14)
    const [year, month, day] = [lines[1].slice(8, 10), lines[1].slice(10, 12), lines[1].slice(12, 14)]
    expect(readScan(lines.join('\n'), TODAY)).toEqual({
      ok: true,
      iin,
      document: { number, validUntil: `20${year}-${month}-${day}` },
    })
    expect(readScan(iin, TODAY)).toEqual({ ok: true, iin })
  })

  test('of a card without an ИИН in its place says so', () => {
    const random = createRandom(9)
    const card = madeUpCard(random, madeUpIin(random), '<'.repeat(12))
    expect(readScan(card.join('\n'), TODAY)).toEqual({ ok: false, reason: 'no-iin' })
  })
})

import { describe, expect, test } from 'vitest'
import { a4FoldedTwice } from '../../../src/main/adapters/envelope-pdf/a4-folded-twice.ts'
import { trainingMark } from '../../../src/main/adapters/envelope-pdf/envelope-texts.ts'
import { type GreyPixels, type PlacedWord, pdfPixels, pdfWords } from './poppler.ts'
import { renderSample } from './sample-content.ts'

const PAPER = 255
/** Paper, or a panel's tint: no ink of a letter, not even its soft edge. */
const BLANK = 243
const A4 = { width: 210, height: 297 }

/** Middles of the runs of inked pixels down one column, millimetres from the top. */
function inkedRows(pixels: GreyPixels, xMm: number): readonly number[] {
  const x = Math.round(xMm * pixels.dotsPerMm)
  const middles: number[] = []
  let start: number | undefined
  for (let y = 0; y <= pixels.height; y++) {
    const inked = y < pixels.height && pixels.at(x, y) < 230
    if (inked && start === undefined) start = y
    if (!inked && start !== undefined) {
      middles.push((start + y) / 2 / pixels.dotsPerMm)
      start = undefined
    }
  }
  return middles
}

describe('the envelope on paper', () => {
  test('leaves five millimetres at every edge blank', async () => {
    const pixels = pdfPixels(await renderSample({ training: true }), 150)
    let inked = 0
    for (let y = 0; y < pixels.height; y++) {
      for (let x = 0; x < pixels.width; x++) {
        const [xMm, yMm] = [(x + 0.5) / pixels.dotsPerMm, (y + 0.5) / pixels.dotsPerMm]
        const nearEdge = Math.min(xMm, yMm, A4.width - xMm, A4.height - yMm) < 5
        if (nearEdge && pixels.at(x, y) < PAPER) inked++
      }
    }
    expect(inked).toBe(0)
  })

  test('has its fold marks at 99 and 198 millimetres on both sides', async () => {
    const pixels = pdfPixels(await renderSample({ training: true }), 300)
    for (const x of [7.5, A4.width - 7.5]) {
      const [first = 0, second = 0, ...more] = inkedRows(pixels, x)
      expect(Math.abs(first - 99)).toBeLessThanOrEqual(0.5)
      expect(Math.abs(second - 198)).toBeLessThanOrEqual(0.5)
      expect(more).toEqual([])
    }
  })

  test('keeps login and password on the middle panel and off the folds', async () => {
    const words = pdfWords(await renderSample({ password: 'O0oQ1lI|5S8B2Z' }))
    for (const secret of ['910101300019', 'O0oQ1lI|5S8B2Z']) {
      const placed = words.filter(({ text }) => text === secret)
      expect(placed).toHaveLength(1)
      for (const { top, bottom } of placed) expect(top > 99 + 5 && bottom < 198 - 5).toBe(true)
    }
    const folds = a4FoldedTwice.folds
    const creased = words.filter(({ top, bottom }) => folds.some((fold) => top < fold + 3 && bottom > fold - 3))
    expect(creased).toEqual([])
  })

  test('has no text over another text or outside the margins', async () => {
    const password = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0x41 + (index % 26))).join('')
    for (const action of ['created', 'regenerated'] as const) {
      const words = pdfWords(await renderSample({ action, password, portalUrl: `https://egov.kz/${'x'.repeat(50)}` }))
      expect(words.length).toBeGreaterThan(150)
      expect(words.filter(({ left, right }) => left < 19.9 || right > A4.width - 19.9)).toEqual([])
      // The boxes are as high as the face allows, accents included: neighbouring lines may share a little of them.
      const over = (a: PlacedWord, b: PlacedWord): boolean =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.6
      expect(words.filter((word, index) => words.slice(index + 1).some((other) => over(word, other)))).toEqual([])
    }
  })

  test('has the training mark from corner to corner, pale, and without it is the same sheet', async () => {
    const [plain, marked] = [await renderSample(), await renderSample({ training: true })].map((pdf) =>
      pdfPixels(pdf, 100),
    )
    if (plain === undefined || marked === undefined) throw new Error('two pages were rendered')
    let [top, bottom, darkest, pixels] = [plain.height, 0, PAPER, 0]
    for (let y = 0; y < plain.height; y++) {
      for (let x = 0; x < plain.width; x++) {
        if (plain.at(x, y) === marked.at(x, y) || plain.at(x, y) < BLANK) continue
        top = Math.min(top, y)
        bottom = Math.max(bottom, y)
        darkest = Math.min(darkest, marked.at(x, y))
        pixels++
      }
    }
    expect((bottom - top) / plain.height).toBeGreaterThan(0.6)
    expect(pixels).toBeGreaterThan(0.03 * plain.width * plain.height)
    expect(darkest).toBeGreaterThan(210)
  })

  test('keeps the training mark apart from the words', async () => {
    const words = pdfWords(await renderSample({ training: true })).map(({ text }) => text)
    expect(words.filter((text) => /УЧЕБН|ОБРАЗ/.test(text))).toEqual([trainingMark])
  })
})

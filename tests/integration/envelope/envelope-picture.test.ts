import { describe, expect, test } from 'vitest'
import type { Area } from '../../../src/main/adapters/envelope-pdf/envelope-layout.ts'
import { trainingMark } from '../../../src/main/adapters/envelope-pdf/envelope-texts.ts'
import { backCover, frontCover, panels, seenThroughWindow } from '../../../src/main/adapters/envelope-pdf/folding.ts'
import { envelopeLayouts } from '../../../src/main/adapters/envelope-pdf/layouts/envelope-layouts.ts'
import { type GreyPixels, type PlacedWord, pdfPixels, pdfWords } from './poppler.ts'
import { everySheet, installedPage, renderSample, sampleContent } from './sample-content.ts'

const PAPER = 255
/** Paper, or a panel's tint: no ink of a letter, not even its soft edge. */
const BLANK = 243
const kkRu = everySheet.filter(({ languages }) => languages.length === 2)
/** What is measured in dots: marks and edges are drawn alike in every language. */
const measured = process.env['ARM_TEST_LONG'] === '1' ? everySheet : kkRu

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

const within = (word: PlacedWord, { left, top, width, height }: Area): boolean =>
  word.left >= left && word.right <= left + width && word.top >= top && word.bottom <= top + height
const touches = (word: PlacedWord, { left, top, width, height }: Area): boolean =>
  word.right > left && word.left < left + width && word.bottom > top && word.top < top + height

describe('the envelope on paper', () => {
  test('leaves five millimetres at every edge blank', async () => {
    for (const settings of measured) {
      const { width, height } = envelopeLayouts[settings.layout].page
      const pixels = pdfPixels(await renderSample({ training: true }, settings), 150)
      let inked = 0
      for (let y = 0; y < pixels.height; y++) {
        for (let x = 0; x < pixels.width; x++) {
          const [xMm, yMm] = [(x + 0.5) / pixels.dotsPerMm, (y + 0.5) / pixels.dotsPerMm]
          if (Math.min(xMm, yMm, width - xMm, height - yMm) < 5 && pixels.at(x, y) < PAPER) inked++
        }
      }
      expect(inked).toBe(0)
    }
  })

  test('has its fold marks on both sides where the layout folds, to half a millimetre', async () => {
    for (const settings of measured) {
      const { page, folds } = envelopeLayouts[settings.layout]
      const pixels = pdfPixels(await renderSample({ training: true }, settings), 300)
      for (const x of [5.9, page.width - 5.9]) {
        const rows = inkedRows(pixels, x)
        for (const fold of folds) expect(Math.min(...rows.map((row) => Math.abs(row - fold)))).toBeLessThanOrEqual(0.5)
      }
    }
  })

  test('shows the address in full wherever the sheet lies in its envelope, and nothing of the secret', async () => {
    const windows = kkRu.map(({ layout }) => envelopeLayouts[layout]).filter(({ envelope }) => envelope !== undefined)
    expect(windows.map(({ envelope }) => [envelope?.window.width, envelope?.window.height])).toEqual([
      [95, 55],
      [90, 45],
    ])
    for (const layout of windows) {
      if (layout.envelope === undefined) continue
      const { always, ever } = seenThroughWindow(layout, layout.envelope)
      for (const languages of [
        ['kk', 'ru'],
        ['kk', 'ru', 'en'],
      ] as const) {
        const words = pdfWords(await renderSample({}, { layout: layout.id, languages }))
        for (const text of ['https://egov.kz', '3f9a21c7']) {
          const placed = words.filter((word) => word.text === text && word.top < layout.folds[0])
          expect(placed.filter((word) => within(word, always))).toHaveLength(1)
        }
        const seen = words.filter((word) => touches(word, ever))
        expect(seen.every((word) => word.bottom < layout.folds[0])).toBe(true)
        // What the window shows in part would look like a mistake.
        const inWindow = words.filter((word) => touches(word, layout.address))
        expect(inWindow.filter((word) => !within(word, always))).toEqual([])
      }
      // The cover of the secret stands outside the window: only paper and public words are behind it.
      const cover = frontCover(layout)
      expect(cover.top + 2.5 >= ever.top + ever.height || cover.top + cover.height - 2.5 <= ever.top).toBe(true)
    }
  })

  test('keeps login and password and their names inside the secret area, and the words off the folds', async () => {
    for (const settings of everySheet) {
      const { secret, folds, page } = envelopeLayouts[settings.layout]
      const words = pdfWords(await renderSample({ password: 'O0oQ1lI|5S8B' }, settings))
      const outside = words.filter((word) => !touches(word, secret)).map(({ text }) => text)
      expect(outside).not.toContain('910101300019')
      for (const name of ['цифра', 'прописная', 'строчная', 'единица']) expect(outside).not.toContain(name)
      const edges = { ...secret, left: secret.left - 0.01, top: secret.top - 1.3, height: secret.height + 2.2 }
      expect(words.filter((word) => touches(word, secret) && !within(word, edges))).toEqual([])
      const creased = words.filter(({ top, bottom }) => folds.some((fold) => top < fold + 2 && bottom > fold - 2))
      expect(creased).toEqual([])
      expect(words.filter(({ left, right }) => left < 9.9 || right > page.width - 9.9)).toEqual([])
    }
  })

  test('covers the secret from either side, further than a hand folds off the mark', () => {
    for (const { layout: id } of kkRu) {
      const layout = envelopeLayouts[id]
      const [front, middle, back] = panels(layout)
      if (front === undefined || middle === undefined || back === undefined) throw new Error('three panels at least')
      const inside = (area: Area, panel: Area): boolean =>
        area.top >= panel.top && area.top + area.height <= panel.top + panel.height
      expect(inside(layout.secret, middle)).toBe(true)
      expect(inside(frontCover(layout), front)).toBe(true)
      expect(inside(backCover(layout), back)).toBe(true)
      // Folded: the third panel's top is at the second fold, the secret's distance from it is the cover's.
      const { top, height } = layout.secret
      const [nearest, furthest] = [layout.folds[1] - top - height, layout.folds[1] - top]
      const cover = backCover(layout)
      expect(cover.top - layout.folds[1]).toBeLessThanOrEqual(Math.max(0, nearest - 2.5) + 1e-9)
      expect(cover.top + cover.height - layout.folds[1]).toBeGreaterThanOrEqual(furthest + 2.2)
    }
  })

  test('has no text over another text', async () => {
    const password = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0x41 + (index % 26))).join('')
    for (const settings of everySheet) {
      for (const differing of [{ password }, { password: 'W|W0W|W0W|W0', action: 'regenerated' }] as const) {
        const portalUrl = `https://egov.kz/${'x'.repeat(24)}`
        const words = pdfWords(await renderSample({ ...differing, portalUrl }, settings))
        expect(words.length).toBeGreaterThan(120)
        // The boxes are as high as the face allows, accents included: neighbouring lines may share a part of them.
        const over = (a: PlacedWord, b: PlacedWord): boolean =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.1 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.3 * Math.min(a.bottom - a.top, b.bottom - b.top)
        const overlapping = words.flatMap((word, index) =>
          words.slice(index + 1).flatMap((other) => (over(word, other) ? [`${word.text} ${other.text}`] : [])),
        )
        expect(overlapping).toEqual([])
      }
    }
  })

  test('has another tint on every envelope, and no two alike', async () => {
    const page = await installedPage()
    const [one, other] = await Promise.all([1, 2].map(() => page.render(sampleContent())))
    if (!one?.ok || !other?.ok) throw new Error('two pages were rendered')
    const [a, b] = [pdfPixels(one.value, 100), pdfPixels(other.value, 100)]
    const cover = frontCover(envelopeLayouts['a4-dl-right-window'])
    let [differing, pixels] = [0, 0]
    for (let y = Math.ceil(cover.top * a.dotsPerMm); y < (cover.top + cover.height) * a.dotsPerMm; y++) {
      for (let x = Math.ceil(cover.left * a.dotsPerMm); x < (cover.left + cover.width) * a.dotsPerMm; x++) {
        pixels++
        if (Math.abs(a.at(x, y) - b.at(x, y)) > 60) differing++
      }
    }
    expect(differing / pixels).toBeGreaterThan(0.2)
  })

  test('has the training mark from corner to corner, pale, and without it is the same sheet', async () => {
    const page = await installedPage(undefined, (bytes) => Buffer.alloc(bytes, 0x5a))
    const [plain, marked] = await Promise.all(
      [false, true].map(async (training) => {
        const rendered = await page.render(sampleContent({ training }))
        if (!rendered.ok) throw new Error('rendered')
        return pdfPixels(rendered.value, 100)
      }),
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
    expect(pixels).toBeGreaterThan(0.02 * plain.width * plain.height)
    expect(darkest).toBeGreaterThan(210)
  })

  test('keeps the training mark apart from the words', async () => {
    const words = pdfWords(await renderSample({ training: true })).map(({ text }) => text)
    expect(words.filter((text) => /УЧЕБН|ОБРАЗ/.test(text))).toEqual([trainingMark])
  })
})

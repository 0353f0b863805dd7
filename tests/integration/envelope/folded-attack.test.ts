import { beforeAll, describe, expect, test } from 'vitest'
import type { Area, EnvelopeLayout } from '../../../src/main/adapters/envelope-pdf/envelope-layout.ts'
import { backCover, frontCover } from '../../../src/main/adapters/envelope-pdf/folding.ts'
import { envelopeLayouts } from '../../../src/main/adapters/envelope-pdf/layouts/envelope-layouts.ts'
import { secretGeometry } from '../../../src/main/adapters/envelope-pdf/secret-geometry.ts'
import type { EnvelopeSettings } from '../../../src/shared/domain/envelope.ts'
import { DOTS, type Looker, lookAt } from '../../support/fold-sheet.ts'
import { blur, crop, type GreyImage, type Random, scan, seeded } from '../../support/grey-image.ts'
import { distance, type Glyphs, glyphsOf, readGlyph } from '../../support/match-glyphs.ts'
import { pdfRows } from './poppler.ts'
import { everySheet, installedPage, sampleContent } from './sample-content.ts'

const LONG = process.env['ARM_TEST_LONG'] === '1'
const PASSWORDS = LONG ? 300 : 3
/** With English the characters are smaller; on the first layout they are smallest. */
const SHEETS: readonly EnvelopeSettings[] = LONG
  ? everySheet
  : everySheet.filter(({ layout, languages }) => languages.length === 2 || layout === 'a4-dl-right-window')

/** The portal's: 73 characters, twelve of them, each class at least once. */
const CLASSES = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz', '0123456789', '!#$%*+-=?@|']
const ALPHABET = CLASSES.join('')
const LENGTH = 12

/** An office scanner at 300 dpi: optics of a pixel, noise of the sensor and of the paper's surface. */
const SCANNER = { sigma: 1, noise: 4 }
const SHOW_THROUGH = 0.15

function portalPassword(random: Random): string {
  for (;;) {
    const password = Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('')
    if (CLASSES.every((characters) => Array.from(characters).some((one) => password.includes(one)))) return password
  }
}

/** What somebody gets right who looks at nothing and always says the commonest character. */
function blindGuess(): number {
  const random = seeded(7)
  const counts = new Map<string, number>()
  const drawn = 20_000
  for (let index = 0; index < drawn; index++) {
    for (const character of portalPassword(random)) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  return Math.max(...counts.values()) / (drawn * LENGTH)
}

/** A sheet as it is printed: what is folded how, and how many languages name the characters. */
interface Sheet {
  readonly name: string
  readonly layout: EnvelopeLayout
  readonly settings: EnvelopeSettings
}

function sheetOf(settings: EnvelopeSettings): Sheet {
  const layout = envelopeLayouts[settings.layout]
  return { name: `${settings.layout}, ${settings.languages.join('+')}`, layout, settings }
}

const blind = blindGuess()

async function printed({ layout, settings }: Sheet, password: string, random: Random): Promise<GreyImage> {
  const page = await installedPage(settings, (bytes) =>
    Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256))),
  )
  const rendered = await page.render(sampleContent({ password }))
  if (!rendered.ok) throw new Error(rendered.failure.code)
  const [width, height] = [Math.ceil(layout.page.width * DOTS), Math.ceil(layout.page.height * DOTS)]
  const values = new Float32Array(width * height).fill(1)
  // Only what the tests look at is drawn.
  for (const { top, height: tall } of [layout.secret, frontCover(layout), backCover(layout)]) {
    const from = Math.floor(top * DOTS)
    const count = Math.min(height - from, Math.ceil(tall * DOTS) + 1)
    const dots = pdfRows(rendered.value, 300, { from, count })
    const stride = dots.length / count
    for (let row = 0; row < count; row++) {
      for (let x = 0; x < Math.min(width, stride); x++) {
        values[(from + row) * width + x] = (dots[row * stride + x] as number) / 255
      }
    }
  }
  return { width, height, values }
}

function passwordGeometry({ layout, settings }: Sheet) {
  return secretGeometry(layout.secret, { length: LENGTH, languages: settings.languages.length }).password
}

/** The line of the password's characters, from edge to edge of the secret. */
function lineOf(sheet: Sheet): Area {
  const { secret } = sheet.layout
  const { size, firstBaseline } = passwordGeometry(sheet)
  const em = (size * 25.4) / 72
  return { left: secret.left, width: secret.width, top: firstBaseline - 0.82 * em, height: 1.08 * em }
}

/** The box of one character, of a picture whose top left corner is at `origin` millimetres. */
function cellOf(picture: GreyImage, sheet: Sheet, index: number, origin: { left: number; top: number }): GreyImage {
  const { cells, size } = passwordGeometry(sheet)
  const cell = cells[index] ?? { center: 0, baseline: 0 }
  const em = (size * 25.4) / 72
  const left = Math.round((cell.center - 0.31 * em - origin.left) * DOTS)
  const top = Math.round((cell.baseline - 0.8 * em - origin.top) * DOTS)
  return crop(picture, left, top, Math.round(0.62 * em * DOTS), Math.round(1.04 * em * DOTS))
}

const madeGlyphs = new Map<number, Glyphs>()

/** Each glyph cut from a sheet printed for the purpose, softened as a scanner would; once for each size of the letters. */
async function glyphsFor(sheet: Sheet): Promise<Glyphs> {
  const { size } = passwordGeometry(sheet)
  const known = madeGlyphs.get(size)
  if (known !== undefined) return known
  const images = new Map<string, GreyImage>()
  for (let start = 0; start < ALPHABET.length; start += LENGTH) {
    const password = ALPHABET.slice(start, start + LENGTH).padEnd(LENGTH, 'a')
    const open = await printed(sheet, password, seeded(start))
    Array.from(password).forEach((character, index) => {
      images.set(character, blur(cellOf(open, sheet, index, { left: 0, top: 0 }), SCANNER.sigma))
    })
  }
  const glyphs = glyphsOf(images)
  madeGlyphs.set(size, glyphs)
  return glyphs
}

interface Tally {
  right: number
  of: number
}

const shareOf = ({ right, of }: Tally): string => `${((100 * right) / of).toFixed(2)} % (${right} of ${of})`

describe.each(SHEETS.map(sheetOf))('sheet $name at 300 dpi', (sheet) => {
  const { layout, name } = sheet
  let glyphs: Glyphs
  beforeAll(async () => {
    glyphs = await glyphsFor(sheet)
  })

  test('is read without mistakes when open, and not at all when folded', {
    timeout: LONG ? 7_200_000 : 120_000,
  }, async () => {
    const random = seeded(20261124)
    const attacks = (['front', 'back', 'lamp'] as const).map((from: Looker) => ({
      from,
      covered: { right: 0, of: 0 },
      /** Nothing shines through a dark dot of a cover: an attacker may leave those out. */
      coveredLight: { right: 0, of: 0 },
      bare: { right: 0, of: 0 },
    }))
    const open: Tally = { right: 0, of: 0 }
    const line = lineOf(sheet)
    for (let count = 0; count < PASSWORDS; count++) {
      const password = portalPassword(random)
      const page = await printed(sheet, password, random)
      const read = (picture: GreyImage, tally: Tally, how: Parameters<typeof readGlyph>[2] = {}): void => {
        Array.from(password).forEach((character, index) => {
          tally.of++
          if (readGlyph(cellOf(picture, sheet, index, line), glyphs, how) === character) tally.right++
        })
      }
      const [left = 0, top = 0, width = 0, height = 0] = [line.left, line.top, line.width, line.height].map((mm) =>
        Math.round(mm * DOTS),
      )
      read(scan(crop(page, left, top, width, height), { ...SCANNER, random }), open)
      const off = { x: 2 * (random() - 0.5), y: 4 * (random() - 0.5) }
      for (const { from, covered, coveredLight, bare } of attacks) {
        const looks = { area: line, from, showThrough: SHOW_THROUGH, off }
        const seen = scan(lookAt(page, layout, looks), { ...SCANNER, random })
        read(seen, covered)
        read(seen, coveredLight, { ignoreDarkerThan: 0.6 })
        const blank = lookAt(page, layout, { ...looks, blankCovers: { front: true, back: true } })
        read(scan(blank, { ...SCANNER, random }), bare)
      }
    }
    process.stdout.write(
      `${[
        `${name}: ${PASSWORDS} passwords, scanner blur ${SCANNER.sigma} px, noise ${SCANNER.noise}/255`,
        `  open sheet: ${shareOf(open)}`,
        `  blind guess: ${(100 * blind).toFixed(2)} %; chance and three standard errors: ${(100 * limitOf(blind, open.of)).toFixed(2)} %`,
        ...attacks.map(
          ({ from, covered, coveredLight, bare }) =>
            `  folded, seen from ${from}, all pixels: ${shareOf(covered)}; light pixels alone: ${shareOf(coveredLight)}; without the covers' print: ${shareOf(bare)}`,
        ),
      ].join('\n')}\n`,
    )
    expect(open.right / open.of).toBeGreaterThanOrEqual(0.995)
    for (const { covered, coveredLight, bare } of attacks) {
      expect(covered.right / covered.of).toBeLessThanOrEqual(limitOf(blind, covered.of))
      expect(coveredLight.right / coveredLight.of).toBeLessThanOrEqual(limitOf(blind, covered.of))
      expect(bare.right / bare.of).toBeGreaterThan(0.9)
    }
  })

  test('has full black over all of the secret, names and login too, however the hand folds', async () => {
    const page = await printed(sheet, 'kT7|Q0oR2xB8', seeded(1))
    const cover = backCover(layout)
    const { secret, folds } = layout
    // Where the print of the secret's area ends up on the third panel, off by up to two millimetres.
    const area = {
      left: secret.left - 2,
      top: 2 * folds[1] - secret.top - secret.height,
      width: secret.width + 4,
      height: secret.height,
    }
    expect(area.left).toBeGreaterThanOrEqual(cover.left)
    const inside = crop(
      page,
      Math.ceil(area.left * DOTS),
      Math.ceil(area.top * DOTS),
      Math.floor(area.width * DOTS),
      Math.floor(area.height * DOTS),
    )
    expect(inside.values.every((value) => value === 0)).toBe(true)
  })

  test('has no two glyphs alike that people take for one another', () => {
    const pairs = ['0OoQ', '1lI|', '5S', '8B', '2Z'].flatMap((group) =>
      Array.from(group).flatMap((one, index) =>
        Array.from(group.slice(index + 1)).map((other) => [one, other] as const),
      ),
    )
    const imageOf = (character: string): GreyImage => {
      const glyph = glyphs.find((one) => one.character === character)
      if (glyph === undefined) throw new Error(`no glyph of ${character}`)
      return glyph.image
    }
    const distances = pairs.map(([one, other]) => ({
      pair: one + other,
      pixels: distance(imageOf(one), imageOf(other)),
    }))
    distances.sort((a, b) => a.pixels - b.pixels)
    process.stdout.write(`${name}: ${distances.map(({ pair, pixels }) => `${pair} ${pixels.toFixed(1)}`).join(', ')}\n`)
    // In white noise of deviation s a reader takes one glyph for the other where noise reaches half of their distance d:
    // with probability Q(d / 2s). The bound stands at six deviations of a noise four times the scanner's: Q(6) is 1e-9.
    const bound = 2 * 6 * ((4 * SCANNER.noise) / 255)
    for (const { pair, pixels } of distances) expect(pixels, pair).toBeGreaterThanOrEqual(bound)
  })
})

/** Three standard errors of a share above it. */
function limitOf(share: number, of: number): number {
  return share + 3 * Math.sqrt((share * (1 - share)) / of)
}

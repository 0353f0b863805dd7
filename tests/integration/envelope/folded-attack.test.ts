import { beforeAll, describe, expect, test } from 'vitest'
import type { Area, EnvelopeLayout } from '../../../src/main/adapters/envelope-pdf/envelope-layout.ts'
import { backCover, frontCover } from '../../../src/main/adapters/envelope-pdf/folding.ts'
import { envelopeLayouts } from '../../../src/main/adapters/envelope-pdf/layouts/envelope-layouts.ts'
import { secretGeometry } from '../../../src/main/adapters/envelope-pdf/secret-geometry.ts'
import { type EnvelopeLayoutId, envelopeLayoutIds } from '../../../src/shared/domain/envelope.ts'
import { DOTS, type Looker, lookAt } from '../../support/fold-sheet.ts'
import { blur, crop, type GreyImage, type Random, scan, seeded } from '../../support/grey-image.ts'
import { distance, readGlyph } from '../../support/match-glyphs.ts'
import { pdfPixels } from './poppler.ts'
import { installedPage, sampleContent } from './sample-content.ts'

const LONG = process.env['ARM_TEST_LONG'] === '1'
const PASSWORDS = LONG ? 300 : 8
const LAYOUTS: readonly EnvelopeLayoutId[] = LONG ? envelopeLayoutIds : ['a4-dl-right-window']

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

async function sheetOf(layout: EnvelopeLayout, password: string, random: Random): Promise<GreyImage> {
  const page = await installedPage({ layout: layout.id, languages: ['kk', 'ru'] }, (bytes) =>
    Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256))),
  )
  const rendered = await page.render(sampleContent({ password }))
  if (!rendered.ok) throw new Error(rendered.failure.code)
  const { width, height, at } = pdfPixels(rendered.value, 300)
  const values = new Float32Array(width * height).fill(1)
  // Only what the tests look at is copied.
  for (const { top, height: tall } of [layout.secret, frontCover(layout), backCover(layout)]) {
    for (let y = Math.floor(top * DOTS); y < (top + tall) * DOTS; y++) {
      for (let x = 0; x < width; x++) values[y * width + x] = at(x, y) / 255
    }
  }
  return { width, height, values }
}

/** The line of the password's characters, from edge to edge of the secret. */
function lineOf({ secret }: EnvelopeLayout): Area {
  const { password } = secretGeometry(secret, { length: LENGTH, languages: 2 })
  const em = (password.size * 25.4) / 72
  return { left: secret.left, width: secret.width, top: password.firstBaseline - 0.82 * em, height: 1.08 * em }
}

/** The box of one character, of a picture whose top left corner is at `origin` millimetres. */
function cellOf(
  picture: GreyImage,
  layout: EnvelopeLayout,
  index: number,
  origin: { left: number; top: number },
): GreyImage {
  const { password } = secretGeometry(layout.secret, { length: LENGTH, languages: 2 })
  const cell = password.cells[index] ?? { center: 0, baseline: 0 }
  const em = (password.size * 25.4) / 72
  const left = Math.round((cell.center - 0.31 * em - origin.left) * DOTS)
  const top = Math.round((cell.baseline - 0.8 * em - origin.top) * DOTS)
  return crop(picture, left, top, Math.round(0.62 * em * DOTS), Math.round(1.04 * em * DOTS))
}

/** Each glyph cut from a sheet printed for the purpose, softened as a scanner would. */
async function templatesOf(layout: EnvelopeLayout): Promise<ReadonlyMap<string, GreyImage>> {
  const templates = new Map<string, GreyImage>()
  for (let start = 0; start < ALPHABET.length; start += LENGTH) {
    const password = ALPHABET.slice(start, start + LENGTH).padEnd(LENGTH, 'a')
    const sheet = await sheetOf(layout, password, seeded(start))
    Array.from(password).forEach((character, index) => {
      templates.set(character, blur(cellOf(sheet, layout, index, { left: 0, top: 0 }), SCANNER.sigma))
    })
  }
  return templates
}

interface Tally {
  right: number
  of: number
}

const shareOf = ({ right, of }: Tally): string => `${((100 * right) / of).toFixed(2)} % (${right} of ${of})`

describe.each(LAYOUTS)('sheet %s at 300 dpi', (id) => {
  const layout = envelopeLayouts[id]
  let templates: ReadonlyMap<string, GreyImage>
  beforeAll(async () => {
    templates = await templatesOf(layout)
  })

  test('is read without mistakes when open, and not at all when folded', {
    timeout: LONG ? 3_600_000 : 120_000,
  }, async () => {
    const random = seeded(20261124)
    const blind = blindGuess()
    const attacks = (['front', 'back', 'lamp'] as const).flatMap((from: Looker) =>
      ([undefined, 0.6] as const).map((ignoreDarkerThan) => ({
        from,
        ignoreDarkerThan,
        covered: { right: 0, of: 0 },
        bare: { right: 0, of: 0 },
      })),
    )
    const open: Tally = { right: 0, of: 0 }
    for (let count = 0; count < PASSWORDS; count++) {
      const password = portalPassword(random)
      const sheet = await sheetOf(layout, password, random)
      const line = lineOf(layout)
      const [left, top, width, height] = [line.left, line.top, line.width, line.height].map((mm) =>
        Math.round(mm * DOTS),
      )
      const read = scan(crop(sheet, left ?? 0, top ?? 0, width ?? 0, height ?? 0), { ...SCANNER, random })
      const off = { x: 2 * (random() - 0.5), y: 4 * (random() - 0.5) }
      Array.from(password).forEach((character, index) => {
        open.of++
        if (readGlyph(cellOf(read, layout, index, line), templates) === character) open.right++
      })
      for (const from of ['front', 'back', 'lamp'] as const) {
        const looks = { area: line, from, showThrough: SHOW_THROUGH, off }
        const covered = scan(lookAt(sheet, layout, looks), { ...SCANNER, random })
        const bare = scan(lookAt(sheet, layout, { ...looks, blankCovers: { front: true, back: true } }), {
          ...SCANNER,
          random,
        })
        for (const attack of attacks.filter((one) => one.from === from)) {
          const how = attack.ignoreDarkerThan === undefined ? {} : { ignoreDarkerThan: attack.ignoreDarkerThan }
          Array.from(password).forEach((character, index) => {
            for (const [picture, tally] of [
              [covered, attack.covered],
              [bare, attack.bare],
            ] as const) {
              // Without covers there is nothing dark to leave out.
              tally.of++
              const given = tally === attack.bare ? {} : how
              if (readGlyph(cellOf(picture, layout, index, line), templates, given) === character) tally.right++
            }
          })
        }
      }
    }
    process.stdout.write(
      `${[
        `${id}: ${PASSWORDS} passwords, scanner blur ${SCANNER.sigma} px, noise ${SCANNER.noise}/255`,
        `  open sheet: ${shareOf(open)}`,
        `  blind guess: ${(100 * blind).toFixed(2)} %; chance and three standard errors: ${(100 * limitOf(blind, open.of)).toFixed(2)} %`,
        ...attacks.map(
          ({ from, ignoreDarkerThan, covered, bare }) =>
            `  folded, seen from ${from}, ${ignoreDarkerThan === undefined ? 'all pixels' : 'light pixels alone'}: ${shareOf(covered)}; without the covers' print: ${shareOf(bare)}`,
        ),
      ].join('\n')}\n`,
    )
    expect(open.right / open.of).toBeGreaterThanOrEqual(0.995)
    for (const { covered, bare } of attacks) {
      expect(covered.right / covered.of).toBeLessThanOrEqual(limitOf(blind, covered.of))
      expect(bare.right / bare.of).toBeGreaterThan(0.9)
    }
  })

  test('has full black over all of the secret, names and login too, however the hand folds', async () => {
    const sheet = await sheetOf(layout, 'kT7|Q0oR2xB8', seeded(1))
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
      sheet,
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
    const paper = { width: 0, height: 0, values: new Float32Array(0) }
    const distances = pairs.map(([one, other]) => {
      const [a, b] = [templates.get(one) ?? paper, templates.get(other) ?? paper]
      return { pair: one + other, pixels: distance(a, b) }
    })
    distances.sort((a, b) => a.pixels - b.pixels)
    process.stdout.write(`${id}: ${distances.map(({ pair, pixels }) => `${pair} ${pixels.toFixed(1)}`).join(', ')}\n`)
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

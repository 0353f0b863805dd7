import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodePwgRaster } from '../../../src/main/adapters/printing/encode-pwg-raster.ts'
import { rasterisePage } from '../../../src/main/adapters/printing/rasterise-page.ts'
import { pdfPixels } from '../envelope/poppler.ts'
import { renderSample } from '../envelope/sample-content.ts'

/** The raster that a printer without PDF gets, read by the filter of CUPS that turns raster into PDF, and by poppler. */
const RASTER_TO_PDF = '/usr/lib/cups/filter/rastertopdf'

const MEDIA = [
  ['a4-dl-right-window', 'iso_a4_210x297mm', 300, { width: 2480, height: 3508 }],
  ['a4-dl-right-window', 'iso_a4_210x297mm', 600, { width: 4961, height: 7016 }],
  ['a5-folded-twice', 'iso_a5_148x210mm', 300, { width: 1748, height: 2480 }],
] as const

interface ReadPage {
  readonly size: { readonly width: number; readonly height: number }
  readonly dots: Buffer
}

/** The dots that the filter found, as they lie in its PDF, and the size that poppler sees. */
function readRaster(raster: Buffer): ReadPage {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'arm-tson-raster-'))
  try {
    const file = path.join(folder, 'page.pdf')
    const pdf = execFileSync(RASTER_TO_PDF, ['1', 'nobody', 'page', '1', ''], {
      input: raster,
      maxBuffer: 1 << 28,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    writeFileSync(file, pdf)
    // page, number, type, width, height, colour, components, bits, encoding, interpolated, object, …
    const rows = execFileSync('pdfimages', ['-list', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const cells = rows.trim().split('\n').at(-1)?.trim().split(/\s+/) ?? []
    const object = cells[10] ?? ''
    const dots = execFileSync('qpdf', [`--show-object=${object}`, '--filtered-stream-data', file], {
      maxBuffer: 1 << 28,
    })
    return { size: { width: Number(cells[3]), height: Number(cells[4]) }, dots }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('a page as PWG Raster', () => {
  test.each(MEDIA)(
    '%s on %s at %i dpi has the dots of the whole sheet, and another reader sees each of them',
    async (layout, mediaName, dpi, size) => {
      const pdf = await renderSample({}, { layout, languages: ['kk', 'ru'] })
      const bitmap = await rasterisePage(pdf, dpi)
      expect({ width: bitmap.width, height: bitmap.height }).toEqual(size)
      const colors = dpi === 300 ? (['sgray_8', 'srgb_8'] as const) : (['sgray_8'] as const)
      for (const color of colors) {
        const { size: seen, dots } = readRaster(encodePwgRaster({ bitmap, dpi, color, mediaName }))
        expect(seen).toEqual(size)
        const wanted = color === 'sgray_8' ? Buffer.from(bitmap.pixels) : inColour(bitmap.pixels)
        expect(dots.equals(wanted)).toBe(true)
      }
    },
  )

  test('is the page that poppler draws of the same PDF', async () => {
    const pdf = await renderSample()
    const { width, height, pixels } = await rasterisePage(pdf, 300)
    const poppler = pdfPixels(pdf, 300)
    let apart = 0
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) apart += Math.abs((pixels[y * width + x] ?? 0) - poppler.at(x, y))
    }
    // Two renderers soften edges differently, and agree on what is ink and where.
    expect(apart / (255 * width * height)).toBeLessThan(0.02)
  })

  test('holds every run and copy of dots that the coding knows', () => {
    const width = 700
    const rows = [
      (x: number) => x % 256,
      () => 7,
      (x: number) => (x < 129 ? 1 : 255),
      (x: number) => (x % 3 === 0 ? 0 : 200),
      (x: number) => (x === 699 ? 0 : 255),
    ]
    const height = rows.length * 300
    const pixels = Uint8Array.from({ length: width * height }, (_, at) => {
      const row = rows[Math.floor(at / width / 300)]
      return row === undefined ? 0 : row(at % width)
    })
    const raster = encodePwgRaster({
      bitmap: { width, height, pixels },
      dpi: 300,
      color: 'sgray_8',
      mediaName: 'custom',
    })
    const { size, dots } = readRaster(raster)
    expect(size).toEqual({ width, height })
    expect(dots.equals(Buffer.from(pixels))).toBe(true)
  })
})

function inColour(grey: Uint8Array): Buffer {
  const dots = Buffer.alloc(grey.length * 3)
  for (const [at, value] of grey.entries()) dots.fill(value, 3 * at, 3 * at + 3)
  return dots
}

import { execFileSync } from 'node:child_process'

/** Poppler judges the page: it shares no code with pdfkit. It reads standard input, so no test page lies on a disk. */
function run(tool: string, args: readonly string[], pdf: Buffer): Buffer {
  return execFileSync(tool, args, { input: pdf, maxBuffer: 256 * 1024 * 1024 })
}

export function pdfText(pdf: Buffer): string {
  return run('pdftotext', ['-', '-'], pdf).toString('utf8')
}

export function pdfInfo(pdf: Buffer): string {
  return run('pdfinfo', ['-'], pdf).toString('utf8')
}

export function pdfMetadata(pdf: Buffer): string {
  return run('pdfinfo', ['-meta', '-'], pdf).toString('utf8')
}

/** The structure tree, one element a line, with its text. */
export function pdfStructure(pdf: Buffer): string {
  return run('pdfinfo', ['-struct-text', '-'], pdf).toString('utf8')
}

export interface EmbeddedFont {
  readonly name: string
  readonly embedded: boolean
  readonly subset: boolean
  readonly unicode: boolean
}

export function pdfFonts(pdf: Buffer): readonly EmbeddedFont[] {
  const rows = run('pdffonts', ['-'], pdf).toString('utf8').trim().split('\n').slice(2)
  return rows.map((row) => {
    const found = /^(\S+)\s.*\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/.exec(row)
    if (found === null) throw new Error(`not a row of pdffonts: ${row}`)
    const [, name = '', embedded, subset, unicode] = found
    return { name, embedded: embedded === 'yes', subset: subset === 'yes', unicode: unicode === 'yes' }
  })
}

/** A word and its box, millimetres from the top left corner. */
export interface PlacedWord {
  readonly text: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export function pdfWords(pdf: Buffer): readonly PlacedWord[] {
  const mm = (points: string | undefined): number => (Number(points) / 72) * 25.4
  const html = run('pdftotext', ['-bbox', '-', '-'], pdf).toString('utf8')
  const word = /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g
  return Array.from(html.matchAll(word), ([, left, top, right, bottom, text = '']) => ({
    text,
    left: mm(left),
    top: mm(top),
    right: mm(right),
    bottom: mm(bottom),
  }))
}

/** The page as a printer would see it, 0 black to 255 white. */
export interface GreyPixels {
  readonly width: number
  readonly height: number
  readonly dotsPerMm: number
  at(x: number, y: number): number
}

export function pdfPixels(pdf: Buffer, dpi: number): GreyPixels {
  const { width, height, dots } = drawn(pdf, dpi, [])
  return { width, height, dotsPerMm: dpi / 25.4, at: (x, y) => dots[y * width + x] ?? 255 }
}

/** Some rows of the page alone. @param rows from this one on, so many. @returns one byte a dot. */
export function pdfRows(pdf: Buffer, dpi: number, rows: { readonly from: number; readonly count: number }): Buffer {
  return drawn(pdf, dpi, ['-y', `${rows.from}`, '-H', `${rows.count}`]).dots
}

function drawn(pdf: Buffer, dpi: number, more: readonly string[]): { width: number; height: number; dots: Buffer } {
  const pgm = run('pdftoppm', ['-r', `${dpi}`, '-gray', ...more, '-'], pdf)
  const header = /^P5\n(\d+) (\d+)\n255\n/.exec(pgm.subarray(0, 32).toString('latin1'))
  if (header === null) throw new Error('not a PGM image')
  return { width: Number(header[1]), height: Number(header[2]), dots: pgm.subarray(header[0].length) }
}

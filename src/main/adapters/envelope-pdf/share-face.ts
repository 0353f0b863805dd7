import { create, type Font, type Glyph, type GlyphRun } from 'fontkit'

/** One face, parsed and cut to its subset once, used by every page. */
export interface SharedFace {
  /** What pdfkit takes for a parsed font. */
  readonly font: Font
  /** All characters of the subset, in its order. */
  readonly alphabet: string
  /** Glyph number in the subset and advance, thousandths of the size, of each character. */
  readonly glyphs: ReadonlyMap<number, { readonly number: number; readonly advance: number }>
}

/** Substitutions that would bring in glyphs of no character: a page copied by hand has no use for ligatures. */
const FEATURES = { liga: false, clig: false, dlig: false, calt: false, rlig: false } as const

/**
 * Parses a face and cuts the subset of an alphabet. The subset is the same for every page: which characters a page
 * shows, and in which order, cannot be told from the fonts inside it, and pdfkit neither parses nor cuts anew.
 * @param texts words that come again on every page: their shapes are remembered. Nothing secret is among them.
 * @throws where the face lacks a character, or bytes are no TrueType face.
 */
export function shareFace(bytes: Buffer, alphabet: string, texts: readonly string[]): SharedFace {
  const parsed = create(bytes)
  if (!('createSubset' in parsed)) throw new Error('a collection of faces')
  // The types say other things of a subset than the library does.
  const subset = parsed.createSubset() as unknown as { includeGlyph(id: number): number; encode(): Uint8Array }
  const scale = 1000 / parsed.unitsPerEm
  const unique = [...new Set(alphabet)].join('')
  const glyphs = new Map<number, { number: number; advance: number }>()
  const numbers = new Map<number, number>()
  for (const character of unique) {
    const codePoint = character.codePointAt(0) ?? 0
    if (!parsed.hasGlyphForCodePoint(codePoint)) throw new Error(`the face has no U+${codePoint.toString(16)}`)
    const glyph = parsed.glyphForCodePoint(codePoint)
    const number = subset.includeGlyph(glyph.id)
    numbers.set(glyph.id, number)
    glyphs.set(codePoint, { number, advance: glyph.advanceWidth * scale })
  }
  const encoded = subset.encode()

  const recurring = new Set(texts.flatMap(piecesOf).concat(piecesOf(unique)))
  const shapes = new Map<string, GlyphRun>()
  const layout = (text: string): GlyphRun => {
    const known = shapes.get(text)
    if (known !== undefined) return copyOf(known)
    const run = parsed.layout(text, FEATURES)
    if (!recurring.has(text)) return run
    shapes.set(text, run)
    return copyOf(run)
  }

  const font: Font = Object.create(parsed, {
    layout: { value: layout },
    createSubset: {
      value: () => ({
        includeGlyph(glyph: number | Glyph): number {
          const number = numbers.get(typeof glyph === 'number' ? glyph : glyph.id)
          if (number === undefined) throw new Error('a glyph outside the alphabet of the page')
          return number
        },
        encode: () => encoded,
      }),
    },
  })
  return { font, alphabet: unique, glyphs }
}

/** pdfkit shapes a line in pieces that end with a space. */
function piecesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.match(/[^ ]* |[^ ]+$/g) ?? [])
}

/** pdfkit scales the positions of what it gets. The width is a getter of the run's class. */
function copyOf(run: GlyphRun): GlyphRun {
  return Object.create(run, { positions: { value: run.positions.map((position) => ({ ...position })) } })
}

import PDFDocument from 'pdfkit'
import type { EnvelopeFace, EnvelopeFonts } from './envelope-fonts.ts'
import type { Area } from './envelope-layout.ts'

export interface TextStyle {
  readonly face: EnvelopeFace
  /** Points. */
  readonly size: number
  readonly color: string
  /** Points from baseline to baseline. */
  readonly leading?: number
  /** Points added after each character. */
  readonly tracking?: number
}

/** Where a text begins: its left edge and its first baseline, millimetres. */
export interface TextPlace {
  readonly left: number
  readonly baseline: number
}

export interface TaggedText {
  /** Standard structure type of PDF 1.7, 14.8.4: what a screen reader announces. */
  readonly tag: 'H1' | 'H2' | 'P'
  /** BCP 47. Absent for what belongs to no language, as a number. */
  readonly language?: string
  readonly style: TextStyle
}

/** One page of tagged PDF, in millimetres from the top left corner. */
export interface PageCanvas {
  /** Width of one unbroken line, millimetres. */
  widthOf(text: string, style: TextStyle): number
  /** Writes one line, never broken. */
  line(text: string, place: TextPlace, as: TaggedText): void
  /** Writes words into lines of `width` millimetres; a line feed breaks too. @returns the baseline that would come next. */
  paragraph(text: string, place: TextPlace & { readonly width: number }, as: TaggedText): number
  /** Writes ASCII bytes one by one, so that they never become one string. */
  characters(bytes: Uint8Array, place: TextPlace, as: TaggedText): void
  /** Writes one centred line across the page, `angle` degrees counter-clockwise, as decoration. */
  slanted(text: string, center: { readonly x: number; readonly y: number }, angle: number, style: TextStyle): void
  panel(area: Area, look: { readonly fill?: string; readonly stroke?: string; readonly radius?: number }): void
  rule(from: readonly [number, number], to: readonly [number, number], look: { color: string; points: number }): void
  /** Ends the page. The caller wipes the bytes. */
  finish(): Promise<Buffer>
}

const POINTS_PER_MM = 72 / 25.4
const pt = (millimetres: number): number => millimetres * POINTS_PER_MM
const mm = (points: number): number => points / POINTS_PER_MM

/**
 * Opens a page in memory.
 * @param options.createdAt goes into the metadata, which hold nothing else of the content.
 */
export function createPageCanvas(options: {
  readonly page: { readonly width: number; readonly height: number }
  readonly fonts: EnvelopeFonts
  readonly title: string
  readonly language: string
  readonly createdAt: Date
}): PageCanvas {
  const document = new PDFDocument({
    size: [pt(options.page.width), pt(options.page.height)],
    margin: 0,
    pdfVersion: '1.7',
    // Any name would make pdfkit look for a face beside itself; an empty one opens none.
    font: '',
    tagged: true,
    displayTitle: true,
    lang: options.language,
    info: { Title: options.title, Creator: options.title, Producer: options.title, CreationDate: options.createdAt },
  })
  const bytes = collect(document)
  for (const [face, font] of Object.entries(options.fonts)) document.registerFont(face, font)
  const root = document.struct('Document')
  document.addStructure(root)

  const use = (style: TextStyle): void => {
    document.font(style.face, style.size).fillColor(style.color)
  }
  const write = (as: TaggedText, draw: () => void): void => {
    const language = as.language === undefined ? {} : { lang: as.language }
    root.add(document.struct(as.tag, language, draw))
  }
  const decorate = (draw: () => void): void => {
    document.markContent('Artifact', { type: 'Layout' })
    draw()
    document.endMarkedContent()
  }
  const onBaseline = { baseline: 'alphabetic', lineBreak: false } as const

  return {
    widthOf(text, style) {
      use(style)
      return mm(document.widthOfString(text) + text.length * (style.tracking ?? 0))
    },
    line(text, place, as) {
      write(as, () => {
        use(as.style)
        const characterSpacing = as.style.tracking ?? 0
        document.text(text, pt(place.left), pt(place.baseline), { ...onBaseline, characterSpacing })
      })
    },
    paragraph(text, place, as) {
      write(as, () => {
        use(as.style)
        const lineGap = (as.style.leading ?? 1.4 * as.style.size) - document.currentLineHeight(true)
        document.text(text, pt(place.left), pt(place.baseline), {
          baseline: 'alphabetic',
          width: pt(place.width),
          lineGap,
        })
      })
      return mm(document.y)
    },
    characters(bytes, place, as) {
      write(as, () => {
        use(as.style)
        let x = pt(place.left)
        for (const byte of bytes) {
          const character = String.fromCharCode(byte)
          document.text(character, x, pt(place.baseline), onBaseline)
          x += document.widthOfString(character) + (as.style.tracking ?? 0)
        }
      })
    },
    slanted(text, center, angle, style) {
      use(style)
      const [x, y] = [pt(center.x), pt(center.y)]
      const left = x - document.widthOfString(text) / 2
      decorate(() => {
        // The text is given apart from its glyphs: copied off the page, slanted letters would come out line by line.
        document.markContent('Span', { actual: text })
        document.save().rotate(-angle, { origin: [x, y] })
        document.text(text, left, y + style.size / 3, onBaseline)
        document.restore().endMarkedContent()
      })
    },
    panel(area, look) {
      decorate(() => {
        const draw = (): void => {
          document.roundedRect(pt(area.left), pt(area.top), pt(area.width), pt(area.height), pt(look.radius ?? 0))
        }
        if (look.fill !== undefined) {
          draw()
          document.fill(look.fill)
        }
        if (look.stroke !== undefined) {
          draw()
          document.lineWidth(0.75).stroke(look.stroke)
        }
      })
    },
    rule([fromX, fromY], [toX, toY], look) {
      decorate(() => {
        document.moveTo(pt(fromX), pt(fromY)).lineTo(pt(toX), pt(toY)).lineWidth(look.points).stroke(look.color)
      })
    },
    finish() {
      root.end()
      document.end()
      return bytes
    },
  }
}

/**
 * Joins what the document emits, and wipes the pieces. What pdfkit held while it drew, the glyph numbers of single
 * characters, is out of reach.
 */
function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('error', reject)
    document.on('end', () => {
      const whole = Buffer.concat(chunks)
      for (const chunk of chunks) chunk.fill(0)
      resolve(whole)
    })
  })
}

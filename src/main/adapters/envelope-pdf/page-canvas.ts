import PDFDocument from 'pdfkit'
import type { EnvelopeFace } from './envelope-fonts.ts'
import type { Area } from './envelope-layout.ts'
import { colorOperator, createSecretInk } from './secret-ink.ts'
import type { SharedFace } from './share-face.ts'
import type { TextStyle } from './text-style.ts'

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

export interface SecretPen {
  /** Writes one ASCII byte, centred on `center` millimetres. */
  character(byte: number, place: { readonly center: number; readonly baseline: number }, style: TextStyle): void
  words(text: string, place: { readonly center: number; readonly baseline: number }, style: TextStyle): void
}

/** Tagged PDF, in millimetres from the top left corner of the page. */
export interface PageCanvas {
  /** Width of one unbroken line, millimetres. */
  widthOf(text: string, style: TextStyle): number
  /** Writes one line, never broken. */
  line(text: string, place: TextPlace, as: TaggedText): void
  /** Writes words into lines of `width` millimetres; a line feed breaks too. @returns the baseline that would come next. */
  paragraph(text: string, place: TextPlace & { readonly width: number }, as: TaggedText): number
  /** Height of the lines that words take in `width` millimetres, in millimetres. */
  heightOf(text: string, width: number, style: TextStyle): number
  /**
   * Writes a secret, apart from everything else: neither compressed nor turned into a string on its way, and wiped
   * when the page is finished. Places are in millimetres.
   */
  secret(as: Pick<TaggedText, 'tag' | 'language'>, draw: (ink: SecretPen) => void): void
  /** Draws tiles of `size` millimetres, each turned one way or the other by a random bit, as decoration. */
  waves(area: Area, look: { readonly size: number; readonly line: number; readonly color: string }): void
  /** Draws a square of dark and light modules with a text for who cannot see it. */
  modules(
    area: Area,
    rows: readonly (readonly boolean[])[],
    look: { readonly color: string; readonly alt: string },
  ): void
  /** Writes one centred line across the page, `angle` degrees counter-clockwise, as decoration. */
  slanted(text: string, center: { readonly x: number; readonly y: number }, angle: number, style: TextStyle): void
  panel(
    area: Area,
    look: { readonly fill?: string; readonly stroke?: string; readonly radius?: number; readonly dash?: number },
  ): void
  rule(from: readonly [number, number], to: readonly [number, number], look: { color: string; points: number }): void
  /** Begins another page of the same size. */
  nextPage(): void
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
  readonly faces: Readonly<Record<EnvelopeFace, SharedFace>>
  /** Unpredictable bytes, for what must differ from page to page. */
  readonly random: (bytes: number) => Buffer
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
  const inside = document as unknown as PdfkitInside
  const names = new Map<string, string>()
  for (const [face, { font, alphabet }] of Object.entries(options.faces)) {
    // The types know no parsed font; pdfkit takes one.
    document.registerFont(face, font as unknown as Buffer)
    document.font(face)
    inside._font.encode(alphabet)
    inside.page.fonts[inside._font.id] = inside._font.ref()
    names.set(face, inside._font.id)
  }
  const secretPieces: Buffer[] = []
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
  let forms = 0
  /** Puts drawing operators into an object of their own. @returns the name by which the page draws it. */
  const form = (pieces: readonly Buffer[], compressed: boolean): string => {
    const box = [0, 0, pt(options.page.width), pt(options.page.height)]
    const reference = inside.ref({ Type: 'XObject', Subtype: 'Form', BBox: box, Resources: inside.page.resources })
    if (!compressed) reference.compress = false
    for (const piece of pieces) reference.write(piece)
    reference.end()
    const name = `Form${++forms}`
    inside.page.xobjects[name] = reference
    return name
  }
  const tile = (operators: string, size: number): string => {
    const reference = inside.ref({ Type: 'XObject', Subtype: 'Form', BBox: [-size, -size, 2 * size, 2 * size] })
    reference.end(Buffer.from(operators, 'latin1'))
    const name = `Tile${++forms}`
    inside.page.xobjects[name] = reference
    return name
  }
  const onBaseline = { baseline: 'alphabetic', lineBreak: false } as const

  return {
    widthOf(text, style) {
      document.font(style.face, style.size)
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
    heightOf(text, width, style) {
      document.font(style.face, style.size)
      const leading = style.leading ?? 1.4 * style.size
      const lineGap = leading - document.currentLineHeight(true)
      return mm(document.heightOfString(text, { width: pt(width), lineGap }))
    },
    secret(as, draw) {
      const pieces: Buffer[] = []
      const ink = createSecretInk({ pieces, faces: options.faces, nameOf: (face) => names.get(face) ?? '' })
      const inPoints = ({ center, baseline }: { center: number; baseline: number }) => ({
        center: pt(center),
        baseline: pt(baseline),
      })
      draw({
        character: (byte, place, style) => ink.character(byte, inPoints(place), style),
        words: (text, place, style) => ink.words(text, inPoints(place), style),
      })
      secretPieces.push(...pieces)
      const name = form(pieces, false)
      const language = as.language === undefined ? {} : { lang: as.language }
      root.add(document.struct(as.tag, language, () => void document.addContent(`/${name} Do`)))
    },
    waves(area, look) {
      const size = pt(look.size)
      const half = (size / 2).toFixed(3)
      const full = size.toFixed(3)
      // A quarter of a circle as a Bézier curve: its handles reach 0.5523 of the radius.
      const [near, far] = [(0.5523 * size) / 2, size - (0.5523 * size) / 2].map((at) => at.toFixed(3))
      const one = tile(
        `${half} 0 m ${half} ${near} ${near} ${half} 0 ${half} c ${half} ${full} m ${half} ${far} ${far} ${half} ${full} ${half} c S`,
        size,
      )
      const other = tile(
        `${half} 0 m ${half} ${near} ${far} ${half} ${full} ${half} c ${half} ${full} m ${half} ${far} ${near} ${half} 0 ${half} c S`,
        size,
      )
      const columns = Math.floor(area.width / look.size)
      const rows = Math.floor(area.height / look.size)
      const bits = options.random(Math.ceil((columns * rows) / 8))
      const stroke = colorOperator(look.color).toUpperCase()
      const lines = [
        `${stroke} ${pt(look.line).toFixed(3)} w 1 0 0 1 ${pt(area.left).toFixed(2)} ${pt(area.top).toFixed(2)} cm`,
      ]
      for (let row = 0; row < rows; row++) {
        lines.push('q')
        for (let column = 0; column < columns; column++) {
          const at = row * columns + column
          const turned = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1
          lines.push(`/${turned === 1 ? one : other} Do 1 0 0 1 ${full} 0 cm`)
        }
        lines.push(`Q 1 0 0 1 0 ${full} cm`)
      }
      bits.fill(0)
      const name = form([Buffer.from(lines.join('\n'), 'latin1')], true)
      decorate(() => {
        document.save()
        document.rect(pt(area.left), pt(area.top), pt(area.width), pt(area.height)).clip()
        document.addContent(`/${name} Do`)
        document.restore()
      })
    },
    modules(area, rows, look) {
      const side = pt(area.width) / rows.length
      root.add(
        document.struct('Figure', { alt: look.alt }, () => {
          rows.forEach((row, y) => {
            row.forEach((dark, x) => {
              if (!dark || row[x - 1] === true) return
              const end = row.indexOf(false, x)
              const length = (end === -1 ? row.length : end) - x
              document.rect(pt(area.left) + x * side, pt(area.top) + y * side, length * side, side)
            })
          })
          document.fill(look.color)
        }),
      )
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
          document.lineWidth(0.75)
          if (look.dash !== undefined) document.dash(look.dash, {})
          document.stroke(look.stroke)
          if (look.dash !== undefined) document.undash()
        }
      })
    },
    rule([fromX, fromY], [toX, toY], look) {
      decorate(() => {
        document.moveTo(pt(fromX), pt(fromY)).lineTo(pt(toX), pt(toY)).lineWidth(look.points).stroke(look.color)
      })
    },
    nextPage() {
      document.addPage()
    },
    async finish() {
      root.end()
      document.end()
      const whole = await bytes
      for (const piece of secretPieces) piece.fill(0)
      return whole
    },
  }
}

/** What the types of pdfkit leave out. */
interface PdfkitInside {
  readonly page: {
    readonly fonts: Record<string, unknown>
    readonly xobjects: Record<string, unknown>
    readonly resources: unknown
  }
  readonly _font: { readonly id: string; encode(text: string): unknown; ref(): unknown }
  ref(data: Readonly<Record<string, unknown>>): {
    compress: boolean
    write(bytes: Uint8Array): void
    end(bytes?: Uint8Array): void
  }
}

/**
 * Joins what the document emits, and wipes the pieces. A secret is copied twice on its way: pdfkit joins the Buffers of
 * its form to one, which is a piece here, and the whole is made of the pieces. Both are wiped, the whole by the caller.
 * Numbers of glyphs, which the engine held as integers while drawing, are out of reach.
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

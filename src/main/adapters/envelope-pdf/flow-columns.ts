import type { Area } from './envelope-layout.ts'
import type { PageCanvas } from './page-canvas.ts'
import type { TextStyle } from './text-style.ts'

export interface FlowingText {
  readonly text: string
  readonly tag: 'H1' | 'H2' | 'P'
  /** At size 1: the size of the flow multiplies `size`. Leading is a multiple of the size. */
  readonly style: TextStyle & { readonly leading: number }
  /** Free space above, as a multiple of the flow's size; the first text of a column has none. */
  readonly gap?: number
  /** Stands to the left of the text, which is indented. */
  readonly marker?: { readonly text: string; readonly style: TextStyle; readonly indent: number }
}

export interface FlowColumn {
  readonly language?: string
  readonly left: number
  readonly width: number
  readonly texts: readonly FlowingText[]
}

const MM_PER_POINT = 25.4 / 72

/** Divides an area into columns of equal width. */
export function columnsOf(area: Area, count: number, gutter: number): readonly { left: number; width: number }[] {
  const width = (area.width - gutter * (count - 1)) / count
  return Array.from({ length: count }, (_, index) => ({ width, left: area.left + index * (width + gutter) }))
}

/**
 * The largest size in which every column fits into the height. Quarter points.
 * @returns undefined where they do not fit in the smallest.
 */
export function fitFlow(
  canvas: PageCanvas,
  height: number,
  columns: readonly FlowColumn[],
  sizes: { readonly largest: number; readonly smallest: number },
): number | undefined {
  for (let size = sizes.largest; size >= sizes.smallest; size -= 0.25) {
    if (columns.every((column) => heightOf(canvas, column, size) <= height)) return size
  }
  return undefined
}

function heightOf(canvas: PageCanvas, column: FlowColumn, size: number): number {
  return column.texts.reduce((sum, text, index) => {
    const gap = index === 0 ? 0 : (text.gap ?? 0) * size * MM_PER_POINT
    return sum + gap + canvas.heightOf(text.text, widthFor(column, text, size), scaled(text.style, size))
  }, 0)
}

/** Writes the columns from the top of the area. */
export function writeFlow(canvas: PageCanvas, top: number, columns: readonly FlowColumn[], size: number): void {
  for (const column of columns) {
    const { left, language } = column
    let y = top
    column.texts.forEach((text, index) => {
      const style = scaled(text.style, size)
      if (index > 0) y += (text.gap ?? 0) * size * MM_PER_POINT
      const leading = style.leading * MM_PER_POINT
      // Cap height and half of what the leading adds: so the first line's capitals begin near the top.
      const baseline = y + 0.5 * leading + 0.36 * style.size * MM_PER_POINT
      const as = { tag: text.tag, style, ...(language === undefined ? {} : { language }) }
      const indent = text.marker === undefined ? 0 : text.marker.indent * size * MM_PER_POINT
      if (text.marker !== undefined) {
        const markerStyle = { ...text.marker.style, size: text.marker.style.size * size }
        canvas.line(text.marker.text, { left, baseline }, { tag: 'P', style: markerStyle })
      }
      canvas.paragraph(text.text, { left: left + indent, width: widthFor(column, text, size), baseline }, as)
      y += canvas.heightOf(text.text, widthFor(column, text, size), style)
    })
  }
}

function widthFor(column: FlowColumn, text: FlowingText, size: number): number {
  return column.width - (text.marker === undefined ? 0 : text.marker.indent * size * MM_PER_POINT)
}

function scaled(style: FlowingText['style'], size: number): FlowingText['style'] {
  return { ...style, size: style.size * size, leading: style.leading * style.size * size }
}

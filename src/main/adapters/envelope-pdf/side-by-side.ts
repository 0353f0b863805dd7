import type { Area } from './envelope-layout.ts'
import { type EnvelopeTexts, envelopeTexts } from './envelope-texts.ts'

const GUTTER = 10

export interface TextColumn {
  readonly texts: EnvelopeTexts
  /** Millimetres. */
  readonly left: number
  readonly width: number
}

/** Divides an area into one column for each language. */
export function sideBySide(area: Pick<Area, 'left' | 'width'>): readonly TextColumn[] {
  const width = (area.width - GUTTER * (envelopeTexts.length - 1)) / envelopeTexts.length
  return envelopeTexts.map((texts, column) => ({ texts, width, left: area.left + column * (width + GUTTER) }))
}

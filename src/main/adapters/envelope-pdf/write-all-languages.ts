import { type EnvelopeTexts, envelopeTexts } from './envelope-texts.ts'
import type { PageCanvas, TextPlace, TextStyle } from './page-canvas.ts'

/** Writes a short text in all languages on one line, each tagged with its own. */
export function writeAllLanguages(
  canvas: PageCanvas,
  place: TextPlace,
  word: (texts: EnvelopeTexts) => string,
  style: TextStyle,
): void {
  let { left } = place
  envelopeTexts.forEach((texts, index) => {
    const text = index === 0 ? word(texts) : ` / ${word(texts)}`
    canvas.line(text, { ...place, left }, { tag: 'P', language: texts.language, style })
    left += canvas.widthOf(text, style)
  })
}

import type { EnvelopeContent } from '../../../shared/domain/envelope.ts'
import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import { fitSize } from './fit-size.ts'
import type { PageCanvas, TextStyle } from './page-canvas.ts'
import { sideBySide } from './side-by-side.ts'
import { writeAllLanguages } from './write-all-languages.ts'

const PADDING = 8
const PORTAL: TextStyle = { face: 'medium', size: 9, color: envelopePalette.accent }
const TITLE: TextStyle = { face: 'semiBold', size: 21, color: envelopePalette.ink, leading: 25.5 }
const PURPOSE: TextStyle = { face: 'regular', size: 9.5, color: envelopePalette.ink, leading: 14 }
const LABEL: TextStyle = { face: 'medium', size: 9, color: envelopePalette.quiet }
const ADDRESS: TextStyle = { face: 'semiBold', size: 17, color: envelopePalette.accent }
const ADDRESS_MIN_SIZE = 9

/**
 * Writes what an outsider may see: what this sheet is, and the portal's address.
 * @returns the name of what does not fit: the address.
 */
export function writeCover(canvas: PageCanvas, layout: EnvelopeLayout, content: EnvelopeContent): string | undefined {
  const { cover, address } = layout
  for (const { texts, left, width } of sideBySide(cover)) {
    const { language } = texts
    canvas.line(texts.portal, { left, baseline: cover.top + 7 }, { tag: 'P', language, style: PORTAL })
    canvas.paragraph(texts.title, { left, width, baseline: cover.top + 20 }, { tag: 'H1', language, style: TITLE })
    const place = { left, width, baseline: cover.top + 38 }
    canvas.paragraph(texts.purpose[content.action], place, { tag: 'P', language, style: PURPOSE })
  }

  const left = address.left + PADDING
  const size = fitSize({
    natural: canvas.widthOf(content.portalUrl, ADDRESS),
    available: address.width - 2 * PADDING,
    size: ADDRESS.size,
    minSize: ADDRESS_MIN_SIZE,
  })
  if (size === undefined) return 'portal-url'
  writeAllLanguages(canvas, { left, baseline: address.top + 7 }, (texts) => texts.address, LABEL)
  canvas.line(content.portalUrl, { left, baseline: address.top + 15 }, { tag: 'P', style: { ...ADDRESS, size } })
  return undefined
}

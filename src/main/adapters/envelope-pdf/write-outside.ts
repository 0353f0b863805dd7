import type { EnvelopeContent } from '../../../shared/domain/envelope.ts'
import { dayOf } from './day-of.ts'
import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import type { EnvelopeTexts } from './envelope-texts.ts'
import { fitSize } from './fit-size.ts'
import { columnsOf, type FlowingText } from './flow-columns.ts'
import type { FlowWriter } from './flow-writer.ts'
import type { PageCanvas } from './page-canvas.ts'
import type { TextStyle } from './text-style.ts'

const { ink, quiet, accent } = envelopePalette
const ADDRESS_SIZES = { largest: 14, smallest: 6.5 }

/**
 * Writes what an outsider may see: what this is, for whose hands, the portal's address, a number and a date.
 * @returns the name of what does not fit: the address, the reference, or the layout's own words.
 */
export function writeOutside(
  canvas: PageCanvas,
  layout: EnvelopeLayout,
  content: EnvelopeContent,
  languages: readonly EnvelopeTexts[],
  write: FlowWriter,
): string | undefined {
  const { address, purpose, flap } = layout
  const narrow = address.width < 70
  const urlHeight = narrow ? 5 : 7
  const noteHeight = narrow ? 3.4 : 4.2

  const heading: FlowingText[] = languages.flatMap((texts, index) => [
    {
      text: texts.portal,
      tag: 'P',
      gap: index === 0 ? 0 : 0.45,
      style: { face: 'regular', size: 0.64, color: accent, leading: 1.3 },
    },
    { text: texts.title, tag: 'H1', gap: 0.02, style: { face: 'semiBold', size: 1, color: ink, leading: 1.18 } },
  ])
  const fits = write({
    canvas,
    key: `${layout.id} address ${languages.length}`,
    area: { ...address, height: address.height - urlHeight - noteHeight - (narrow ? 1 : 2) },
    columns: [{ left: address.left, width: address.width, texts: heading }],
    sizes: ADDRESS_SIZES,
  })
  if (!fits) return 'address'

  const url: TextStyle = { face: 'semiBold', size: narrow ? 10 : 14, color: accent }
  const size = fitSize({
    natural: canvas.widthOf(content.portalUrl, url),
    available: address.width,
    size: url.size,
    minSize: narrow ? 4.5 : 6,
  })
  if (size === undefined) return 'portal-url'
  const note: TextStyle = { face: 'regular', size: narrow ? 6.5 : 8, color: quiet }
  const noteBaseline = address.top + address.height - 1
  canvas.line(
    content.portalUrl,
    { left: address.left, baseline: noteBaseline - noteHeight - 0.6 },
    { tag: 'P', style: { ...url, size } },
  )
  const reference = `№ ${content.reference} · ${dayOf(content.issuedAt)}`
  if (canvas.widthOf(reference, note) > address.width) return 'reference'
  canvas.line(reference, { left: address.left, baseline: noteBaseline }, { tag: 'P', style: note })

  const beside = languages.flatMap((texts, index): FlowingText[] => [
    {
      text: texts.personal,
      tag: 'P',
      gap: index === 0 ? 0 : 0.7,
      style: { face: 'semiBold', size: 1, color: ink, leading: 1.3 },
    },
    {
      text: texts.purpose[content.action],
      tag: 'P',
      gap: 0.1,
      style: { face: 'regular', size: 1, color: quiet, leading: 1.32 },
    },
  ])
  const told = write({
    canvas,
    key: `${layout.id} purpose ${languages.length} ${content.action}`,
    area: purpose,
    columns: [{ left: purpose.left, width: purpose.width, texts: beside }],
    sizes: { largest: 9.5, smallest: 5.5 },
  })
  if (!told) return 'purpose'

  if (flap !== undefined) {
    canvas.panel(flap, { stroke: envelopePalette.foldMark, radius: 2, dash: 3 })
    const columns = columnsOf({ ...flap, left: flap.left + 6, width: flap.width - 12 }, languages.length, 8)
    const glued = write({
      canvas,
      key: `${layout.id} flap ${languages.length}`,
      area: { ...flap, top: flap.top + 5, height: flap.height - 7 },
      columns: languages.map(({ language, flap }, index) => ({
        ...(columns[index] ?? { left: 0, width: 0 }),
        language,
        texts: [{ text: flap, tag: 'P', style: { face: 'regular', size: 1, color: quiet, leading: 1.3 } }],
      })),
      sizes: { largest: 9, smallest: 6 },
    })
    if (!glued) return 'flap'
  }
  return undefined
}

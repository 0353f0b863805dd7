import type { EnvelopeContent } from '../../../shared/domain/envelope.ts'
import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import { envelopeTexts } from './envelope-texts.ts'
import type { PageCanvas, TextStyle } from './page-canvas.ts'

const SMALL: TextStyle = { face: 'regular', size: 7.5, color: envelopePalette.quiet }

/** Kazakhstan keeps one time all over the country since 1 March 2024, whatever the workstation's clock is set to. */
const day = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Asia/Almaty',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
})

/**
 * Writes the date and the reference by which the audit log finds this sheet.
 * @returns the name of what does not fit beside the date: the reference.
 */
export function writeFooter(
  canvas: PageCanvas,
  { footer }: EnvelopeLayout,
  content: EnvelopeContent,
): string | undefined {
  const baseline = footer.top + 4.5
  const date = `${envelopeTexts.map(({ issued }) => issued).join(' / ')}: ${day.format(content.issuedAt)}`
  const reference = `№ ${content.reference}`
  const referenceWidth = canvas.widthOf(reference, SMALL)
  if (canvas.widthOf(date, SMALL) + referenceWidth > footer.width - 10) return 'reference'
  canvas.line(date, { left: footer.left, baseline }, { tag: 'P', style: SMALL })
  const left = footer.left + footer.width - referenceWidth
  canvas.line(reference, { left, baseline }, { tag: 'P', style: SMALL })
  return undefined
}

import encodeQR from 'qr'
import type { EnvelopeContent } from '../../../shared/domain/envelope.ts'
import { dayOf } from './day-of.ts'
import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import { type EnvelopeTexts, helplineNumber } from './envelope-texts.ts'
import { columnsOf, type FlowColumn } from './flow-columns.ts'
import type { FlowWriter } from './flow-writer.ts'
import type { PageCanvas } from './page-canvas.ts'
import type { TextStyle } from './text-style.ts'

const { ink, quiet, accent, line } = envelopePalette

/**
 * Writes what the citizen reads on opening: what to do first, the portal's address as a QR code, what to mind, whom to
 * call, the date and the reference by which the audit log finds this sheet.
 * @returns the name of what does not fit.
 */
export function writeInside(
  canvas: PageCanvas,
  layout: EnvelopeLayout,
  content: EnvelopeContent,
  languages: readonly EnvelopeTexts[],
  write: FlowWriter,
): string | undefined {
  const { steps, qr, cautions } = layout
  const count = languages.length
  const gutter = layout.page.width < 180 || count > 2 ? 4 : 7

  const stepColumns = columnsOf(steps, count, gutter)
  const told = write({
    canvas,
    key: `${layout.id} steps ${count}`,
    area: steps,
    columns: languages.map((texts, index): FlowColumn => {
      const place = stepColumns[index] ?? { left: 0, width: 0 }
      return {
        ...place,
        language: texts.language,
        texts: [
          { text: texts.stepsTitle, tag: 'H2', style: { face: 'semiBold', size: 1.3, color: ink, leading: 1.25 } },
          ...texts.steps.flatMap(({ title, body }, step): FlowColumn['texts'] => [
            {
              text: title,
              tag: 'P',
              gap: step === 0 ? 0.5 : 0.6,
              style: { face: 'semiBold', size: 1, color: ink, leading: 1.3 },
              marker: { text: `${step + 1}`, indent: 1.6, style: { face: 'semiBold', size: 1, color: accent } },
            },
            ...(layout.detail === 'brief'
              ? []
              : [
                  {
                    text: body,
                    tag: 'P',
                    style: { face: 'regular', size: 0.95, color: ink, leading: 1.32 },
                    marker: { text: '', indent: 1.6, style: { face: 'regular', size: 1, color: ink } },
                  } as const,
                ]),
          ]),
        ],
      }
    }),
    sizes: { largest: 10, smallest: 6 },
  })
  if (!told) return 'steps'

  // The library draws a light border of one module at least; the paper around is border enough.
  const framed = encodeQR(content.portalUrl, 'raw', { ecc: 'medium', border: 1 })
  const modules = framed.slice(1, -1).map((row) => row.slice(1, -1))
  canvas.modules(qr, modules, {
    color: envelopePalette.black,
    alt: `QR: ${content.portalUrl}`,
  })
  const scan: TextStyle = { face: 'regular', size: layout.page.width < 180 ? 5.5 : 7, color: quiet }
  languages.forEach(({ scan: text, language }, index) => {
    const left = qr.left + (qr.width - canvas.widthOf(text, scan)) / 2
    canvas.line(
      text,
      { left, baseline: qr.top + qr.height + (index + 1) * scan.size * 0.44 },
      { tag: 'P', language, style: scan },
    )
  })

  const cautionColumns = columnsOf(cautions, count, gutter)
  const warned = write({
    canvas,
    key: `${layout.id} cautions ${count}`,
    area: cautions,
    columns: languages.map((texts, index) => ({
      ...(cautionColumns[index] ?? { left: 0, width: 0 }),
      language: texts.language,
      texts: (layout.detail === 'brief' ? texts.cautionsBrief : texts.cautions).map((text) => ({
        text,
        tag: 'P' as const,
        gap: 0.35,
        style: { face: 'regular' as const, size: 1, color: ink, leading: 1.3 },
      })),
    })),
    sizes: { largest: 8.5, smallest: 5 },
  })
  if (!warned) return 'cautions'
  return writeHelpline(canvas, layout, languages, write) ?? writeFooter(canvas, layout, content, languages)
}

/** The number, and beside or below it whose it is. */
function writeHelpline(
  canvas: PageCanvas,
  { id, helpline }: EnvelopeLayout,
  languages: readonly EnvelopeTexts[],
  write: FlowWriter,
): string | undefined {
  const wide = helpline.width > 100
  const size = wide ? 24 : helpline.width < 40 ? 17 : 22
  const number: TextStyle = { face: 'semiBold', size, color: accent }
  const cap = (0.72 * size * 25.4) / 72
  canvas.panel(helpline, { fill: envelopePalette.tint, radius: 2 })
  const padding = wide ? 5 : 2.5
  const baseline = wide ? helpline.top + (helpline.height + cap) / 2 : helpline.top + padding + cap - 0.5
  canvas.line(helplineNumber, { left: helpline.left + padding, baseline }, { tag: 'P', style: number })
  const numberWidth = canvas.widthOf(helplineNumber, number)
  const area = wide
    ? {
        left: helpline.left + padding + numberWidth + 8,
        width: helpline.width - 2 * padding - numberWidth - 8,
        top: helpline.top + 1.6,
        height: helpline.height - 2.4,
      }
    : {
        left: helpline.left + padding,
        width: helpline.width - 2 * padding,
        top: baseline + 1.2,
        height: helpline.top + helpline.height - baseline - 1.6,
      }
  const texts = (of: EnvelopeTexts): FlowColumn['texts'] => [
    { text: of.helpline, tag: 'P', style: { face: 'semiBold', size: 1, color: ink, leading: 1.28 } },
    { text: of.helplineHint, tag: 'P', style: { face: 'regular', size: 1, color: quiet, leading: 1.28 } },
  ]
  const places = columnsOf(area, wide ? languages.length : 1, 6)
  const columns: readonly FlowColumn[] = wide
    ? languages.map((of, index) => ({ ...(places[index] ?? area), language: of.language, texts: texts(of) }))
    : [{ left: area.left, width: area.width, texts: languages.flatMap((of) => texts(of).slice(0, 1)) }]
  const fits = write({
    canvas,
    key: `${id} helpline ${languages.length}`,
    area,
    columns,
    sizes: { largest: 9, smallest: 4.75 },
  })
  return fits ? undefined : 'helpline'
}

function writeFooter(
  canvas: PageCanvas,
  { footer }: EnvelopeLayout,
  content: EnvelopeContent,
  languages: readonly EnvelopeTexts[],
): string | undefined {
  const style: TextStyle = { face: 'regular', size: footer.width < 150 ? 6 : 7.5, color: quiet }
  const right = footer.left + footer.width
  canvas.rule([footer.left, footer.top], [right, footer.top], { color: line, points: 0.5 })
  const baseline = footer.top + footer.height - 1.2
  const date = `${languages.map(({ issued }) => issued).join(' / ')}: ${dayOf(content.issuedAt)}`
  const reference = `№ ${content.reference}`
  const referenceWidth = canvas.widthOf(reference, style)
  if (canvas.widthOf(date, style) + referenceWidth > footer.width - 6) return 'reference'
  canvas.line(date, { left: footer.left, baseline }, { tag: 'P', style })
  canvas.line(reference, { left: right - referenceWidth, baseline }, { tag: 'P', style })
  return undefined
}

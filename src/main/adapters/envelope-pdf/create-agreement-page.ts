import { randomBytes } from 'node:crypto'
import type { UserAgreement } from '../../../shared/domain/user-agreement.ts'
import { fail, succeed } from '../../../shared/result.ts'
import type { AgreementPage } from '../../ports/document-pages.ts'
import { agreementText, agreementWords } from './agreement-texts.ts'
import { dayOf } from './day-of.ts'
import { printable, shareDocumentFaces } from './document-faces.ts'
import { drawTrainingMark } from './draw-training-mark.ts'
import type { EnvelopeFonts } from './envelope-fonts.ts'
import { envelopePalette } from './envelope-palette.ts'
import { fitFlow, writeFlow } from './flow-columns.ts'
import { createPageCanvas, type PageCanvas } from './page-canvas.ts'
import type { TextStyle } from './text-style.ts'

const { ink, quiet, accent, line } = envelopePalette
const page = { width: 210, height: 297 }
const area = { left: 22, top: 20, width: 166, height: 257 }
const LABEL: TextStyle = { face: 'regular', size: 8, color: quiet }
const VALUE: TextStyle = { face: 'semiBold', size: 11, color: ink }

/** Makes the user agreement for signature: one A4 page; the citizen's data are on paper alone, not in the metadata. */
export function createAgreementPage(options: { readonly fonts: EnvelopeFonts }): AgreementPage {
  const faces = shareDocumentFaces(options.fonts, [
    ...agreementText.flatMap(({ heading, clauses }) => [heading, ...clauses]),
    ...Object.values(agreementWords).flatMap((word) => Object.values(word)),
  ])
  return {
    async render(agreement) {
      if (!/^\d{12}$/.test(agreement.citizen.iin)) return fail({ code: 'print.layout', detail: 'iin' })
      const canvas = createPageCanvas({
        page,
        faces,
        random: randomBytes,
        title: 'АРМ ЦОН',
        language: 'ru-KZ',
        createdAt: agreement.date,
      })
      if (agreement.training) drawTrainingMark(canvas, { page })
      const misfit = write(canvas, agreement)
      const pdf = await canvas.finish()
      if (misfit === undefined) return succeed(pdf)
      pdf.fill(0)
      return fail({ code: 'print.layout', detail: misfit })
    },
  }

  function write(canvas: PageCanvas, agreement: UserAgreement): string | undefined {
    const right = area.left + area.width
    canvas.rule([area.left, area.top], [right, area.top], { color: line, points: 0.75 })
    canvas.rule([area.left, area.top], [area.left + 24, area.top], { color: accent, points: 3 })
    const half = (area.width - 8) / 2
    for (const [index, language] of (['kk', 'ru'] as const).entries()) {
      const left = area.left + index * (half + 8)
      const as = { language: language === 'kk' ? 'kk-KZ' : 'ru-KZ' }
      const title: TextStyle = { face: 'semiBold', size: 13.5, color: ink }
      canvas.line(agreementWords.title[language], { left, baseline: area.top + 10 }, { tag: 'H1', style: title, ...as })
      const subject: TextStyle = { face: 'regular', size: 9, color: quiet, leading: 12 }
      const place = { left, baseline: area.top + 16, width: half }
      canvas.paragraph(agreementWords.subject[language], place, { tag: 'P', style: subject, ...as })
    }

    const { name, iin, mobile } = agreement.citizen
    const fields = [
      { word: agreementWords.name, value: printable(name, faces.semiBold), left: area.left, width: 82, rows: 2 },
      { word: agreementWords.iin, value: iin, left: area.left + 88, width: 30, rows: 1 },
      {
        word: agreementWords.mobile,
        value: printable(mobile ?? '', faces.semiBold),
        left: area.left + 124,
        width: 42,
        rows: 1,
      },
    ]
    for (const { word, value, left, width, rows } of fields) {
      canvas.line(
        `${word.kk} / ${word.ru}`,
        { left, baseline: area.top + 32 },
        { tag: 'P', style: narrow(canvas, `${word.kk} / ${word.ru}`, LABEL, width) },
      )
      const style = fitted(canvas, value, VALUE, width, rows)
      if (style === undefined) return 'name'
      if (value !== '') canvas.paragraph(value, { left, baseline: area.top + 37.5, width }, { tag: 'P', style })
      canvas.rule([left, area.top + 44.5], [left + width, area.top + 44.5], { color: line, points: 0.5 })
    }

    const body = { left: area.left, width: area.width, language: 'ru-KZ', texts: bodyTexts() }
    const size = fitFlow(canvas, 142, [body], { largest: 10, smallest: 7 })
    if (size === undefined) return 'agreement'
    writeFlow(canvas, area.top + 51, [body], size)

    const bottom = area.top + area.height
    const confirmed: TextStyle = { face: 'semiBold', size: 9, color: ink, leading: 12.5 }
    let baseline = bottom - 48
    for (const language of ['kk', 'ru'] as const) {
      const as = { tag: 'P', language: language === 'kk' ? 'kk-KZ' : 'ru-KZ', style: confirmed } as const
      baseline = canvas.paragraph(
        agreementWords.confirmation[language],
        { left: area.left, baseline, width: area.width },
        as,
      )
      baseline += 1.5
    }
    const operator = printable(`${agreement.operator} · ${agreement.workstation}`, faces.semiBold)
    const signed = [
      { word: agreementWords.signature, left: area.left, width: 78, value: '' },
      { word: agreementWords.date, left: area.left + 88, width: 28, value: dayOf(agreement.date) },
      { word: agreementWords.operator, left: area.left + 126, width: 40, value: operator },
    ]
    for (const { word, left, width, value } of signed) {
      const style = fitted(canvas, value, { ...VALUE, size: 10 }, width, 1)
      if (style === undefined) return 'operator'
      if (value !== '') canvas.line(value, { left, baseline: bottom - 15 }, { tag: 'P', style })
      canvas.rule([left, bottom - 13], [left + width, bottom - 13], { color: ink, points: 0.5 })
      const label = `${word.kk} / ${word.ru}`
      canvas.line(label, { left, baseline: bottom - 9 }, { tag: 'P', style: narrow(canvas, label, LABEL, width) })
    }
    const reference = printable(`№ ${agreement.reference}`, faces.regular)
    if (canvas.widthOf(reference, LABEL) > area.width) return 'reference'
    canvas.line(
      reference,
      { left: right - canvas.widthOf(reference, LABEL), baseline: bottom },
      { tag: 'P', style: LABEL },
    )
    return undefined
  }
}

function bodyTexts() {
  return agreementText.flatMap(({ heading, clauses }) => [
    {
      text: heading,
      tag: 'H2' as const,
      gap: 0.9,
      style: { face: 'semiBold' as const, size: 1.05, color: ink, leading: 1.3 },
    },
    ...clauses.map((text) => ({
      text,
      tag: 'P' as const,
      gap: 0.35,
      style: { face: 'regular' as const, size: 1, color: ink, leading: 1.38 },
    })),
  ])
}

/** The same style, smaller where the line is wider than its field. */
function narrow(canvas: PageCanvas, text: string, style: TextStyle, width: number): TextStyle {
  return { ...style, size: style.size * Math.min(1, width / canvas.widthOf(text, style)) }
}

/** The largest style in which a text takes no more rows than given; undefined below six points. */
function fitted(
  canvas: PageCanvas,
  text: string,
  style: TextStyle,
  width: number,
  rows: number,
): TextStyle | undefined {
  const longest = Math.max(0, ...text.split(/[ -]/).map((word) => canvas.widthOf(word, style)))
  for (let size = style.size; size >= 5; size -= 0.25) {
    const smaller = { ...style, size, leading: 1.15 * size }
    if ((longest * size) / style.size > width) continue
    if (text === '' || canvas.heightOf(text, width, smaller) <= (rows * 1.16 * size * 25.4) / 72) return smaller
    // A smaller letter leaves room for more rows on the same lines.
    if (canvas.heightOf(text, width, smaller) <= rows * 4.1) return smaller
  }
  return undefined
}

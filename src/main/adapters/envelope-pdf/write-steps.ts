import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import { helplineNumber } from './envelope-texts.ts'
import type { PageCanvas, TextStyle } from './page-canvas.ts'
import { sideBySide } from './side-by-side.ts'

const PADDING = 8
const HEADING: TextStyle = { face: 'semiBold', size: 13, color: envelopePalette.ink }
const NUMBER: TextStyle = { face: 'semiBold', size: 13, color: envelopePalette.accent }
const STEP: TextStyle = { face: 'semiBold', size: 9.5, color: envelopePalette.ink }
const BODY: TextStyle = { face: 'regular', size: 9, color: envelopePalette.ink, leading: 12 }
const STEP_INDENT = 8
const HELPLINE: TextStyle = { face: 'semiBold', size: 9.5, color: envelopePalette.ink }
const HINT: TextStyle = { face: 'regular', size: 8.5, color: envelopePalette.quiet }
const HELPLINE_NUMBER: TextStyle = { face: 'semiBold', size: 24, color: envelopePalette.accent }

/** Writes what the citizen does first, and whom he may ask. */
export function writeSteps(canvas: PageCanvas, { steps, helpline }: EnvelopeLayout): void {
  for (const { texts, left, width } of sideBySide(steps)) {
    const { language } = texts
    canvas.line(texts.stepsTitle, { left, baseline: steps.top + 5 }, { tag: 'H2', language, style: HEADING })
    let baseline = steps.top + 13
    texts.steps.forEach((step, index) => {
      const indented = { left: left + STEP_INDENT, width: width - STEP_INDENT }
      canvas.line(`${index + 1}`, { left, baseline: baseline + 0.3 }, { tag: 'P', style: NUMBER })
      canvas.line(step.title, { ...indented, baseline }, { tag: 'P', language, style: STEP })
      const place = { ...indented, baseline: baseline + 4.6 }
      baseline = canvas.paragraph(step.body, place, { tag: 'P', language, style: BODY }) + 1.8
    })
  }

  const inner = { left: helpline.left + 34, width: helpline.width - 34 - PADDING }
  const place = { left: helpline.left + PADDING, baseline: helpline.top + 11.5 }
  canvas.line(helplineNumber, place, { tag: 'P', style: HELPLINE_NUMBER })
  for (const { texts, left } of sideBySide(inner)) {
    const { language } = texts
    canvas.line(texts.helpline, { left, baseline: helpline.top + 7.5 }, { tag: 'P', language, style: HELPLINE })
    canvas.line(texts.helplineHint, { left, baseline: helpline.top + 12.2 }, { tag: 'P', language, style: HINT })
  }
}

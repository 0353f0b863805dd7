import type { EnvelopeContent } from '../../../shared/domain/envelope.ts'
import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import { type EnvelopeTexts, envelopeTexts } from './envelope-texts.ts'
import { fitSize } from './fit-size.ts'
import type { PageCanvas, TextPlace, TextStyle } from './page-canvas.ts'
import { sideBySide } from './side-by-side.ts'
import { writeAllLanguages } from './write-all-languages.ts'

const PADDING = 8
const LABEL_COLUMN = 34
/** From the baseline of one language's label to the next, millimetres. The value stands on the last one. */
const LABEL_LEADING = 5.5
const LABEL: TextStyle = { face: 'medium', size: 11.5, color: envelopePalette.accent }
const SECRET: TextStyle = { face: 'mono', size: 26, color: envelopePalette.ink }
const SECRET_MIN_SIZE = 8
/** Share of the size. Above 0.1 programs that copy text off the page would see a space. */
const TRACKING = 0.05
const MEANING: TextStyle = { face: 'regular', size: 8.5, color: envelopePalette.quiet }
const CAUTION: TextStyle = { face: 'regular', size: 8.5, color: envelopePalette.ink, leading: 12 }

/**
 * Writes login and password, each as one unbroken run to the right of its labels. What stands below begins further
 * left: so text extraction does not take it for the next line of the password and drop a hyphen at its end.
 * @returns the name of what does not fit on a line in a readable size: the password.
 */
export function writeSecret(canvas: PageCanvas, layout: EnvelopeLayout, content: EnvelopeContent): string | undefined {
  const { secret } = layout
  const inner = { left: secret.left + PADDING, width: secret.width - 2 * PADDING }
  const value = { left: inner.left + LABEL_COLUMN, width: inner.width - LABEL_COLUMN }
  const rule = (y: number): void => {
    canvas.rule([inner.left, y], [inner.left + inner.width, y], { color: envelopePalette.line, points: 0.75 })
  }

  // With the words, not with the blank form, so that the training mark does not break the line.
  canvas.panel(secret, { stroke: envelopePalette.accent, radius: 3 })

  const login = { ...SECRET, tracking: SECRET.size * TRACKING }
  const loginBaseline = secret.top + 16
  writeLabels(canvas, { left: inner.left, baseline: loginBaseline }, (texts) => texts.login)
  canvas.line(content.login, { left: value.left, baseline: loginBaseline }, { tag: 'P', style: login })
  const meaning = { left: value.left, baseline: loginBaseline + 6 }
  writeAllLanguages(canvas, meaning, (texts) => texts.loginMeaning, MEANING)
  rule(secret.top + 28)

  const size = fitSize({
    natural: content.password.length * canvas.widthOf('0', login),
    available: value.width,
    size: SECRET.size,
    minSize: SECRET_MIN_SIZE,
  })
  if (size === undefined) return 'password'
  const password = { ...SECRET, size, tracking: size * TRACKING }
  const passwordBaseline = secret.top + 41.5
  writeLabels(canvas, { left: inner.left, baseline: passwordBaseline }, (texts) => texts.password)
  canvas.characters(content.password, { left: value.left, baseline: passwordBaseline }, { tag: 'P', style: password })
  rule(secret.top + 49)

  for (const { texts, left, width } of sideBySide(inner)) {
    let baseline = secret.top + 56
    for (const caution of texts.cautions) {
      const as = { tag: 'P', language: texts.language, style: CAUTION } as const
      baseline = canvas.paragraph(caution, { left, width, baseline }, as) + 0.8
    }
  }
  return undefined
}

/**
 * One language below the other, both in the same size, the last one on the value's baseline: so they begin above
 * the value, and text extraction puts them before it.
 */
function writeLabels(canvas: PageCanvas, value: TextPlace, word: (texts: EnvelopeTexts) => string): void {
  const first = value.baseline - LABEL_LEADING * (envelopeTexts.length - 1)
  envelopeTexts.forEach((texts, row) => {
    const place = { left: value.left, baseline: first + row * LABEL_LEADING }
    canvas.line(word(texts), place, { tag: 'P', language: texts.language, style: LABEL })
  })
}

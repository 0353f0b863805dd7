import type { EnvelopeContent } from '../../../shared/domain/envelope.ts'
import { kindOf } from './describe-character.ts'
import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import type { EnvelopeTexts } from './envelope-texts.ts'
import type { PageCanvas } from './page-canvas.ts'
import { CAP, firstNameBelow, type SecretGeometry, secretGeometry, smallestCharacter } from './secret-geometry.ts'
import type { TextStyle } from './text-style.ts'

const { black, quiet, ink, accent, line } = envelopePalette

/**
 * Writes login and password, character by character from their bytes, and below each what it is.
 * @returns the name of what does not fit in a readable size: the password.
 */
export function writeSecret(
  canvas: PageCanvas,
  layout: EnvelopeLayout,
  content: EnvelopeContent,
  languages: readonly EnvelopeTexts[],
): string | undefined {
  const { secret } = layout
  const geometry = secretGeometry(secret, { length: content.password.length, languages: languages.length })
  const { login, password, names, rule } = geometry
  if (password.size < smallestCharacter) return 'password'
  // With the words, not with the blank form, so that the training mark does not break the line.
  canvas.panel(secret, { stroke: accent, radius: 2 })

  writeLabels(canvas, geometry, login, languages, ({ login }) => login)
  const loginStyle: TextStyle = { face: 'mono', size: login.size, color: black }
  canvas.secret({ tag: 'P' }, (pen) => {
    login.cells.forEach((cell, index) => {
      pen.character(content.login.charCodeAt(index), cell, loginStyle)
    })
  })
  canvas.rule([geometry.labelLeft, rule], [secret.left + secret.width - 3, rule], { color: line, points: 0.5 })

  writeLabels(
    canvas,
    geometry,
    { baseline: password.firstBaseline, size: password.size },
    languages,
    ({ password }) => password,
  )
  const passwordStyle: TextStyle = { face: 'mono', size: password.size, color: black }
  canvas.secret({ tag: 'P' }, (pen) => {
    password.cells.forEach((cell, index) => {
      pen.character(content.password[index] ?? 0, cell, passwordStyle)
    })
  })
  if (names === undefined) return undefined
  const kind: TextStyle = { face: 'regular', size: names.size, color: quiet }
  const spoken: TextStyle = { face: 'semiBold', size: names.size, color: ink }
  languages.forEach((texts, row) => {
    canvas.secret({ tag: 'P', language: texts.language }, (pen) => {
      password.cells.forEach(({ center, baseline }, index) => {
        const byte = content.password[index] ?? 0
        const first = baseline + firstNameBelow(geometry)
        pen.words(texts.kinds[kindOf(byte)], { center, baseline: first + row * names.leading }, kind)
        const said = texts.spoken[String.fromCharCode(byte)]
        if (!names.spoken || said === undefined) return
        pen.words(said, { center, baseline: first + (languages.length + row) * names.leading }, spoken)
      })
    })
  })
  return undefined
}

/** One language below the other, all in the same size, centred on the value's capitals. */
function writeLabels(
  canvas: PageCanvas,
  { labelLeft, labelSize }: SecretGeometry,
  value: { readonly baseline: number; readonly size: number },
  languages: readonly EnvelopeTexts[],
  word: (texts: EnvelopeTexts) => string,
): void {
  const leading = (1.22 * labelSize * 25.4) / 72
  const middle = value.baseline - (CAP * value.size * 25.4) / 72 / 2
  const style: TextStyle = { face: 'semiBold', size: labelSize, color: accent }
  const first = middle - (leading * (languages.length - 1)) / 2 + (0.36 * labelSize * 25.4) / 72
  languages.forEach((texts, row) => {
    const place = { left: labelLeft, baseline: first + row * leading }
    canvas.line(word(texts), place, { tag: 'P', language: texts.language, style })
  })
}

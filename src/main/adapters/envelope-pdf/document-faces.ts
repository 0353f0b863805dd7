import type { EnvelopeFace, EnvelopeFonts } from './envelope-fonts.ts'
import { type SharedFace, shareFace } from './share-face.ts'

const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)).join('')

const ASCII = range(0x20, 0x7e)
/** Names of people: Russian, Kazakh and the Latin letters of Europe. */
const LETTERS = `${range(0x410, 0x44f)}ЁёӘәҒғҚқҢңӨөҰұҮүҺһІі${range(0xc0, 0xff)}`
const SIGNS = '№«»—–…·×’“”'

/** The faces of documents with names in them: agreement, shift report. */
export function shareDocumentFaces(
  fonts: EnvelopeFonts,
  texts: readonly string[],
): Readonly<Record<EnvelopeFace, SharedFace>> {
  const alphabet = ASCII + LETTERS + SIGNS
  return {
    regular: shareFace(fonts.regular, alphabet, texts),
    semiBold: shareFace(fonts.semiBold, alphabet, texts),
    mono: shareFace(fonts.mono, ASCII.slice(1), []),
  }
}

/** A character that the faces do not have is printed as a question mark: a page with a gap would look complete. Line feeds stay. */
export function printable(text: string, { alphabet }: SharedFace): string {
  return Array.from(text.normalize('NFC'), (character) =>
    character === '\n' || alphabet.includes(character) ? character : '?',
  ).join('')
}

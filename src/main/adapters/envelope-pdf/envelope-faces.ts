import type { EnvelopeFace, EnvelopeFonts } from './envelope-fonts.ts'
import { envelopeTexts, helplineNumber, trainingMark } from './envelope-texts.ts'
import { type SharedFace, shareFace } from './share-face.ts'

const PRINTABLE = Array.from({ length: 0x7e - 0x20 + 1 }, (_, index) => String.fromCharCode(0x20 + index)).join('')

export type EnvelopeFaces = Readonly<Record<EnvelopeFace, SharedFace>>

/** The faces of the envelope with what its words need, and all printable ASCII for addresses and numbers. */
export function shareEnvelopeFaces(fonts: EnvelopeFonts): EnvelopeFaces {
  const { regular, semiBold, mono } = sharesOf(fonts)
  return { regular: regular(), semiBold: semiBold(), mono: mono() }
}

/** The same, each face in a turn of its own. */
export async function shareEnvelopeFacesInTurn(
  fonts: EnvelopeFonts,
  breathe: () => Promise<void>,
): Promise<EnvelopeFaces> {
  const shares = sharesOf(fonts)
  const regular = shares.regular()
  await breathe()
  const semiBold = shares.semiBold()
  await breathe()
  return { regular, semiBold, mono: shares.mono() }
}

function sharesOf(fonts: EnvelopeFonts): Readonly<Record<EnvelopeFace, () => SharedFace>> {
  const texts = [...Object.values(envelopeTexts).flatMap(wordsOf), helplineNumber, trainingMark]
  const alphabet = `${PRINTABLE}${texts.join('').replaceAll('\n', '')}№·/:`
  return {
    regular: () => shareFace(fonts.regular, alphabet, texts),
    semiBold: () => shareFace(fonts.semiBold, alphabet, texts),
    // Passwords have no space, and fontkit cannot read this face's: it is empty and the last of the file.
    mono: () => shareFace(fonts.mono, PRINTABLE.slice(1), []),
  }
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : []
}

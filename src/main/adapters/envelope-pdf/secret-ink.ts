import type { EnvelopeFace } from './envelope-fonts.ts'
import type { SharedFace } from './share-face.ts'
import type { TextStyle } from './text-style.ts'

/** Where a character stands: the middle of its width and its baseline, points from the top left corner. */
export interface InkPlace {
  readonly center: number
  readonly baseline: number
}

export interface SecretInk {
  character(byte: number, place: InkPlace, style: TextStyle): void
  /** What tells something of the secret, as the kind of a character. */
  words(text: string, place: InkPlace, style: TextStyle): void
}

const HEX = Buffer.from('0123456789abcdef', 'latin1')

/**
 * Writes a secret as drawing operators, one text object for each character, into Buffers that the caller wipes. Numbers
 * of glyphs stand in them, as bytes, never as a string: what the engine makes into a string cannot be wiped.
 * @param pieces takes the Buffers.
 */
export function createSecretInk(options: {
  readonly pieces: Buffer[]
  readonly faces: Readonly<Record<EnvelopeFace, SharedFace>>
  /** The name that the page knows a face by. */
  readonly nameOf: (face: EnvelopeFace) => string
}): SecretInk {
  const { pieces, faces, nameOf } = options

  function write(codePoints: readonly number[], { center, baseline }: InkPlace, style: TextStyle): void {
    const { glyphs } = faces[style.face]
    const found = codePoints.map((codePoint) => glyphs.get(codePoint) ?? { number: 0, advance: 0 })
    const width = (found.reduce((sum, { advance }) => sum + advance, 0) * style.size) / 1000
    const at = `1 0 0 -1 ${(center - width / 2).toFixed(2)} ${baseline.toFixed(2)} Tm`
    pieces.push(
      Buffer.from(`BT ${colorOperator(style.color)} /${nameOf(style.face)} ${style.size} Tf ${at} <`, 'latin1'),
    )
    const numbers = Buffer.alloc(4 * found.length)
    found.forEach(({ number }, index) => {
      for (let digit = 0; digit < 4; digit++)
        numbers[4 * index + digit] = HEX.readUInt8((number >> (12 - 4 * digit)) & 0xf)
    })
    pieces.push(numbers, Buffer.from('> Tj ET\n', 'latin1'))
  }

  return {
    character: (byte, place, style) => write([byte], place, style),
    words: (text, place, style) =>
      write(
        Array.from(text, (character) => character.codePointAt(0) ?? 0),
        place,
        style,
      ),
  }
}

/** `#rrggbb` as PDF's operator of the filling colour. */
export function colorOperator(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => (Number.parseInt(color.slice(at, at + 2), 16) / 255).toFixed(3))
  return `${red} ${green} ${blue} rg`
}

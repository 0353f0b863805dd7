import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  envelopeTexts,
  helplineNumber,
  trainingMark,
} from '../../../../../src/main/adapters/envelope-pdf/envelope-texts.ts'
import { loadEnvelopeFonts } from '../../../../../src/main/adapters/envelope-pdf/load-envelope-fonts.ts'

interface ParsedFont {
  hasGlyphForCodePoint(codePoint: number): boolean
}
// pdfkit's own reader of faces; it comes without types.
const fontkit: { create(bytes: Buffer): ParsedFont } = createRequire(import.meta.url)('fontkit')
const fonts = await loadEnvelopeFonts(resolve('resources'))
const printable = Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => String.fromCharCode(0x21 + index)).join('')

function missing(bytes: Buffer, text: string): readonly string[] {
  const font = fontkit.create(bytes)
  const characters = new Set(text.replace(/[\s]/g, ''))
  return [...characters].filter((character) => !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0))
}

describe('the words of the envelope', () => {
  test('have a glyph for every character in every text face', () => {
    const all = JSON.stringify(envelopeTexts) + helplineNumber + trainingMark
    const everyKazakhLetter = 'ӘәҒғҚқҢңӨөҰұҮүҺһІі'
    for (const face of [fonts.regular, fonts.medium, fonts.semiBold]) {
      expect(missing(face, `${all}${everyKazakhLetter}${printable}№—«»`)).toEqual([])
    }
  })

  test('leave to the face of the password all printable ASCII', () => {
    expect(missing(fonts.mono, printable)).toEqual([])
    expect(missing(fonts.mono, '漢')).toEqual(['漢'])
  })

  test('say the same things in both languages, the state language first', () => {
    const shapes = envelopeTexts.map(({ cautions, steps }) => [cautions.length, steps.length])
    expect(new Set(shapes.map(String)).size).toBe(1)
    expect(envelopeTexts.map(({ language }) => language)).toEqual(['kk-KZ', 'ru-KZ'])
  })

  test('have no letter of the wrong alphabet', () => {
    const [kazakh, russian] = envelopeTexts.map((texts) => JSON.stringify(Object.values(texts).slice(1)))
    expect(russian).not.toMatch(/[әғқңөұүһі]/i)
    expect(kazakh).toMatch(/[әғқңөұүі]/i)
    const words = JSON.stringify(
      envelopeTexts.map(({ purpose, cautions, steps, title }) => [
        Object.values(purpose),
        cautions,
        steps.map((step) => Object.values(step)),
        title,
      ]),
    )
    expect(words.replace(/\\n/g, ' ')).not.toMatch(/[a-z]/i)
  })
})

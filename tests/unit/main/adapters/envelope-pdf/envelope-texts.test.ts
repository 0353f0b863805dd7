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
const languages = Object.values(envelopeTexts)
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
    for (const face of [fonts.regular, fonts.semiBold]) {
      expect(missing(face, `${all}${everyKazakhLetter}${printable}№—«»`)).toEqual([])
    }
  })

  test('leave to the face of the password all printable ASCII', () => {
    expect(missing(fonts.mono, printable)).toEqual([])
    expect(missing(fonts.mono, '漢')).toEqual(['漢'])
  })

  test('say the same things in all languages, the state language first', () => {
    const shapes = languages.map(({ cautions, cautionsBrief, steps, spoken }) => [
      cautions.length,
      cautionsBrief.length,
      steps.length,
      Object.keys(spoken).join(''),
    ])
    expect(new Set(shapes.map(String)).size).toBe(1)
    expect(languages.map(({ language }) => language)).toEqual(['kk-KZ', 'ru-KZ', 'en'])
  })

  test('have no letter of the wrong alphabet', () => {
    const [kazakh, russian] = languages.map((texts) => JSON.stringify(Object.values(texts).slice(1)))
    expect(russian).not.toMatch(/[әғқңөұүһі]/i)
    expect(kazakh).toMatch(/[әғқңөұүі]/i)
    const words = JSON.stringify(
      languages
        .slice(0, 2)
        .map(({ purpose, cautions, cautionsBrief, kinds, spoken, steps, title }) => [
          Object.values(purpose),
          Object.values(kinds),
          Object.values(spoken),
          cautions,
          cautionsBrief,
          steps.map((step) => Object.values(step)),
          title,
        ]),
    )
    expect(words.replace(/\\n/g, ' ')).not.toMatch(/[a-z]/i)
  })
})

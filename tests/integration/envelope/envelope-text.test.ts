import { describe, expect, test } from 'vitest'
import { envelopeTexts, trainingMark } from '../../../src/main/adapters/envelope-pdf/envelope-texts.ts'
import { envelopeLayouts } from '../../../src/main/adapters/envelope-pdf/layouts/envelope-layouts.ts'
import { readPassword } from '../../support/read-envelope.ts'
import { pdfText } from './poppler.ts'
import { everySheet, installedPage, renderSample, sampleContent } from './sample-content.ts'

const PRINTABLE = Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => String.fromCharCode(0x21 + index)).join('')

/** Repeatable, so that a password that fails once fails again. */
function randomPasswords(count: number): readonly string[] {
  let state = 20251122
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: count }, () =>
    Array.from({ length: 8 + next(57) }, () => PRINTABLE[next(PRINTABLE.length)]).join(''),
  )
}

const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.trim())
const flat = (text: string): string => text.replace(/\s+/g, ' ')

describe('text read off the envelope', () => {
  test('has login and link alone on their lines', async () => {
    for (const settings of everySheet) {
      const text = lines(pdfText(await renderSample({ training: true, password: 'O0oQ1lI|5S8B' }, settings)))
      expect(text).toContain('https://egov.kz')
      expect(text).toContain('910101300019')
    }
  })

  test('has every password as it is, whatever its characters and length', async () => {
    const awkward = ['O0oQ1lI|5S8B2Z', '....,,,,', '--------', '"quoted"', "it's`so`", '<b>&amp;</b>', 'fiflffiff']
    const all = [...awkward, '\\134\\n\\(', PRINTABLE.slice(0, 64), PRINTABLE.slice(-64), ...randomPasswords(24)]
    const pages = await Promise.all(everySheet.map((settings) => installedPage(settings)))
    for (const [index, password] of all.entries()) {
      const rendered = await pages[index % pages.length]?.render(sampleContent({ password, training: index % 2 === 0 }))
      if (!rendered?.ok) throw new Error(`${password.length} characters: ${rendered?.failure.detail}`)
      expect(readPassword(rendered.value)).toBe(password)
    }
  })

  test('has all words of its languages in full, for a new account and for a new password', async () => {
    for (const settings of everySheet) {
      const { detail, flap } = envelopeLayouts[settings.layout]
      for (const action of ['created', 'regenerated'] as const) {
        const text = flat(pdfText(await renderSample({ action, password: 'kT7|Q0oR2xB8' }, settings)))
        for (const words of settings.languages.map((language) => envelopeTexts[language])) {
          const brief = detail === 'brief'
          const expected = [
            words.portal,
            words.title,
            words.personal,
            words.purpose[action],
            words.login,
            words.password,
            words.stepsTitle,
            words.helpline,
            words.issued,
            words.scan,
            ...(flap === undefined ? [] : [words.flap]),
            ...(brief ? words.cautionsBrief : words.cautions),
            ...words.steps.flatMap(({ title, body }) => (brief ? [title] : [title, body])),
          ]
          for (const one of expected) expect(withoutHyphens(text)).toContain(withoutHyphens(one))
        }
        expect(text).toContain('1414')
      }
    }
  })

  test('names the kind of each character in each language, and says those that people confuse', async () => {
    const text = flat(
      pdfText(
        await renderSample({ password: 'aB3+|0Qcdefg' }, { layout: 'a4-self-mailer', languages: ['kk', 'ru', 'en'] }),
      ),
    )
    for (const { kinds, spoken } of Object.values(envelopeTexts)) {
      for (const kind of Object.values(kinds)) expect(text).toContain(kind)
      for (const character of 'B|0Q') expect(text).toContain(spoken[character])
    }
    expect(text).not.toContain(envelopeTexts.ru.spoken['5'])
  })

  test('has the day of issue in Kazakhstan and the reference', async () => {
    const text = pdfText(await renderSample({ issuedAt: new Date('2025-11-22T20:00:00Z'), reference: '3f9a21c7' }))
    expect(text).toContain('Берілген күні / Дата выдачи: 23.11.2025')
    expect(text).toContain('№ 3f9a21c7')
  })

  test('names the training sample in training mode only', async () => {
    expect(lines(pdfText(await renderSample({ training: true })))).toContain(trainingMark)
    expect(flat(pdfText(await renderSample({ training: false })))).not.toMatch(/УЧЕБН|ОБРАЗЕЦ/i)
  })
})

/** A line that ends with a hyphen of its own, «контакт-центр», comes joined or apart. */
function withoutHyphens(text: string): string {
  return text.replace(/[-\s]+/g, '').toLowerCase()
}

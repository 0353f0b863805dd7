import { describe, expect, test } from 'vitest'
import { envelopeTexts, trainingMark } from '../../../src/main/adapters/envelope-pdf/envelope-texts.ts'
import { pdfText } from './poppler.ts'
import { installedPage, renderSample, sampleContent } from './sample-content.ts'

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

describe('text copied off the envelope', () => {
  test('has login, link and password, each alone on its line and after its label', async () => {
    for (const training of [false, true]) {
      const text = pdfText(await renderSample({ training, password: 'O0oQ1lI|5S8B2Z' }))
      expect(lines(text)).toContain('https://egov.kz')
      expect(text).toMatch(/Логин \(ЖСН\)\s+Логин \(ИИН\)\s+910101300019\n/)
      expect(text).toMatch(/Құпиясөз\s+Пароль\s+O0oQ1lI\|5S8B2Z\n/)
    }
  })

  test('has every password as it is, whatever its characters and length', async () => {
    const awkward = [
      'O0oQ1lI|5S8B2Z',
      'abcdefgh12-',
      '-startsSo',
      '....,,,,',
      '--------',
      '"quoted"',
      "it's`so`",
      '<b>&amp;</b>',
      '\\134\\n\\(',
      'fiflffiff',
      PRINTABLE.slice(0, 64),
      PRINTABLE.slice(-64),
    ]
    const page = await installedPage()
    for (const [index, password] of [...awkward, ...randomPasswords(50)].entries()) {
      const rendered = await page.render(sampleContent({ password, training: index % 2 === 0 }))
      expect(lines(pdfText(rendered.ok ? rendered.value : Buffer.alloc(0)))).toContain(password)
    }
  })

  test('has all words in both languages, for a new account and for a new password', async () => {
    for (const action of ['created', 'regenerated'] as const) {
      const text = flat(pdfText(await renderSample({ action })))
      for (const words of envelopeTexts) {
        const single = [
          words.portal,
          words.title,
          words.purpose[action],
          words.address,
          words.login,
          words.loginMeaning,
        ]
        const rest = [words.password, words.stepsTitle, words.helpline, words.helplineHint, words.issued]
        const steps = words.steps.flatMap(({ title, body }) => [title, body])
        for (const expected of [...single, ...rest, ...words.cautions, ...steps]) expect(text).toContain(flat(expected))
      }
      expect(text).toContain('1414')
    }
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

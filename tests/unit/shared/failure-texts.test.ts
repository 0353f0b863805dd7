import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { failureCodes } from '../../../src/shared/contract/failure.ts'
import { failureText, failureTexts, isFailureCode } from '../../../src/shared/contract/failure-texts.ts'
import { languages } from '../../../src/shared/domain/language.ts'

const document = readFileSync(path.resolve(import.meta.dirname, '../../../docs/failure-codes.md'), 'utf8')

interface Row {
  readonly code: string
  readonly when: string
  readonly text: string
  readonly remedy: string
}

/** Rows of the table: `code` | when | text | remedy. */
const rows: readonly Row[] = Array.from(
  document.matchAll(/^\| `([\w.-]+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm),
  ([, code = '', when = '', text = '', remedy = '']) => ({ code, when, text, remedy }),
)

describe('failure codes, their texts and docs/failure-codes.md', () => {
  test('name the same codes in the same order', () => {
    expect(Object.keys(failureTexts).sort()).toEqual([...failureCodes].sort())
    expect(rows.map(({ code }) => code)).toEqual([...failureCodes])
  })

  test('say the same: the document quotes the Russian text and remedy and adds when it happens', () => {
    for (const { code, when, text, remedy } of rows) {
      expect({ text, action: remedy }, code).toEqual(failureText(code, 'ru'))
      expect(when.length, code).toBeGreaterThan(10)
    }
  })

  test('are whole sentences in every language: what happened, and what to do', () => {
    for (const code of failureCodes) {
      for (const language of languages) {
        const { text, action } = failureTexts[code][language]
        expect(text, `${language} ${code}`).toMatch(/^\S.*[.?]$/)
        expect(action, `${language} ${code}`).toMatch(/^\S.*\.$/)
        expect(text.length + action.length, `${language} ${code}`).toBeLessThan(260)
      }
    }
  })

  test('are translated: no Cyrillic in English, Kazakh is not Russian', () => {
    for (const code of failureCodes) {
      const { en, kk, ru } = failureTexts[code]
      expect(`${en.text} ${en.action}`, code).not.toMatch(/\p{Script=Cyrillic}/u)
      expect(kk.text, code).not.toBe(ru.text)
      expect(`${kk.text} ${kk.action}`, code).toMatch(/[әғқңөұүһі]/i)
    }
  })

  test('tell two failures apart by their words', () => {
    for (const language of languages) {
      const texts = failureCodes.map((code) => failureTexts[code][language].text)
      expect(new Set(texts).size).toBe(texts.length)
    }
  })
})

test('a code that is not of the union has no text', () => {
  for (const code of ['', 'iin', 'toString', '__proto__']) {
    expect(isFailureCode(code)).toBe(false)
    expect(failureText(code, 'ru')).toBeUndefined()
  }
})

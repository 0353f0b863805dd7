import { expect, test } from 'vitest'
import { createTranslator } from '../../../../../src/renderer/i18n/translator.ts'
import { outcomeText } from '../../../../../src/renderer/pages/journal/outcome-text.ts'

test('an outcome is shown in words, and one that nobody knows as it was written', () => {
  const t = createTranslator('ru')
  expect(outcomeText('iin.format', 'ru', t)).toBe('ИИН состоит из 12 цифр.')
  expect(outcomeText('expired', 'ru', t)).toBe('Прошло десять минут')
  expect(outcomeText('toString', 'ru', t)).toBe('toString')
})

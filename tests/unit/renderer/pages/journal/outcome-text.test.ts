import { expect, test } from 'vitest'
import { outcomeText } from '../../../../../src/renderer/pages/journal/outcome-text.ts'

test('an outcome is shown in words, and one that nobody knows as it was written', () => {
  expect(outcomeText('iin.format', 'ru')).toBe('ИИН состоит из 12 цифр.')
  expect(outcomeText('expired', 'ru')).toBe('Прошло десять минут')
  expect(outcomeText('toString', 'ru')).toBe('toString')
})

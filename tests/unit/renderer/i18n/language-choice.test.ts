import { expect, test } from 'vitest'
import { rememberedLanguage, rememberLanguage } from '../../../../src/renderer/i18n/language-choice.ts'

function memory(entries: [string, string][] = []) {
  const stored = new Map(entries)
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  }
}

test('the chosen language is remembered', () => {
  const storage = memory()
  rememberLanguage(storage, 'kk')
  expect(rememberedLanguage(storage)).toBe('kk')
})

test('without a choice, or with one that is none, the window speaks Russian', () => {
  expect(rememberedLanguage(memory())).toBe('ru')
  expect(rememberedLanguage(memory([['arm.language', '__proto__']]))).toBe('ru')
})

import { createContext, useContext } from 'react'
import type { Language } from '../../shared/domain/language.ts'
import { createTranslator, type Translate } from './translator.ts'

export interface I18n {
  readonly language: Language
  readonly t: Translate
  readonly setLanguage: (language: Language) => void
}

export const I18nContext = createContext<I18n>({
  language: 'ru',
  t: createTranslator('ru'),
  setLanguage: () => undefined,
})

export function useI18n(): I18n {
  return useContext(I18nContext)
}

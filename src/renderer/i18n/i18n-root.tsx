import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { Language } from '../../shared/domain/language.ts'
import { I18nContext } from './i18n-context.ts'
import { rememberedLanguage, rememberLanguage } from './language-choice.ts'
import { createTranslator } from './translator.ts'

/** The library's own few hidden words exist in Russian and English, not in Kazakh. */
const LIBRARY_LOCALES: Readonly<Record<Language, string>> = { kk: 'ru-RU', ru: 'ru-RU', en: 'en-GB' }

/** Holds the language: a change works at once and is remembered on this workstation. */
export function I18nRoot({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => rememberedLanguage(localStorage))
  useEffect(() => {
    document.documentElement.lang = language
    rememberLanguage(localStorage, language)
  }, [language])
  const i18n = useMemo(() => ({ language, t: createTranslator(language), setLanguage }), [language])
  return (
    <I18nContext value={i18n}>
      <I18nProvider locale={LIBRARY_LOCALES[language]}>{children}</I18nProvider>
    </I18nContext>
  )
}

import { type Language, languages } from '../../shared/domain/language.ts'

const STORAGE_KEY = 'arm.language'

function isLanguage(value: string | null): value is Language {
  return languages.some((language) => language === value)
}

/** The language chosen last on this workstation; Russian before any choice. */
export function rememberedLanguage(storage: { getItem(key: string): string | null }): Language {
  const value = storage.getItem(STORAGE_KEY)
  return isLanguage(value) ? value : 'ru'
}

export function rememberLanguage(storage: { setItem(key: string, value: string): void }, language: Language): void {
  storage.setItem(STORAGE_KEY, language)
}

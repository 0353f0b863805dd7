import { IntlMessageFormat } from 'intl-messageformat'
import type { Language } from '../../shared/domain/language.ts'
import { en } from './en.ts'
import { kk } from './kk.ts'
import { type Catalogue, type MessageKey, ru } from './ru.ts'

export const catalogues: Readonly<Record<Language, Catalogue>> = { kk, ru, en }

export type Values = Readonly<Record<string, string | number>>
export type Translate = (key: MessageKey, values?: Values) => string

const LOCALES: Readonly<Record<Language, string>> = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' }

/** Chromium's trimmed data write Kazakh numbers as English ones; Kazakh groups digits as Russian does, by spaces. */
const NUMBER_LOCALES: Readonly<Record<Language, string>> = { ...LOCALES, kk: 'ru-KZ' }

/** A translator for one language; each message is compiled once, at its first use. */
export function createTranslator(language: Language): Translate {
  const catalogue = catalogues[language]
  const compiled = new Map<MessageKey, IntlMessageFormat>()
  const formatters = {
    getNumberFormat: (_: unknown, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(NUMBER_LOCALES[language], options),
    getDateTimeFormat: (locale?: string | string[], options?: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, options),
    getPluralRules: (locale?: string | string[], options?: Intl.PluralRulesOptions) =>
      new Intl.PluralRules(locale, options),
  }
  return (key, values) => {
    const known = compiled.get(key)
    const message = known ?? new IntlMessageFormat(catalogue[key], LOCALES[language], undefined, { formatters })
    if (known === undefined) compiled.set(key, message)
    return String(message.format(values))
  }
}

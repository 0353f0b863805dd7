import type { Language } from '../../../shared/domain/language.ts'
import type { SettingPath } from '../../../shared/domain/settings-fields.ts'
import type { SettingsTexts } from './settings-text-types.ts'
import { settingsEn } from './texts/en.ts'
import { settingsKk } from './texts/kk.ts'
import { settingsRu } from './texts/ru.ts'

export const settingsTexts: Readonly<Record<Language, SettingsTexts>> = {
  ru: settingsRu,
  kk: settingsKk,
  en: settingsEn,
}

/** A choice in words; a character stands for itself. */
export function choiceText(texts: SettingsTexts, setting: SettingPath, choice: string): string {
  return texts.choices[`${setting}.${choice}`] ?? choice
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

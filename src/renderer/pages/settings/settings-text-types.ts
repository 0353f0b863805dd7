import type { SettingGroup, SettingLock, SettingPath, SettingProblem } from '../../../shared/domain/settings-fields.ts'
import type { settingsRu } from './texts/ru.ts'

export interface FieldText {
  readonly label: string
  readonly hint?: string
}

/** The settings page's words, apart from the catalogue: they come with the page, and nobody but an administrator loads it. */
export interface SettingsTexts {
  readonly groups: Readonly<Record<SettingGroup, string>>
  readonly fields: Readonly<Record<SettingPath, FieldText>>
  /** `setting.choice`. */
  readonly choices: Readonly<Record<string, string>>
  /** `{min}` and `{max}` are filled in. */
  readonly problems: Readonly<Record<SettingProblem, string>>
  readonly locks: Readonly<Record<SettingLock, string>>
  readonly words: Readonly<Record<SettingsWord, string>>
}

export type SettingsWord = keyof typeof settingsRu.words

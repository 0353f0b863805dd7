import { type Key, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { type Language, languages } from '../../shared/domain/language.ts'
import { useI18n } from '../i18n/i18n-context.ts'

/** Each language in its own letters, the same whatever language is chosen. */
const SHORT_NAMES: Readonly<Record<Language, string>> = { kk: 'ҚАЗ', ru: 'РУС', en: 'ENG' }

export function LanguageSwitch() {
  const { language, setLanguage, t } = useI18n()
  const choose = (keys: Set<Key>) => {
    const chosen = languages.find((candidate) => keys.has(candidate))
    if (chosen !== undefined) setLanguage(chosen)
  }
  return (
    <ToggleButtonGroup
      className="language-switch"
      aria-label={t('language.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={choose}
    >
      {languages.map((candidate) => (
        <ToggleButton key={candidate} id={candidate} className="language-choice">
          <span lang={candidate}>{SHORT_NAMES[candidate]}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

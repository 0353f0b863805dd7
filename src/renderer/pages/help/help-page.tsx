import { HelpContent } from '../../help/help-content.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'

/** The section «Справка»: the same help that F1 opens beside a page. */
export function HelpPage() {
  const { t } = useI18n()
  return (
    <div className="page help-page">
      <h1>{t('help.title')}</h1>
      <HelpContent place="help" />
    </div>
  )
}

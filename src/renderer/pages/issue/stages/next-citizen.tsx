import { Button } from '../../../components/button.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'

/** The one action that is left where a service has ended: Enter brings the next citizen. */
export function NextCitizen({ onNext }: { onNext: () => void }) {
  const { t } = useI18n()
  return (
    <div className="actions">
      <Button nextAction enterHint onPress={onNext}>
        {t('issue.next')}
      </Button>
    </div>
  )
}

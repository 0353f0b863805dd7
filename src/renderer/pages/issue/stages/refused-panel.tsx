import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'

interface RefusedPanelProps {
  stage: Extract<Stage, { name: 'refused' }>
  onNext: () => void
}

export function RefusedPanel({ stage, onNext }: RefusedPanelProps) {
  const { t } = useI18n()
  return (
    <section className="panel">
      <FailureAlert title={t('issue.refused.title')} {...stage.refusal} />
      <div className="actions">
        <Button nextAction enterHint onPress={onNext}>
          {t('issue.next')}
        </Button>
      </div>
    </section>
  )
}

import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { Notice } from '../../../components/notice.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'

interface ReadyPanelProps {
  stage: Extract<Stage, { name: 'ready' }>
  onSend: () => void
  onNext: () => void
}

export function ReadyPanel({ stage, onSend, onNext }: ReadyPanelProps) {
  const { t } = useI18n()
  const capacity = stage.check.person?.legalCapacity
  return (
    <section className="panel">
      {stage.problem !== undefined && <FailureAlert title={t('issue.failed.send')} {...stage.problem} />}
      {stage.problem === undefined && (
        <Notice tone="information" title={t('issue.ready.title')} role="status">
          <p>{t('issue.ready.text')}</p>
          {capacity !== undefined && capacity !== '1' && <p>{t('issue.ready.capacity')}</p>}
        </Notice>
      )}
      <div className="actions">
        <Button kind="quiet" onPress={onNext}>
          {t('issue.next')}
        </Button>
        <Button nextAction enterHint onPress={onSend}>
          {t('issue.send')}
        </Button>
      </div>
    </section>
  )
}

import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { References } from '../../../components/references.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'

interface DonePanelProps {
  stage: Extract<Stage, { name: 'done' }>
  onRecheck: () => void
  onNext: () => void
}

export function DonePanel({ stage, onRecheck, onNext }: DonePanelProps) {
  const { t } = useI18n()
  const handed = stage.ending === 'handed'
  return (
    <section className="panel">
      <Notice
        tone={handed ? 'success' : 'warning'}
        title={t(`issue.done.${stage.ending}.title`)}
        role={handed ? 'status' : 'alert'}
      >
        <p>{t(`issue.done.${stage.ending}.text`)}</p>
        <References requestId={stage.issued.requestId} />
      </Notice>
      <div className="actions">
        {!handed && (
          <Button kind="secondary" onPress={onRecheck}>
            {t('issue.unknown.recheck')}
          </Button>
        )}
        <Button nextAction enterHint onPress={onNext}>
          {t('issue.next')}
        </Button>
      </div>
    </section>
  )
}

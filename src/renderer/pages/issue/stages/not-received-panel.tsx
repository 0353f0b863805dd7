import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { References } from '../../../components/references.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'

interface NotReceivedPanelProps {
  stage: Extract<Stage, { name: 'not-received' }>
  onRepeat: () => void
  onLeave: () => void
}

/** Nothing has happened at the portal; whether it shall, only somebody who sees the citizen can say. */
export function NotReceivedPanel({ stage, onRepeat, onLeave }: NotReceivedPanelProps) {
  const { t } = useI18n()
  return (
    <section className="panel">
      <Notice tone="unknown" title={t('issue.notReceived.title')} role="alert">
        <p>{t('issue.notReceived.text')}</p>
        <References requestId={stage.requestId} />
      </Notice>
      <div className="actions">
        <Button kind="secondary" onPress={onLeave}>
          {t('issue.notReceived.leave')}
        </Button>
        <Button nextAction enterHint onPress={onRepeat}>
          {t('issue.notReceived.repeat')}
        </Button>
      </div>
    </section>
  )
}

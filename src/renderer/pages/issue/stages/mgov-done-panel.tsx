import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { References } from '../../../components/references.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'

interface MgovDonePanelProps {
  stage: Extract<Stage, { name: 'mgov-done' }>
  onNext: () => void
}

/** The end of a service for mGov alone: the account is as it was. */
export function MgovDonePanel({ stage, onNext }: MgovDonePanelProps) {
  const { t } = useI18n()
  const { mgov, check } = stage
  const connected = mgov === 'connected'
  return (
    <section className="panel">
      <Notice
        tone={connected ? 'success' : 'warning'}
        title={t(connected ? 'issue.mgov.done.connected' : 'issue.mgov.done.skipped')}
        role={connected ? 'status' : 'alert'}
      >
        {mgov !== 'connected' && <p>{t('issue.mgov.skipped', { reason: t(`outcome.skipped.${mgov}`) })}</p>}
        <p>{t('issue.mgov.done.text')}</p>
        <References requestId={check.requestId} />
      </Notice>
      <div className="actions">
        <Button nextAction enterHint onPress={onNext}>
          {t('issue.next')}
        </Button>
      </div>
    </section>
  )
}

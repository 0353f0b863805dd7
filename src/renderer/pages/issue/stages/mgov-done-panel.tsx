import { Notice } from '../../../components/notice.tsx'
import { References } from '../../../components/references.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'
import { NextCitizen } from './next-citizen.tsx'

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
      <NextCitizen onNext={onNext} />
    </section>
  )
}

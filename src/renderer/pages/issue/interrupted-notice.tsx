import { maskIin } from '../../../shared/domain/iin.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { ServiceView } from './issue-flow.ts'

interface InterruptedNoticeProps {
  service: ServiceView
  onResume: () => void
  onEnd: () => void
}

/** A restart came between: says whose service it was and how far it had come; nothing had been sent. */
export function InterruptedNotice({ service, onResume, onEnd }: InterruptedNoticeProps) {
  const { t } = useI18n()
  const step = service.step === 'request' ? 'send' : service.step
  return (
    <Notice tone="warning" title={t('issue.interrupted.title')} role="alert">
      <p>{t('issue.interrupted.text', { iin: maskIin(service.iin), step: t(`issue.step.${step}`) })}</p>
      {service.interruptedAt !== undefined && (
        <p className="quiet">
          <time dateTime={service.interruptedAt}>{formatMoment(service.interruptedAt)}</time>
        </p>
      )}
      <div className="actions">
        <Button kind="secondary" onPress={onEnd}>
          {t('issue.interrupted.end')}
        </Button>
        <Button nextAction enterHint onPress={onResume}>
          {t('issue.interrupted.resume')}
        </Button>
      </div>
    </Notice>
  )
}

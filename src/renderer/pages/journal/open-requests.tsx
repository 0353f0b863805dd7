import { useEffect, useState } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { StateMark } from '../../components/state-mark.tsx'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'

/** Requests whose end nobody has seen, one line until somebody asks: each leads to its rows. */
export function OpenRequests({ onShow }: { onShow: (requestId: string) => void }) {
  const arm = useArm()
  const { t } = useI18n()
  const [requests, setRequests] = useState<ChannelOutput<'recovery.list'>>([])
  const [failure, setFailure] = useState<ShownFailure>()
  useEffect(() => {
    void arm.invoke('recovery.list', undefined).then((result) => {
      if (result.ok) setRequests(result.value)
      else setFailure(result.failure)
    })
  }, [arm])
  if (failure !== undefined) return <FailureAlert title={t('recovery.failed')} failure={failure} />
  if (requests.length === 0) return null
  return (
    <details className="open-requests">
      <summary>
        <StateMark tone="unknown">{t('recovery.title', { count: requests.length })}</StateMark>
        <span className="quiet">{t('recovery.operatorActs')}</span>
      </summary>
      <ul>
        {requests.map((request) => (
          <li key={request.requestId}>
            <time className="numeric" dateTime={request.at}>
              {formatMoment(request.at)}
            </time>
            <span>{request.actor}</span>
            <span className="numeric">{request.iinMasked}</span>
            <span>{t(`state.${request.state}`)}</span>
            <Button kind="quiet" onPress={() => onShow(request.requestId)}>
              {t('journal.anomaly.show')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { Notice } from '../../components/notice.tsx'
import { References } from '../../components/references.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'

type OpenRequest = ChannelOutput<'recovery.list'>[number]

interface RecoveryNoticeProps {
  /** The page has just opened: what an earlier run left comes before the next citizen. */
  takesFocus: boolean
  onResolve: (requestId: string) => void
  onAcknowledged: () => void
}

/**
 * Requests whose end nobody has seen, of an interrupted run or of a lost reply: the citizen may have a password that
 * nobody knows. The portal is asked what became of them; they stay until that is known or an operator has taken note.
 */
export function RecoveryNotice({ takesFocus, onResolve, onAcknowledged }: RecoveryNoticeProps) {
  const arm = useArm()
  const { t } = useI18n()
  const [requests, setRequests] = useState<readonly OpenRequest[]>([])
  const [failure, setFailure] = useState<ShownFailure>()
  const load = useCallback(async () => {
    const result = await arm.invoke('recovery.list', undefined)
    if (result.ok) setRequests(result.value)
    setFailure(result.ok ? undefined : result.failure)
  }, [arm])
  useEffect(() => {
    load()
  }, [load])
  const list = useRef<HTMLUListElement>(null)
  const first = requests[0]?.requestId
  useEffect(() => {
    if (takesFocus && first !== undefined && isNothingBegun()) list.current?.querySelector('button')?.focus()
  }, [takesFocus, first])
  const acknowledge = async (requestId: string) => {
    const result = await arm.invoke('recovery.acknowledge', { requestId })
    if (!result.ok) return setFailure(result.failure)
    setRequests((open) => open.filter((request) => request.requestId !== requestId))
    onAcknowledged()
  }

  return (
    <>
      {failure !== undefined && (
        <FailureAlert title={t('recovery.failed')} failure={failure}>
          <Button kind="secondary" onPress={load}>
            {t('common.retry')}
          </Button>
        </FailureAlert>
      )}
      {requests.length > 0 && (
        <Notice tone="unknown" title={t('recovery.title', { count: requests.length })} role="alert">
          <p>{t('recovery.text')}</p>
          <ul className="recovery-list" ref={list}>
            {requests.map((request) => (
              <li key={request.requestId} className="recovery-request">
                <RecoveryFacts id={`open-${request.requestId}`} request={request} />
                <Button describedBy={`open-${request.requestId}`} onPress={() => onResolve(request.requestId)}>
                  {t('issue.unknown.resolve')}
                </Button>
                <AcknowledgeButton requestId={request.requestId} onAcknowledge={acknowledge} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

/** Whoever types or has gone elsewhere keeps the focus. */
function isNothingBegun(): boolean {
  const { activeElement } = document
  if (activeElement === document.body) return true
  return activeElement instanceof HTMLInputElement && activeElement.id === 'iin' && activeElement.value === ''
}

function RecoveryFacts({ id, request }: { id: string; request: OpenRequest }) {
  const { t } = useI18n()
  return (
    <div className="recovery-facts" id={id}>
      <strong>{t(`state.${request.state}`)}</strong>
      <span className="recovery-when">
        <time dateTime={request.at}>{formatMoment(request.at)}</time>
        <code>{request.iinMasked ?? t('common.unknown')}</code>
        <span>{request.actor}</span>
      </span>
      <References requestId={request.requestId} />
    </div>
  )
}

interface AcknowledgeButtonProps {
  requestId: string
  onAcknowledge: (requestId: string) => Promise<void>
}

function AcknowledgeButton({ requestId, onAcknowledge }: AcknowledgeButtonProps) {
  const { t } = useI18n()
  const [busy, setBusy] = useState(false)
  const press = async () => {
    setBusy(true)
    await onAcknowledge(requestId)
    setBusy(false)
  }
  return (
    <Button kind="secondary" pending={busy} describedBy={`open-${requestId}`} onPress={press}>
      {t('recovery.acknowledge')}
    </Button>
  )
}

import { useState } from 'react'
import { findingTexts } from '../../../shared/contract/finding-texts.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { Notice } from '../../components/notice.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { StateMark } from '../../components/state-mark.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { WorkstationStatus } from '../../shell/use-workstation-status.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** Whether the rows can be believed. A chain that nobody has walked yet is never called intact. */
export function ChainState({ chain }: { chain: WorkstationStatus['journal'] | undefined }) {
  const { t } = useI18n()
  const state = chain?.state ?? 'unverified'
  if (state === 'broken') return <BrokenChain found={chain?.found} />
  const tone = { unverified: 'unknown', intact: 'good', unavailable: 'bad' } as const
  return (
    <p className="chain-state">
      <StateMark tone={tone[state]}>{t(`journal.chain.${state}`)}</StateMark>
      {chain !== undefined && state !== 'unavailable' && (
        <span className="quiet">{t('journal.total', { count: chain.rows })}</span>
      )}
    </p>
  )
}

/** What was found, and the decision whether the service goes on over it. */
function BrokenChain({ found }: { found: WorkstationStatus['journal']['found'] }) {
  const arm = useArm()
  const { language, t } = useI18n()
  const [asking, setAsking] = useState(false)
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<ShownFailure>()
  const acknowledge = async (reason: string): Promise<void> => {
    setPending(true)
    const result = await arm.invoke('audit.acknowledge-break', { reason })
    setPending(false)
    setAsking(false)
    setFailure(result.ok ? undefined : result.failure)
  }
  return (
    <Notice tone="refusal" title={t('journal.chain.broken')} role="alert">
      {found !== undefined && (
        <p>
          {findingTexts[found.finding][language]} {found.seq > 0 && `№ ${found.seq}`}
        </p>
      )}
      <p>{t('journal.chain.broken.text')}</p>
      {found !== undefined && (
        <>
          <p>{t(found.acknowledged ? 'journal.chain.acknowledged' : 'journal.chain.stopped')}</p>
          {!found.acknowledged && (
            <Button kind="secondary" onPress={() => setAsking(true)}>
              {t('journal.chain.acknowledge')}
            </Button>
          )}
        </>
      )}
      {failure !== undefined && <FailureAlert title={t('journal.chain.acknowledge.failed')} failure={failure} />}
      {asking && (
        <ReasonDialog
          title={t('journal.chain.acknowledge.title')}
          text={t('journal.chain.acknowledge.text')}
          submit={t('journal.chain.acknowledge.submit')}
          pending={pending}
          onReason={(reason) => void acknowledge(reason)}
          onDismiss={() => setAsking(false)}
        />
      )}
    </Notice>
  )
}

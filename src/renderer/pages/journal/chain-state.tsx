import { Notice } from '../../components/notice.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { WorkstationStatus } from '../../shell/use-workstation-status.ts'

/** Whether the rows can be believed. A chain that nobody has walked yet is never called intact. */
export function ChainState({ chain }: { chain: WorkstationStatus['journal'] | undefined }) {
  const { t } = useI18n()
  const state = chain?.state ?? 'unverified'
  if (state === 'broken') {
    return (
      <Notice tone="refusal" title={t('journal.chain.broken')} role="alert">
        <p>{t('journal.chain.broken.text')}</p>
      </Notice>
    )
  }
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

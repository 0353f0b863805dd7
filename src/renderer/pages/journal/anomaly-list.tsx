import type { ReactNode } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { failureText } from '../../../shared/contract/failure-texts.ts'
import { workingHours } from '../../../shared/domain/audit-review.ts'
import { Button } from '../../components/button.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { FilterForm } from './journal-filters.tsx'

type Anomaly = ChannelOutput<'audit.statistics'>['anomalies'][number]

interface AnomalyListProps {
  readonly anomalies: readonly Anomaly[]
  readonly span: Pick<FilterForm, 'period' | 'from' | 'to'>
  readonly onShow: (form: Partial<FilterForm>) => void
}

/** What is worth a look, in plain words, each with the way to its rows. */
export function AnomalyList({ anomalies, span, onShow }: AnomalyListProps) {
  const { language, t } = useI18n()
  if (anomalies.length === 0) {
    return <StateMark tone="good">{t('journal.anomaly.none')}</StateMark>
  }
  const told = (anomaly: Anomaly): ReactNode => {
    switch (anomaly.kind) {
      case 'many-reissues':
        return t('journal.anomaly.many-reissues', {
          actor: anomaly.actor,
          count: anomaly.count,
          percent: Math.round(anomaly.share * 100),
        })
      case 'outside-hours':
        return t('journal.anomaly.outside-hours', { actor: anomaly.actor, count: anomaly.count, ...workingHours })
      case 'repeated-refusals':
        return t('journal.anomaly.repeated-refusals', {
          iin: anomaly.iinMasked ?? '—',
          count: anomaly.count,
          reason: failureText(anomaly.code, language)?.text ?? anomaly.code,
        })
      case 'open-unknown':
        return t('journal.anomaly.open-unknown', { at: formatMoment(anomaly.at), actor: anomaly.actor })
      case 'sign-in-failures':
        return t('journal.anomaly.sign-in-failures', { actor: anomaly.actor, count: anomaly.count })
    }
  }
  const rowsOf = (anomaly: Anomaly): Partial<FilterForm> => {
    switch (anomaly.kind) {
      case 'many-reissues':
      case 'outside-hours':
        return { ...span, actor: anomaly.actor, event: 'reply.issued' }
      case 'repeated-refusals':
        return { ...span, event: 'reply.refused-by-portal', outcome: anomaly.code }
      case 'open-unknown':
        return { query: anomaly.requestId }
      case 'sign-in-failures':
        return { ...span, actor: anomaly.actor, event: 'session.sign-in-failed' }
    }
  }
  return (
    <ul className="anomalies">
      {anomalies.map((anomaly, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole
        <li key={place}>
          <StateMark tone="warning">{told(anomaly)}</StateMark>
          <Button kind="quiet" onPress={() => onShow(rowsOf(anomaly))}>
            {t('journal.anomaly.show')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

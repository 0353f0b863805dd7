import { refusalAdvice } from '../../../../shared/contract/refusal-texts.ts'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'
import { RefusalAlert } from '../refusal-alert.tsx'
import { NextCitizen } from './next-citizen.tsx'

interface RefusedPanelProps {
  stage: Extract<Stage, { name: 'refused' }>
  onNext: () => void
}

export function RefusedPanel({ stage, onNext }: RefusedPanelProps) {
  const { t } = useI18n()
  const advice = refusalAdvice(stage.refusal.failure.code)
  return (
    <section className="panel">
      {advice === undefined ? (
        <FailureAlert title={t('issue.refused.title')} {...stage.refusal} />
      ) : (
        <RefusalAlert problem={stage.refusal} advice={advice} />
      )}
      <NextCitizen onNext={onNext} />
    </section>
  )
}

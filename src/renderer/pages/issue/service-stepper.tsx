import { Check, X } from 'lucide-react'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { Stage } from './issue-flow.ts'
import { serviceStepStates, serviceSteps } from './service-steps.ts'

export function ServiceStepper({ stage }: { stage: Stage }) {
  const { t } = useI18n()
  const states = serviceStepStates(stage)
  return (
    <ol className="stepper" aria-label={t('issue.steps')}>
      {serviceSteps.map((step, index) => {
        const state = states[step]
        return (
          <li
            key={step}
            className="stepper-step"
            data-state={state}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <span className="stepper-number" aria-hidden="true">
              {state === 'done' ? <Check /> : state === 'stopped' ? <X /> : state === 'unknown' ? '?' : index + 1}
            </span>
            <span className="stepper-name">{t(`issue.step.${step}`)}</span>
            <span className="visually-hidden">, {t(`issue.step.state.${state}`)}</span>
          </li>
        )
      })}
    </ol>
  )
}

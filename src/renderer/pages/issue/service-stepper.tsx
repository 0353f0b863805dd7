import { Check, Minus, X } from 'lucide-react'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { IssueState } from './issue-flow.ts'
import { shownSteps } from './service-steps.ts'

const SIGNS = { done: <Check />, stopped: <X />, skipped: <Minus />, unknown: '?' } as const

export function ServiceStepper({ state }: { state: IssueState }) {
  const { t } = useI18n()
  return (
    <ol className="stepper" aria-label={t('issue.steps')}>
      {shownSteps(state).map(({ step, state }, index) => (
        <li
          key={step}
          className="stepper-step"
          data-state={state}
          aria-current={state === 'current' ? 'step' : undefined}
        >
          <span className="stepper-number" aria-hidden="true">
            {state === 'current' || state === 'ahead' ? index + 1 : SIGNS[state]}
          </span>
          <span className="stepper-name">{t(`issue.step.${step}`)}</span>
          <span className="visually-hidden">, {t(`issue.step.state.${state}`)}</span>
        </li>
      ))}
    </ol>
  )
}

import { Check, Minus, X } from 'lucide-react'
import type { ServiceSteps } from '../../../shared/domain/service-steps.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { IssueState } from './issue-flow.ts'
import { type StepSkipReason, shownSteps, skippedSteps } from './service-steps.ts'

const SIGNS = { done: <Check />, stopped: <X />, skipped: <Minus />, unknown: '?' } as const

interface ServiceStepperProps {
  state: IssueState
  /** What this centre asks; undefined until it is known. */
  asked: ServiceSteps | undefined
}

export function ServiceStepper({ state, asked }: ServiceStepperProps) {
  const { t } = useI18n()
  const steps = shownSteps(state, asked)
  const why = (reason: StepSkipReason): string =>
    t(reason === 'not-asked' || reason === 'refused' ? `issue.step.skipped.${reason}` : `outcome.skipped.${reason}`)
  return (
    <div className="stepper-place">
      <ol className="stepper" aria-label={t('issue.steps')}>
        {steps.map((shown, index) => (
          <li
            key={shown.step}
            className="stepper-step"
            data-state={shown.state}
            aria-current={shown.state === 'current' ? 'step' : undefined}
          >
            <span className="stepper-number" aria-hidden="true">
              {shown.state === 'current' || shown.state === 'ahead' ? index + 1 : SIGNS[shown.state]}
            </span>
            <span className="stepper-name">{t(`issue.step.${shown.step}`)}</span>
            <span className="visually-hidden">
              , {t(`issue.step.state.${shown.state}`)}
              {shown.state === 'skipped' && ` (${why(shown.reason)})`}
            </span>
          </li>
        ))}
      </ol>
      {/* Its line is always there, so that nothing below moves. */}
      <p className="stepper-skipped" aria-hidden="true">
        {skippedSteps(steps).map(({ reason, steps: left }) => (
          <span key={reason}>
            {left.map((step) => t(`issue.step.${step}`)).join(', ')}: {why(reason)}
          </span>
        ))}
      </p>
    </div>
  )
}

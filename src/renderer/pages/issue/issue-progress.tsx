import { LoaderCircle } from 'lucide-react'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { MessageKey } from '../../i18n/ru.ts'
import type { RequestStep, Stage } from './issue-flow.ts'

const STEPS: readonly RequestStep[] = ['key', 'sign', 'send', 'verify', 'unseal']

/** Names the step being done. The element stays in the page, so that a screen reader hears each change. */
export function IssueProgress({ stage }: { stage: Stage }) {
  const { t } = useI18n()
  const isAsking = stage.name === 'issuing' || stage.name === 'checking' || stage.name === 'resolving'
  const step = isAsking ? stage.step : undefined
  const message = progressMessage(stage)
  const reached = step === undefined ? 0 : STEPS.indexOf(step) + 1
  return (
    <div className="progress" data-active={message !== undefined}>
      <p role="status" className="progress-text">
        {message !== undefined && (
          <>
            <LoaderCircle aria-hidden="true" className="spinner" />
            {t(message)}
          </>
        )}
      </p>
      {stage.name === 'issuing' && (
        <div className="progress-track" aria-hidden="true">
          {STEPS.map((name, index) => (
            <span key={name} data-reached={index < reached} />
          ))}
        </div>
      )}
    </div>
  )
}

function progressMessage(stage: Stage): MessageKey | undefined {
  switch (stage.name) {
    case 'checking':
      return stage.step === undefined ? 'issue.progress.check' : `issue.progress.${stage.step}`
    case 'issuing':
      return stage.step === undefined ? 'issue.progress.issue' : `issue.progress.${stage.step}`
    case 'resolving':
      return stage.repeated ? 'issue.progress.send' : 'issue.progress.resolve'
    case 'mobile':
      return stage.asking === true ? 'issue.progress.mobile' : undefined
    case 'code':
      return stage.asking === true ? 'issue.progress.code' : undefined
    case 'agreement':
    case 'printing':
      if (stage.name === 'agreement' && stage.paper !== 'printing') return undefined
      if (stage.cancelling === true) return 'print.progress.cancelling'
      if (stage.progress === undefined && stage.name === 'agreement') return 'issue.progress.agreement'
      if (stage.progress === undefined) return 'issue.progress.print'
      // Beside a call for paper «печатает» would be a contradiction, though the job itself says so.
      if (stage.progress.state === 'printing' && stage.progress.needs.length > 0) return 'print.progress.waiting'
      return `print.progress.${stage.progress.state}`
    default:
      return undefined
  }
}

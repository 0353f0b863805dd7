import type { ReactNode } from 'react'
import { FailureFacts } from './failure-facts.tsx'
import { Notice } from './notice.tsx'
import type { ShownFailure } from './shown-failure.ts'

interface FailureAlertProps {
  title: string
  failure: ShownFailure
  requestId?: string | undefined
  children?: ReactNode
}

export function FailureAlert({ title, failure, requestId, children }: FailureAlertProps) {
  return (
    <Notice tone="refusal" title={title} role="alert">
      <FailureFacts failure={failure} requestId={requestId} />
      {children !== undefined && <div className="notice-actions">{children}</div>}
    </Notice>
  )
}

import { CircleAlert, CircleCheck, CircleHelp, CircleX, Dot } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'good' | 'warning' | 'bad' | 'unknown' | 'neutral'

const ICONS = { good: CircleCheck, warning: CircleAlert, bad: CircleX, unknown: CircleHelp, neutral: Dot } as const

/** A state in words with a sign before it, so that colour never speaks alone. */
export function StateMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = ICONS[tone]
  return (
    <span className="state-mark" data-tone={tone}>
      {tone !== 'neutral' && <Icon aria-hidden="true" />}
      <span>{children}</span>
    </span>
  )
}

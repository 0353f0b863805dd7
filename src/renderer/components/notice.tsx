import { CircleAlert, CircleCheck, CircleHelp, Info, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'

export type NoticeTone = 'refusal' | 'warning' | 'unknown' | 'success' | 'information'

const ICONS = {
  refusal: OctagonX,
  warning: CircleAlert,
  unknown: CircleHelp,
  success: CircleCheck,
  information: Info,
} as const

interface NoticeProps {
  tone: NoticeTone
  title: string
  /** `alert` interrupts a screen reader, `status` waits; without it the text is read in its place. */
  role?: 'alert' | 'status'
  children?: ReactNode
}

export function Notice({ tone, title, role, children }: NoticeProps) {
  const Icon = ICONS[tone]
  return (
    <div className="notice" data-tone={tone} role={role}>
      <Icon aria-hidden="true" className="notice-icon" />
      <div className="notice-body">
        <h2 className="notice-title">{title}</h2>
        {children}
      </div>
    </div>
  )
}

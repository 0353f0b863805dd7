import { CircleQuestionMark, HeartPulse, IdCard, ScrollText, Settings, UsersRound } from 'lucide-react'
import type { MouseEvent } from 'react'
import { useI18n } from '../i18n/i18n-context.ts'
import { type Page, pages } from './pages.ts'

const ICONS = {
  issue: IdCard,
  journal: ScrollText,
  accounts: UsersRound,
  settings: Settings,
  health: HeartPulse,
  help: CircleQuestionMark,
} as const

export function Navigation({ page, onOpen }: { page: Page; onOpen: (page: Page) => void }) {
  const { t } = useI18n()
  const open = (event: MouseEvent, next: Page) => {
    event.preventDefault()
    onOpen(next)
  }
  return (
    <nav className="navigation" aria-label={t('navigation.label')}>
      <ul>
        {pages.map((candidate) => {
          const Icon = ICONS[candidate]
          return (
            <li key={candidate}>
              <a
                className="navigation-link"
                href={`#${candidate}`}
                aria-current={candidate === page ? 'page' : undefined}
                onClick={(event) => open(event, candidate)}
              >
                <Icon aria-hidden="true" />
                {t(`navigation.${candidate}`)}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

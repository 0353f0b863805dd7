import { lazy, Suspense, useEffect, useState } from 'react'
import type { Role, User } from '../../shared/domain/session.ts'
import { useHelpPlace } from '../help/help-root.tsx'
import { useI18n } from '../i18n/i18n-context.ts'
import { IssuePage } from '../pages/issue/issue-page.tsx'
import { AccessRefused } from './access-refused.tsx'
import { useRequestLeave } from './leave-guard.tsx'
import { Navigation } from './navigation.tsx'
import { type Page, pageRoles } from './pages.ts'
import { UnlockKey } from './unlock-key.tsx'
import type { WorkstationStatus } from './use-workstation-status.ts'

/** The counter's own page comes with the window; the others are files beside it, read when they are opened. */
const AccountsPage = lazy(async () => ({ default: (await import('../pages/accounts/accounts-page.tsx')).AccountsPage }))
const HealthPage = lazy(async () => ({ default: (await import('../pages/health/health-page.tsx')).HealthPage }))
const HelpPage = lazy(async () => ({ default: (await import('../pages/help/help-page.tsx')).HelpPage }))
const JournalPage = lazy(async () => ({ default: (await import('../pages/journal/journal-page.tsx')).JournalPage }))
const SettingsPage = lazy(async () => ({ default: (await import('../pages/settings/settings-page.tsx')).SettingsPage }))

const FIRST_PAGE: Readonly<Record<Role, Page>> = { operator: 'issue', supervisor: 'journal', administrator: 'accounts' }

interface WorkplaceProps {
  user: User
  status: WorkstationStatus | undefined
  /** The accounts of training are fixed: its administrator begins with what he can do. */
  training: boolean
}

/** What a signed-in person sees: the sections on the left, one of them open. */
export function Workplace({ user, status, training }: WorkplaceProps) {
  const { t } = useI18n()
  const requestLeave = useRequestLeave()
  const [page, setPage] = useState<Page>(training && user.role === 'administrator' ? 'health' : FIRST_PAGE[user.role])
  useHelpPlace(page)
  useEffect(() => {
    document.title = t('app.title', { page: t(`navigation.${page}`) })
  }, [page, t])
  const open = (next: Page) => {
    if (next !== page) requestLeave(() => setPage(next))
  }
  const keyLocked = status?.key.state === 'locked'
  const allowed = pageRoles[page].includes(user.role)
  return (
    <div className="workplace">
      <Navigation page={page} onOpen={open} />
      <main className="window-content" id="content" tabIndex={-1}>
        <Suspense>
          {page === 'help' && <HelpPage />}
          {!allowed && page !== 'help' && <AccessRefused page={page} role={user.role} />}
          {allowed &&
            page === 'issue' &&
            (keyLocked ? <UnlockKey /> : <IssuePage printer={status?.printer} training={training} />)}
          {allowed && page === 'accounts' && <AccountsPage login={user.login} />}
          {allowed && page === 'settings' && <SettingsPage />}
          {allowed && page === 'health' && <HealthPage />}
          {allowed && page === 'journal' && <JournalPage chain={status?.journal} />}
        </Suspense>
      </main>
    </div>
  )
}

import { GraduationCap } from 'lucide-react'
import type { User } from '../../shared/domain/session.ts'
import { useI18n } from '../i18n/i18n-context.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { UserMenu } from './user-menu.tsx'

interface HeaderProps {
  /** Undefined until the main process has said it. */
  mode: 'training' | 'real' | undefined
  user: User | null
  onCloseShift: () => void
  onSignOut: () => void
}

export function Header({ mode, user, onCloseShift, onSignOut }: HeaderProps) {
  const { t } = useI18n()
  return (
    <header className="header" data-mode={mode}>
      <div className="header-row">
        <div className="header-product">
          <strong className="header-name">{t('app.name')}</strong>
          <span className="header-service">{t('app.service')}</span>
        </div>
        {mode === 'training' && (
          <p className="training-badge" title={t('mode.training.hint')}>
            <GraduationCap aria-hidden="true" />
            {t('mode.training')}
          </p>
        )}
        <div className="header-tools">
          <LanguageSwitch />
          {user !== null && <UserMenu user={user} onCloseShift={onCloseShift} onSignOut={onSignOut} />}
        </div>
      </div>
    </header>
  )
}

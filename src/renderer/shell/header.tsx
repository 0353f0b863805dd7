import { CircleQuestionMark, GraduationCap } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { User } from '../../shared/domain/session.ts'
import { useOpenHelp } from '../help/help-root.tsx'
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
  const openHelp = useOpenHelp()
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
          <Button className="header-help" aria-label={`${t('help.title')} F1`} onPress={openHelp}>
            <CircleQuestionMark aria-hidden="true" />
            <kbd>F1</kbd>
          </Button>
          <LanguageSwitch />
          {user !== null && <UserMenu user={user} onCloseShift={onCloseShift} onSignOut={onSignOut} />}
        </div>
      </div>
    </header>
  )
}

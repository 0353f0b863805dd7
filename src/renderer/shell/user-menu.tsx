import { CalendarCheck, ChevronDown, KeyRound, Lock, LogOut, UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { User } from '../../shared/domain/session.ts'
import { useArm } from '../arm-context.ts'
import { useI18n } from '../i18n/i18n-context.ts'
import { ChangePassword } from './change-password.tsx'
import { useRequestLeave } from './leave-guard.tsx'

interface UserMenuProps {
  user: User
  onCloseShift: () => void
  onSignOut: () => void
}

export function UserMenu({ user, onCloseShift, onSignOut }: UserMenuProps) {
  const { t } = useI18n()
  const arm = useArm()
  const requestLeave = useRequestLeave()
  const [changing, setChanging] = useState(false)
  return (
    <>
      {changing && <ChangePassword user={user} onClose={() => setChanging(false)} />}
      <MenuTrigger>
        <Button className="user-menu-button">
          <UserRound aria-hidden="true" />
          <span className="user-menu-who">
            <span className="user-menu-name">{user.name}</span>{' '}
            <span className="user-menu-role">{t(`role.${user.role}`)}</span>
          </span>
          <ChevronDown aria-hidden="true" />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            onAction={(action) => {
              if (action === 'lock') arm.invoke('session.lock', undefined)
              else if (action === 'change-password') setChanging(true)
              else requestLeave(action === 'close-shift' ? onCloseShift : onSignOut)
            }}
          >
            <MenuItem id="lock" className="menu-item" textValue={t('user.lock')}>
              <Lock aria-hidden="true" />
              {t('user.lock')}
            </MenuItem>
            <MenuItem id="change-password" className="menu-item" textValue={t('user.changePassword')}>
              <KeyRound aria-hidden="true" />
              {t('user.changePassword')}
            </MenuItem>
            {user.role === 'operator' && (
              <MenuItem id="close-shift" className="menu-item" textValue={t('user.closeShift')}>
                <CalendarCheck aria-hidden="true" />
                {t('user.closeShift')}
              </MenuItem>
            )}
            <MenuItem id="sign-out" className="menu-item" textValue={t('user.signOut')}>
              <LogOut aria-hidden="true" />
              {t('user.signOut')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  )
}

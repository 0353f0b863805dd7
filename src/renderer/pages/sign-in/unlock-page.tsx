import type { User } from '../../../shared/domain/session.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import { SecretForm } from './secret-form.tsx'

interface UnlockPageProps {
  user: User
  onUnlocked: (user: User) => void
  onSignOut: () => void
}

/** A locked session: nothing of the citizen is shown, and only its own user takes it up again. */
export function UnlockPage({ user, onUnlocked, onSignOut }: UnlockPageProps) {
  const arm = useArm()
  const { t } = useI18n()
  return (
    <SecretForm
      title={t('unlock.title')}
      hint={t('unlock.hint', { name: user.name })}
      label={t('signIn.password')}
      required={t('signIn.passwordRequired')}
      submit={t('unlock.submit')}
      failed={t('unlock.failed')}
      autoComplete="current-password"
      onSubmit={async (password) => {
        const result = await arm.invoke('session.unlock', { password })
        if (!result.ok) return result.failure
        onUnlocked(result.value)
        return undefined
      }}
    >
      <Button kind="secondary" onPress={onSignOut}>
        {t('unlock.signOut')}
      </Button>
    </SecretForm>
  )
}

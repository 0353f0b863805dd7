import { type SyntheticEvent, useRef, useState } from 'react'
import { type PasswordShortcoming, passwordLimits, passwordShortcoming } from '../../shared/domain/password-rules.ts'
import type { User } from '../../shared/domain/session.ts'
import { useArm } from '../arm-context.ts'
import { AlertDialog } from '../components/alert-dialog.tsx'
import { Button } from '../components/button.tsx'
import { FailureAlert } from '../components/failure-alert.tsx'
import type { ShownFailure } from '../components/shown-failure.ts'
import { StateMark } from '../components/state-mark.tsx'
import { useI18n } from '../i18n/i18n-context.ts'
import { takeSecret } from '../pages/sign-in/take-secret.ts'

interface ChangePasswordProps {
  user: User
  onClose: () => void
}

const fields = ['current', 'next', 'repeated'] as const

/** What is known of the new password while it is typed; the password itself never becomes state. */
interface Rules {
  readonly shortcoming: PasswordShortcoming | undefined
  readonly same: boolean
}

/** One's own password, with the rules in sight; each secret crosses once, and its field is empty afterwards. */
export function ChangePassword({ user, onClose }: ChangePasswordProps) {
  const arm = useArm()
  const { t } = useI18n()
  const form = useRef<HTMLFormElement>(null)
  const [rules, setRules] = useState<Rules>({ shortcoming: 'short', same: false })
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const [failure, setFailure] = useState<ShownFailure>()
  const [wrong, setWrong] = useState<(typeof fields)[number]>()
  const field = (name: (typeof fields)[number]): HTMLInputElement | null =>
    form.current?.querySelector(`#password-${name}`) ?? null

  const look = (): Rules => {
    const next = field('next')?.value ?? ''
    const typed = new TextEncoder().encode(next)
    const shortcoming = passwordShortcoming(typed, user.login)
    typed.fill(0)
    return { shortcoming, same: next !== '' && next === field('repeated')?.value }
  }

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    const [current, next, repeated] = fields.map(field)
    if (busy || !current || !next || !repeated) return
    const now = look()
    setRules(now)
    const first =
      current.value === '' ? 'current' : now.shortcoming !== undefined ? 'next' : now.same ? undefined : 'repeated'
    setWrong(first)
    if (first !== undefined) return field(first)?.focus()
    setBusy(true)
    setFailure(undefined)
    repeated.value = ''
    const secrets = { current: takeSecret(current), next: takeSecret(next) }
    setRules({ shortcoming: 'short', same: false })
    const result = await arm.invoke('session.change-password', secrets)
    secrets.current.fill(0)
    secrets.next.fill(0)
    setBusy(false)
    if (result.ok) return setDone(true)
    setFailure(result.failure)
    field('current')?.focus()
  }

  if (done) {
    return (
      <AlertDialog title={t('password.done')} onDismiss={onClose}>
        <div className="dialog-actions">
          <Button autoFocus onPress={onClose}>
            {t('password.close')}
          </Button>
        </div>
      </AlertDialog>
    )
  }
  const { shortcoming, same } = rules
  return (
    <AlertDialog title={t('password.title')} onDismiss={onClose}>
      {failure !== undefined && <FailureAlert title={t('password.failed')} failure={failure} />}
      <form ref={form} className="password-form" onSubmit={submit} onInput={() => setRules(look())} noValidate>
        {fields.map((name) => (
          <div className="field" key={name}>
            <label htmlFor={`password-${name}`}>{t(`password.${name}`)}</label>
            <input
              id={`password-${name}`}
              className="input"
              type="password"
              autoComplete={name === 'current' ? 'current-password' : 'new-password'}
              maxLength={passwordLimits.max}
              required
              // biome-ignore lint/a11y/noAutofocus: the dialog opens because its menu item was chosen.
              autoFocus={name === 'current'}
              aria-invalid={wrong === name}
              aria-describedby="password-rules"
            />
          </div>
        ))}
        <ul id="password-rules" className="password-rules">
          <li>
            <StateMark tone={shortcoming === 'short' || shortcoming === 'long' ? 'neutral' : 'good'}>
              {t('password.rule.length', { min: passwordLimits.min })}
            </StateMark>
          </li>
          <li>
            <StateMark tone={shortcoming === undefined ? 'good' : 'neutral'}>{t('password.rule.known')}</StateMark>
          </li>
          <li>
            <StateMark tone={same ? 'good' : 'neutral'}>{t('password.rule.same')}</StateMark>
          </li>
        </ul>
        <div className="dialog-actions">
          <Button type="submit" pending={busy}>
            {t('password.submit')}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {t('password.cancel')}
          </Button>
        </div>
      </form>
    </AlertDialog>
  )
}

import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import type { User } from '../../../shared/domain/session.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { takeSecret } from './take-secret.ts'

const fields = ['login', 'name', 'password', 'repeated'] as const
type Field = (typeof fields)[number]

/** The first start in real mode: whoever opened the vault becomes the administrator. */
export function FirstAdministratorPage({ onCreated }: { onCreated: (user: User) => void }) {
  const arm = useArm()
  const { t } = useI18n()
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<Field>()
  const [differ, setDiffer] = useState(false)
  const [failure, setFailure] = useState<ShownFailure>()
  const input = (name: Field) => form.current?.elements.namedItem(name) as HTMLInputElement | null
  useEffect(() => {
    document.title = t('app.title', { page: t('firstAdministrator.title') })
  }, [t])
  useEffect(() => (form.current?.elements.namedItem('login') as HTMLInputElement | null)?.focus(), [])

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    const [login, name, password, repeated] = fields.map(input)
    if (busy || !login || !name || !password || !repeated) return
    const empty = fields.find((field) => input(field)?.value.trim() === '')
    const passwordsDiffer = empty === undefined && password.value !== repeated.value
    setWrong(empty ?? (passwordsDiffer ? 'repeated' : undefined))
    setDiffer(passwordsDiffer)
    if (empty !== undefined) return input(empty)?.focus()
    if (passwordsDiffer) {
      password.value = ''
      repeated.value = ''
      return password.focus()
    }
    setBusy(true)
    setFailure(undefined)
    repeated.value = ''
    const secret = takeSecret(password)
    const result = await arm.invoke('session.create-administrator', {
      login: login.value.trim(),
      name: name.value.trim(),
      password: secret,
    })
    secret.fill(0)
    if (result.ok) return onCreated(result.value)
    setBusy(false)
    setFailure(result.failure)
    password.focus()
  }

  return (
    <main className="window-content window-content-centred" id="content" tabIndex={-1}>
      <div className="sign-in">
        <form ref={form} className="sign-in-form" onSubmit={submit} noValidate>
          <h1>{t('firstAdministrator.title')}</h1>
          <p className="quiet">{t('firstAdministrator.hint')}</p>
          {failure !== undefined && <FailureAlert title={t('firstAdministrator.failed')} failure={failure} />}
          {fields.map((field) => (
            <div className="field" key={field}>
              <label htmlFor={field}>{field === 'login' ? t('signIn.login') : t(`firstAdministrator.${field}`)}</label>
              <input
                id={field}
                name={field}
                className="input"
                type={field === 'password' || field === 'repeated' ? 'password' : 'text'}
                autoComplete={field === 'password' || field === 'repeated' ? 'new-password' : 'off'}
                maxLength={field === 'login' ? 64 : 200}
                spellCheck={false}
                required
                aria-invalid={wrong === field}
                aria-describedby={wrong === field ? `${field}-error` : undefined}
              />
              {wrong === field && (
                <p className="field-error" id={`${field}-error`}>
                  {t(field === 'repeated' && differ ? 'firstAdministrator.differs' : 'firstAdministrator.required')}
                </p>
              )}
            </div>
          ))}
          <Button type="submit" pending={busy}>
            {t('firstAdministrator.submit')}
          </Button>
        </form>
      </div>
    </main>
  )
}

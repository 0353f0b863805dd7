import { type SyntheticEvent, useRef, useState } from 'react'
import { type Role, roles } from '../../../shared/domain/session.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { Notice } from '../../components/notice.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { takeSecret } from '../sign-in/take-secret.ts'

const fields = ['name', 'login', 'iin', 'password'] as const
type Field = (typeof fields)[number]

/** A new account. Its first password is told to its owner, who changes it. */
export function AddAccount({ onAdded }: { onAdded: () => void }) {
  const arm = useArm()
  const { t } = useI18n()
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState<Field>()
  const [failure, setFailure] = useState<ShownFailure>()
  const [added, setAdded] = useState<string>()
  const input = (name: string) => form.current?.elements.namedItem(name) as HTMLInputElement | null

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    const password = input('password')
    if (busy || password === null) return
    setAdded(undefined)
    const empty = fields.find((field) => field !== 'iin' && input(field)?.value.trim() === '')
    setMissing(empty)
    if (empty !== undefined) return input(empty)?.focus()
    const iin = input('iin')?.value.trim() ?? ''
    if (iin !== '' && !/^[0-9]{12}$/.test(iin)) {
      setFailure({ code: 'iin.format' })
      return input('iin')?.focus()
    }
    setBusy(true)
    setFailure(undefined)
    const secret = takeSecret(password)
    const login = input('login')?.value.trim() ?? ''
    const result = await arm.invoke('accounts.add', {
      login,
      name: input('name')?.value.trim() ?? '',
      role: (input('role')?.value ?? 'operator') as Role,
      ...(iin === '' ? {} : { iin }),
      password: secret,
    })
    secret.fill(0)
    setBusy(false)
    if (!result.ok) {
      setFailure(result.failure)
      return password.focus()
    }
    form.current?.reset()
    setAdded(login)
    onAdded()
    input('name')?.focus()
  }

  return (
    <form ref={form} className="accounts-form" onSubmit={submit} noValidate aria-labelledby="add-account-title">
      <h2 id="add-account-title">{t('accounts.add')}</h2>
      {failure !== undefined && <FailureAlert title={t('accounts.failed')} failure={failure} />}
      {added !== undefined && (
        <Notice tone="success" role="status" title={t('accounts.added', { login: added })}>
          <p>{t('accounts.added.hint')}</p>
        </Notice>
      )}
      <div className="accounts-fields">
        {fields.map((field) => (
          <div className="field" key={field}>
            <label htmlFor={`account-${field}`}>{t(`accounts.field.${field}`)}</label>
            <input
              id={`account-${field}`}
              name={field}
              className="input"
              type={field === 'password' ? 'password' : 'text'}
              inputMode={field === 'iin' ? 'numeric' : undefined}
              autoComplete={field === 'password' ? 'new-password' : 'off'}
              maxLength={{ name: 200, login: 64, iin: 12, password: 200 }[field]}
              spellCheck={false}
              required={field !== 'iin'}
              aria-invalid={missing === field}
              aria-describedby={missing === field ? `account-${field}-error` : undefined}
            />
            {missing === field && (
              <p className="field-error" id={`account-${field}-error`}>
                {t('firstAdministrator.required')}
              </p>
            )}
          </div>
        ))}
        <div className="field">
          <label htmlFor="account-role">{t('accounts.column.role')}</label>
          <select id="account-role" name="role" className="input">
            {roles.map((role) => (
              <option key={role} value={role}>
                {t(`role.${role}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Button type="submit" pending={busy}>
        {t('accounts.add')}
      </Button>
    </form>
  )
}

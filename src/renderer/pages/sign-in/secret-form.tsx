import { type ReactNode, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { takeSecret } from './take-secret.ts'

interface SecretFormProps {
  title: string
  /** What the secret is for, in a sentence. */
  hint: string
  label: string
  /** Said where the field is empty. */
  required: string
  submit: string
  failed: string
  autoComplete: 'current-password' | 'off'
  /** Sends the secret; the bytes are wiped afterwards. @returns what went wrong. */
  onSubmit: (secret: Uint8Array<ArrayBuffer>) => Promise<ShownFailure | undefined>
  children?: ReactNode
}

/** One secret and one button: it is taken out of its field, sent once, and the field is empty. */
export function SecretForm(props: SecretFormProps) {
  const { t } = useI18n()
  const field = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState(false)
  const [failure, setFailure] = useState<ShownFailure>()
  useEffect(() => {
    document.title = t('app.title', { page: props.title })
  }, [t, props.title])
  useEffect(() => field.current?.focus(), [])

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (busy || field.current === null) return
    setMissing(field.current.value === '')
    if (field.current.value === '') return field.current.focus()
    setBusy(true)
    setFailure(undefined)
    const secret = takeSecret(field.current)
    const failed = await props.onSubmit(secret)
    secret.fill(0)
    if (failed === undefined) return
    setBusy(false)
    setFailure(failed)
    field.current?.focus()
  }

  return (
    <main className="window-content window-content-centred" id="content" tabIndex={-1}>
      <div className="sign-in">
        <form className="sign-in-form" onSubmit={submit} noValidate>
          <h1>{props.title}</h1>
          <p className="quiet">{props.hint}</p>
          {failure !== undefined && <FailureAlert title={props.failed} failure={failure} />}
          <div className="field">
            <label htmlFor="secret">{props.label}</label>
            <input
              ref={field}
              id="secret"
              className="input"
              type="password"
              autoComplete={props.autoComplete}
              maxLength={256}
              required
              aria-invalid={missing}
              aria-describedby={missing ? 'secret-error' : undefined}
            />
            {missing && (
              <p className="field-error" id="secret-error">
                {props.required}
              </p>
            )}
          </div>
          <Button type="submit" pending={busy}>
            {props.submit}
          </Button>
          {props.children}
        </form>
      </div>
    </main>
  )
}

import { type FormEvent, useId, useState } from 'react'
import { revealReasonLimits } from '../../../shared/domain/audit-review.ts'
import { AlertDialog } from '../../components/alert-dialog.tsx'
import { Button } from '../../components/button.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'

/** One question: why. The reason becomes a row of the log. */
export function ReasonDialog(props: {
  title: string
  text: string
  submit: string
  pending: boolean
  onReason: (reason: string) => void
  onDismiss: () => void
}) {
  const { t } = useI18n()
  const [reason, setReason] = useState('')
  const [short, setShort] = useState(false)
  const fieldId = useId()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (props.pending) return
    const given = reason.trim()
    if (given.length < revealReasonLimits.min) setShort(true)
    else props.onReason(given)
  }
  return (
    <AlertDialog title={props.title} onDismiss={props.onDismiss}>
      <p>{props.text}</p>
      <form className="reveal-form" onSubmit={submit}>
        <div className="field">
          <label htmlFor={fieldId}>{t('journal.reveal.reason')}</label>
          <input
            id={fieldId}
            className="input"
            type="text"
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the dialog is one question
            autoFocus
            maxLength={revealReasonLimits.max}
            value={reason}
            aria-invalid={short}
            aria-describedby={`${fieldId}-hint`}
            onChange={(event) => {
              setReason(event.target.value)
              setShort(false)
            }}
          />
          <p id={`${fieldId}-hint`} className={short ? 'field-error' : 'quiet'}>
            {short ? t('issue.registered.reasonTooShort', { min: revealReasonLimits.min }) : t('journal.reveal.hint')}
          </p>
        </div>
        <div className="dialog-actions">
          <Button type="submit" enterHint pending={props.pending}>
            {props.submit}
          </Button>
          <Button kind="secondary" onPress={props.onDismiss}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    </AlertDialog>
  )
}

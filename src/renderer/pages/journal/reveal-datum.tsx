import { Eye } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { RevealedField } from '../../../shared/domain/audit-review.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { ReasonDialog } from './reason-dialog.tsx'

interface Shown {
  readonly field: RevealedField
  readonly value: string
  readonly secondsLeft: number
}

/**
 * Shows one personal datum of a row for a reason, for some seconds. The value is held only as long as it is shown: it goes when
 * its time is over, when it is hidden, and with the row.
 */
export function RevealDatum({
  seq,
  fields,
  ofDocument,
}: {
  seq: number
  fields: readonly RevealedField[]
  /** The row keeps a document's data in the place of a name. */
  ofDocument: boolean
}) {
  const arm = useArm()
  const { t } = useI18n()
  const [asking, setAsking] = useState<RevealedField>()
  const [shown, setShown] = useState<Shown>()
  const [failure, setFailure] = useState<ShownFailure>()
  const [pending, setPending] = useState(false)
  const ticking = shown !== undefined
  const said = (field: RevealedField) => (field === 'name' && ofDocument ? 'document' : field)
  useEffect(() => {
    if (!ticking) return
    const timer = setInterval(
      () =>
        setShown((now) =>
          now === undefined || now.secondsLeft <= 1 ? undefined : { ...now, secondsLeft: now.secondsLeft - 1 },
        ),
      1000,
    )
    return () => clearInterval(timer)
  }, [ticking])

  const ask = (field: RevealedField): void => {
    setFailure(undefined)
    setShown(undefined)
    setAsking(field)
  }
  const reveal = async (field: RevealedField, reason: string): Promise<void> => {
    setPending(true)
    const result = await arm.invoke('audit.reveal', { seq, field, reason })
    setPending(false)
    setAsking(undefined)
    if (result.ok) setShown({ field, value: result.value.value, secondsLeft: result.value.seconds })
    else setFailure(result.failure)
  }

  return (
    <div className="reveal">
      {shown === undefined ? (
        <div className="reveal-buttons">
          {fields.map((field) => (
            <Button key={field} kind="secondary" onPress={() => ask(field)}>
              <Eye aria-hidden="true" />
              {t(`journal.reveal.${said(field)}`)}
            </Button>
          ))}
        </div>
      ) : (
        <div className="reveal-shown" role="status">
          <strong className={shown.field === 'iin' ? 'numeric' : undefined}>{shown.value}</strong>
          <span className="quiet">{t('journal.reveal.left', { seconds: shown.secondsLeft })}</span>
          <Button kind="quiet" onPress={() => setShown(undefined)}>
            {t('journal.reveal.hide')}
          </Button>
        </div>
      )}
      {failure !== undefined && <FailureAlert title={t('journal.reveal.failed')} failure={failure} />}
      {asking !== undefined && (
        <ReasonDialog
          title={t(`journal.reveal.title.${said(asking)}`)}
          text={t('journal.reveal.text')}
          submit={t('journal.reveal.show')}
          pending={pending}
          onReason={(reason) => void reveal(asking, reason)}
          onDismiss={() => setAsking(undefined)}
        />
      )}
    </div>
  )
}

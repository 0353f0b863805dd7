import { AlertDialog } from '../../components/alert-dialog.tsx'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { Stage } from './issue-flow.ts'

interface PrintedDialogProps {
  stage: Extract<Stage, { name: 'printed' | 'confirming' }>
  onAnswer: (handed: boolean) => void
}

/** Only the operator knows whether a readable sheet came out: the question must be answered. */
export function PrintedDialog({ stage, onAnswer }: PrintedDialogProps) {
  const { t } = useI18n()
  const problem = stage.name === 'printed' ? stage.problem : undefined
  const answering = stage.name === 'confirming' ? stage.handed : undefined
  return (
    <AlertDialog title={t('issue.printed.title')}>
      {problem !== undefined && <FailureAlert title={t('issue.failed.confirm')} {...problem} />}
      <p>{t('issue.printed.text')}</p>
      {stage.place !== '' && <p className="printed-place">{t('issue.printed.place', { place: stage.place })}</p>}
      <p className="quiet">{t('issue.printed.noText')}</p>
      <div className="dialog-actions">
        <Button autoFocus pending={answering === true} disabled={answering === false} onPress={() => onAnswer(true)}>
          {t('issue.printed.yes')}
        </Button>
        <Button
          kind="secondary"
          pending={answering === false}
          disabled={answering === true}
          onPress={() => onAnswer(false)}
        >
          {t('issue.printed.no')}
        </Button>
      </div>
    </AlertDialog>
  )
}

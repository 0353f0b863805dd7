import { useState } from 'react'
import { AlertDialog } from '../../components/alert-dialog.tsx'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { Stage } from './issue-flow.ts'
import { type ReprintApproval, ReprintForm } from './reprint-form.tsx'

interface PrintedDialogProps {
  stage: Extract<Stage, { name: 'printed' | 'confirming' }>
  onAnswer: (handed: boolean) => void
  onReprint: (approval: ReprintApproval) => void
}

/** Only the operator knows whether a readable sheet came out: the question must be answered. */
export function PrintedDialog({ stage, onAnswer, onReprint }: PrintedDialogProps) {
  const { t } = useI18n()
  const [spoiled, setSpoiled] = useState(false)
  const problem = stage.name === 'printed' ? stage.problem : undefined
  const answering = stage.name === 'confirming' ? stage.handed : undefined
  return (
    <AlertDialog title={t('issue.printed.title')}>
      {problem !== undefined && (
        <FailureAlert
          title={t(problem.failure.code.startsWith('print.approval') ? 'issue.failed.reprint' : 'issue.failed.confirm')}
          {...problem}
        />
      )}
      {stage.name === 'printed' && stage.spooled === true && (
        <p className="field-error">{t('issue.printed.spooled')}</p>
      )}
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
        {!spoiled && stage.passwordGone !== true && (
          <Button kind="quiet" disabled={answering !== undefined} onPress={() => setSpoiled(true)}>
            {t('issue.reprint.open')}
          </Button>
        )}
      </div>
      {spoiled && stage.passwordGone !== true && (
        <ReprintForm idPrefix="spoiled" onApprove={onReprint} onBack={() => setSpoiled(false)} />
      )}
    </AlertDialog>
  )
}

import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Verbatim } from '../../../components/verbatim.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import { EnvelopeSketch } from '../envelope-sketch.tsx'
import type { Stage, StepsDone } from '../issue-flow.ts'

interface IssuedPanelProps {
  stage: Extract<Stage, { name: 'issued' | 'printing' }>
  /** What came of mGov, where it was asked. */
  mgov: StepsDone['mgov']
  onPrint: () => void
  onCancel: () => void
}

export function IssuedPanel({ stage, mgov, onPrint, onCancel }: IssuedPanelProps) {
  const { t } = useI18n()
  const problem = stage.name === 'issued' ? stage.problem : undefined
  const needs = stage.name === 'printing' && stage.cancelling !== true ? (stage.progress?.needs ?? []) : []
  return (
    <section className="panel">
      {problem !== undefined && <FailureAlert title={t('issue.failed.print')} {...problem} />}
      {problem === undefined && stage.name === 'issued' && (
        <Notice tone="success" title={t(`issue.issued.title.${stage.issued.action}`)} role="status">
          <p>{t('issue.issued.text')}</p>
          {mgov !== undefined && (
            <p>
              {mgov === 'connected'
                ? t('issue.mgov.connected')
                : t('issue.mgov.skipped', { reason: t(`outcome.skipped.${mgov}`) })}
            </p>
          )}
          <Verbatim>{stage.issued.message}</Verbatim>
        </Notice>
      )}
      {needs.length > 0 && (
        <Notice tone="warning" title={t('print.progress.stopped')} role="alert">
          {needs.map((need) => (
            <p key={need}>{t(`print.need.${need}`)}</p>
          ))}
        </Notice>
      )}
      <EnvelopeSketch />
      <div className="actions">
        <Button nextAction enterHint pending={stage.name === 'printing'} onPress={onPrint}>
          {t('issue.print')}
        </Button>
        {stage.name === 'printing' && (
          <Button kind="secondary" pending={stage.cancelling === true} onPress={onCancel}>
            {t('issue.print.cancel')}
          </Button>
        )}
      </div>
    </section>
  )
}

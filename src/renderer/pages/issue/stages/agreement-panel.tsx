import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { Notice } from '../../../components/notice.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'

interface AgreementPanelProps {
  stage: Extract<Stage, { name: 'agreement' }>
  /** No request follows: the citizen came for mGov alone. */
  mgovOnly: boolean
  onPrint: () => void
  onCancel: () => void
  onFound: () => void
  onSigned: () => void
  onSkip: () => void
  onNext: () => void
}

/** The agreement goes to paper, the citizen signs it, and the operator says so: then the request leaves. */
export function AgreementPanel({ stage, mgovOnly, ...on }: AgreementPanelProps) {
  const { t } = useI18n()
  const { paper, problem, recording = false } = stage
  const isUnknown = paper === 'unknown' && problem?.failure.code === 'print.outcome-unknown'
  const needs = paper === 'printing' && stage.cancelling !== true ? (stage.progress?.needs ?? []) : []
  return (
    <section className="panel">
      {problem !== undefined && !isUnknown && <FailureAlert title={t('issue.agreement.failed')} {...problem} />}
      {paper === 'unknown' && (
        <Notice tone="unknown" title={t('issue.agreement.unknown.title')} role="alert">
          <p>{t('issue.agreement.unknown.text')}</p>
        </Notice>
      )}
      {paper === 'printed' && (
        <Notice tone="information" title={t('issue.agreement.printed.title')} role="status">
          <p>{t(mgovOnly ? 'issue.agreement.printed.textMgov' : 'issue.agreement.printed.text')}</p>
        </Notice>
      )}
      {paper === 'none' && problem === undefined && (
        <Notice tone="information" title={t('issue.agreement.title')} role="status">
          <p>{t('issue.agreement.text')}</p>
        </Notice>
      )}
      {needs.length > 0 && (
        <Notice tone="warning" title={t('print.progress.stopped')} role="alert">
          {needs.map((need) => (
            <p key={need}>{t(`print.need.${need}`)}</p>
          ))}
        </Notice>
      )}
      <div className="actions">
        {paper !== 'printing' && (
          <Button kind="quiet" onPress={on.onNext}>
            {t('issue.next')}
          </Button>
        )}
        {paper === 'printing' && (
          <Button kind="secondary" pending={stage.cancelling === true} onPress={on.onCancel}>
            {t('issue.print.cancel')}
          </Button>
        )}
        {(paper === 'none' || paper === 'unknown') && (
          <Button kind="secondary" pending={recording} onPress={on.onSkip}>
            {t('issue.skip.paper-form')}
          </Button>
        )}
        {(paper === 'printed' || paper === 'unknown') && (
          <Button kind="secondary" onPress={on.onPrint}>
            {t('issue.agreement.again')}
          </Button>
        )}
        {(paper === 'none' || paper === 'printing') && (
          <Button key="print" nextAction enterHint pending={paper === 'printing'} onPress={on.onPrint}>
            {t('issue.agreement.print')}
          </Button>
        )}
        {paper === 'unknown' && (
          <Button key="found" nextAction enterHint pending={recording} onPress={on.onFound}>
            {t('issue.printUnknown.found')}
          </Button>
        )}
        {paper === 'printed' && (
          <Button key="signed" nextAction enterHint pending={recording} onPress={on.onSigned}>
            {t('issue.agreement.signed')}
          </Button>
        )}
      </div>
    </section>
  )
}

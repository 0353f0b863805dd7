import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Verbatim } from '../../../components/verbatim.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'

interface IssuedPanelProps {
  stage: Extract<Stage, { name: 'issued' | 'printing' }>
  onPrint: () => void
}

export function IssuedPanel({ stage, onPrint }: IssuedPanelProps) {
  const { t } = useI18n()
  const problem = stage.name === 'issued' ? stage.problem : undefined
  return (
    <section className="panel">
      {problem !== undefined && <FailureAlert title={t('issue.failed.print')} {...problem} />}
      {problem === undefined && (
        <Notice tone="success" title={t(`issue.issued.title.${stage.issued.action}`)} role="status">
          <p>{t('issue.issued.text')}</p>
          <Verbatim>{stage.issued.message}</Verbatim>
        </Notice>
      )}
      <div className="actions">
        <Button nextAction enterHint pending={stage.name === 'printing'} onPress={onPrint}>
          {t('issue.print')}
        </Button>
      </div>
    </section>
  )
}

import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { Notice } from '../../../components/notice.tsx'
import { References } from '../../../components/references.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'
import { type ReprintApproval, ReprintForm } from '../reprint-form.tsx'

interface PrintUnknownPanelProps {
  stage: Extract<Stage, { name: 'print-unknown' }>
  onFound: () => void
  onReprint: (approval: ReprintApproval) => void
  onGiveUp: () => void
}

/** Nobody knows whether a sheet came out: the operator looks, and says what he sees. */
export function PrintUnknownPanel({ stage, onFound, onReprint, onGiveUp }: PrintUnknownPanelProps) {
  const { t } = useI18n()
  const [absent, setAbsent] = useState(false)
  const { problem, finding } = stage
  const gone = stage.passwordGone === true
  const refused = problem !== undefined && problem.failure.code !== 'print.outcome-unknown'
  return (
    <section className="panel">
      <Notice tone="unknown" title={t('issue.printUnknown.title')} role="alert">
        <p>{t('issue.printUnknown.text')}</p>
        {gone && <p>{t('issue.printUnknown.gone')}</p>}
        <References
          requestId={stage.issued.requestId}
          {...(problem === undefined || refused ? {} : { failure: problem.failure })}
        />
      </Notice>
      {refused && <FailureAlert title={t('issue.failed.reprint')} {...problem} />}
      <div className="actions">
        <Button nextAction enterHint pending={finding === true} onPress={onFound}>
          {t('issue.printUnknown.found')}
        </Button>
        {!gone && !absent && (
          <Button kind="secondary" onPress={() => setAbsent(true)}>
            {t('issue.printUnknown.absent')}
          </Button>
        )}
        <Button kind="quiet" onPress={onGiveUp}>
          {t('issue.printUnknown.giveUp')}
        </Button>
      </div>
      {absent && !gone && <ReprintForm idPrefix="reprint" onApprove={onReprint} onBack={() => setAbsent(false)} />}
    </section>
  )
}

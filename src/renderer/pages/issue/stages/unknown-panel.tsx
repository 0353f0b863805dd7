import { failureText } from '../../../../shared/contract/failure-texts.ts'
import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { References } from '../../../components/references.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import type { Stage } from '../issue-flow.ts'

/** The portal has said all that it can. */
const NOTHING_MORE_TO_LEARN: ReadonlySet<string> = new Set([
  'recovery.status-absent',
  'recovery.reply-not-kept',
  'recovery.nothing-kept',
])

interface UnknownPanelProps {
  stage: Extract<Stage, { name: 'unknown' }>
  onResolve: (requestId: string) => void
  onRecheck: () => void
  onNext: () => void
}

/** Neither done nor refused: says so plainly, and how the operator finds out. */
export function UnknownPanel({ stage, onResolve, onRecheck, onNext }: UnknownPanelProps) {
  const { language, t } = useI18n()
  const { failure, requestId } = stage.problem
  const known = failureText(failure.code, language)
  // A reply that was refused may be a forgery: the administrator must hear of it before the service goes on.
  const canAsk = requestId !== undefined && !NOTHING_MORE_TO_LEARN.has(failure.code)
  const isReplyRefused = failure.code.startsWith('reply.')
  return (
    <section className="panel">
      <Notice tone="unknown" title={t('issue.unknown.title')} role="alert">
        <p>{t('issue.unknown.text')}</p>
        <dl className="advice">
          <div>
            <dt>{t('issue.unknown.cause')}</dt>
            <dd>{known?.text ?? t('failure.unlisted')}</dd>
          </div>
          <div>
            <dt>{t('common.next')}</dt>
            <dd>
              {(isReplyRefused || !canAsk) && known?.action} {canAsk && t('issue.unknown.next')}
            </dd>
          </div>
        </dl>
        <References failure={failure} requestId={requestId} />
      </Notice>
      <div className="actions">
        <Button kind="quiet" onPress={onNext}>
          {t('issue.next')}
        </Button>
        <Button {...(canAsk ? { kind: 'secondary' } : { nextAction: true, enterHint: true })} onPress={onRecheck}>
          {t('issue.unknown.recheck')}
        </Button>
        {canAsk && (
          <Button nextAction enterHint onPress={() => onResolve(requestId)}>
            {t('issue.unknown.resolve')}
          </Button>
        )}
      </div>
    </section>
  )
}

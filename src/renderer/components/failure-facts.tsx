import { failureText } from '../../shared/contract/failure-texts.ts'
import { translatePortalMessage } from '../../shared/contract/refusal-texts.ts'
import { useI18n } from '../i18n/i18n-context.ts'
import { References } from './references.tsx'
import type { ShownFailure } from './shown-failure.ts'
import { Verbatim } from './verbatim.tsx'

/**
 * What happened, the portal's own words letter for letter where it answered with what they say below, what to do next,
 * and the references that the administrator will ask for.
 */
export function FailureFacts({ failure, requestId }: { failure: ShownFailure; requestId?: string | undefined }) {
  const { language, t } = useI18n()
  const known = failureText(failure.code, language)
  const { portalMessage } = failure
  const translation = portalMessage === undefined ? undefined : translatePortalMessage(portalMessage, language)
  return (
    <>
      <p>{known?.text ?? t('failure.unlisted')}</p>
      {portalMessage !== undefined && <Verbatim>{portalMessage}</Verbatim>}
      {translation !== undefined && <p className="quiet">{translation}</p>}
      <dl className="advice">
        <div>
          <dt>{t('common.next')}</dt>
          <dd>{known?.action ?? t('failure.unlisted.action')}</dd>
        </div>
      </dl>
      <References requestId={requestId} failure={failure} />
    </>
  )
}

import { failureText } from '../../shared/contract/failure-texts.ts'
import { useI18n } from '../i18n/i18n-context.ts'
import { createTranslator } from '../i18n/translator.ts'
import { citizenAdvice, citizenLanguages } from './citizen-advice.ts'
import { References } from './references.tsx'
import type { ShownFailure } from './shown-failure.ts'
import { Verbatim } from './verbatim.tsx'

const translators = { kk: createTranslator('kk'), ru: createTranslator('ru'), en: createTranslator('en') } as const

/**
 * What happened, the portal's own words letter for letter where it answered, what to tell the citizen, what to do
 * next, and the references that the administrator will ask for.
 */
export function FailureFacts({ failure, requestId }: { failure: ShownFailure; requestId?: string | undefined }) {
  const { language, t } = useI18n()
  const known = failureText(failure.code, language)
  const advice = citizenAdvice(failure.code)
  return (
    <>
      <p>{known?.text ?? t('failure.unlisted')}</p>
      {failure.portalMessage !== undefined && <Verbatim>{failure.portalMessage}</Verbatim>}
      <dl className="advice">
        {advice !== undefined && (
          <div>
            <dt>{t('issue.refused.tell')}</dt>
            <dd>
              {citizenLanguages(language).map((spoken) => (
                <p key={spoken} lang={spoken}>
                  {translators[spoken](advice)}
                </p>
              ))}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('common.next')}</dt>
          <dd>{known?.action ?? t('failure.unlisted.action')}</dd>
        </div>
      </dl>
      <References requestId={requestId} failure={failure} />
    </>
  )
}

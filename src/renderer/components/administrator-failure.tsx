import { isFailureCode } from '../../shared/contract/failure-texts.ts'
import { healthText } from '../../shared/contract/health-texts.ts'
import { useI18n } from '../i18n/i18n-context.ts'
import { FailureAlert } from './failure-alert.tsx'
import { Notice } from './notice.tsx'
import { References } from './references.tsx'
import type { ShownFailure } from './shown-failure.ts'

/** A failure told to an administrator: nobody is left whom he could call, so it says what he does himself. */
export function AdministratorFailure({ title, failure }: { title: string; failure: ShownFailure }) {
  const { language, t } = useI18n()
  if (!isFailureCode(failure.code)) return <FailureAlert title={title} failure={failure} />
  const { cause, remedy } = healthText(failure.code, language)
  return (
    <Notice tone="refusal" title={title} role="alert">
      <p>{cause}</p>
      <dl className="advice">
        <div>
          <dt>{t('common.next')}</dt>
          <dd>{remedy}</dd>
        </div>
      </dl>
      <References requestId={undefined} failure={failure} />
    </Notice>
  )
}

import { useI18n } from '../i18n/i18n-context.ts'
import type { ShownFailure } from './shown-failure.ts'

interface ReferencesProps {
  requestId: string | undefined
  failure?: ShownFailure
}

/** What the administrator asks for: the request's number in full and the failure's code. */
export function References({ requestId, failure }: ReferencesProps) {
  const { t } = useI18n()
  const request = requestId ?? failure?.requestId
  return (
    <p className="references">
      {request !== undefined && (
        <span>
          {t('common.requestId')} <code>{request}</code>
        </span>
      )}
      {failure !== undefined && (
        <span>
          {t('common.code')} <code>{failure.code}</code>
          {failure.detail !== undefined && <code> {failure.detail}</code>}
        </span>
      )}
    </p>
  )
}

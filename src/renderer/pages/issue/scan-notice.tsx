import { Notice } from '../../components/notice.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { ScanRefusal } from './use-document-scan.ts'

/** Why a scan filled nothing, and what to do instead. */
export function ScanNotice({ refusal }: { refusal: ScanRefusal }) {
  const { t } = useI18n()
  return (
    <Notice tone="warning" title={t('issue.scan.refused')} role="alert">
      <p>{t(`issue.scan.${refusal}`)}</p>
    </Notice>
  )
}

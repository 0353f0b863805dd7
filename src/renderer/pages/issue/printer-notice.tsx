import { failureText } from '../../../shared/contract/failure-texts.ts'
import { Notice } from '../../components/notice.tsx'
import { References } from '../../components/references.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { WorkstationStatus } from '../../shell/use-workstation-status.ts'

/** What is wrong with the printer, and the remedy, before a citizen waits at the counter. */
export function PrinterNotice({ printer }: { printer: WorkstationStatus['printer'] }) {
  const { language, t } = useI18n()
  if (printer.state !== 'attention' && printer.state !== 'unavailable') return null
  const unavailable = printer.state === 'unavailable'
  return (
    <Notice tone={unavailable ? 'refusal' : 'warning'} title={t(`printer.notice.${printer.state}`)} role="status">
      {printer.findings.map((finding) => {
        const known = failureText(finding.code, language)
        return (
          <div key={finding.code}>
            <p>
              {known?.text ?? t('failure.unlisted')} {known?.action ?? t('failure.unlisted.action')}
            </p>
            <References requestId={undefined} failure={finding} />
          </div>
        )
      })}
    </Notice>
  )
}

import { ChevronDown, Download } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { type ExportFormat, exportFormats } from '../../../shared/domain/audit-review.ts'
import { useArm } from '../../arm-context.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { useLongWork } from './use-long-work.ts'
import { WorkProgress } from './work-progress.tsx'

/** Takes the rows of the search away as a file. The button is in the header; what comes of it is said below. */
export function useExport(searchId: string | undefined) {
  const arm = useArm()
  const { language } = useI18n()
  const { run, cancel, running, share } = useLongWork()
  const [saved, setSaved] = useState<{ place: string; rows: number }>()
  const [failure, setFailure] = useState<ShownFailure>()
  const start = async (format: ExportFormat): Promise<void> => {
    if (searchId === undefined) return
    setSaved(undefined)
    setFailure(undefined)
    const result = await run((work) => arm.invoke('audit.export', { searchId, format, language, work }))
    if (result === undefined) return
    if (!result.ok) setFailure(result.failure)
    else if (result.value.saved) setSaved({ place: result.value.place ?? '', rows: result.value.rows ?? 0 })
  }
  return { start, cancel, running, share, saved, failure }
}

export function ExportMenu({ disabled, onExport }: { disabled: boolean; onExport: (format: ExportFormat) => void }) {
  const { t } = useI18n()
  return (
    <MenuTrigger>
      <AriaButton className="button button-secondary" isDisabled={disabled}>
        <Download aria-hidden="true" />
        <span>{t('journal.export')}</span>
        <ChevronDown aria-hidden="true" />
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" onAction={(key) => onExport(key as ExportFormat)}>
          {exportFormats.map((format) => (
            <MenuItem key={format} id={format} className="menu-item" textValue={t(`journal.export.${format}`)}>
              {t(`journal.export.${format}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

export function ExportState({ state }: { state: ReturnType<typeof useExport> }) {
  const { t } = useI18n()
  if (state.running) {
    return (
      <WorkProgress
        text={t('journal.export.running')}
        {...(state.share === undefined ? {} : { share: state.share })}
        onCancel={state.cancel}
      />
    )
  }
  if (state.failure !== undefined) return <FailureAlert title={t('journal.export.failed')} failure={state.failure} />
  if (state.saved === undefined) return null
  return (
    <p role="status" className="journal-saved">
      {t('journal.export.saved', { place: state.saved.place, rows: state.saved.rows })}
    </p>
  )
}

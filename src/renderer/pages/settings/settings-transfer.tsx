import { useState } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import type { SettingPath } from '../../../shared/domain/settings-fields.ts'
import { useArm } from '../../arm-context.ts'
import { AdministratorFailure } from '../../components/administrator-failure.tsx'
import { AlertDialog } from '../../components/alert-dialog.tsx'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { SettingsTexts } from './settings-text-types.ts'
import { choiceText, fill } from './settings-texts.ts'

type Offered = Extract<ChannelOutput<'settings.import'>, { chosen: true }>

interface TransferProps {
  texts: SettingsTexts
  /** Keeps what a file brings. @returns whether it did; where it did not, the page says why. */
  onTake: (changes: Readonly<Partial<Record<SettingPath, string>>>) => Promise<boolean>
}

/** Settings to a file and from one, and the bundle for a developer. Each path is chosen in the system's own dialog. */
export function SettingsTransfer({ texts, onTake }: TransferProps) {
  const arm = useArm()
  const { language } = useI18n()
  const { words } = texts
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<string>()
  const [failure, setFailure] = useState<ShownFailure>()
  const [offered, setOffered] = useState<Offered>()

  const during = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setDone(undefined)
    setFailure(undefined)
    await work()
    setBusy(false)
  }
  const toFile = (channel: 'settings.export' | 'diagnostics.save', text: string) =>
    during(async () => {
      const saved = await arm.invoke(channel, { language })
      if (!saved.ok) setFailure(saved.failure)
      else if (saved.value.saved) setDone(fill(text, { place: saved.value.place ?? '' }))
    })
  const fromFile = () =>
    during(async () => {
      const chosen = await arm.invoke('settings.import', { language })
      if (!chosen.ok) setFailure(chosen.failure)
      else if (chosen.value.chosen) setOffered(chosen.value)
    })
  const apply = async () => {
    if (offered === undefined) return
    const taken = offered.differences.filter(({ lock }) => lock === undefined)
    setOffered(undefined)
    if (await onTake(Object.fromEntries(taken.map((change) => [change.setting, change.new])))) setDone(words.imported)
  }

  return (
    <>
      <div className="settings-transfer">
        <Button kind="quiet" pending={busy} onPress={() => toFile('settings.export', words.exported)}>
          {words.export}
        </Button>
        <Button kind="quiet" pending={busy} onPress={fromFile}>
          {words.import}
        </Button>
        <Button kind="quiet" pending={busy} onPress={() => toFile('diagnostics.save', words.diagnosticsSaved)}>
          {words.diagnostics}
        </Button>
      </div>
      {failure !== undefined && <AdministratorFailure title={words.failed} failure={failure} />}
      {done !== undefined && (
        <Notice tone="success" role="status" title={done}>
          <p>{words.diagnosticsHint}</p>
        </Notice>
      )}
      {offered !== undefined && (
        <AlertDialog title={fill(words.importTitle, { place: offered.place })} onDismiss={() => setOffered(undefined)}>
          <Differences offered={offered} texts={texts} />
          <div className="dialog-actions">
            {offered.differences.some(({ lock }) => lock === undefined) && (
              <Button onPress={apply}>{words.importApply}</Button>
            )}
            <Button kind="secondary" autoFocus onPress={() => setOffered(undefined)}>
              {words.cancel}
            </Button>
          </div>
        </AlertDialog>
      )}
    </>
  )
}

function Differences({ offered, texts }: { offered: Offered; texts: SettingsTexts }) {
  const { words } = texts
  if (offered.differences.length === 0) return <p>{words.importNone}</p>
  const shown = (setting: SettingPath, value: string) =>
    value === '' ? words.empty : choiceText(texts, setting, value)
  return (
    <div className="table-scroll settings-differences">
      <table className="table">
        <thead>
          <tr>
            {[words.setting, words.old, words.next].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {offered.differences.map(({ setting, old, new: next, lock }) => (
            <tr key={setting}>
              <th scope="row">{texts.fields[setting].label}</th>
              <td>{shown(setting, old)}</td>
              <td>
                {lock === undefined ? shown(setting, next) : fill(words.importLocked, { reason: texts.locks[lock] })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

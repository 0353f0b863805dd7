import { type MouseEvent, type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react'
import {
  isSettingShown,
  type SettingGroup,
  type SettingPath,
  settingField,
  settingGroups,
  settingPaths,
} from '../../../shared/domain/settings-fields.ts'
import { useArm } from '../../arm-context.ts'
import { AdministratorFailure } from '../../components/administrator-failure.tsx'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import { useLeaveGuard } from '../../shell/leave-guard.tsx'
import { problemText, SettingControl, settingId } from './setting-control.tsx'
import type { SettingsTexts } from './settings-text-types.ts'
import { fill, settingsTexts } from './settings-texts.ts'
import { SettingsTransfer } from './settings-transfer.tsx'
import { TryGateway, TryKey, TryPrinter } from './settings-trials.tsx'
import { type SettingsState, type SettingsValues, useSettings } from './use-settings.ts'

const TRIALS: Readonly<Partial<Record<SettingGroup, typeof TryGateway>>> = {
  gateway: TryGateway,
  key: TryKey,
  printer: TryPrinter,
}

/** What the workstation is set to. The parser of the settings file judges what is typed; the log keeps each change. */
export function SettingsPage() {
  const { language, t } = useI18n()
  const texts = settingsTexts[language]
  const { words } = texts
  const state = useSettings()
  const { reading, values, changed } = state
  const [wrong, setWrong] = useState<readonly SettingPath[]>([])
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wrong.length > 0) summary.current?.focus()
  }, [wrong])
  useGuardOf(changed.length > 0)

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    setWrong(await state.save())
  }
  // What was mended since is not told any longer.
  const told = wrong.filter((setting) => state.problems[setting] !== undefined)

  return (
    <section className="page settings-page" aria-labelledby="settings-title">
      <div className="page-header">
        <h1 id="settings-title">{words.title}</h1>
        <SettingsTransfer texts={texts} onTake={state.take} />
      </div>
      {state.failure !== undefined && <AdministratorFailure title={words.failed} failure={state.failure} />}
      {(reading === undefined || values === undefined) && <p role="status">{t('common.loading')}</p>}
      {reading !== undefined && values !== undefined && (
        <form onSubmit={submit} noValidate aria-labelledby="settings-title" className="settings-form">
          <div ref={summary} tabIndex={-1} className="settings-summary">
            {told.length > 0 && <Summary settings={told} state={state} texts={texts} />}
          </div>
          <SavedNotice state={state} texts={texts} />
          <p className="quiet">{words.machine}</p>
          <GroupLinks texts={texts} />
          {settingGroups.map((group) => (
            <Group key={group} group={group} state={state} values={values} texts={texts} />
          ))}
          <div className="settings-bar">
            <Button type="submit" pending={state.busy} disabled={changed.length === 0}>
              {words.save}
            </Button>
            <Button kind="secondary" disabled={changed.length === 0} onPress={state.revert}>
              {words.revert}
            </Button>
            <p className="quiet" role="status">
              {changed.length === 0 ? words.noChanges : fill(words.changes, { count: changed.length })}
            </p>
          </div>
        </form>
      )}
    </section>
  )
}

/** Unsaved changes are not lost by a stray click. */
function useGuardOf(changes: boolean): void {
  const now = useRef(changes)
  now.current = changes
  const guard = useMemo(
    () => ({ cost: () => (now.current ? ('changes' as const) : ('free' as const)), giveUp: async () => undefined }),
    [],
  )
  useLeaveGuard(guard)
}

interface PartProps {
  state: SettingsState
  texts: SettingsTexts
}

function Summary({ settings, state, texts }: PartProps & { settings: readonly SettingPath[] }) {
  const go = (event: MouseEvent, setting: SettingPath) => {
    event.preventDefault()
    document.getElementById(settingId(setting))?.focus()
  }
  return (
    <Notice tone="refusal" role="alert" title={texts.words.summary}>
      <ul className="settings-problems">
        {settings.map((setting) => (
          <li key={setting}>
            <a href={`#${settingId(setting)}`} onClick={(event) => go(event, setting)}>
              {texts.fields[setting].label}
            </a>
            {`: ${problemText(texts, setting, state.problems[setting] ?? 'format')}`}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function SavedNotice({ state, texts }: PartProps) {
  const { words } = texts
  const { saved, reading } = state
  const names = (settings: readonly SettingPath[]) => settings.map((setting) => texts.fields[setting].label).join(', ')
  if (saved !== undefined) {
    const atOnce = saved.changed.filter((setting) => !saved.waiting.includes(setting))
    return (
      <Notice tone="success" role="status" title={words.saved}>
        {atOnce.length > 0 && <p>{fill(words.savedAtOnce, { fields: names(atOnce) })}</p>}
        {saved.waiting.length > 0 && <p>{fill(words.savedWaiting, { fields: names(saved.waiting) })}</p>}
      </Notice>
    )
  }
  if (reading === undefined || reading.waiting.length === 0) return null
  return (
    <Notice tone="information" title={words.waiting}>
      <p>{names(reading.waiting)}</p>
    </Notice>
  )
}

function GroupLinks({ texts }: { texts: SettingsTexts }) {
  const go = (event: MouseEvent, group: SettingGroup) => {
    event.preventDefault()
    const target = document.getElementById(`settings-${group}`)
    target?.scrollIntoView({ block: 'start' })
    target?.focus({ preventScroll: true })
  }
  return (
    <nav aria-label={texts.words.groups} className="settings-groups">
      <ul>
        {settingGroups.map((group) => (
          <li key={group}>
            <a href={`#settings-${group}`} onClick={(event) => go(event, group)}>
              {texts.groups[group]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Group({ group, state, values, texts }: PartProps & { group: SettingGroup; values: SettingsValues }) {
  const { reading, problems } = state
  const Trial = TRIALS[group]
  const settings = settingPaths.filter((path) => settingField(path).group === group && isSettingShown(path, values))
  const queues = useQueues(group === 'printer' && values['printer.kind'] === 'system')
  if (reading === undefined) return null
  const atOnce = settings.every((setting) => settingField(setting).atOnce === true)
  return (
    <section className="card settings-group" aria-labelledby={`settings-${group}`}>
      <div className="settings-group-header">
        <h2 id={`settings-${group}`} tabIndex={-1}>
          {texts.groups[group]}
        </h2>
        <p className="setting-note">{atOnce ? texts.words.atOnce : texts.words.restart}</p>
      </div>
      <div className="settings-fields">
        {settings.map((setting) => (
          <SettingControl
            key={setting}
            setting={setting}
            value={values[setting]}
            texts={texts}
            mode={reading.mode}
            lock={reading.locks[setting]}
            problem={problems[setting]}
            own={reading.own.includes(setting)}
            {...(setting === 'printer.queue' && { known: queues })}
            onChange={(value) => state.set(setting, value)}
          />
        ))}
      </div>
      {Trial !== undefined && <Trial texts={texts} values={values} />}
    </section>
  )
}

/** Names of this machine's print queues, once they are asked for; none where nobody knows them. */
function useQueues(wanted: boolean): readonly string[] {
  const arm = useArm()
  const [queues, setQueues] = useState<readonly string[]>([])
  useEffect(() => {
    if (!wanted) return
    arm.invoke('printer.list', undefined).then((listed) => {
      if (listed.ok) setQueues(listed.value.queues.map(({ name }) => name))
    })
  }, [arm, wanted])
  return queues
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { type SettingPath, type SettingProblem, settingPaths } from '../../../shared/domain/settings-fields.ts'
import { useArm } from '../../arm-context.ts'
import type { ShownFailure } from '../../components/shown-failure.ts'

export type SettingsReading = ChannelOutput<'settings.read'>
export type SettingsValues = SettingsReading['values']
export type SavedSettings = ChannelOutput<'settings.save'>
type Problems = Readonly<Partial<Record<SettingPath, SettingProblem>>>

/** Typing goes on while the parser is asked. */
const CHECK_DELAY_MS = 250

export interface SettingsState {
  /** Undefined until they are read. */
  readonly reading: SettingsReading | undefined
  readonly values: SettingsValues | undefined
  readonly problems: Problems
  readonly changed: readonly SettingPath[]
  readonly failure: ShownFailure | undefined
  readonly saved: SavedSettings | undefined
  readonly busy: boolean
  set(setting: SettingPath, value: string): void
  revert(): void
  /** @returns the settings that are wrong; then nothing was saved. */
  save(): Promise<readonly SettingPath[]>
  /** Keeps what a file brings, whatever is typed. */
  take(changes: Readonly<Partial<Record<SettingPath, string>>>): Promise<boolean>
}

/** The settings as they are, as they are typed, and what the parser of the settings file says of them. */
export function useSettings(): SettingsState {
  const arm = useArm()
  const [reading, setReading] = useState<SettingsReading>()
  const [values, setValues] = useState<SettingsValues>()
  const [problems, setProblems] = useState<Problems>({})
  const [failure, setFailure] = useState<ShownFailure>()
  const [saved, setSaved] = useState<SavedSettings>()
  const [busy, setBusy] = useState(false)
  const asked = useRef(0)

  const load = useCallback(async () => {
    const read = await arm.invoke('settings.read', undefined)
    if (!read.ok) return setFailure(read.failure)
    setReading(read.value)
    setValues(read.value.values)
    setProblems({})
  }, [arm])
  useEffect(() => {
    load()
  }, [load])

  const check = useCallback(
    async (form: SettingsValues): Promise<Problems> => {
      asked.current += 1
      const mine = asked.current
      const checked = await arm.invoke('settings.check', { values: form })
      if (!checked.ok) {
        setFailure(checked.failure)
        return {}
      }
      const found = Object.fromEntries(checked.value.problems.map(({ setting, problem }) => [setting, problem]))
      if (mine === asked.current) setProblems(found)
      return found
    },
    [arm],
  )
  const changed = useMemo(
    () => (reading && values ? settingPaths.filter((path) => values[path].trim() !== reading.values[path]) : []),
    [reading, values],
  )
  useEffect(() => {
    if (values === undefined || values === reading?.values) return
    const timer = setTimeout(() => check(values), CHECK_DELAY_MS)
    return () => clearTimeout(timer)
  }, [values, reading, check])

  const keep = async (form: SettingsValues, origin: 'page' | 'import'): Promise<boolean> => {
    setBusy(true)
    setFailure(undefined)
    const kept = await arm.invoke('settings.save', { values: form, origin })
    if (kept.ok) {
      setSaved(kept.value)
      await load()
    } else setFailure(kept.failure)
    setBusy(false)
    return kept.ok
  }

  return {
    reading,
    values,
    problems,
    changed,
    failure,
    saved,
    busy,
    set(setting, value) {
      setSaved(undefined)
      setValues((now) => now && { ...now, [setting]: value })
    },
    revert() {
      setFailure(undefined)
      setProblems({})
      setValues(reading?.values)
    },
    async save() {
      if (values === undefined || busy) return []
      setSaved(undefined)
      const found = await check(values)
      const wrong = settingPaths.filter((path) => found[path] !== undefined)
      if (wrong.length === 0) await keep(values, 'page')
      return wrong
    },
    async take(changes) {
      return reading === undefined ? false : keep({ ...reading.values, ...changes }, 'import')
    },
  }
}

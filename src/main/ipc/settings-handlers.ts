import type { ChannelOutput } from '../../shared/contract/channels.ts'
import { type Result, succeed } from '../../shared/result.ts'
import { readSettingsDocument } from '../settings/load-settings.ts'
import { sessionLimitsOf } from '../settings/session-limits.ts'
import type { ChooseExistingFile, ChooseFile } from './audit-handlers.ts'
import { lastPart, localDay } from './chosen-file-names.ts'
import type { Handlers } from './register.ts'
import type { Session } from './session.ts'
import type { WorkplaceServices } from './workplace.ts'

type SettingsChannel = Extract<keyof Handlers, `settings.${string}` | `diagnostics.${string}` | `health.${string}`>

type SavedFile = ChannelOutput<'settings.export'>
type Imported = ChannelOutput<'settings.import'>

/** The administrator's channels: what the workstation is like, and what it is set to. */
export function createSettingsHandlers(options: {
  readonly withServices: <T>(use: (services: WorkplaceServices) => Promise<Result<T>> | Result<T>) => Promise<Result<T>>
  readonly session: Session
  readonly chooseFile: ChooseFile
  readonly chooseExisting: ChooseExistingFile
}): Pick<Handlers, SettingsChannel> {
  const { withServices, session, chooseFile } = options
  return {
    'health.look': ({ area }) =>
      withServices(async ({ workstation }) => {
        const findings = await workstation.lookAtHealth(area)
        return succeed({ findings: findings.map(({ area: _, ...finding }) => finding) })
      }),
    'settings.read': () =>
      withServices(({ settings }) => {
        const { mode, values, own, locks, waiting } = settings.view()
        return succeed({ mode, values: { ...values }, own: [...own], locks: { ...locks }, waiting: [...waiting] })
      }),
    'settings.check': ({ values }) =>
      withServices(async ({ settings }) => succeed({ problems: [...(await settings.problemsOf(values))] })),
    'settings.save': ({ values, origin }, by) =>
      withServices(async ({ settings }) => {
        const saved = await settings.save({ form: values, by, origin })
        if (!saved.ok) return saved
        session.limit(sessionLimitsOf(settings.view().values))
        return succeed({ changed: [...saved.value.changed], waiting: [...saved.value.waiting] })
      }),
    'settings.try-gateway': ({ values }, by) => withServices(({ trySettings }) => trySettings.gateway(values, by)),
    'settings.try-key': ({ values, pin }, by) =>
      withServices(({ trySettings }) =>
        trySettings.key(values, Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength), by),
      ),
    'settings.try-printer': ({ values }, by) => withServices(({ trySettings }) => trySettings.printer(values, by)),
    'settings.export': ({ language }, by) =>
      withServices(async ({ settings }) => {
        const file = await chooseFile({
          name: `arm-settings-${localDay(new Date())}.json`,
          extension: 'json',
          language,
        })
        if (file === undefined) return succeed<SavedFile>({ saved: false })
        const written = await settings.exportTo({ file, by })
        return written.ok ? succeed<SavedFile>({ saved: true, place: lastPart(file) }) : written
      }),
    'settings.import': ({ language }) =>
      withServices(async ({ settings }) => {
        const file = await options.chooseExisting({ extension: 'json', language })
        if (file === undefined) return succeed<Imported>({ chosen: false })
        const document = await readSettingsDocument(file)
        if (!document.ok) return document
        const differences = await settings.differences(document.value)
        if (!differences.ok) return differences
        return succeed<Imported>({ chosen: true, place: lastPart(file), differences: [...differences.value] })
      }),
    'diagnostics.save': ({ language }, by) =>
      withServices(async ({ saveDiagnostics }) => {
        const file = await chooseFile({
          name: `arm-diagnostics-${localDay(new Date())}.zip`,
          extension: 'zip',
          language,
        })
        if (file === undefined) return succeed<SavedFile>({ saved: false })
        const written = await saveDiagnostics({ file, by })
        return written.ok ? succeed<SavedFile>({ saved: true, place: lastPart(file) }) : written
      }),
  }
}

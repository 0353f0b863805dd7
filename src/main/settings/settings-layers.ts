import path from 'node:path'
import {
  isLockedBy,
  type SettingLock,
  type SettingPath,
  type SettingsForm,
  settingPaths,
} from '../../shared/domain/settings-fields.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { LayeredSettings } from '../use-cases/manage-settings.ts'
import { type Examined, examineSettings, parseSettings, type ReadCertificates } from './load-settings.ts'
import { documentOf, formOf } from './settings-form.ts'
import { settingOf } from './settings-problems.ts'

/** What training has fixed: it works against the stand inside the process. */
const FIXED_IN_TRAINING = ['workstation', 'portalUrl', 'requestStatus', 'passwordDelivery', 'gateway', 'trust']
  .concat(['signature', 'revocation', 'key', 'printer.kind', 'printer.queue', 'printer.uri', 'printer.authority'])
  .concat(['printer.certificate', 'updates'])

/** As the page sees them, and judged as the program would read them. */
export interface SettingsLayers extends LayeredSettings {
  examine(form: SettingsForm): Promise<Examined>
}

/** @returns failure `settings.invalid` for a machine's document that does not hold by itself. */
export function layerSettings(options: {
  readonly document: unknown
  /** What paths are relative to, those of the workplace's own settings too. */
  readonly folder: string
  readonly readCertificates: ReadCertificates
}): Result<SettingsLayers> {
  const parsed = parseSettings(options.document)
  if (!parsed.ok) return fail({ code: 'settings.invalid', detail: parsed.findings[0]?.path ?? 'file' })
  const { mode, locked } = parsed.value
  const base = formOf(parsed.value)

  const lockOf = (setting: SettingPath): SettingLock | undefined => {
    if (isLockedBy(setting, locked)) return 'administrator'
    return mode === 'training' && isLockedBy(setting, FIXED_IN_TRAINING) ? 'training' : undefined
  }
  const toDocument = (form: SettingsForm): unknown => documentOf(form, options.document)
  const examine = (form: SettingsForm): Promise<Examined> => examineSettings({ ...options, document: toDocument(form) })

  return succeed({
    mode,
    base,
    lockOf,
    laid(own) {
      const texts = settingPaths.map((setting) => {
        const text = lockOf(setting) === undefined ? own[setting] : undefined
        return [setting, text ?? base[setting]] as const
      })
      return Object.fromEntries(texts) as Record<SettingPath, string>
    },
    documentOf: toDocument,
    formOf(document) {
      const read = parseSettings(document)
      if (!read.ok) return fail({ code: 'settings.invalid', detail: read.findings[0]?.path ?? 'file' })
      if (read.value.mode !== mode) return fail({ code: 'settings.invalid', detail: 'mode' })
      return succeed(formOf(read.value))
    },
    examine,
    async problemsOf(form) {
      const examined = await examine(form)
      if (examined.ok) return []
      const problems = examined.findings.map(({ path: place, reason, detail }) => ({
        setting: settingOf(place) ?? groupLeader(place),
        problem: reason,
        ...(detail === undefined ? {} : { detail }),
      }))
      // One field says one thing, in the order of the page.
      return settingPaths.flatMap((setting) => problems.find((found) => found.setting === setting) ?? [])
    },
  })
}

/** Where the document's place has no field of its own. */
function groupLeader(place: string): SettingPath {
  return settingPaths.find((setting) => setting.startsWith(`${place}.`)) ?? 'workstation'
}

/** Where the workplace's own settings lie. */
export function workplaceSettingsFile(dataDir: string): string {
  return path.join(dataDir, 'settings.json')
}

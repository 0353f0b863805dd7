import path from 'node:path'
import { settingPaths } from '../../shared/domain/settings-fields.ts'
import { readSettingsDocument } from '../settings/load-settings.ts'
import type { ManageSettings } from '../use-cases/manage-settings.ts'
import type { ServiceOptions, settingsActions } from './command-options.ts'
import { type ConsoleIo, createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { failed } from './issue-command.ts'
import { openWorkstation } from './open-workstation.ts'

export interface SettingsCommandOptions extends ServiceOptions {
  readonly file?: string
  readonly apply?: boolean
}

/** The settings in force, to a file and from one. Exit 2 where a file's changes were shown and not applied. */
export async function settingsCommand(
  action: (typeof settingsActions)[number],
  options: SettingsCommandOptions,
): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  if (action !== 'show' && options.file === undefined) {
    io.tell('--file: назовите файл')
    return exitCode.badInput
  }
  const opened = await openWorkstation({ ...options, keyStaysLocked: true })
  if (!opened.ok) return failed(io, opened.failure)
  try {
    const { settings, operator } = opened.value
    if (settings === undefined) {
      io.tell('у рабочего места с чужим стендом своих настроек нет: все они в его файле')
      return exitCode.badInput
    }
    if (action === 'show') return show(settings, io)
    const file = path.resolve(options.file ?? '')
    const by = { login: operator.login, role: 'system' } as const
    return action === 'export'
      ? await exportTo(settings, file, by, io)
      : await importFrom(settings, file, by, options, io)
  } finally {
    await opened.value.close()
  }
}

/** The bundle for a developer. */
export async function diagnosticsCommand(options: ServiceOptions & { readonly out: string }): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const opened = await openWorkstation({ ...options, keyStaysLocked: true })
  if (!opened.ok) return failed(io, opened.failure)
  try {
    const { saveDiagnostics, operator } = opened.value
    if (saveDiagnostics === undefined) {
      io.tell('сведения собираются на самом рабочем месте, а не у чужого стенда')
      return exitCode.badInput
    }
    const file = path.resolve(options.out)
    const saved = await saveDiagnostics({ file, by: { login: operator.login, role: 'system' } })
    if (!saved.ok) return failed(io, saved.failure)
    io.answer({ outcome: 'saved', out: options.out }, [`Сведения сохранены: ${options.out}`])
    return exitCode.done
  } finally {
    await opened.value.close()
  }
}

type By = Parameters<ManageSettings['exportTo']>[0]['by']

function show(settings: ManageSettings, io: ConsoleIo): ExitCode {
  const { mode, values, own, locks, waiting } = settings.view()
  const lines = settingPaths
    .filter((setting) => values[setting] !== '')
    .map((setting) => {
      const marks = [own.includes(setting) && 'своё', locks[setting] !== undefined && 'закреплено']
      const shown = marks.filter((mark) => mark !== false).join(', ')
      return `${setting} = ${values[setting].replaceAll('\n', ' ')}${shown === '' ? '' : `  (${shown})`}`
    })
  io.answer({ mode, values, own, locks, waiting }, lines)
  return exitCode.done
}

async function exportTo(settings: ManageSettings, file: string, by: By, io: ConsoleIo): Promise<ExitCode> {
  const written = await settings.exportTo({ file, by })
  if (!written.ok) return failed(io, written.failure)
  io.answer({ outcome: 'exported', out: file }, [`Настройки выгружены: ${file}`])
  return exitCode.done
}

async function importFrom(
  settings: ManageSettings,
  file: string,
  by: By,
  options: SettingsCommandOptions,
  io: ConsoleIo,
): Promise<ExitCode> {
  const document = await readSettingsDocument(file)
  if (!document.ok) return failed(io, document.failure)
  const differences = await settings.differences(document.value)
  if (!differences.ok) return failed(io, differences.failure)
  const lines = differences.value.map(
    ({ setting, old, new: next, lock }) =>
      `${setting}: ${old || '—'} → ${next || '—'}${lock === undefined ? '' : '  (закреплено, не изменится)'}`,
  )
  const taken = differences.value.filter(({ lock }) => lock === undefined)
  if (options.apply !== true && taken.length > 0) {
    io.answer({ outcome: 'shown', differences: differences.value }, [...lines, 'Применить: --apply'])
    return exitCode.badInput
  }
  const changes = Object.fromEntries(taken.map((change) => [change.setting, change.new]))
  const saved = await settings.save({ form: { ...settings.view().values, ...changes }, by, origin: 'console' })
  if (!saved.ok) return failed(io, saved.failure)
  io.answer({ outcome: 'imported', differences: differences.value, ...saved.value }, [
    ...lines,
    `Изменено настроек: ${saved.value.changed.length}`,
  ])
  return exitCode.done
}

import type { User } from '../../shared/domain/session.ts'
import {
  type SettingLock,
  type SettingPath,
  type SettingProblem,
  type SettingsForm,
  settingField,
  settingPaths,
} from '../../shared/domain/settings-fields.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { OwnSettings, WorkplaceSettings } from '../ports/workplace-settings.ts'

/** The machine's settings with the workplace's own laid over them, where that is allowed. */
export interface LayeredSettings {
  readonly mode: 'training' | 'real'
  /** As the machine's file has it, or training. */
  readonly base: SettingsForm
  lockOf(setting: SettingPath): SettingLock | undefined
  /** What the workplace's own settings come to: what is locked counts as the machine has it. */
  laid(own: OwnSettings): SettingsForm
  documentOf(form: SettingsForm): unknown
  /** Settings of a document of the same form. Failure: `settings.invalid`. */
  formOf(document: unknown): Result<SettingsForm>
  /** What is wrong with a form, by the settings of the page. */
  problemsOf(form: SettingsForm): Promise<readonly FormProblem[]>
}

export interface FormProblem {
  readonly setting: SettingPath
  readonly problem: SettingProblem
  /** A file's name, or a system's error code. */
  readonly detail?: string
}

export interface SettingsView {
  readonly mode: 'training' | 'real'
  readonly values: SettingsForm
  /** Which of them the workplace has set for itself. */
  readonly own: readonly SettingPath[]
  readonly locks: Readonly<Partial<Record<SettingPath, SettingLock>>>
  /** Saved since the start, and in force only after the next one. */
  readonly waiting: readonly SettingPath[]
}

/** One difference between what is in force and what is offered. */
export interface SettingDifference {
  readonly setting: SettingPath
  readonly old: string
  readonly new: string
  /** It stays as it is. */
  readonly lock?: SettingLock
}

export interface SavedSettings {
  readonly changed: readonly SettingPath[]
  /** Of these, what only the next start brings into force. */
  readonly waiting: readonly SettingPath[]
}

export interface ManageSettings {
  view(): SettingsView
  /** What is wrong with a form. Nothing is kept. */
  problemsOf(form: SettingsForm): Promise<readonly FormProblem[]>
  /**
   * Keeps a form: one row for each change before it is made, and one after.
   * Failures: `settings.locked`, `settings.invalid`, `settings.unwritable`, `audit.write-failed`.
   */
  save(input: {
    readonly form: SettingsForm
    readonly by: Pick<User, 'login'> & { readonly role: User['role'] | 'system' }
    readonly origin: 'page' | 'import' | 'console'
  }): Promise<Result<SavedSettings>>
  /** All settings as a document that can be a machine's file or be imported elsewhere. It holds no secret. */
  exported(): unknown
  /** The same in a file that a person chose. Failures: `audit.export-failed`, `audit.write-failed`. */
  exportTo(input: {
    readonly file: string
    readonly by: Pick<User, 'login'> & { readonly role: User['role'] | 'system' }
  }): Promise<Result<void>>
  /** A document as differences from what is in force. Failure `settings.invalid`: then nothing of it counts. */
  differences(document: unknown): Promise<Result<readonly SettingDifference[]>>
}

const MAX_LOGGED = 500

export function createManageSettings(options: {
  readonly layers: LayeredSettings
  readonly store: WorkplaceSettings
  readonly audit: Pick<AuditLog, 'append'>
  readonly writeFile: (file: string, bytes: Uint8Array) => Promise<Result<void>>
}): ManageSettings {
  const { layers, store, audit } = options
  const atStart = layers.laid(store.current())
  let busy = false

  const now = (): SettingsForm => layers.laid(store.current())
  const isWaiting = (setting: SettingPath, form: SettingsForm): boolean =>
    form[setting] !== atStart[setting] && settingField(setting).atOnce !== true

  const exported = (): unknown => layers.documentOf(now())

  async function save({ form, by, origin }: Parameters<ManageSettings['save']>[0]): Promise<Result<SavedSettings>> {
    const before = now()
    const changed = settingPaths.filter((setting) => trimmed(form[setting]) !== before[setting])
    const locked = changed.find((setting) => layers.lockOf(setting) !== undefined)
    if (locked !== undefined) return fail({ code: 'settings.locked', detail: locked })
    const next = layers.laid(Object.fromEntries(settingPaths.map((setting) => [setting, trimmed(form[setting])])))
    const [problem] = await layers.problemsOf(next)
    if (problem !== undefined) return fail({ code: 'settings.invalid', detail: problem.setting })
    if (changed.length === 0) return succeed({ changed: [], waiting: [] })

    const prepared = store.prepare(ownOf(next))
    const rows = changed.map((setting) => ({
      actor: by.login,
      role: by.role,
      details: {
        setting,
        old: before[setting].slice(0, MAX_LOGGED),
        new: next[setting].slice(0, MAX_LOGGED),
        origin,
        fingerprint: prepared.fingerprint,
      },
    }))
    for (const row of rows) {
      const intent = audit.append({ event: 'settings.changing', ...row })
      if (!intent.ok) return intent
    }
    const committed = await prepared.commit()
    if (!committed.ok) return committed
    for (const row of rows) {
      const written = audit.append({ event: 'settings.changed', ...row })
      if (!written.ok) return written
    }
    return succeed({ changed, waiting: changed.filter((setting) => isWaiting(setting, next)) })
  }

  /** What differs from the machine's settings; what is locked is the machine's. */
  function ownOf(form: SettingsForm): OwnSettings {
    const own = settingPaths.filter(
      (setting) => layers.lockOf(setting) === undefined && form[setting] !== layers.base[setting],
    )
    return Object.fromEntries(own.map((setting) => [setting, form[setting]]))
  }

  return {
    view() {
      const values = now()
      const locks = settingPaths.flatMap((setting) => {
        const lock = layers.lockOf(setting)
        return lock === undefined ? [] : [[setting, lock] as const]
      })
      return {
        mode: layers.mode,
        values,
        own: settingPaths.filter((setting) => values[setting] !== layers.base[setting]),
        locks: Object.fromEntries(locks),
        waiting: settingPaths.filter((setting) => isWaiting(setting, values)),
      }
    },
    problemsOf: layers.problemsOf,
    async save(input) {
      if (busy) return fail({ code: 'session.busy' })
      busy = true
      try {
        return await save(input)
      } finally {
        busy = false
      }
    },
    exported,
    async exportTo({ file, by }) {
      const written = audit.append({ event: 'settings.exported', actor: by.login, role: by.role })
      if (!written.ok) return written
      return options.writeFile(file, Buffer.from(`${JSON.stringify(exported(), null, 2)}\n`))
    },
    async differences(document) {
      const read = layers.formOf(document)
      if (!read.ok) return read
      const before = now()
      const offered = settingPaths.filter((setting) => read.value[setting] !== before[setting])
      const differences = offered.map((setting): SettingDifference => {
        const lock = layers.lockOf(setting)
        const change = { setting, old: before[setting], new: read.value[setting] }
        return lock === undefined ? change : { ...change, lock }
      })
      const taken = differences.filter(({ lock }) => lock === undefined)
      const changes = Object.fromEntries(taken.map((change) => [change.setting, change.new]))
      const [problem] = await layers.problemsOf({ ...before, ...changes })
      return problem === undefined ? succeed(differences) : fail({ code: 'settings.invalid', detail: problem.setting })
    },
  }
}

/**
 * Whether the file of the workplace's own settings is the one that the log names last. A change is named before and after
 * it is made, so a power cut between the two leaves either file a right one. A file that was taken away leaves the
 * machine's settings, which is what an administrator does to begin anew: it is recorded, and not refused.
 * @returns failure `settings.altered`.
 */
export function checkWorkplaceSettings(options: {
  readonly store: WorkplaceSettings
  readonly audit: Pick<AuditLog, 'append' | 'latest'>
}): Result<undefined> {
  const { store, audit } = options
  const rows = audit.latest({ events: ['settings.changing', 'settings.changed'], limit: 500 })
  const lastChanged = rows.findIndex(({ event }) => event === 'settings.changed')
  const named = new Set(
    rows.slice(0, lastChanged === -1 ? rows.length : lastChanged + 1).map(({ details }) => details?.['fingerprint']),
  )
  const fingerprint = store.fingerprint()
  if (fingerprint !== undefined) {
    return named.has(fingerprint) ? succeed(undefined) : fail({ code: 'settings.altered', detail: 'other file' })
  }
  if (lastChanged === -1 || named.has(NO_FILE)) return succeed(undefined)
  const written = audit.append({
    event: 'settings.changed',
    actor: 'system',
    role: 'system',
    outcome: 'taken-away',
    details: { fingerprint: NO_FILE },
  })
  return written.ok ? succeed(undefined) : written
}

const NO_FILE = 'none'

function trimmed(text: string): string {
  return text.trim()
}

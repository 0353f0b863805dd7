import { healthAreas } from '../../shared/domain/health.ts'
import { productVersion } from '../../shared/domain/product-version.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { LookAtHealth } from './check-health.ts'
import type { ManageSettings } from './manage-settings.ts'

/**
 * Writes what a developer needs to a file that the administrator chose. Without a secret and without personal data: the
 * parts have no place for them.
 * Failures: `audit.export-failed`, `audit.write-failed`.
 */
export type SaveDiagnostics = (input: {
  readonly file: string
  readonly by: Pick<User, 'login'> & { readonly role: User['role'] | 'system' }
}) => Promise<Result<undefined>>

export function createSaveDiagnostics(options: {
  readonly audit: Pick<AuditLog, 'append' | 'head'>
  readonly settings: Pick<ManageSettings, 'view'>
  readonly lookAtHealth: LookAtHealth
  /** Numbers of the log, by event. */
  readonly countEvents: () => Promise<Readonly<Record<string, number>>>
  readonly readLogTails: () => Promise<Readonly<Record<string, string>>>
  /** Of the machine and the runtime. */
  readonly platform: () => Readonly<Record<string, string | number>>
  readonly write: (file: string, parts: Readonly<Record<string, string>>) => Promise<void>
  readonly now: () => Date
}): SaveDiagnostics {
  const { audit } = options
  return async ({ file, by }) => {
    const health = await Promise.all(healthAreas.map(options.lookAtHealth))
    const { mode, values, own, locks, waiting } = options.settings.view()
    const parts = {
      'README.txt': README,
      'versions.json': json({ product: productVersion, at: options.now().toISOString(), mode, ...options.platform() }),
      'health.json': json(health.flat()),
      'settings.json': json({ values, own, locks, waiting }),
      'log-counts.json': json({
        rows: audit.head().seq,
        events: await options.countEvents().catch(() => 'unreadable'),
      }),
      ...(await options.readLogTails()),
    }
    const written = audit.append({ event: 'diagnostics.saved', actor: by.login, role: by.role })
    if (!written.ok) return written
    try {
      await options.write(file, parts)
      return succeed(undefined)
    } catch (error) {
      const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'
      return fail({ code: 'audit.export-failed', detail })
    }
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

const README = `АРМ ЦОН: сведения для разработчика. Паролей, ПИН, ключей, ИИН и имён здесь нет.

versions.json    версии программы и среды
health.json      что показывает раздел «Состояние»
settings.json    настройки; секретов в настройках нет
log-counts.json  сколько каких записей в журнале, без самих записей
logs/            технический журнал: события, коды и числа
`

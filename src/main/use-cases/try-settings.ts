import type { User } from '../../shared/domain/session.ts'
import type { SettingsForm } from '../../shared/domain/settings-fields.ts'
import type { Result } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'

export interface SeenGateway {
  readonly host: string
  /** For name, connection and handshake. */
  readonly milliseconds: number
  readonly protocol: string
  /** Of the certificate that the gateway showed and that was trusted. */
  readonly subject: string
  readonly notAfter: string
}

export interface SeenKey {
  readonly subject: string
  readonly notAfter: string
  readonly daysLeft: number
}

/** Each looks with settings that are not saved yet, and changes nothing. Failure `settings.invalid` where they do not hold. */
export interface SettingsTrials {
  gateway(form: SettingsForm): Promise<Result<SeenGateway>>
  /** Opens the key once, signs something of no meaning and judges the signature as the portal's are judged. Wipes the PIN. */
  key(form: SettingsForm, pin: Buffer): Promise<Result<SeenKey>>
  /** A sheet marked as a sample. */
  printer(form: SettingsForm, by: User): Promise<Result<{ readonly place: string }>>
}

/** The same, with a row in the log for each trial that opens a key or reaches out. */
export function createTrySettings(options: {
  readonly trials: SettingsTrials
  readonly audit: Pick<AuditLog, 'append'>
}): {
  gateway(form: SettingsForm, by: User): Promise<Result<SeenGateway>>
  key(form: SettingsForm, pin: Buffer, by: User): Promise<Result<SeenKey>>
  printer: SettingsTrials['printer']
} {
  const { trials, audit } = options

  function recorded<T>(tried: Result<T>, by: User, details: Readonly<Record<string, string>>): Result<T> {
    const outcome = tried.ok ? 'good' : tried.failure.code
    const written = audit.append({ event: 'settings.tried', actor: by.login, role: by.role, outcome, details })
    return written.ok ? tried : written
  }

  return {
    gateway: async (form, by) =>
      recorded(await trials.gateway(form), by, { tried: 'gateway', url: form['gateway.url'].slice(0, 500) }),
    key: async (form, pin, by) => {
      const tried = await trials.key(form, pin)
      const subject = tried.ok ? { subject: tried.value.subject.slice(0, 500) } : {}
      return recorded(tried, by, { tried: 'key', ...subject })
    },
    // The test page writes its own row.
    printer: trials.printer,
  }
}

export type TrySettings = ReturnType<typeof createTrySettings>

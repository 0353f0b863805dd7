import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Signer } from '../ports/signer.ts'

/**
 * Opens the information system's key for a shift; the PIN is wiped, and the log says how it went.
 * Failures: those of `Signer.unlock`; `audit.write-failed`, and then the key stays closed.
 */
export type UnlockKey = (pin: Buffer, by?: Pick<User, 'login' | 'role'>) => Promise<Result<undefined>>

export function createUnlockKey(options: {
  readonly signer: Signer
  readonly audit: AuditLog
  readonly onUnlocked: () => void
}): UnlockKey {
  const { signer, audit } = options
  return async (pin, by) => {
    const who = { actor: by?.login ?? 'system', role: by?.role ?? 'system' } as const
    const unlocked = await signer.unlock(pin)
    const { subject } = signer.status()
    const details = subject === undefined ? {} : { details: { subject: subject.slice(0, 500) } }
    if (!unlocked.ok) {
      const written = audit.append({ event: 'key.refused', ...who, ...details, outcome: unlocked.failure.code })
      return fail(written.ok ? unlocked.failure : written.failure)
    }
    const written = audit.append({ event: 'key.unlocked', ...who, ...details })
    if (!written.ok) {
      signer.lock()
      return written
    }
    options.onUnlocked()
    return succeed(undefined)
  }
}

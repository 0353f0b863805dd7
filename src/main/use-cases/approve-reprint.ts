import type { AuditEntry, AuditEvent } from '../../shared/domain/audit-event.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { KeyAttempt, SignIn } from './sign-in.ts'

/**
 * Asks a supervisor, at the same counter, whether a second sheet with the same password may be printed. One approval
 * is for one sheet. Failures: `print.approval-refused` (wrong name or password, or not a supervisor: which of them is
 * not said), `print.approval-self`, `session.wait`, `session.locked-out`, `audit.*`.
 */
export type ApproveReprint = (input: {
  readonly requestId: string
  readonly reason: string
  readonly operator: User
  /** The password is wiped; instead of it, the approver's own key. */
  readonly approver: { readonly login: string; readonly password: Uint8Array } | KeyAttempt
}) => Promise<Result<User>>

export function createApproveReprint(options: {
  /** The same throttle as at sign-in, so that an approval is no place to guess passwords. */
  readonly identify: SignIn['identify']
  readonly identifyByKey?: SignIn['identifyByKey']
  readonly audit: AuditLog
}): ApproveReprint {
  return async ({ requestId, reason, operator, approver }) => {
    const asked = record('envelope.reprint-asked', operator, { note: reason })
    if (!asked.ok) return asked
    if ('login' in approver && approver.login === operator.login) return refuse('print.approval-self')
    const identified = await identify(approver)
    if (!identified.ok && identified.failure.code !== 'session.wrong-credentials') return identified
    const user = identified.ok ? identified.value : undefined
    if (user === undefined || user.role !== 'supervisor') return refuse('print.approval-refused')
    // Authentication may know one person by several spellings of a name.
    if (user.login === operator.login) return refuse('print.approval-self')
    const approved = record('envelope.reprint-approved', user, { details: { operator: operator.login } })
    return approved.ok ? succeed(user) : approved

    async function identify(by: typeof approver): Promise<Result<User>> {
      if ('login' in by) return options.identify(by)
      return options.identifyByKey?.(by) ?? fail({ code: 'session.key-absent' })
    }

    function refuse(code: 'print.approval-self' | 'print.approval-refused'): Result<never> {
      // The typed name may be a mistyped password, so the log does not keep it.
      const written = record('envelope.reprint-refused', operator, { outcome: code })
      return fail(written.ok ? { code } : written.failure)
    }

    function record(event: AuditEvent, actor: User, more: Partial<AuditEntry>): Result<number> {
      const { login, role } = actor
      return options.audit.append({ event, actor: login, role, requestId, operation: 'RegisterUser', ...more })
    }
  }
}

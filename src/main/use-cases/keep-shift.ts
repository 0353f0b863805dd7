import type { AuditEvent } from '../../shared/domain/audit-event.ts'
import type { User } from '../../shared/domain/session.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { KeepTreeHeads } from './keep-tree-heads.ts'

const OUTCOMES = {
  issued: 'reply.issued',
  handed: 'envelope.handed',
  refused: 'reply.refused-by-portal',
  unknown: 'request.outcome-unknown',
} as const satisfies Record<string, AuditEvent>

/** More than anybody does in a shift of twelve hours. */
const ROWS = 5_000

/** What an operator did in his shift, counted from the rows of the log. */
export type ShiftSummary = { readonly since?: string } & { readonly [outcome in keyof typeof OUTCOMES]: number }

/** Opens the operator's shift, unless his last one is still open. Nobody else has shifts. */
export type BeginShift = (user: User) => Result<undefined>

export interface KeepShift {
  /**
   * Closes it: the row first, then a head of the log, which is signed while the key is still open.
   * Failure: `audit.write-failed`.
   */
  close(user: User): Promise<Result<ShiftSummary>>
}

export function createBeginShift({ audit }: { readonly audit: AuditLog }): BeginShift {
  return (user) => {
    if (user.role !== 'operator' || openShiftOf(audit, user) !== undefined) return succeed(undefined)
    const written = audit.append({ event: 'shift.opened', actor: user.login, role: user.role })
    return written.ok ? succeed(undefined) : written
  }
}

export function createKeepShift(options: {
  readonly audit: AuditLog
  readonly heads: Pick<KeepTreeHeads, 'keep' | 'signPending'>
}): KeepShift {
  const { audit, heads } = options

  return {
    async close(user) {
      const opened = openShiftOf(audit, user)
      const rows = audit.latest({ events: Object.values(OUTCOMES), limit: ROWS })
      const own = rows.filter(({ actor, seq }) => actor === user.login && seq > (opened?.seq ?? 0))
      const count = (event: AuditEvent): number => own.filter((row) => row.event === event).length
      const summary = {
        ...(opened === undefined ? {} : { since: opened.at }),
        issued: count(OUTCOMES.issued),
        handed: count(OUTCOMES.handed),
        refused: count(OUTCOMES.refused),
        unknown: count(OUTCOMES.unknown),
      }
      const { issued, handed, refused, unknown } = summary
      const written = audit.append({
        event: 'shift.closed',
        actor: user.login,
        role: user.role,
        details: Object.fromEntries(
          Object.entries({ issued, handed, refused, unknown }).map(([k, n]) => [k, String(n)]),
        ),
      })
      if (!written.ok) return written
      heads.keep('shift')
      await heads.signPending()
      return succeed(summary)
    },
  }
}

function openShiftOf(audit: AuditLog, { login }: User) {
  const rows = audit.latest({ events: ['shift.opened', 'shift.closed'], limit: ROWS })
  const last = rows.find(({ actor }) => actor === login)
  return last?.event === 'shift.opened' ? last : undefined
}

import type { AuditLog } from '../ports/audit-log.ts'

/** Seconds to wait after the third and the fourth failure in a row; the fifth locks. */
const WAIT_AFTER_FAILURE: Readonly<Record<number, number>> = { 3: 5, 4: 30 }
const FAILURES_TO_LOCK = 5
export const LOCK_SECONDS = 15 * 60
/** Far more attempts than fit into a lock, so that a flood of other names pushes no lock out of sight. */
const ROWS = 5_000

export type SignInThrottle =
  | { readonly kind: 'free'; readonly failures: number }
  | { readonly kind: 'wait' | 'locked'; readonly seconds: number }

/**
 * Whether a name may try to sign in now, derived from the rows of the log and nothing else, so that it survives a
 * restart and a restored file. Names are told apart by a tag, known and unknown ones alike.
 *
 * Time is the machine's uptime: setting the clock helps nobody, and after a restart the uptime alone is counted,
 * which is never more than what has really passed.
 */
export function signInThrottle(options: {
  readonly audit: Pick<AuditLog, 'latest'>
  readonly tag: string
  readonly uptimeSeconds: number
}): SignInThrottle {
  const { tag, uptimeSeconds } = options
  const rows = options.audit.latest({
    events: ['session.signed-in', 'session.unlocked', 'session.sign-in-failed', 'session.locked-out'],
    limit: ROWS,
  })
  let failures = 0
  let elapsed = Number.POSITIVE_INFINITY
  for (const row of rows) {
    if (row.details?.['tag'] !== tag) continue
    if (row.event === 'session.signed-in' || row.event === 'session.unlocked') break
    const since = elapsedSince(Number(row.details['uptime']), uptimeSeconds)
    if (row.event === 'session.locked-out') {
      if (failures === 0 && since < LOCK_SECONDS) return { kind: 'locked', seconds: Math.ceil(LOCK_SECONDS - since) }
      break
    }
    if (failures === 0) elapsed = since
    failures += 1
  }
  // The fifth failure was written, and the process died before the lock was.
  if (failures >= FAILURES_TO_LOCK && elapsed < LOCK_SECONDS) {
    return { kind: 'locked', seconds: Math.ceil(LOCK_SECONDS - elapsed) }
  }
  const wait = (WAIT_AFTER_FAILURE[failures] ?? 0) - elapsed
  return wait > 0 ? { kind: 'wait', seconds: Math.ceil(wait) } : { kind: 'free', failures }
}

/** @returns whether this failure, on top of so many in a row, locks the name. */
export function locksOut(failuresBefore: number): boolean {
  return failuresBefore + 1 >= FAILURES_TO_LOCK
}

function elapsedSince(then: number, now: number): number {
  if (!Number.isFinite(then) || then < 0) return 0
  return now >= then ? now - then : now
}

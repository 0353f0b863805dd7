import type { AuditEntry } from '../shared/domain/audit-event.ts'
import { createSystemClock } from './adapters/clock/create-system-clock.ts'
import { boundRefusals } from './ipc/bound-refusals.ts'
import { createSession, type Session, type SessionState } from './ipc/session.ts'

/** The window's session by the system's clock. Apart from the rest, which is loaded later. */
export function composeSession(options: { readonly onChange: (state: SessionState) => void }): Session {
  return createSession({ ...options, clock: createSystemClock() })
}

/** Refusals of channels on their way to the log. */
export function composeRefusals(record: (entry: AuditEntry) => void): (entry: AuditEntry) => void {
  return boundRefusals({ clock: createSystemClock(), record })
}

import { createSystemClock } from './adapters/clock/create-system-clock.ts'
import { createSession, type Session, type SessionState } from './ipc/session.ts'

/** The window's session by the system's clock. Apart from the rest, which is loaded later. */
export function composeSession(options: { readonly onChange: (state: SessionState) => void }): Session {
  return createSession({ ...options, clock: createSystemClock() })
}

import type { User } from '../../shared/domain/session.ts'
import type { Clock } from '../ports/clock.ts'

export interface SessionLimits {
  /** Without a sign of the user for so long, the session locks. */
  readonly idleMs: number
  /** So long after sign-in the session ends, whatever happens. */
  readonly absoluteMs: number
}

/** Five minutes at the counter, half a day at the workstation. */
export const defaultSessionLimits: SessionLimits = { idleMs: 5 * 60_000, absoluteMs: 12 * 60 * 60_000 }

export type SessionState =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'active'; readonly user: User }
  /** The user is away: nothing but his own password or a sign-out helps. */
  | { readonly kind: 'locked'; readonly user: User }
  /** Over its absolute limit. It is told once as ended, then it is a signed-out one. */
  | { readonly kind: 'ended'; readonly user: User }

/** Who is signed in at this window. It lives in the main process; the window only ever hears of it. */
export interface Session {
  state(): SessionState
  /** The user of an active session. */
  user(): User | undefined
  open(user: User): void
  /** A sign of the user: the idle time begins anew. */
  touch(): void
  lock(): void
  /** Takes a locked session up again; false where it is not locked or belongs to another user. */
  unlock(user: User): boolean
  /** From now on; a session that is over by them ends at the next look. */
  limit(limits: SessionLimits): void
  close(): void
}

/** How often the limits are looked at; a call of a channel looks at them as well. */
const CHECK_MS = 5_000

/**
 * Time is measured by the monotonic clock and by the clock on the wall, and the longer span counts: the first stands
 * still while the machine sleeps, the second can be set back.
 * @param options.onChange called after each change of the state, whatever caused it.
 */
export function createSession(options: {
  readonly clock: Clock
  readonly limits?: SessionLimits
  readonly onChange?: (state: SessionState) => void
}): Session {
  const { clock } = options
  let limits = options.limits ?? defaultSessionLimits
  let state: SessionState = { kind: 'signed-out' }
  let opened = moment()
  let seen = opened
  let cancelCheck = (): void => undefined

  function moment() {
    return { monotonic: clock.monotonicMs(), wall: clock.now().getTime() }
  }

  function since(start: ReturnType<typeof moment>): number {
    const now = moment()
    return Math.max(now.monotonic - start.monotonic, now.wall - start.wall)
  }

  function become(next: SessionState): void {
    state = next
    cancelCheck()
    if (next.kind === 'active' || next.kind === 'locked') cancelCheck = clock.after(CHECK_MS, check)
    options.onChange?.(next)
  }

  function check(): void {
    if (state.kind !== 'active' && state.kind !== 'locked') return
    if (since(opened) >= limits.absoluteMs) become({ kind: 'ended', user: state.user })
    else if (state.kind === 'active' && since(seen) >= limits.idleMs) become({ kind: 'locked', user: state.user })
    else {
      cancelCheck()
      cancelCheck = clock.after(CHECK_MS, check)
    }
  }

  function checked(): SessionState {
    check()
    return state
  }

  return {
    state: checked,
    user() {
      const now = checked()
      return now.kind === 'active' ? now.user : undefined
    },
    open(user) {
      opened = moment()
      seen = opened
      become({ kind: 'active', user })
    },
    touch() {
      if (checked().kind === 'active') seen = moment()
    },
    lock() {
      const now = checked()
      if (now.kind === 'active') become({ kind: 'locked', user: now.user })
    },
    unlock(user) {
      const now = checked()
      if (now.kind !== 'locked' || now.user.login !== user.login) return false
      seen = moment()
      become({ kind: 'active', user })
      return true
    },
    limit(next) {
      limits = next
    },
    close() {
      if (state.kind !== 'signed-out') become({ kind: 'signed-out' })
    },
  }
}

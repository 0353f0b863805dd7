import type { User } from '../../shared/domain/session.ts'

/** Who is signed in at this window. It lives in the main process; the window only ever hears of it. */
export interface Session {
  user(): User | undefined
  open(user: User): void
  close(): void
}

export function createSession(): Session {
  let current: User | undefined
  return {
    user: () => current,
    open(user) {
      current = user
    },
    close() {
      current = undefined
    },
  }
}

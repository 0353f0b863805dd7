import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { Accounts } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import { LOCK_SECONDS, locksOut, signInThrottle } from './sign-in-throttle.ts'

interface Credentials {
  readonly login: string
  readonly password: Uint8Array
}

export interface SignIn {
  /**
   * Wipes the password. One attempt at a time, so that several at once count as several.
   * Failures: `session.wrong-credentials`; `session.wait` and `session.locked-out` with the seconds as detail, and then
   * the password was not looked at; `audit.write-failed`, and then nobody is signed in.
   */
  signIn(credentials: Credentials): Promise<Result<User>>
  /** The same for a session that is locked; `session.wrong-credentials` for another user's. */
  unlock(credentials: Credentials & { readonly user: User }): Promise<Result<User>>
  /** The same without opening anything: who somebody at the counter is, for an approval. */
  identify(credentials: Credentials): Promise<Result<User>>
  signOut(user: User): Result<undefined>
}

export function createSignIn(options: {
  readonly accounts: Accounts
  readonly audit: AuditLog
  /** Names a login in the log without telling it: what is typed there may be a mistyped password. */
  readonly tagOf: (login: string) => string
  /** Seconds since the machine started. */
  readonly uptimeSeconds: () => number
}): SignIn {
  const { accounts, audit } = options
  let queue: Promise<unknown> = Promise.resolve()

  function oneAtATime<T>(attempt: () => Promise<T>): Promise<T> {
    const result = queue.then(attempt)
    queue = result.catch(() => undefined)
    return result
  }

  async function attempt(credentials: Credentials, event?: 'session.signed-in' | 'session.unlocked', only?: User) {
    const tag = options.tagOf(credentials.login)
    const details = () => ({ tag, uptime: String(Math.floor(options.uptimeSeconds())) })
    const throttle = signInThrottle({ audit, tag, uptimeSeconds: options.uptimeSeconds() })
    if (throttle.kind !== 'free') {
      const code = throttle.kind === 'locked' ? 'session.locked-out' : 'session.wait'
      const written = audit.append({
        event: 'session.sign-in-refused',
        actor: 'unknown',
        outcome: code,
        details: details(),
      })
      return fail(written.ok ? { code, detail: String(throttle.seconds) } : written.failure)
    }
    const found = await accounts.authenticate(credentials)
    const user = only === undefined || found?.login === only.login ? found : undefined
    if (user !== undefined && event === undefined) return succeed(user)
    if (user !== undefined && event !== undefined) {
      const written = audit.append({ event, actor: user.login, role: user.role, details: details() })
      return written.ok ? succeed(user) : written
    }
    const written = audit.append({
      event: 'session.sign-in-failed',
      actor: 'unknown',
      outcome: 'session.wrong-credentials',
      details: details(),
    })
    if (!written.ok) return written
    if (!locksOut(throttle.failures)) return fail({ code: 'session.wrong-credentials' })
    const locked = audit.append({ event: 'session.locked-out', actor: 'unknown', details: details() })
    return fail(locked.ok ? { code: 'session.locked-out', detail: String(LOCK_SECONDS) } : locked.failure)
  }

  return {
    signIn: (credentials) =>
      oneAtATime(() => attempt(credentials, 'session.signed-in')).finally(() => credentials.password.fill(0)),
    unlock: ({ user, ...credentials }) =>
      oneAtATime(() => attempt(credentials, 'session.unlocked', user)).finally(() => credentials.password.fill(0)),
    identify: (credentials) => oneAtATime(() => attempt(credentials)).finally(() => credentials.password.fill(0)),
    signOut(user) {
      const written = audit.append({ event: 'session.signed-out', actor: user.login, role: user.role })
      return written.ok ? succeed(undefined) : written
    },
  }
}

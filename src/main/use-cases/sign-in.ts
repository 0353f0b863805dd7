import type { Failure, FailureCode } from '../../shared/contract/failure.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { Accounts } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { PersonalKey } from '../ports/personal-key.ts'
import type { ProvenPerson } from './prove-person.ts'
import { LOCK_SECONDS, locksOut, signInThrottle } from './sign-in-throttle.ts'

interface Credentials {
  readonly login: string
  readonly password: Uint8Array
}

export interface KeyAttempt {
  readonly key: Pick<PersonalKey, 'tag'>
  /** Asked only where the throttle lets it. */
  readonly prove: () => Promise<Result<Pick<ProvenPerson, 'iin'>>>
}

interface Attempt {
  readonly tag: string
  readonly method: 'password' | 'key'
  readonly who: () => Promise<Result<User>>
}

const WRONG: Failure = { code: 'session.wrong-credentials' }

/** Nobody guessed anything: such an attempt is a row, and counts for nothing. */
const NOBODYS_FAULT: ReadonlySet<FailureCode> = new Set([
  'session.key-absent',
  'session.key-status-unknown',
  'session.key-unreadable',
])

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
  /**
   * By the person's own key instead of a password: the account is the one with the ИИН of the certificate. The same
   * throttle counts, by the key. Failures also: those of `prove`; `session.key-unknown-person`.
   */
  signInByKey(attempt: KeyAttempt): Promise<Result<User>>
  identifyByKey(attempt: KeyAttempt): Promise<Result<User>>
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

  async function attempt({ tag, method, who }: Attempt, event?: 'session.signed-in' | 'session.unlocked') {
    const details = () => ({ tag, method, uptime: String(Math.floor(options.uptimeSeconds())) })
    const refuse = (event: 'session.sign-in-refused' | 'session.sign-in-failed', failure: Failure): Result<never> => {
      const written = audit.append({ event, actor: 'unknown', outcome: failure.code, details: details() })
      return fail(written.ok ? failure : written.failure)
    }
    const throttle = signInThrottle({ audit, tag, uptimeSeconds: options.uptimeSeconds() })
    if (throttle.kind !== 'free') {
      const code = throttle.kind === 'locked' ? 'session.locked-out' : 'session.wait'
      return refuse('session.sign-in-refused', { code, detail: String(throttle.seconds) })
    }
    const found = await who()
    if (found.ok && event === undefined) return found
    if (found.ok && event !== undefined) {
      const { login, role } = found.value
      const written = audit.append({ event, actor: login, role, details: details() })
      return written.ok ? found : written
    }
    const failure = found.ok ? WRONG : found.failure
    if (NOBODYS_FAULT.has(failure.code)) return refuse('session.sign-in-refused', failure)
    const refused = refuse('session.sign-in-failed', failure)
    if (refused.ok || refused.failure.code !== failure.code || !locksOut(throttle.failures)) return refused
    const locked = audit.append({ event: 'session.locked-out', actor: 'unknown', details: details() })
    return fail(locked.ok ? { code: 'session.locked-out', detail: String(LOCK_SECONDS) } : locked.failure)
  }

  function byPassword(credentials: Credentials, only?: User): Attempt {
    return {
      tag: options.tagOf(credentials.login),
      method: 'password',
      async who() {
        const found = await accounts.authenticate(credentials)
        return found !== undefined && (only === undefined || found.login === only.login) ? succeed(found) : fail(WRONG)
      },
    }
  }

  function byKey({ key, prove }: KeyAttempt): Attempt {
    return {
      tag: key.tag,
      method: 'key',
      async who() {
        const proven = await prove()
        if (!proven.ok) return proven
        const user = accounts.findByIin(proven.value.iin)
        return user === undefined ? fail({ code: 'session.key-unknown-person' }) : succeed(user)
      },
    }
  }

  return {
    signIn: (credentials) =>
      oneAtATime(() => attempt(byPassword(credentials), 'session.signed-in')).finally(() =>
        credentials.password.fill(0),
      ),
    unlock: ({ user, ...credentials }) =>
      oneAtATime(() => attempt(byPassword(credentials, user), 'session.unlocked')).finally(() =>
        credentials.password.fill(0),
      ),
    identify: (credentials) =>
      oneAtATime(() => attempt(byPassword(credentials))).finally(() => credentials.password.fill(0)),
    signInByKey: (asked) => oneAtATime(() => attempt(byKey(asked), 'session.signed-in')),
    identifyByKey: (asked) => oneAtATime(() => attempt(byKey(asked))),
    signOut(user) {
      const written = audit.append({ event: 'session.signed-out', actor: user.login, role: user.role })
      return written.ok ? succeed(undefined) : written
    },
  }
}

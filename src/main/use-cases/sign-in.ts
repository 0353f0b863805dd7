import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { Accounts } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit-log.ts'

export interface SignIn {
  /** Wipes the password. Failures: `session.wrong-credentials`, `audit.write-failed` (then nobody is signed in). */
  signIn(credentials: { readonly login: string; readonly password: Uint8Array }): Promise<Result<User>>
  signOut(user: User): Result<undefined>
}

export function createSignIn(options: { readonly accounts: Accounts; readonly audit: AuditLog }): SignIn {
  const { accounts, audit } = options
  return {
    async signIn({ login, password }) {
      const user = await accounts.authenticate({ login, password }).finally(() => password.fill(0))
      if (user === undefined) {
        // The typed name may be a mistyped password, so the log does not keep it.
        const written = audit.append({
          event: 'session.sign-in-failed',
          actor: 'unknown',
          outcome: 'session.wrong-credentials',
        })
        return fail(written.ok ? { code: 'session.wrong-credentials' } : written.failure)
      }
      const written = audit.append({ event: 'session.signed-in', actor: user.login, role: user.role })
      return written.ok ? succeed(user) : written
    },
    signOut(user) {
      const written = audit.append({ event: 'session.signed-out', actor: user.login, role: user.role })
      return written.ok ? succeed(undefined) : written
    },
  }
}

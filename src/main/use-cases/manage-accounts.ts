import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { Account, AccountBook, AccountChange } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit-log.ts'

export interface ManageAccounts {
  list(): readonly Account[]
  hasAdministrator(): boolean
  /** Wipes the password of the change. Failures: those of `AccountBook.prepare`, `audit.write-failed`. */
  change(input: {
    readonly change: AccountChange
    readonly by: Pick<User, 'login' | 'role'>
  }): Promise<Result<undefined>>
  /** The first account of a workstation, an administrator. Failure `account.not-first` where there is one already. */
  createAdministrator(input: {
    readonly login: string
    readonly name: string
    readonly password: Uint8Array
  }): Promise<Result<User>>
  /** A user's own password. Failures: `session.wrong-credentials`, `account.password-weak`. */
  changeOwnPassword(input: {
    readonly user: User
    readonly current: Uint8Array
    readonly next: Uint8Array
  }): Promise<Result<undefined>>
}

export function createManageAccounts(options: {
  readonly book: AccountBook
  readonly audit: AuditLog
}): ManageAccounts {
  const { book, audit } = options

  async function change(input: {
    change: AccountChange
    by: { login: string; role: User['role'] | 'system' }
  }): Promise<Result<undefined>> {
    const prepared = await book.prepare(input.change)
    if (!prepared.ok) return prepared
    const { login: actor, role } = input.by
    const details = { ...describe(input.change), fingerprint: prepared.value.fingerprint }
    const intent = audit.append({ event: 'account.changing', actor, role, details })
    if (!intent.ok) return intent
    const committed = await prepared.value.commit()
    if (!committed.ok) return committed
    const written = audit.append({ event: 'account.changed', actor, role, details })
    return written.ok ? succeed(undefined) : written
  }

  return {
    list: () => book.list(),
    hasAdministrator: () => book.has('administrator'),
    change,
    async createAdministrator({ login, name, password }) {
      if (book.has('administrator')) {
        password.fill(0)
        return fail({ code: 'account.not-first' })
      }
      const user: User = { login, name: name.trim(), role: 'administrator' }
      const added = await change({
        change: { kind: 'add', account: user, password },
        by: { login: 'system', role: 'system' },
      })
      return added.ok ? succeed(user) : added
    },
    async changeOwnPassword({ user, current, next }) {
      const known = await book.authenticate({ login: user.login, password: current }).finally(() => current.fill(0))
      if (known === undefined) {
        next.fill(0)
        return fail({ code: 'session.wrong-credentials' })
      }
      return change({ change: { kind: 'set-password', login: user.login, password: next }, by: user })
    },
  }
}

/**
 * Whether the book on disk is the one that the log names last. A change is named before and after it is made, so a
 * power cut between the two leaves either book a right one.
 * @returns failure `session.accounts-restored`.
 */
export function checkAccountBook(options: {
  readonly book: AccountBook
  readonly audit: Pick<AuditLog, 'latest'>
}): Result<undefined> {
  const rows = options.audit.latest({ events: ['account.changing', 'account.changed'], limit: 50 })
  const lastChanged = rows.findIndex(({ event }) => event === 'account.changed')
  const named = new Set(
    rows.slice(0, lastChanged === -1 ? rows.length : lastChanged + 1).map(({ details }) => details?.['fingerprint']),
  )
  const fingerprint = options.book.fingerprint()
  const known = fingerprint === undefined ? lastChanged === -1 : named.has(fingerprint)
  return known ? succeed(undefined) : fail({ code: 'session.accounts-restored' })
}

/** What the log keeps of a change: never a password, and of an ИИН only that there is one. */
function describe(change: AccountChange): Readonly<Record<string, string>> {
  switch (change.kind) {
    case 'add':
      return { change: 'add', login: change.account.login, role: change.account.role }
    case 'set-password':
      return { change: 'set-password', login: change.login }
    case 'set-disabled':
      return { change: change.disabled ? 'disable' : 'enable', login: change.login }
    case 'set-iin':
      return { change: change.iin === undefined ? 'remove-iin' : 'set-iin', login: change.login }
  }
}

import type { Role, User } from '../../shared/domain/session.ts'
import type { Result } from '../../shared/result.ts'

/** Who may use this workstation. */
export interface Accounts {
  /** @returns the user, or undefined for a wrong name or password alike. The caller wipes the password. */
  authenticate(credentials: { login: string; password: Uint8Array }): Promise<User | undefined>
  /** @returns the user to whom a verified certificate with this ИИН belongs. */
  findByIin(iin: string): User | undefined
}

/** An account as an administrator sees it. */
export interface Account extends User {
  /** Whose ЭЦП signs in as this account. */
  readonly iin?: string
  readonly disabled: boolean
}

export type AccountChange =
  | { readonly kind: 'add'; readonly account: Omit<Account, 'disabled'>; readonly password: Uint8Array }
  | { readonly kind: 'set-password'; readonly login: string; readonly password: Uint8Array }
  | { readonly kind: 'set-disabled'; readonly login: string; readonly disabled: boolean }
  | { readonly kind: 'set-iin'; readonly login: string; readonly iin: string | undefined }

/** A change that is checked and ready, but not yet made. */
export interface PreparedChange {
  /** SHA-256 of the book as it will be, hex: the log names it, so that an older book put in its place is seen. */
  readonly fingerprint: string
  /** Puts the new book on disk, whole. Failure: `session.accounts-unwritable`. */
  commit(): Promise<Result<undefined>>
}

/** The accounts that an administrator keeps. */
export interface AccountBook extends Accounts {
  /** SHA-256 of the book as it is on disk; undefined while there is none. */
  fingerprint(): string | undefined
  list(): readonly Account[]
  has(role: Role): boolean
  /**
   * Wipes the password of the change.
   * Failures: `account.login-taken`, `account.unknown`, `account.password-weak`, `account.iin-taken`,
   * `account.last-administrator`.
   */
  prepare(change: AccountChange): Promise<Result<PreparedChange>>
}

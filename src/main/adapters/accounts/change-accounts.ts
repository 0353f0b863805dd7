import { passwordShortcoming } from '../../../shared/domain/password-rules.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { AccountChange } from '../../ports/accounts.ts'
import { loginSchema, type StoredAccount } from './account-file.ts'

/** @returns the accounts after the change. Failures: those of `AccountBook.prepare`. */
export async function changeAccounts(options: {
  readonly accounts: readonly StoredAccount[]
  readonly change: AccountChange
  readonly hash: (password: Uint8Array) => Promise<string>
}): Promise<Result<readonly StoredAccount[]>> {
  const { accounts, change, hash } = options
  if (change.kind === 'add') {
    const { login, name, role, iin } = change.account
    if (!loginSchema.safeParse(login).success) return fail({ code: 'account.login-invalid' })
    if (accounts.some((account) => account.login.toLowerCase() === login.toLowerCase())) {
      return fail({ code: 'account.login-taken' })
    }
    const iinFailure = refuseIin(accounts, iin)
    if (iinFailure !== undefined) return iinFailure
    if (passwordShortcoming(change.password, login) !== undefined) return fail({ code: 'account.password-weak' })
    const passwordHash = await hash(change.password)
    const added = {
      login,
      name: name.trim(),
      role,
      ...(iin === undefined ? {} : { iin }),
      disabled: false,
      passwordHash,
    }
    return succeed([...accounts, added])
  }
  const account = accounts.find(({ login }) => login === change.login)
  if (account === undefined) return fail({ code: 'account.unknown' })
  const replaced = (next: StoredAccount) =>
    succeed(accounts.map((candidate) => (candidate === account ? next : candidate)))
  switch (change.kind) {
    case 'set-password':
      if (passwordShortcoming(change.password, account.login) !== undefined)
        return fail({ code: 'account.password-weak' })
      return replaced({ ...account, passwordHash: await hash(change.password) })
    case 'set-disabled': {
      const others = accounts.filter((other) => other !== account)
      const administratorStays = others.some((other) => other.role === 'administrator' && !other.disabled)
      if (change.disabled && account.role === 'administrator' && !administratorStays) {
        return fail({ code: 'account.last-administrator' })
      }
      return replaced({ ...account, disabled: change.disabled })
    }
    case 'set-iin': {
      const others = accounts.filter((other) => other !== account)
      const iinFailure = refuseIin(others, change.iin)
      if (iinFailure !== undefined) return iinFailure
      const { iin: _, ...rest } = account
      return replaced(change.iin === undefined ? rest : { ...rest, iin: change.iin })
    }
  }
}

/** One ИИН, one account: the certificate of a person decides who he is, and nobody approves himself. */
function refuseIin(accounts: readonly StoredAccount[], iin: string | undefined): Result<never> | undefined {
  if (iin === undefined) return undefined
  // Its check digit is not asked for: certificates of НУЦ's test authority fail it.
  if (!/^[0-9]{12}$/.test(iin)) return fail({ code: 'iin.format' })
  return accounts.some((account) => account.iin === iin) ? fail({ code: 'account.iin-taken' }) : undefined
}

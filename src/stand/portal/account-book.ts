import { z } from 'zod'
import type { PopulationRegister } from '../population-register/population-register.ts'
import { createRecordStore } from '../storage/record-store.ts'
import { hashPassword, isPasswordRight, type PasswordHash, passwordHashSchema } from './password-hash.ts'

const accountSchema = z.object({
  createdAt: z.string(),
  passwordChangedAt: z.string(),
  password: passwordHashSchema,
})

/** A portal account. Its login is the ИИН. */
export interface Account {
  /** Absent for accounts from before the stand: nobody knows their passwords. */
  readonly password?: PasswordHash
}

/** The portal's accounts. Passwords are stored as salted slow hashes, and nowhere else. */
export interface AccountBook {
  find(iin: string): Promise<Account | undefined>
  /** The logins of all accounts. */
  logins(): Promise<ReadonlySet<string>>
  /**
   * Creates an account, or gives an existing one a new password if `replace` says so. Of two creations at once, by
   * whichever processes, one finds the other's account.
   */
  issue(options: {
    readonly iin: string
    readonly password: Uint8Array
    readonly replace: boolean
  }): Promise<'created' | 'regenerated' | 'exists'>
  /** @returns false where `current` is not the password any more. */
  changePassword(options: {
    readonly iin: string
    readonly current: Uint8Array
    readonly next: Uint8Array
  }): Promise<boolean>
}

export function createAccountBook(options: {
  readonly folder: string
  readonly register: PopulationRegister
  readonly now: () => Date
}): AccountBook {
  const { register } = options
  const records = createRecordStore({ folder: options.folder, schema: accountSchema })
  const orFromBefore = (iin: string, account: Account | undefined): Account | undefined =>
    account ?? (register.find(iin)?.registeredBefore === true ? {} : undefined)

  return {
    find: async (iin) => orFromBefore(iin, await records.read(iin)),
    async logins() {
      const fromBefore = register.people.filter((person) => person.registeredBefore).map((person) => person.iin)
      return new Set([...fromBefore, ...(await records.keys())])
    },
    issue({ iin, password, replace }) {
      return records.update(iin, async (current) => {
        const exists = orFromBefore(iin, current) !== undefined
        if (exists && !replace) return { result: 'exists' }
        const at = options.now().toISOString()
        const next = {
          createdAt: current?.createdAt ?? at,
          passwordChangedAt: at,
          password: await hashPassword(password),
        }
        return { next, result: exists ? 'regenerated' : 'created' }
      })
    },
    changePassword({ iin, current, next }) {
      return records.update(iin, async (account) => {
        if (account === undefined || !(await isPasswordRight(current, account.password))) return { result: false }
        const passwordChangedAt = options.now().toISOString()
        return { next: { ...account, passwordChangedAt, password: await hashPassword(next) }, result: true }
      })
    },
  }
}

import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Role, User } from '../../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { Account, AccountBook, AccountChange } from '../../ports/accounts.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'
import { writeWholeFile } from '../files/write-whole-file.ts'
import {
  accountFileMaxBytes,
  loginSchema,
  parseAccountFile,
  type StoredAccount,
  serializeAccountFile,
} from './account-file.ts'
import { changeAccounts } from './change-accounts.ts'

const VAULT_PURPOSE = 'accounts'

/** Argon2id, off the main thread. Neither function wipes what it is given. */
export interface PasswordHasher {
  hash(password: Uint8Array): Promise<string>
  verify(password: Uint8Array, encoded: string): Promise<boolean>
}

/**
 * The accounts of a data folder, in one file that the vault seals: nobody without the vault's key reads or makes one.
 * An older file put in its place is the caller's to find, by its fingerprint.
 * @returns failure `session.accounts-unreadable` for a file that is damaged, foreign or cannot be read.
 */
export async function openAccountBook(options: {
  readonly file: string
  readonly vault: SecretVault
  readonly hasher: PasswordHasher
}): Promise<Result<AccountBook>> {
  const { file, vault, hasher } = options
  const sealed = await readBounded(file)
  if (!sealed.ok) return sealed
  let accounts: readonly StoredAccount[] = []
  if (sealed.value !== undefined) {
    const plain = vault.unwrap(sealed.value, VAULT_PURPOSE)
    if (!plain.ok) return fail({ code: 'session.accounts-unreadable', detail: 'not sealed by this vault' })
    const parsed = parseAccountFile(plain.value.toString('utf8'))
    plain.value.fill(0)
    if (parsed === undefined) return fail({ code: 'session.accounts-unreadable', detail: 'not an account book' })
    accounts = parsed
  }
  let fingerprint = sealed.value && sha256Hex(sealed.value)
  // A name that nobody has is answered after the same work as one that somebody has.
  const nobody = hasher.hash(randomBytes(16))

  function find(login: string): StoredAccount | undefined {
    return accounts.find((account) => account.login === login && !account.disabled)
  }

  return succeed({
    async authenticate({ login, password }) {
      const account = find(login)
      const matches = await hasher.verify(password, account?.passwordHash ?? (await nobody))
      return matches && account !== undefined ? toUser(account) : undefined
    },
    findByIin(iin) {
      const account = accounts.find((candidate) => candidate.iin === iin && !candidate.disabled)
      return account === undefined ? undefined : toUser(account)
    },
    fingerprint: () => fingerprint,
    list: () => accounts.map(({ passwordHash: _, ...account }): Account => account),
    has: (role: Role) => accounts.some((account) => account.role === role && !account.disabled),
    async prepare(change: AccountChange) {
      try {
        const next = await changeAccounts({ accounts, change, hash: hasher.hash })
        if (!next.ok) return next
        const bytes = Buffer.from(vault.wrap(Buffer.from(serializeAccountFile(next.value)), VAULT_PURPOSE))
        return succeed({
          fingerprint: sha256Hex(bytes),
          async commit() {
            const written = await replaceFile(file, bytes)
            if (!written.ok) return written
            accounts = next.value
            fingerprint = sha256Hex(bytes)
            return succeed(undefined)
          },
        })
      } finally {
        if ('password' in change) change.password.fill(0)
      }
    },
  })
}

/** Whether a login can be one at all; what else is typed is not looked up. */
export function isLogin(text: string): boolean {
  return loginSchema.safeParse(text).success
}

function toUser({ login, name, role }: StoredAccount): User {
  return { login, name, role }
}

async function readBounded(file: string): Promise<Result<Buffer | undefined>> {
  try {
    const found = await stat(file)
    if (!found.isFile() || found.size > accountFileMaxBytes) {
      return fail({ code: 'session.accounts-unreadable', detail: 'not an account book' })
    }
    return succeed(await readFile(file))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return succeed(undefined)
    return fail({ code: 'session.accounts-unreadable', detail: systemCode(error) ?? 'unexpected' })
  }
}

/** The old book or the new one, whole, whenever the power goes. */
async function replaceFile(file: string, bytes: Uint8Array): Promise<Result<undefined>> {
  const temporary = `${file}.${randomBytes(8).toString('hex')}.tmp`
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    await writeWholeFile({ bytes, part: temporary, file, mayTake: async () => true })
    return succeed(undefined)
  } catch (error) {
    return fail({ code: 'session.accounts-unwritable', detail: systemCode(error) ?? 'unexpected' })
  }
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

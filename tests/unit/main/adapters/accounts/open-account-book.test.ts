import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createPasswordHasher } from '../../../../../src/main/adapters/accounts/create-password-hasher.ts'
import { openAccountBook } from '../../../../../src/main/adapters/accounts/open-account-book.ts'
import type { AccountBook, AccountChange } from '../../../../../src/main/ports/accounts.ts'
import { checkAccountBook, createManageAccounts } from '../../../../../src/main/use-cases/manage-accounts.ts'
import { createTestVault, openTestLog, temporaryFolder } from '../audit-sqlite/audit-log-fixture.ts'

const secret = (text: string) => new TextEncoder().encode(text)
const administrator = { login: 'admin', name: 'Администраторов Ә.', role: 'administrator' } as const
const by = { login: 'admin', role: 'administrator' } as const

async function setUp() {
  const folder = temporaryFolder()
  const file = path.join(folder, 'accounts.sealed')
  const vault = createTestVault()
  const audit = openTestLog({ file: path.join(folder, 'audit.sqlite'), vault })
  const open = async (): Promise<AccountBook> => {
    const book = await openAccountBook({ file, vault, hasher: createPasswordHasher() })
    if (!book.ok) throw new Error(book.failure.code)
    return book.value
  }
  const book = await open()
  return { file, vault, audit, open, book, manage: createManageAccounts({ book, audit }) }
}

describe('the account book', () => {
  test('keeps accounts over a restart, with no name and no password to be read on the disk', async () => {
    const { file, open, manage, audit } = await setUp()
    const password = secret('ein langes Wort')
    expect(await manage.createAdministrator({ ...administrator, password })).toEqual({ ok: true, value: administrator })
    expect(password.every((byte) => byte === 0)).toBe(true)
    const again = await open()
    expect(checkAccountBook({ book: again, audit })).toEqual({ ok: true, value: undefined })
    expect(await again.authenticate({ login: 'admin', password: secret('ein langes Wort') })).toEqual(administrator)
    expect(await again.authenticate({ login: 'admin', password: secret('ein anderes Wort') })).toBeUndefined()
    expect(await again.authenticate({ login: 'nobody', password: secret('ein langes Wort') })).toBeUndefined()
    const bytes = readFileSync(file)
    for (const word of ['admin', 'argon2', 'langes']) expect(bytes.includes(word)).toBe(false)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('makes one first administrator and no second', async () => {
    const { manage } = await setUp()
    await manage.createAdministrator({ ...administrator, password: secret('ein langes Wort') })
    expect(
      await manage.createAdministrator({ ...administrator, login: 'other', password: secret('ein langes Wort') }),
    ).toMatchObject({ failure: { code: 'account.not-first' } })
  })

  test('refuses what would make it worse', async () => {
    const { manage } = await setUp()
    await manage.createAdministrator({ ...administrator, password: secret('ein langes Wort') })
    const add = (login: string, password: string, iin?: string): AccountChange => ({
      kind: 'add',
      account: { login, name: 'Кто-то', role: 'operator', ...(iin === undefined ? {} : { iin }) },
      password: secret(password),
    })
    const codeOf = async (change: AccountChange) => {
      const result = await manage.change({ change, by })
      return result.ok ? 'done' : result.failure.code
    }
    expect(await codeOf(add('operator1', 'ein langes Wort', '850814370558'))).toBe('done')
    expect(await codeOf(add('ADMIN', 'ein langes Wort'))).toBe('account.login-taken')
    expect(await codeOf(add('a b', 'ein langes Wort'))).toBe('account.login-invalid')
    expect(await codeOf(add('operator2', 'kurz'))).toBe('account.password-weak')
    expect(await codeOf(add('operator2', 'operator2operator2'))).toBe('account.password-weak')
    expect(await codeOf(add('operator2', 'ein langes Wort', '850814370558'))).toBe('account.iin-taken')
    expect(await codeOf({ kind: 'set-disabled', login: 'admin', disabled: true })).toBe('account.last-administrator')
    expect(await codeOf({ kind: 'set-disabled', login: 'nobody', disabled: true })).toBe('account.unknown')
  })

  test('a disabled account signs nobody in, by password or by ИИН', async () => {
    const { manage, book } = await setUp()
    await manage.createAdministrator({ ...administrator, password: secret('ein langes Wort') })
    const account = { login: 'operator1', name: 'Кто-то', role: 'operator', iin: '850814370558' } as const
    await manage.change({ change: { kind: 'add', account, password: secret('ein langes Wort') }, by })
    expect(book.findByIin('850814370558')).toMatchObject({ login: 'operator1' })
    await manage.change({ change: { kind: 'set-disabled', login: 'operator1', disabled: true }, by })
    expect(book.findByIin('850814370558')).toBeUndefined()
    expect(await book.authenticate({ login: 'operator1', password: secret('ein langes Wort') })).toBeUndefined()
  })

  test('a user changes his password with the old one alone', async () => {
    const { manage, book } = await setUp()
    const user = administrator
    await manage.createAdministrator({ ...user, password: secret('ein langes Wort') })
    const change = (current: string) =>
      manage.changeOwnPassword({ user, current: secret(current), next: secret('ein neues Wort') })
    expect(await change('falsches Wort')).toMatchObject({ failure: { code: 'session.wrong-credentials' } })
    expect(await change('ein langes Wort')).toEqual({ ok: true, value: undefined })
    expect(await book.authenticate({ login: 'admin', password: secret('ein neues Wort') })).toEqual(user)
  })

  test('an older book in its place, an emptied place, a foreign and a damaged one are seen', async () => {
    const { file, vault, audit, open, manage } = await setUp()
    await manage.createAdministrator({ ...administrator, password: secret('ein langes Wort') })
    copyFileSync(file, `${file}.old`)
    await manage.change({ change: { kind: 'set-password', login: 'admin', password: secret('ein neues Wort') }, by })
    const newest = readFileSync(file)
    copyFileSync(`${file}.old`, file)
    expect(checkAccountBook({ book: await open(), audit })).toMatchObject({
      failure: { code: 'session.accounts-restored' },
    })
    const elsewhere = await openAccountBook({ file: `${file}.none`, vault, hasher: createPasswordHasher() })
    if (!elsewhere.ok) throw new Error(elsewhere.failure.code)
    expect(checkAccountBook({ book: elsewhere.value, audit })).toMatchObject({
      failure: { code: 'session.accounts-restored' },
    })
    const refused = { failure: { code: 'session.accounts-unreadable' } }
    const flipped = Buffer.from(newest)
    flipped[20] = (flipped[20] ?? 0) ^ 1
    writeFileSync(file, flipped)
    expect(await openAccountBook({ file, vault, hasher: createPasswordHasher() })).toMatchObject(refused)
    writeFileSync(file, newest)
    expect(await openAccountBook({ file, vault: createTestVault(), hasher: createPasswordHasher() })).toMatchObject(
      refused,
    )
    expect(checkAccountBook({ book: await open(), audit })).toEqual({ ok: true, value: undefined })
  })

  test('a power cut between the row and the file leaves either book a right one', async () => {
    const { audit, open, book } = await setUp()
    await createManageAccounts({ book, audit }).createAdministrator({
      ...administrator,
      password: secret('ein langes Wort'),
    })
    const prepared = await book.prepare({ kind: 'set-password', login: 'admin', password: secret('ein neues Wort') })
    if (!prepared.ok) throw new Error(prepared.failure.code)
    const { fingerprint } = prepared.value
    audit.append({ event: 'account.changing', actor: 'admin', role: 'administrator', details: { fingerprint } })
    expect(checkAccountBook({ book: await open(), audit }).ok).toBe(true)
    await prepared.value.commit()
    expect(checkAccountBook({ book: await open(), audit }).ok).toBe(true)
  })
})

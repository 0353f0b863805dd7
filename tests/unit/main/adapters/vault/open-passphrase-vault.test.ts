import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPassphraseVault } from '../../../../../src/main/adapters/vault/create-passphrase-vault.ts'
import { openPassphraseVault } from '../../../../../src/main/adapters/vault/open-passphrase-vault.ts'
import { serializeVaultFile, type VaultFile } from '../../../../../src/main/adapters/vault/vault-file.ts'
import type { SecretVault } from '../../../../../src/main/ports/secret-vault.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arm-tson-vault-'))
  file = join(folder, 'vault.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function openVault(passphrase = 'made up'): Promise<SecretVault> {
  const vault = await openPassphraseVault({ file, passphrase: Buffer.from(passphrase) })
  if (!vault.ok) throw new Error(vault.failure.code)
  return vault.value
}

describe('a vault', () => {
  it('opens after a restart what it wrapped before, for any secret and purpose', async () => {
    const [before, after] = [await openVault(), await openVault()]
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 60 }), (secret, purpose) => {
        expect(after.unwrap(before.wrap(secret, purpose), purpose)).toEqual({ ok: true, value: Buffer.from(secret) })
      }),
    )
  })

  it('never wraps to the same bytes twice', async () => {
    const vault = await openVault()
    expect(vault.wrap(Buffer.alloc(32), 'a')).not.toEqual(vault.wrap(Buffer.alloc(32), 'a'))
  })

  it('does not open for one purpose what was wrapped for another', async () => {
    const vault = await openVault()
    const opened = vault.unwrap(vault.wrap(Buffer.from('secret'), 'month 1'), 'month 2')
    expect(opened).toMatchObject({ ok: false, failure: { code: 'vault.unreadable' } })
  })

  it('does not open what another vault wrapped', async () => {
    const wrapped = (await openVault()).wrap(Buffer.from('secret'), 'a')
    file = join(folder, 'other.json')
    expect((await openVault()).unwrap(wrapped, 'a')).toMatchObject({ ok: false })
  })

  it('refuses wrapped bytes that are altered anywhere, cut or extended', async () => {
    const vault = await openVault()
    const wrapped = vault.wrap(Buffer.from('secret'), 'a')
    const refused = { ok: false, failure: { code: 'vault.unreadable' } }
    for (let position = 0; position < wrapped.length; position++) {
      const altered = Uint8Array.from(wrapped, (byte, index) => (index === position ? byte ^ 1 : byte))
      expect(vault.unwrap(altered, 'a')).toMatchObject(refused)
      expect(vault.unwrap(wrapped.subarray(0, position), 'a')).toMatchObject(refused)
    }
    expect(vault.unwrap(Buffer.concat([wrapped, Buffer.of(0)]), 'a')).toMatchObject(refused)
  })

  it('neither wraps nor unwraps once it is closed', async () => {
    const vault = await openVault()
    const wrapped = vault.wrap(Buffer.from('secret'), 'a')
    vault.close()
    expect(vault.unwrap(wrapped, 'a')).toEqual({ ok: false, failure: { code: 'vault.unreadable', detail: 'closed' } })
    expect(() => vault.wrap(Buffer.from('secret'), 'a')).toThrow('The vault is closed')
  })
})

it('a closed vault has wiped its master key', () => {
  const masterKey = Buffer.alloc(32, 7)
  createPassphraseVault({ masterKey }).close()
  expect(masterKey).toEqual(Buffer.alloc(32))
})

describe('the passphrase', () => {
  it('is wiped after success, after a wrong one and after a broken file', async () => {
    const passphrases = ['made up', 'wrong', 'made up'].map((text) => Buffer.from(text))
    for (const [round, passphrase] of passphrases.entries()) {
      if (round === 2) writeFileSync(file, 'broken')
      await openPassphraseVault({ file, passphrase })
      expect(passphrase).toEqual(Buffer.alloc(passphrase.length))
    }
  })

  it('that is wrong is told apart from a file that is damaged', async () => {
    await openVault()
    const open = (passphrase: string) => openPassphraseVault({ file, passphrase: Buffer.from(passphrase) })
    expect(await open('Made up')).toEqual({ ok: false, failure: { code: 'vault.wrong-passphrase' } })
    expect(await open('')).toEqual({ ok: false, failure: { code: 'vault.wrong-passphrase' } })
    const content = JSON.parse(readFileSync(file, 'utf8')) as VaultFile
    const salt = Buffer.alloc(16, 7).toString('base64')
    writeFileSync(file, JSON.stringify({ ...content, kdf: { ...content.kdf, salt } }))
    expect(await open('made up')).toMatchObject({ ok: false, failure: { code: 'vault.unreadable' } })
  })

  it('is not in the file, which holds the cost, the salt and two check values only', async () => {
    await openVault('a rather long passphrase')
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('passphrase')
    expect(Object.keys(JSON.parse(text))).toEqual(['version', 'kdf', 'check', 'checksum'])
  })
})

describe('the file', () => {
  it.skipIf(process.platform === 'win32')('is made for its owner alone, in a folder of its own', async () => {
    file = join(folder, 'deep', 'vault.json')
    await openVault()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700)
  })

  it('is made once by several openers that start together, and nothing is left beside it', async () => {
    const vaults = await Promise.all(Array.from({ length: 6 }, () => openVault()))
    const wrapped = vaults[0]?.wrap(Buffer.from('secret'), 'a') ?? Buffer.alloc(0)
    for (const vault of vaults) expect(vault.unwrap(wrapped, 'a')).toMatchObject({ ok: true })
    expect(readdirSync(folder)).toEqual(['vault.json', 'vault.json.entries'])
  })

  const sound = {
    version: 1,
    kdf: { name: 'scrypt', N: 2 ** 15, r: 8, p: 1, salt: Buffer.alloc(16).toString('base64') },
    check: Buffer.alloc(32).toString('base64'),
  } as const
  it('of a known form and a sound checksum is tried with the passphrase', async () => {
    writeFileSync(file, serializeVaultFile(sound))
    const opened = await openPassphraseVault({ file, passphrase: Buffer.from('made up') })
    expect(opened).toEqual({ ok: false, failure: { code: 'vault.wrong-passphrase' } })
  })

  const hostile: [string, string][] = [
    ['is empty', ''],
    ['is not JSON', '{'],
    ['is JSON of something else', '[]'],
    ['is longer than any vault', `${serializeVaultFile(sound)}${' '.repeat(5000)}`],
    ['is of a later version', serializeVaultFile({ ...sound, version: 2 as 1 })],
    ['demands 100 GiB', serializeVaultFile({ ...sound, kdf: { ...sound.kdf, N: 2 ** 30 } })],
    ['demands a cost that is no power of two', serializeVaultFile({ ...sound, kdf: { ...sound.kdf, N: 40_000 } })],
    ['demands many blocks', serializeVaultFile({ ...sound, kdf: { ...sound.kdf, r: 1024 as 8 } })],
    ['demands many rounds', serializeVaultFile({ ...sound, kdf: { ...sound.kdf, p: 1e6 as 1 } })],
    ['was weakened', serializeVaultFile({ ...sound, kdf: { ...sound.kdf, N: 2 } })],
    ['has a salt of another length', serializeVaultFile({ ...sound, kdf: { ...sound.kdf, salt: '' } })],
    ['has a member that no vault has', serializeVaultFile({ ...sound, extra: 1 } as typeof sound)],
  ]
  it.each(hostile)('that %s is refused as unreadable and left as it is', async (_, text) => {
    writeFileSync(file, text)
    const opened = await openPassphraseVault({ file, passphrase: Buffer.from('made up') })
    expect(opened).toMatchObject({ ok: false, failure: { code: 'vault.unreadable' } })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('that is a folder, or lies below a file, is unreadable', async () => {
    mkdirSync(file)
    const open = (path: string) => openPassphraseVault({ file: path, passphrase: Buffer.from('made up') })
    expect(await open(file)).toMatchObject({ ok: false, failure: { code: 'vault.unreadable' } })
    writeFileSync(join(folder, 'plain'), '')
    expect(await open(join(folder, 'plain', 'vault.json'))).toMatchObject({
      ok: false,
      failure: { code: 'vault.unreadable' },
    })
  })
})

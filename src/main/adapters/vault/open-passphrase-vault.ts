import { hkdfSync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { type FileHandle, link, mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'
import { createPassphraseVault } from './create-passphrase-vault.ts'
import { createVaultEntries } from './vault-entries.ts'
import { parseVaultFile, serializeVaultFile, type VaultFile, vaultFileMaxBytes } from './vault-file.ts'

/** About 0.1 s and 32 MiB: slow enough for a guesser, quick enough for the first screen of a shift. */
const NEW_VAULT_COST = { name: 'scrypt', N: 2 ** 15, r: 8, p: 1 } as const

/**
 * Opens the vault whose keys come from a passphrase: master key = scrypt(passphrase, salt). The file holds no key,
 * only the salt, the cost and a value derived from the master key by which a wrong passphrase is recognised.
 * The file is created at first use; of several processes that start at once, one creates it and all agree.
 * @param options.passphrase wiped whatever happens.
 * @returns failures `vault.wrong-passphrase`, and `vault.unreadable` for a file that is damaged, foreign, or
 *   cannot be read or created (`detail` names the cause).
 */
export async function openPassphraseVault(options: { file: string; passphrase: Buffer }): Promise<Result<SecretVault>> {
  const { passphrase } = options
  const file = resolve(options.file)
  try {
    if (passphrase.length === 0) return fail({ code: 'vault.wrong-passphrase' })
    return (await openExisting(file, passphrase)) ?? (await createNew(file, passphrase))
  } catch (error) {
    const code = systemCode(error)
    if (code === undefined) throw error
    return fail({ code: 'vault.unreadable', detail: code })
  } finally {
    passphrase.fill(0)
  }
}

/** Secrets that can be destroyed lie beside the vault's file. */
function entriesFolder(file: string): string {
  return `${file}.entries`
}

/** @returns undefined where there is no file. */
async function openExisting(file: string, passphrase: Buffer): Promise<Result<SecretVault> | undefined> {
  const text = await readBounded(file)
  if (text === undefined) return undefined
  const content = parseVaultFile(text)
  if (content === undefined) return fail({ code: 'vault.unreadable', detail: 'not a vault, or damaged' })
  const masterKey = await deriveMasterKey(passphrase, content.kdf)
  const known = timingSafeEqual(checkValue(masterKey), Buffer.from(content.check, 'base64'))
  if (known) return succeed(createPassphraseVault({ masterKey, entries: createVaultEntries(entriesFolder(file)) }))
  masterKey.fill(0)
  return fail({ code: 'vault.wrong-passphrase' })
}

async function createNew(file: string, passphrase: Buffer): Promise<Result<SecretVault>> {
  const kdf = { ...NEW_VAULT_COST, salt: randomBytes(16).toString('base64') }
  const masterKey = await deriveMasterKey(passphrase, kdf)
  let published = false
  try {
    const check = checkValue(masterKey).toString('base64')
    published = await publish(file, serializeVaultFile({ version: 1, kdf, check }))
  } finally {
    if (!published) masterKey.fill(0)
  }
  if (published) return succeed(createPassphraseVault({ masterKey, entries: createVaultEntries(entriesFolder(file)) }))
  const winner = await openExisting(file, passphrase)
  return winner ?? fail({ code: 'vault.unreadable', detail: 'removed while being opened' })
}

/**
 * Puts a whole file in place, on disk when it returns: keys wrapped by a vault that a power cut takes away are lost.
 * @returns false where another process was first; a hard link never overwrites.
 */
async function publish(file: string, text: string): Promise<boolean> {
  const folder = dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = `${file}.${randomBytes(8).toString('hex')}.tmp`
  try {
    await usingHandle(await open(temporary, 'wx', 0o600), async (handle) => {
      await handle.writeFile(text)
      await handle.sync()
    })
    await link(temporary, file)
    // Windows opens no folder as a file, and needs no such call.
    if (process.platform !== 'win32') await usingHandle(await open(folder, 'r'), (handle) => handle.sync())
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

async function readBounded(file: string): Promise<string | undefined> {
  try {
    // A pipe or a device would keep `open` waiting.
    if (!(await stat(file)).isFile()) return ''
    return await usingHandle(await open(file, 'r'), async (handle) => {
      const buffer = Buffer.alloc(vaultFileMaxBytes + 1)
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
      return bytesRead > vaultFileMaxBytes ? '' : buffer.toString('utf8', 0, bytesRead)
    })
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

async function usingHandle<T>(handle: FileHandle, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await use(handle)
  } finally {
    await handle.close()
  }
}

function deriveMasterKey(passphrase: Buffer, kdf: VaultFile['kdf']): Promise<Buffer> {
  const { N, r, p } = kdf
  // Node and BoringSSL refuse more than 32 MiB unless told; scrypt needs 128·N·r and a little.
  const maxmem = 128 * N * r + 2 ** 20
  return new Promise((resolveKey, reject) => {
    scrypt(passphrase, Buffer.from(kdf.salt, 'base64'), 32, { N, r, p, maxmem }, (error, key) => {
      if (error === null) resolveKey(key)
      else reject(error)
    })
  })
}

function checkValue(masterKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'arm-tson:vault:check', 32))
}

/** The code alone: a message would quote the path. Undefined for an error that no outside thing caused. */
function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

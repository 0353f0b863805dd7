import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A secret for each purpose, which can be destroyed: what was wrapped with it is then gone, wherever copies of it lie. */
export interface VaultEntries {
  /** 32 bytes, made where there are none. Throws what the file system throws. */
  obtain(purpose: string): Buffer
  find(purpose: string): Buffer | undefined
  /** On disk when it returns. */
  destroy(purpose: string): void
}

const ENTRY_BYTES = 32

/**
 * A file of 32 random bytes for each purpose, named by the purpose's hash, in a folder beside the vault's file. No
 * backup of the database holds it.
 */
export function createVaultEntries(folder: string): VaultEntries {
  const fileOf = (purpose: string): string =>
    join(folder, `${createHash('sha256').update(purpose).digest('hex')}.entry`)

  function find(purpose: string): Buffer | undefined {
    try {
      const entry = readFileSync(fileOf(purpose))
      return entry.length === ENTRY_BYTES ? entry : undefined
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  return {
    find,

    obtain(purpose) {
      const known = find(purpose)
      if (known !== undefined) return known
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const file = fileOf(purpose)
      const temporary = `${file}.${randomBytes(8).toString('hex')}.tmp`
      const entry = randomBytes(ENTRY_BYTES)
      writeDurably(temporary, 'wx', entry)
      try {
        // Of several processes one makes the entry: a hard link never overwrites.
        linkSync(temporary, file)
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
        entry.fill(0)
        const made = find(purpose)
        if (made === undefined) throw error
        return made
      } finally {
        rmSync(temporary, { force: true })
      }
      syncFolder(folder)
      syncFolder(dirname(folder))
      return entry
    },

    destroy(purpose) {
      const file = fileOf(purpose)
      try {
        writeDurably(file, 'r+', randomBytes(statSync(file).size))
      } catch (error) {
        if (isMissing(error)) return
        throw error
      }
      rmSync(file, { force: true })
      syncFolder(folder)
    },
  }
}

function writeDurably(file: string, flags: 'wx' | 'r+', bytes: Buffer): void {
  const handle = openSync(file, flags, 0o600)
  try {
    writeSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Windows opens no folder as a file, and needs no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

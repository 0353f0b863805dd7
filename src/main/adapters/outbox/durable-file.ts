import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'

/** Written aside, synchronised and renamed, mode 0600: on disk as a whole when it returns. @throws the system's error. */
export function writeWhole(folder: string, file: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(8).toString('hex')}.tmp`
  try {
    const handle = openSync(draft, 'wx', 0o600)
    try {
      let written = 0
      while (written < bytes.length) written += writeSync(handle, bytes, written)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  // Windows opens no folder as a file, and needs no such call.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Undefined where there is no such file, or a larger one. */
export function readBounded(file: string, maxBytes: number): Buffer | undefined {
  try {
    const about = statSync(file)
    return about.isFile() && about.size <= maxBytes ? readFileSync(file) : undefined
  } catch {
    return undefined
  }
}

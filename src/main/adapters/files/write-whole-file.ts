import { open, rename, rm } from 'node:fs/promises'

/**
 * Writes a file that only its owner may read, so that it is seen under its name whole or not at all: the bytes go to
 * `part` and reach the disk before the name changes.
 * @param options.part in the folder of `file`. It must not exist: whoever makes it holds the name `file` until done.
 * @param options.mayTake asked while the name is held; where it says no, nothing is written.
 * @returns false where `mayTake` said no.
 * @throws the system's error, EEXIST where somebody else holds the name. `part` is gone then, unless it is theirs.
 */
export async function writeWholeFile(options: {
  readonly bytes: Uint8Array
  readonly part: string
  readonly file: string
  readonly mayTake: () => Promise<boolean>
}): Promise<boolean> {
  const handle = await open(options.part, 'wx', 0o600)
  let written = false
  try {
    if (!(await options.mayTake())) return false
    await handle.writeFile(options.bytes)
    await handle.sync()
    await handle.close()
    await rename(options.part, options.file)
    written = true
    return true
  } finally {
    await handle.close()
    if (!written) await rm(options.part, { force: true })
  }
}

import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { createKeyedQueue } from './keyed-queue.ts'

export interface Change<T, R> {
  /** The record's new value; absent where nothing is to be written. */
  readonly next?: T
  readonly result: R
}

/** Old versions hold their numbers for a while, so that a slow writer finds its number taken. */
const KEPT_VERSIONS = 32

/** Small JSON records on disk that several processes read and change at once. */
export interface RecordStore<T> {
  keys(): Promise<readonly string[]>
  read(key: string): Promise<T | undefined>
  /**
   * Reads, changes and writes one record as if nobody else were there. Inside this process changes of one record wait
   * for each other; where another process wrote meanwhile, `change` runs again on the newer value.
   */
  update<R>(key: string, change: (current: T | undefined) => Promise<Change<T, R>>): Promise<R>
  remove(key: string): Promise<void>
}

/**
 * A folder a record, a numbered file a version. A new version is written aside and linked under the next number,
 * which the file system grants to one writer only: so no lock can be left behind by a process that dies, and a
 * reader never meets half a file.
 * @param options.schema what a file must hold; anything else is a damaged folder and throws.
 */
export function createRecordStore<T>(options: {
  readonly folder: string
  readonly schema: z.ZodType<T>
}): RecordStore<T> {
  const queue = createKeyedQueue()
  const folderOf = (key: string): string => {
    if (!/^[0-9a-f-]{1,64}$/.test(key)) throw new Error('a record key is digits, a–f and hyphens')
    return join(options.folder, key)
  }

  async function newest(folder: string): Promise<{ readonly version: number; readonly value?: T }> {
    for (;;) {
      const version = Math.max(0, ...(await versions(folder)))
      if (version === 0) return { version }
      const text = await readFile(join(folder, fileName(version)), 'utf8').catch(ignore('ENOENT'))
      // A file that is gone has just been replaced by a newer one.
      if (text !== undefined) return { version, value: options.schema.parse(JSON.parse(text)) }
    }
  }

  /** @returns false where another writer was first. */
  async function publish(folder: string, version: number, value: T): Promise<boolean> {
    await mkdir(folder, { recursive: true })
    const draft = join(folder, `${randomUUID()}.draft`)
    const path = join(folder, fileName(version))
    await writeFile(draft, JSON.stringify(value))
    const linked = await link(draft, path).then(
      () => true,
      (error) => ignore('EEXIST')(error) ?? false,
    )
    await unlink(draft)
    if (!linked) return false
    const others = (await versions(folder)).filter((other) => other !== version)
    // A version just above ours builds on ours. One far above means that our number had been taken and cleared away.
    if (others.some((other) => other > version + KEPT_VERSIONS)) {
      await unlink(path).catch(ignore('ENOENT'))
      return false
    }
    const outdated = others.filter((other) => other <= version - KEPT_VERSIONS)
    await Promise.all(
      outdated.map((other) => unlink(join(folder, fileName(other))).catch(ignore('ENOENT', 'EPERM', 'EBUSY'))),
    )
    return true
  }

  return {
    keys: async () => (await readdir(options.folder).catch(ignore('ENOENT'))) ?? [],
    read: async (key) => (await newest(folderOf(key))).value,
    update(key, change) {
      const folder = folderOf(key)
      return queue.run(key, async () => {
        for (;;) {
          const { version, value } = await newest(folder)
          const { next, result } = await change(value)
          if (next === undefined || (await publish(folder, version + 1, next))) return result
        }
      })
    },
    remove: (key) => queue.run(key, () => rm(folderOf(key), { recursive: true, force: true })),
  }
}

function fileName(version: number): string {
  return `${version}.json`
}

async function versions(folder: string): Promise<readonly number[]> {
  const names = (await readdir(folder).catch(ignore('ENOENT'))) ?? []
  return names.flatMap((name) => (/^[1-9][0-9]{0,8}\.json$/.test(name) ? [Number.parseInt(name, 10)] : []))
}

/** For a promise that may fail in these ways: undefined then. */
function ignore(...codes: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return undefined
    throw error
  }
}

import { type KeyObject, randomBytes } from 'node:crypto'
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { UpdateSource, UpdateStaging } from '../../ports/updates.ts'
import { createUpdateSource } from './create-update-source.ts'
import { openInFolder } from './open-update-file.ts'
import { manifestName, signatureName } from './read-signed-manifest.ts'

const RELEASE = /^release-([1-9][0-9]{0,9})$/

/** A folder for each release, which appears under its name whole or not at all; earlier ones go. */
export function createUpdateStaging(options: {
  readonly folder: string
  readonly owners: readonly KeyObject[]
}): UpdateStaging {
  const { folder, owners } = options

  return {
    async stage(source, signed, file) {
      const draft = path.join(folder, `partial-${randomBytes(8).toString('hex')}`)
      const target = path.join(folder, `release-${signed.manifest.release}`)
      try {
        await mkdir(folder, { recursive: true, mode: 0o755 })
        const open = await whoElseWrites(folder)
        if (open !== undefined) return fail({ code: 'update.staging-open', detail: open })
        await mkdir(draft, { mode: 0o755 })
        const copied = await copy(source, path.join(draft, file.name), file)
        if (!copied.ok) return copied
        await writeSynchronised(path.join(draft, manifestName), signed.octets)
        await writeSynchronised(path.join(draft, signatureName), signed.signature)
        await rm(target, { recursive: true, force: true })
        await rename(draft, target)
        await removeOthers(path.basename(target))
        return succeed({ path: path.join(target, file.name) })
      } catch (error) {
        return fail({ code: 'update.staging-failed', detail: codeOf(error) })
      } finally {
        await rm(draft, { recursive: true, force: true }).catch(() => undefined)
      }
    },

    async staged() {
      try {
        const open = await whoElseWrites(folder)
        if (open !== undefined) return fail({ code: 'update.staging-open', detail: open })
        const releases = (await readdir(folder)).flatMap((name) => Number(RELEASE.exec(name)?.[1] ?? []))
        if (releases.length === 0) return fail({ code: 'update.nothing-staged' })
        const release = path.join(folder, `release-${Math.max(...releases)}`)
        return succeed({
          source: createUpdateSource({ open: openInFolder(release), owners }),
          pathOf: ({ name }) => path.join(release, name),
        })
      } catch (error) {
        return fail({
          code: codeOf(error) === 'ENOENT' ? 'update.nothing-staged' : 'update.staging-failed',
          detail: codeOf(error),
        })
      }
    },
  }

  async function removeOthers(kept: string): Promise<void> {
    for (const name of await readdir(folder)) {
      if (name !== kept && (RELEASE.test(name) || name.startsWith('partial-'))) {
        await rm(path.join(folder, name), { recursive: true, force: true })
      }
    }
  }
}

async function copy(
  source: UpdateSource,
  target: string,
  file: Parameters<UpdateSource['read']>[0],
): Promise<Result<void>> {
  const handle = await open(target, 'wx', 0o644)
  try {
    const read = await source.read(file, async (octets) => void (await handle.writeFile(octets)))
    if (read.ok) await handle.sync()
    return read
  } finally {
    await handle.close()
  }
}

async function writeSynchronised(target: string, octets: Buffer): Promise<void> {
  const handle = await open(target, 'wx', 0o644)
  try {
    await handle.writeFile(octets)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * @returns a folder on the way that somebody besides its administrator may change. Windows keeps rights in lists that a mode
 * does not show: there the administrator closes the folder (docs/admin.ru.md).
 */
async function whoElseWrites(folder: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  const own = process.getuid?.()
  for (let place = path.resolve(folder); ; place = path.dirname(place)) {
    const { mode, uid } = await lstat(place)
    const isSticky = (mode & 0o1000) !== 0 && place !== path.resolve(folder)
    if ((uid !== 0 && uid !== own) || ((mode & 0o022) !== 0 && !isSticky)) return place
    if (place === path.dirname(place)) return undefined
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unexpected'
}

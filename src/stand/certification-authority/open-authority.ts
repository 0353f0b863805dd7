import { randomUUID } from 'node:crypto'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readAuthorityDescription } from './authority-description.ts'
import { type AuthorityFiles, authorityFiles } from './authority-files.ts'
import { createAuthority } from './create-authority.ts'

/**
 * The authority's files inside the stand's folder, made at first use. Several processes may be first at once: each
 * builds a folder of its own, one of them gets the name, the others take the winner's. A folder of another form is
 * put aside: its authority had forgotten its keys.
 * @param options.servicesBase where the services of this process listen; used for a new authority alone.
 */
export async function openAuthority(options: {
  readonly dataDir: string
  readonly now: Date
  readonly servicesBase: string
}): Promise<AuthorityFiles> {
  const folder = join(options.dataDir, 'authority')
  const files = authorityFiles(folder)
  if ((await readAuthorityDescription(files)) !== undefined) return files
  if (await exists(folder)) {
    const aside = join(options.dataDir, `authority-aside-${randomUUID()}`)
    // Whoever is first puts it aside; for the others it is gone.
    await rename(folder, aside).catch(async (error) => {
      if (await exists(folder)) throw error
    })
  }
  const draft = join(options.dataDir, `authority-draft-${randomUUID()}`)
  await mkdir(draft, { recursive: true })
  try {
    await createAuthority({ folder: draft, now: options.now, servicesBase: options.servicesBase })
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // A folder that is not empty is never replaced by a rename; the error's name differs between systems.
    if ((await readAuthorityDescription(files)) === undefined) throw error
  }
  return files
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

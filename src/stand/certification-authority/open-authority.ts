import { randomUUID } from 'node:crypto'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type AuthorityFiles, authorityFiles } from './authority-files.ts'
import { createAuthority } from './create-authority.ts'

/**
 * The authority's files inside the stand's folder, made at first use. Several processes may be first at once: each
 * builds a folder of its own, one of them gets the name, the others take the winner's.
 */
export async function openAuthority(options: {
  readonly dataDir: string
  readonly now: Date
}): Promise<AuthorityFiles> {
  const folder = join(options.dataDir, 'authority')
  if (!(await exists(folder))) {
    const draft = join(options.dataDir, `authority-draft-${randomUUID()}`)
    await mkdir(draft, { recursive: true })
    try {
      await createAuthority({ folder: draft, now: options.now })
      await rename(draft, folder)
    } catch (error) {
      await rm(draft, { recursive: true, force: true })
      // A folder that is not empty is never replaced by a rename; the error's name differs between systems.
      if (!(await exists(folder))) throw error
    }
  }
  return authorityFiles(folder)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Outside the tree, so that a second checkout and a fresh node_modules need not build again. */
export function cacheDir(...names) {
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache')
  const folder = path.join(base, 'arm-tson', ...names)
  mkdirSync(folder, { recursive: true })
  return folder
}

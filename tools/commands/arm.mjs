import path from 'node:path'
import { cacheDir } from '../setup/cache-dir.mjs'
import { ensureNodeModules, projectNode } from '../setup/node-modules.mjs'
import { runChild } from './run-child.mjs'

/** The console workstation, straight from its sources. */
export function arm(root, args) {
  ensureNodeModules(root)
  const env = { ...process.env, NODE_COMPILE_CACHE: cacheDir('compiled') }
  return runChild(projectNode(root), [path.join(root, 'src', 'main', 'cli.ts'), ...args], { env })
}

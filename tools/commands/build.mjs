import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ensureNodeModules, projectNode } from '../setup/node-modules.mjs'
import { runChild } from './run-child.mjs'

/**
 * Bundles main, preload and renderer into out/.
 * @param flavour environment that the bundler's configuration reads.
 */
export function build(root, flavour = {}) {
  ensureNodeModules(root)
  const cli = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  return runChild(projectNode(root), [cli, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, ...flavour },
  })
}

/** Builds only where a source is newer than the bundle. */
export async function buildIfStale(root) {
  const bundle = path.join(root, 'out', 'main', 'index.js')
  const sources = ['src', 'resources', 'electron.vite.config.ts', 'package-lock.json'].map((name) =>
    path.join(root, name),
  )
  if (existsSync(bundle) && statSync(bundle).mtimeMs > Math.max(...sources.map(newest))) return 0
  return build(root)
}

function newest(entry) {
  const stat = statSync(entry)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(entry).map((name) => newest(path.join(entry, name))))
}

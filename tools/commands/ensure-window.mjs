import { ensureElectron } from '../setup/electron-runtime.mjs'
import { ensureNodeModules } from '../setup/node-modules.mjs'
import { say } from '../setup/say.mjs'
import { ensureSqliteForFallback } from '../setup/sqlite-for-fallback.mjs'
import { ensureSystemPackages } from '../setup/system-packages.mjs'

/**
 * Everything that a real window needs.
 * @returns the Electron executable and the environment in which the development build starts.
 */
export async function ensureWindow(root) {
  ensureNodeModules(root)
  ensureSystemPackages(['window'])
  const { executable, fallback } = await ensureElectron(root)
  if (!fallback) return { executable, env: {} }
  ensureSystemPackages(['compiler'])
  return { executable, env: { ARM_SQLITE_BINDING: await ensureSqliteForFallback(root) } }
}

/** Chromium refuses its sandbox as root; a service centre never runs so, a container may. */
export function windowArguments() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return []
  say('running as root: Chromium starts without its sandbox (--no-sandbox)')
  return ['--no-sandbox']
}

import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cacheDir } from './cache-dir.mjs'
import { SetupError, say } from './say.mjs'

const NAME = '@doyensec/electronegativity'

/**
 * The locked Electronegativity (Apache-2.0) in the cache, without its packages' scripts. It is no package of the project: four hundred
 * of its own come with it, some of them old.
 * @returns the folder of the package.
 */
export function ensureElectronegativity(root) {
  const folder = cacheDir('electronegativity-1.10.3')
  const installed = path.join(folder, 'node_modules', NAME)
  const stamp = path.join(folder, 'installed')
  if (existsSync(stamp)) return installed
  say('Electronegativity, for the long tests (a minute)')
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(path.join(root, 'tools', 'electronegativity', name), path.join(folder, name))
  }
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new SetupError(`npm ci of Electronegativity failed with status ${status}`)
  writeFileSync(stamp, '')
  return installed
}

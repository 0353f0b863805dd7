import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { SetupError, say } from './say.mjs'

/** Installs the locked packages unless this very lock file was installed before. */
export function ensureNodeModules(root) {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = path.join(root, 'node_modules', '.cache', 'arm-tson', 'installed-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  say('npm ci: packages of the lock file, Node 24 among them (half a minute)')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new SetupError(`npm ci failed with status ${status}`)
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, lock)
}

/** The project's own Node, from the npm package `node`: the machine's may be older than the tools need. */
export function projectNode(root) {
  const folder = path.join(root, 'node_modules', 'node', 'bin')
  const executable = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(executable)) throw new SetupError(`no Node in ${folder}: remove node_modules and start again`)
  return executable
}

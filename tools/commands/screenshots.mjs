import { rmSync } from 'node:fs'
import path from 'node:path'
import { projectNode } from '../setup/node-modules.mjs'
import { ensureSystemPackages } from '../setup/system-packages.mjs'
import { buildIfStale } from './build.mjs'
import { ensureWindow } from './ensure-window.mjs'
import { runChild } from './run-child.mjs'

/** A picture of every page, dialog and state, in each language, size and scheme, into artifacts/screenshots. */
export async function screenshots(root, args) {
  const window = await ensureWindow(root)
  ensureSystemPackages(['tests'])
  const status = await buildIfStale(root)
  if (status !== 0) return status
  const folder = path.join(root, 'artifacts', 'screenshots')
  rmSync(folder, { recursive: true, force: true })
  const env = { ...process.env, ...window.env, ARM_TEST_ELECTRON: window.executable, ARM_SCREENSHOTS: folder }
  const playwright = [
    path.join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    'accessibility',
    ...args,
  ]
  const command = [projectNode(root), ...playwright]
  const shown = process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1440x900x24', ...command] : command
  const done = await runChild(shown[0], shown.slice(1), { cwd: root, env })
  process.stdout.write(`pictures: ${folder}\n`)
  return done
}

import path from 'node:path'
import { projectNode } from '../setup/node-modules.mjs'
import { ensureSystemPackages } from '../setup/system-packages.mjs'
import { buildIfStale } from './build.mjs'
import { ensureWindow } from './ensure-window.mjs'
import { runChild } from './run-child.mjs'

/** Figures beside a yardstick of the same run; see tests/bench. */
export async function bench(root, args) {
  const window = await ensureWindow(root)
  ensureSystemPackages(['tests'])
  const status = await buildIfStale(root)
  if (status !== 0) return status
  const env = { ...process.env, ...window.env, ARM_TEST_ELECTRON: window.executable }
  return runChild(projectNode(root), [path.join(root, 'tests', 'bench', 'main.ts'), ...args], { cwd: root, env })
}

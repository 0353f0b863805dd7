import { ensureNodeModules } from '../setup/node-modules.mjs'
import { say } from '../setup/say.mjs'
import { arm } from './arm.mjs'
import { buildIfStale } from './build.mjs'
import { ensureWindow, windowArguments } from './ensure-window.mjs'
import { runChild } from './run-child.mjs'

/** The main job in its training mode: a window, or the same job in the console where there is no display. */
export async function start(root, args) {
  ensureNodeModules(root)
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    say('no display: the same job in the console')
    return arm(root, ['walk', ...args])
  }
  const window = await ensureWindow(root)
  const status = await buildIfStale(root)
  if (status !== 0) return status
  return runChild(window.executable, [...windowArguments(), root, ...args], { env: { ...process.env, ...window.env } })
}

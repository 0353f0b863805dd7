import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TokenProcess } from './token-protocol.ts'

/** The helper's program: beside this file as source, beside the bundle when built. */
export function tokenHelperFile(): string {
  const name = import.meta.url.endsWith('.ts') ? './token-helper.ts' : './token-helper.js'
  return fileURLToPath(new URL(name, import.meta.url))
}

/** A child of Node. Electron's own way is its utility process: see desktop/. */
export function forkTokenProcess(): TokenProcess {
  const { NODE_OPTIONS: _, ...env } = process.env
  // What a driver prints goes nowhere: it may be anything.
  const child = fork(tokenHelperFile(), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env,
  })
  child.on('error', () => child.kill('SIGKILL'))
  return {
    post: (request) => void child.send(request, () => undefined),
    onReply: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

import path from 'node:path'
import { app, utilityProcess } from 'electron'

/**
 * A token's driver in Electron's utility process: an application without the RunAsNode fuse has no other child of
 * Node. Has the shape of `TokenProcess`, which the composition asks for.
 */
export function spawnUtilityTokenProcess() {
  const child = utilityProcess.fork(path.join(app.getAppPath(), 'out', 'main', 'token-helper.js'), [], {
    serviceName: 'token',
    // What a driver prints goes nowhere: it may be anything.
    stdio: 'ignore',
  })
  return {
    post: (request: unknown) => child.postMessage(request),
    onReply: (listener: (reply: unknown) => void) => void child.on('message', listener),
    onExit: (listener: () => void) => void child.once('exit', listener),
    kill: () => void child.kill(),
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** A process of a test, ended with the test. */
export interface Daemon {
  readonly pid: number
  readonly log: () => string
  stop(): Promise<void>
}

/** Daemons live where an ordinary user's PATH does not look. */
export const daemonPath = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`

export function startDaemon(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Daemon {
  const child: ChildProcess = spawn(command, args, {
    env: { ...process.env, PATH: daemonPath, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what it starts ends with it.
    detached: true,
  })
  let log = ''
  const keep = (chunk: Buffer): void => {
    log = `${log}${chunk.toString('latin1')}`.slice(-20_000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  child.on('error', (error) => keep(Buffer.from(String(error))))
  const ended = once(child, 'close')
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} did not start`)
  return {
    pid,
    log: () => log,
    async stop() {
      try {
        process.kill(-pid, 'SIGKILL')
      } catch {
        // Already ended.
      }
      await ended
    },
  }
}

/** Waits for a TCP port of 127.0.0.1. @throws with the daemon's log where it does not come. */
export async function listening(port: number, daemon: Daemon): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    if (open) return
    await delay(100)
  }
  throw new Error(`nothing listens on ${port}: ${daemon.log()}`)
}

export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/**
 * ippeveprinter refuses to run without DNS-SD: a bus and an avahi of this test's own, which see nobody else's.
 * @returns the environment in which it finds them.
 */
export async function startDnsSd(folder: string): Promise<{ env: Record<string, string>; stop(): Promise<void> }> {
  const socket = path.join(folder, 'bus')
  const configuration = path.join(folder, 'bus.conf')
  writeFileSync(
    configuration,
    `<busconfig><type>system</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`,
  )
  const bus = startDaemon('dbus-daemon', [`--config-file=${configuration}`, '--nofork'])
  const env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` }
  await delay(300)
  // Its pid file has one place on a machine: a mount of its own lets several tests run at once.
  const asUser = process.getuid?.() === 0 ? [] : ['--map-root-user']
  mkdirSyncQuietly('/run/avahi-daemon')
  const avahi = startDaemon(
    'unshare',
    [
      '--mount',
      ...asUser,
      'sh',
      '-c',
      'mount -t tmpfs tmpfs /run/avahi-daemon; exec avahi-daemon --no-chroot --no-drop-root --no-rlimits',
    ],
    env,
  )
  for (let attempt = 0; attempt < 100 && !avahi.log().includes('startup complete'); attempt++) await delay(100)
  return {
    env,
    async stop() {
      await avahi.stop()
      await bus.stop()
    },
  }
}

function mkdirSyncQuietly(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    // Not root: avahi's package made it, or the mount below says so.
  }
}

export function writeScript(file: string, text: string): string {
  writeFileSync(file, text)
  chmodSync(file, 0o755)
  return file
}

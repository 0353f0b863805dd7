import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'

/** Root may not be the user of a sandboxed Chromium; a counter's user is an ordinary one anyway. */
export const ORDINARY_USER = 65534
const asRoot = process.getuid?.() === 0

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** An unpacked application, installed as a package would: root's, and started by an ordinary user with a home. */
export interface PackagedApp {
  readonly folder: string
  readonly executable: string
  readonly home: string
  /** Starts it and waits until it ends, or ends it after `limitMs`. */
  run(args: readonly string[], options?: { env?: NodeJS.ProcessEnv; limitMs?: number }): Promise<Ended>
  start(args: readonly string[], options?: { env?: NodeJS.ProcessEnv }): RunningApp
}

export interface RunningApp {
  readonly process: ChildProcess
  readonly output: { stdout: string; stderr: string }
  readonly ended: Promise<Ended>
  stop(): Promise<void>
}

/** @param packed a folder of `npm run package`. */
export function installPackaged(packed: string, place: string): PackagedApp {
  const folder = path.join(place, 'installed')
  const home = path.join(place, 'home')
  // The way to the folder is open to the ordinary user, as /opt is.
  for (const step of [path.dirname(place), place]) chmodSync(step, 0o755)
  const copied = spawnSync('cp', ['-a', packed, folder])
  if (copied.status !== 0) throw new Error(`cp: ${copied.stderr}`)
  mkdirSync(home, { mode: 0o700 })
  const authority = path.join(home, '.Xauthority')
  const given = process.env['XAUTHORITY']
  if (given !== undefined) cpSync(given, authority)
  if (asRoot) {
    for (const owned of [home, ...(given === undefined ? [] : [authority])])
      chownSync(owned, ORDINARY_USER, ORDINARY_USER)
  }
  const executable = path.join(folder, 'arm-tson')

  function start(args: readonly string[], options: { env?: NodeJS.ProcessEnv } = {}): RunningApp {
    const child = spawn(executable, args, {
      cwd: home,
      // A fresh environment: nothing of the tests' own, and what an attack adds.
      env: {
        PATH: '/usr/bin:/bin',
        HOME: home,
        XDG_DATA_HOME: path.join(home, 'data'),
        DISPLAY: process.env['DISPLAY'],
        ...(given === undefined ? {} : { XAUTHORITY: authority }),
        ...options.env,
      },
      ...(asRoot ? { uid: ORDINARY_USER, gid: ORDINARY_USER } : {}),
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
    })
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => resolve({ code, signal, ...output }))
    })
    return {
      process: child,
      output,
      ended,
      async stop() {
        child.kill('SIGTERM')
        const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
        await ended
        clearTimeout(timer)
      },
    }
  }

  return {
    folder,
    executable,
    home,
    start,
    async run(args, { limitMs = 40_000, ...options } = {}) {
      const running = start(args, options)
      const timer = setTimeout(() => running.process.kill('SIGKILL'), limitMs)
      const ended = await running.ended
      clearTimeout(timer)
      return ended
    },
  }
}

/** Status of each renderer process of an executable, as the kernel tells it. */
export function rendererStatuses(executable: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (readlinkSync(`/proc/${pid}/exe`) !== executable) return []
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) return []
        return [readFileSync(`/proc/${pid}/status`, 'utf8')]
      } catch {
        return []
      }
    })
}

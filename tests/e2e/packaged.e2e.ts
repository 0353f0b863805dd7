import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'
import { chromium, expect, test } from '@playwright/test'
import { signIn } from '../support/launch-window.ts'
import { installPackaged, type PackagedApp, rendererStatuses } from '../support/packaged-app.ts'
import { firstOf } from '../support/run-arm.ts'
import { issueThroughWindow } from '../support/serve-in-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

/** The unpacked application of `npm run package`, attacked from outside by the user who may start it. */
const root = path.resolve(import.meta.dirname, '..', '..')
const temp = makeTempDir()
let hardened: PackagedApp
/** Keeps `--remote-debugging-port`, so that the tests can look inside. */
let twin: PackagedApp
/** The same application under an executable whose fuses are as Electron ships them: the attacks must succeed on it. */
let loose: PackagedApp

function packed(name: string): string {
  const found = readdirSync(path.join(root, 'dist')).find((entry) => entry.replace('not-for-shipping-', '') === name)
  if (found === undefined) throw new Error(`no ${name} in dist/: npm run package`)
  return path.join(root, 'dist', found)
}

function place(name: string): string {
  const folder = path.join(temp.path, name)
  mkdirSync(folder)
  return folder
}

test.beforeAll(async () => {
  const folder = `${process.platform}-${process.arch}`
  hardened = installPackaged(packed(folder), place('hardened'))
  twin = installPackaged(packed(`twin-${folder}`), place('twin'))
  loose = installPackaged(packed(folder), place('loose'))
  await flipFuses(loose.executable, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
  })
})
test.afterAll(() => temp.remove())

test('19. Check which fuses you can change', async () => {
  for (const app of [hardened, twin]) {
    const wire: Record<string, unknown> = { ...(await getCurrentFuseWire(app.executable)) }
    const named = Object.fromEntries(
      Object.entries(wire)
        .filter(([fuse]) => fuse !== 'version')
        .map(([fuse, state]) => [FuseV1Options[Number(fuse)] ?? fuse, state]),
    )
    expect(named).toMatchObject({
      RunAsNode: FuseState.DISABLE,
      EnableCookieEncryption: FuseState.ENABLE,
      EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
      EnableNodeCliInspectArguments: FuseState.DISABLE,
      EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
      OnlyLoadAppFromAsar: FuseState.ENABLE,
      LoadBrowserProcessSpecificV8Snapshot: FuseState.DISABLE,
      GrantFileProtocolExtraPrivileges: FuseState.DISABLE,
    })
    // A fuse of a newer runtime that nobody decided about would be a ninth or tenth without a name.
    expect(Object.keys(named).filter((name) => /^\d+$/.test(name))).toEqual([])
  }
})

test('it starts as an ordinary user, and its cryptography is sound', async () => {
  const { code, stdout } = await hardened.run(['--self-test'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ passed: true })
})

/** A script that leaves a mark in the home of whoever runs it. */
function evilScript(app: PackagedApp, name: string): { script: string; mark: string } {
  const mark = path.join(app.home, `${name}.mark`)
  const script = path.join(temp.path, `${name}-${path.basename(path.dirname(app.home))}.cjs`)
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'here')`, { mode: 0o644 })
  return { script, mark }
}

test('ELECTRON_RUN_AS_NODE makes no Node of it', async () => {
  const attack = async (app: PackagedApp): Promise<boolean> => {
    const { script, mark } = evilScript(app, 'node')
    await app.run([script], { env: { ELECTRON_RUN_AS_NODE: '1' } })
    return existsSync(mark)
  }
  expect(await attack(hardened)).toBe(false)
  expect(await attack(loose)).toBe(true)
})

test('NODE_OPTIONS loads nothing into it', async () => {
  const attack = async (app: PackagedApp, args: string[], env: NodeJS.ProcessEnv): Promise<boolean> => {
    const { script, mark } = evilScript(app, 'options')
    await app.run(args, { env: { NODE_OPTIONS: `--require ${script}`, ...env } })
    return existsSync(mark)
  }
  expect(await attack(hardened, ['--self-test'], {})).toBe(false)
  const asNode = { ELECTRON_RUN_AS_NODE: '1' }
  expect(await attack(hardened, ['-e', '0'], asNode)).toBe(false)
  expect(await attack(loose, ['-e', '0'], asNode)).toBe(true)
})

test('an application folder beside the archive is not loaded in its place', async () => {
  const attack = async (app: PackagedApp): Promise<boolean> => {
    const mark = path.join(app.home, 'folder.mark')
    const resources = path.join(app.folder, 'resources')
    mkdirSync(path.join(resources, 'app'))
    writeFileSync(path.join(resources, 'app', 'package.json'), '{"name":"evil","main":"main.js"}')
    const evil = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'x'); require('electron').app.exit(0)`
    writeFileSync(path.join(resources, 'app', 'main.js'), evil)
    renameSync(path.join(resources, 'app.asar'), path.join(resources, 'app.asar.away'))
    try {
      await app.run([], { limitMs: 5_000 })
      return existsSync(mark)
    } finally {
      renameSync(path.join(resources, 'app.asar.away'), path.join(resources, 'app.asar'))
      renameSync(path.join(resources, 'app'), path.join(app.home, 'evil-app'))
    }
  }
  expect(await attack(hardened)).toBe(false)
  expect(await attack(loose)).toBe(true)
})

for (const switches of [
  ['--inspect=127.0.0.1:0'],
  ['--inspect-brk'],
  ['--remote-debugging-port=0'],
  ['--remote-debugging-pipe'],
  ['--no-sandbox'],
  ['--disable-web-security'],
  ['--js-flags=--expose-gc'],
  ['--data', '/tmp/elsewhere'],
  ['--settings', '/tmp/settings.json'],
  ['/tmp/evil.js'],
]) {
  test(`it refuses to start with ${switches.join(' ')}`, async () => {
    const { code, stderr } = await hardened.run(switches, { limitMs: 20_000 })
    expect(code).toBe(2)
    expect(stderr).toContain('unknown argument, not started')
    expect(stderr).not.toMatch(/listening on ws:/)
  })
}

test('SIGUSR1 opens no debugger', async () => {
  const attack = async (app: PackagedApp): Promise<boolean> => {
    const running = app.start(['--training'])
    try {
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      running.process.kill('SIGUSR1')
      for (let attempt = 0; attempt < 10; attempt++) {
        await new Promise((resolve) => setTimeout(resolve, 200))
        if (running.output.stderr.includes('Debugger listening') || (await listens(9229))) return true
      }
      return false
    } finally {
      await running.stop()
    }
  }
  expect(await attack(hardened)).toBe(false)
  expect(await attack(loose)).toBe(true)
})

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

test('sandboxed, it does the whole service, and takes nothing from our development variables', async () => {
  const library = path.join(temp.path, 'no-binding.node')
  copyFileSync('/etc/passwd', library)
  const running = twin.start(['--training', '--remote-debugging-port=0'], {
    env: { ARM_SQLITE_BINDING: library, ARM_KEEP_REMOTE_DEBUGGING: '1', NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  })
  try {
    await expect
      .poll(() => /DevTools listening on (ws:\S+)/.exec(running.output.stderr)?.[1], { timeout: 30_000 })
      .toBeTruthy()
    const address = /DevTools listening on (ws:\S+)/.exec(running.output.stderr)?.[1] ?? ''
    const browser = await chromium.connectOverCDP(address)
    const [context] = browser.contexts()
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
    if (page === undefined) throw new Error('no page')
    expect(page.url()).toBe('app://arm/index.html')

    const statuses = rendererStatuses(twin.executable)
    expect(statuses.length).toBeGreaterThan(0)
    for (const status of statuses) {
      expect(status).toMatch(/^Seccomp:\s+2$/m)
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
    }

    // The made-up people are the same in every folder.
    const iin = await firstOf(path.join(temp.path, 'people'), 'issued')
    await signIn(page, 'operator')
    await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
    await issueThroughWindow(page, iin)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alertdialog', { name: 'Конверт напечатан?' })).toBeVisible({ timeout: 20_000 })
    const printed = path.join(twin.home, 'data', 'arm-tson', 'training', 'printed')
    const [sheet, ...others] = readdirSync(printed).filter((name) => name.startsWith('envelope-'))
    expect(others).toEqual([])
    expect(
      readFileSync(path.join(printed, sheet ?? ''))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const appLog = readFileSync(path.join(twin.home, 'data', 'arm-tson', 'training', 'logs', 'app.log'), 'utf8')
    expect(appLog).toContain('app.opened')
    // A crash leaves no memory on disk: it says so where it could not be arranged.
    expect(appLog).not.toContain('memory.dumpable')
    await browser.close()
  } finally {
    await running.stop()
  }
})

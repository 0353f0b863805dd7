import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

const temp = makeTempDir()
let window: OpenWindow

test.beforeAll(async () => {
  window = await launchWindow({ dataDir: path.join(temp.path, 'data') })
})
test.afterAll(async () => {
  await window.close()
  temp.remove()
})

test('the window has no Node, no Electron and only the bridge of the contract', async () => {
  const seen = await window.page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    module: typeof Reflect.get(globalThis, 'module'),
    arm: Object.keys(Reflect.get(globalThis, 'arm')).sort(),
  }))
  expect(seen).toEqual({ require: 'undefined', process: 'undefined', module: 'undefined', arm: ['invoke', 'onNotice'] })
})

test('the app protocol serves the bundle and nothing beside it', async () => {
  const { app } = window
  const statusOf = (url: string): Promise<number> =>
    app.evaluate(async ({ net }, address) => (await net.fetch(address)).status, url)
  expect(await statusOf('app://arm/index.html')).toBe(200)
  for (const url of [
    'app://arm/../main/index.js',
    'app://arm/..%2fmain%2findex.js',
    'app://arm/%2e%2e/%2e%2e/package.json',
    'app://arm/..%5c..%5cpackage.json',
    'app://other/index.html',
    'app://arm/index.html%00.js',
    'app://arm/%zz.html',
    'app://arm/',
  ]) {
    expect(await statusOf(url), url).toBe(404)
  }
  // A handler that only joins what it is asked for, in a session of its own, gives away what ours does not.
  const naive = await app.evaluate(
    async ({ session, net }, { folder, address }) => {
      const careless = session.fromPartition('careless')
      careless.protocol.handle('app', (request) =>
        net.fetch(`file://${folder}${decodeURIComponent(new URL(request.url).pathname)}`),
      )
      return (await careless.fetch(address)).text()
    },
    {
      folder: path.resolve(import.meta.dirname, '..', '..', 'out', 'renderer'),
      address: 'app://arm/..%2f..%2fpackage.json',
    },
  )
  expect(naive).toContain('"name": "arm-tson"')
})

test('a verb that is not in the contract, or without a session, goes nowhere', async () => {
  const answers = await window.page.evaluate(async () => {
    const arm = Reflect.get(globalThis, 'arm') as { invoke(channel: string, input?: unknown): Promise<unknown> }
    return {
      unknown: await arm.invoke('app.quit').catch(() => 'rejected'),
      noSession: await arm.invoke('audit.open', undefined),
      hostile: await arm.invoke('session.sign-in', {
        login: 'x'.repeat(10_000),
        password: 'text',
        __proto__: { role: 'supervisor' },
      }),
    }
  })
  expect(answers).toEqual({
    unknown: 'rejected',
    noSession: { ok: false, failure: { code: 'session.required' } },
    hostile: { ok: false, failure: { code: 'session.invalid-input' } },
  })
})

test('oversized and hostile input over the bridge is refused, and nothing of it is kept', async () => {
  const answers = await window.page.evaluate(async () => {
    const arm = Reflect.get(globalThis, 'arm') as { invoke(channel: string, input?: unknown): Promise<unknown> }
    const deep: Record<string, unknown> = {}
    let at = deep
    for (let level = 0; level < 400; level++) {
      const next = {}
      at['next'] = next
      at = next
    }
    const cyclic: Record<string, unknown> = { login: 'a' }
    cyclic['self'] = cyclic
    const hostile: unknown[] = [
      { login: 'marked-hostile-'.repeat(4_000_000), password: new Uint8Array(4) },
      { login: 'operator', password: new Uint8Array(50_000_000) },
      { login: 'operator', password: { length: 8, 0: 1 } },
      { login: ['operator'], password: new Uint8Array(8) },
      Array.from({ length: 100_000 }, () => ({})),
      deep,
      cyclic,
      new Map([['login', 'operator']]),
      new Error('marked-hostile'),
      Number.NaN,
      null,
    ]
    const outcomes: unknown[] = []
    for (const input of hostile) outcomes.push(await arm.invoke('session.sign-in', input))
    const notCloneable = await arm.invoke('session.sign-in', { login: () => 'x' }).catch(() => 'rejected')
    return { outcomes, notCloneable }
  })
  expect(answers.notCloneable).toBe('rejected')
  for (const outcome of answers.outcomes) {
    expect(outcome).toEqual({ ok: false, failure: { code: 'session.invalid-input' } })
  }
  expect(answers.outcomes).toHaveLength(11)
  // The main process is well, and its log holds the refusals without what was refused.
  expect(await window.app.evaluate(({ app }) => app.isReady())).toBe(true)
  const written = readdirSync(path.join(temp.path, 'data')).filter((name) => name.startsWith('audit.sqlite'))
  expect(written.length).toBeGreaterThan(0)
  for (const name of written) {
    expect(readFileSync(path.join(temp.path, 'data', name)).includes('marked-hostile'), name).toBe(false)
  }
})

test('input that names prototypes changes none', async () => {
  const { page, app } = window
  const answers = await page.evaluate(async () => {
    const arm = Reflect.get(globalThis, 'arm') as { invoke(channel: string, input?: unknown): Promise<unknown> }
    const inputs = [
      JSON.parse('{"__proto__":{"polluted":"yes"},"login":"x","password":"y"}'),
      JSON.parse('{"constructor":{"prototype":{"polluted":"yes"}},"login":"x"}'),
      JSON.parse('{"login":{"__proto__":{"polluted":"yes"}},"toString":"no"}'),
    ]
    return Promise.all(inputs.map((input) => arm.invoke('session.sign-in', input)))
  })
  for (const answer of answers) expect(answer).toEqual({ ok: false, failure: { code: 'session.invalid-input' } })
  const seen = await app.evaluate(() => [Reflect.get({}, 'polluted'), Reflect.get([], 'polluted'), String({})])
  expect(seen).toEqual([undefined, undefined, '[object Object]'])
  // The same input in the hands of an ordinary deep merge.
  const merged = await page.evaluate(() => {
    const merge = (into: Record<string, unknown>, from: Record<string, unknown>): void => {
      for (const [name, value] of Object.entries(from)) {
        if (typeof value !== 'object' || value === null) into[name] = value
        else {
          into[name] ??= {}
          merge(into[name] as Record<string, unknown>, value as Record<string, unknown>)
        }
      }
    }
    merge({}, JSON.parse('{"constructor":{"prototype":{"polluted":"yes"}}}'))
    const polluted = Reflect.get({}, 'polluted')
    Reflect.deleteProperty(Object.prototype, 'polluted')
    return polluted
  })
  expect(merged).toBe('yes')
})

test('a file or an address dropped on the window opens nothing', async () => {
  const drop = async (page: Page): Promise<void> => {
    const devtools = await page.context().newCDPSession(page)
    const dropped = [
      { items: [], files: ['/etc/hostname'] },
      { items: [{ mimeType: 'text/uri-list', data: 'app://arm/elsewhere' }] },
    ]
    for (const data of dropped) {
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        const event = { type, x: 200, y: 200, data: { ...data, dragOperationsMask: 1 } }
        await devtools.send('Input.dispatchDragEvent', event)
      }
    }
  }
  const { page, app } = window
  const before = page.url()
  await drop(page)
  await page.waitForTimeout(300)
  expect(page.url()).toBe(before)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  // What the driver drops moves no window at all, so what decides it in Chromium is looked at as well.
  const follows = await app.evaluate(({ BrowserWindow }) => {
    const [browser] = BrowserWindow.getAllWindows()
    const read: () => object = Reflect.get(browser?.webContents ?? {}, 'getLastWebPreferences')
    return Reflect.get(Reflect.apply(read, browser?.webContents, []), 'navigateOnDragDrop')
  })
  expect(follows ?? false).toBe(false)
})

test('the data folder and every file in it are for their owner alone', () => {
  const readable = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const place = path.join(folder, entry.name)
      // Chromium's folder is closed at its door, and the stand is no part of a workplace.
      if (entry.name === 'stand') return []
      const open = (lstatSync(place).mode & 0o077) !== 0 && !entry.isSymbolicLink() ? [place] : []
      return entry.isDirectory() && entry.name !== 'window' ? [...open, ...readable(place)] : open
    })
  const data = path.join(temp.path, 'data')
  expect(lstatSync(data).mode & 0o077).toBe(0)
  expect(readdirSync(data)).toEqual(expect.arrayContaining(['audit.sqlite', 'vault.json', 'window']))
  expect(readable(data)).toEqual([])
  chmodSync(path.join(data, 'audit.sqlite'), 0o640)
  expect(readable(data)).toEqual([path.join(data, 'audit.sqlite')])
  chmodSync(path.join(data, 'audit.sqlite'), 0o600)
})

test('a crash leaves no memory on disk: the main process has no core file, whatever the user allows', () => {
  test.skip(process.platform !== 'linux', 'reads /proc')
  const limits = readFileSync(`/proc/${window.app.process().pid ?? 0}/limits`, 'utf8')
  expect(limits).toMatch(/^Max core file size\s+0\s+0\s/m)
})

test('an operator cannot read the log through the bridge', async () => {
  // A window of its own: the driver still waits for the navigations that the earlier tests had refused.
  await window.close()
  window = await launchWindow({ dataDir: path.join(temp.path, 'data') })
  await signIn(window.page, 'operator')
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  const answer = await window.page.evaluate(() => {
    const arm = Reflect.get(globalThis, 'arm') as { invoke(channel: string, input?: unknown): Promise<unknown> }
    return arm.invoke('audit.open', undefined)
  })
  expect(answer).toEqual({ ok: false, failure: { code: 'session.forbidden' } })
  await window.page.getByRole('button', { name: /Айгүл/ }).press('Enter')
  await window.page.getByRole('menuitem', { name: 'Выйти' }).press('Enter')
  await signIn(window.page, 'supervisor')
  await expect
    .poll(() =>
      window.page.evaluate(() => {
        const arm = Reflect.get(globalThis, 'arm') as { invoke(channel: string, input?: unknown): Promise<unknown> }
        return arm.invoke('audit.open', undefined)
      }),
    )
    .toMatchObject({ ok: true })
})

test('a second start with the same data says so, ends, and brings the first window forward', async () => {
  test.skip(process.env['ARM_TEST_TWIN'] !== undefined, 'its main process is out of reach')
  await window.app.evaluate(({ app, BrowserWindow }) => {
    const [browser] = BrowserWindow.getAllWindows()
    if (browser === undefined) throw new Error('no window')
    const focus = browser.focus.bind(browser)
    Object.assign(globalThis, { seen: [] })
    const seen = Reflect.get(globalThis, 'seen') as string[]
    app.once('second-instance', () => seen.push('second-instance'))
    browser.focus = () => {
      seen.push('focus')
      focus()
    }
  })
  const electron = process.env['ARM_TEST_ELECTRON'] ?? ''
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const root = path.resolve(import.meta.dirname, '..', '..')
  const second = spawn(electron, [...sandbox, root, '--data', path.join(temp.path, 'data')])
  let said = ''
  second.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code] = await once(second, 'close')
  expect(code).toBe(0)
  expect(said).toContain('АРМ ЦОН уже открыт')
  await expect
    .poll(() => window.app.evaluate(() => (Reflect.get(globalThis, 'seen') as string[]).toSorted()))
    .toEqual(['focus', 'second-instance'])
})

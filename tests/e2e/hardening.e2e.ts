import path from 'node:path'
import { expect, test } from '@playwright/test'
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

test('the page is sandboxed and isolated', async () => {
  const preferences = await window.app.evaluate(({ BrowserWindow }) => {
    const [browser] = BrowserWindow.getAllWindows()
    return Reflect.apply(Reflect.get(browser?.webContents ?? {}, 'getLastWebPreferences'), browser?.webContents, [])
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
})

test('a page cannot be left: by location, by link or by redirect', async () => {
  const { page } = window
  const before = page.url()
  expect(before).toMatch(/^app:\/\/arm\//)
  await page.evaluate(() => {
    globalThis.location.href = 'https://example.invalid/'
  })
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'file:///etc/passwd'
    document.body.append(link)
    link.click()
    link.remove()
  })
  await page.waitForTimeout(200)
  expect(page.url()).toBe(before)
})

test('no second window opens, not by window.open and not by _blank', async () => {
  const opened = await window.page.evaluate(() => globalThis.open('https://example.invalid/') === null)
  expect(opened).toBe(true)
  await window.page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'app://arm/index.html'
    link.target = '_blank'
    document.body.append(link)
    link.click()
    link.remove()
  })
  expect(await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('permissions are denied', async () => {
  const states = await window.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as const
    return Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name } as PermissionDescriptor)).state),
    )
  })
  expect(new Set(states)).toEqual(new Set(['denied']))
})

test('script, style and connections from elsewhere are cut by the content security policy', async () => {
  const outcome = await window.page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.body.append(script)
    const fetched = await fetch('https://example.invalid/').then(
      () => 'fetched',
      () => 'refused',
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { injected: Reflect.get(globalThis, 'injected'), fetched, violations }
  })
  expect(outcome.injected).toBeUndefined()
  expect(outcome.fetched).toBe('refused')
  expect(outcome.violations).toEqual(expect.arrayContaining(['script-src-elem', 'connect-src']))
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
})

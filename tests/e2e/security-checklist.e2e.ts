import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow } from '../support/launch-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import {
  addressOf,
  closeTwins,
  inWindow,
  type OutsideServer,
  openTwin,
  ourWindow,
  startOutsideServer,
  windowCount,
} from '../support/twin-window.ts'

/**
 * The twenty items of https://www.electronjs.org/docs/latest/tutorial/security, each under its own name. Where an
 * attack can be carried out, it is: on our window, and on a twin without the protection, where it must succeed.
 */
const root = path.resolve(import.meta.dirname, '..', '..')
const temp = makeTempDir()
let window: OpenWindow
let outside: OutsideServer
let ours: number

test.beforeAll(async () => {
  outside = await startOutsideServer()
  window = await launchWindow({ dataDir: path.join(temp.path, 'data') })
  ours = await ourWindow(window)
})
test.afterEach(() => closeTwins(window))
test.afterAll(async () => {
  await window.close()
  await outside.close()
  temp.remove()
})

/** A session of its own: nothing of `hardenSession` is on it. */
const unhardened = { partition: 'twin' }

function effectivePreferences(): Promise<Record<string, unknown>> {
  return window.app.evaluate(({ BrowserWindow }, id) => {
    const contents = BrowserWindow.fromId(id)?.webContents
    const read: () => object = Reflect.get(contents ?? {}, 'getLastWebPreferences')
    return JSON.parse(JSON.stringify(Reflect.apply(read, contents, [])))
  }, ours)
}

function sourcesOf(...folders: string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => /\.(tsx?|html)$/.test(entry.name))
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8')),
    )
    .join('\n')
}

test('1. Only load secure content', async () => {
  const reachOut = `
    const url = '${outside.url}/reached'
    const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame)
    const image = new Image(); image.src = url
    const style = document.createElement('link'); style.rel = 'stylesheet'; style.href = url; document.head.append(style)
    const script = document.createElement('script'); script.src = url; document.head.append(script)
    navigator.sendBeacon(url, 'x')
    try { new WebSocket(url.replace('http', 'ws')) } catch {}
    await fetch(url).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 200))
    frame.remove(); image.remove(); style.remove(); script.remove()`
  const count = () => outside.hits.filter((hit) => hit === '/reached').length
  await inWindow(window, ours, reachOut)
  expect(count()).toBe(0)
  // The session's filter alone, under a page that has no policy: still nothing gets out.
  const withoutPolicy = await openTwin(window, { url: 'data:text/html,<body>twin</body>' })
  await inWindow(window, withoutPolicy, reachOut)
  expect(count()).toBe(0)
  const twin = await openTwin(window, { url: `${outside.url}/page`, preferences: unhardened })
  await inWindow(window, twin, reachOut)
  expect(count()).toBeGreaterThanOrEqual(5)
})

test('2. Do not enable Node.js integration for remote content', async () => {
  const look = `return [typeof globalThis.require, typeof globalThis.process, await new Promise((resolve) => {
    try {
      const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(typeof require)'])))
      worker.onmessage = (event) => resolve(event.data)
      worker.onerror = () => resolve('refused')
    } catch { resolve('refused') }
  })]`
  expect(await inWindow(window, ours, look)).toEqual(['undefined', 'undefined', 'refused'])
  const preferences = { ...unhardened, nodeIntegration: true, contextIsolation: false, sandbox: false }
  const twin = await openTwin(window, { url: `${outside.url}/page`, preferences })
  expect(await inWindow(window, twin, look)).toEqual(['function', 'object', 'undefined'])
})

test('3. Enable context isolation', async () => {
  expect(await effectivePreferences()).toMatchObject({ contextIsolation: true })
  // A page that replaces what the preload relies on reaches into it only where they share one world.
  const preload = path.join(temp.path, 'shared-world.cjs')
  writeFileSync(preload, `const verbs = new Set(['known']); globalThis.arm = { knows: (verb) => verbs.has(verb) }`)
  const replace = `const real = Set.prototype.has; Set.prototype.has = () => true; try {`
  expect(
    await inWindow(
      window,
      ours,
      `${replace} return await arm.invoke('app.quit').then(() => 'passed', (error) => error.message)
       } finally { Set.prototype.has = real }`,
    ),
  ).toBe('unknown channel')
  const preferences = { ...unhardened, contextIsolation: false, preload }
  const twin = await openTwin(window, { url: `${outside.url}/page`, preferences })
  expect(await inWindow(window, twin, `${replace} return arm.knows('app.quit') } finally {}`)).toBe(true)
})

test('4. Enable process sandboxing', async () => {
  expect(await effectivePreferences()).toMatchObject({ sandbox: true, nodeIntegrationInSubFrames: false })
  const preload = path.join(temp.path, 'reads-a-file.cjs')
  writeFileSync(
    preload,
    `let read = 'refused'
     try { read = require('node:fs').readFileSync('/etc/hostname').length > 0 } catch {}
     require('electron').contextBridge.exposeInMainWorld('read', read)`,
  )
  const read = async (sandbox: boolean): Promise<unknown> => {
    const twin = await openTwin(window, {
      url: `${outside.url}/page`,
      preferences: { ...unhardened, preload, sandbox },
    })
    return inWindow(window, twin, 'return globalThis.read')
  }
  expect(await read(true)).toBe('refused')
  expect(await read(false)).toBe(true)
})

test('5. Handle session permission requests from remote content', async () => {
  const ask = `return [
    Notification.permission,
    ...(await Promise.all(['geolocation', 'camera', 'microphone', 'clipboard-read', 'midi'].map(
      async (name) => (await navigator.permissions.query({ name })).state))),
  ]`
  expect(await inWindow(window, ours, ask)).toEqual(Array(6).fill('denied'))
  const twin = await openTwin(window, { url: `${outside.url}/page`, preferences: unhardened })
  expect(await inWindow(window, twin, ask)).toEqual(expect.arrayContaining(['granted']))
})

test('6. Do not disable webSecurity', async () => {
  expect(await effectivePreferences()).toMatchObject({ webSecurity: true })
  // Another origin's answer can be read only where the same-origin policy is off.
  const pry = `return fetch('${outside.url.replace('127.0.0.1', 'localhost')}/private').then(
    (answer) => answer.text(), () => 'refused')`
  const read = async (webSecurity: boolean): Promise<unknown> => {
    const preferences = { partition: `twin-${webSecurity}`, webSecurity }
    return inWindow(window, await openTwin(window, { url: `${outside.url}/page`, preferences }), pry)
  }
  expect(await read(true)).toBe('refused')
  expect(await read(false)).toContain('outside')
})

test('7. Define a Content Security Policy', async () => {
  const inject = `
    globalThis.injected = 0
    const script = document.createElement('script'); script.textContent = 'globalThis.injected += 1'
    document.body.append(script); script.remove()
    const button = document.createElement('button'); button.setAttribute('onclick', 'globalThis.injected += 1')
    document.body.append(button); button.click(); button.remove()
    setTimeout('globalThis.injected += 1', 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    return globalThis.injected`
  expect(await inWindow(window, ours, inject)).toBe(0)
  const twin = await openTwin(window, { url: 'data:text/html,<body>twin</body>' })
  expect(await inWindow(window, twin, inject)).toBe(3)
})

test('8. Do not enable allowRunningInsecureContent', async () => {
  expect(await effectivePreferences()).toMatchObject({ allowRunningInsecureContent: false })
  // A page over https asks for a script over http: whoever sits on the line could have written it.
  const ran = async (allowRunningInsecureContent: boolean): Promise<unknown> => {
    const partition = `mixed-${allowRunningInsecureContent}`
    await window.app.evaluate(({ session }, name) => {
      const { protocol } = session.fromPartition(name)
      const answer = (type: string, text: string) => () => new Response(text, { headers: { 'content-type': type } })
      protocol.handle('https', answer('text/html', '<!doctype html><body>secure</body>'))
      protocol.handle('http', answer('text/javascript', 'globalThis.ran = true'))
    }, partition)
    const preferences = { partition, allowRunningInsecureContent }
    const twin = await openTwin(window, { url: 'https://secure.example/', preferences })
    return inWindow(
      window,
      twin,
      `const script = document.createElement('script')
       const ended = new Promise((resolve) => { script.onload = resolve; script.onerror = resolve })
       script.src = 'http://insecure.example/script.js'; document.head.append(script); await ended
       return globalThis.ran === true`,
    )
  }
  expect(await ran(false)).toBe(false)
  expect(await ran(true)).toBe(true)
})

/** What a page of this window can name. */
async function globalsOf(id: number): Promise<ReadonlySet<string>> {
  return new Set((await inWindow(window, id, 'return Object.getOwnPropertyNames(globalThis)')) as string[])
}

/** Names that a window with these preferences has, and one without them has not. */
async function furtherGlobals(preferences: Record<string, unknown>): Promise<readonly string[]> {
  const url = `${outside.url}/page`
  const plain = await globalsOf(await openTwin(window, { url, preferences: unhardened }))
  const further = await globalsOf(await openTwin(window, { url, preferences: { ...unhardened, ...preferences } }))
  return [...further].filter((name) => !plain.has(name))
}

test('9. Do not enable experimental features', async () => {
  expect(await effectivePreferences()).toMatchObject({ experimentalFeatures: false })
  expect(sourcesOf('src')).not.toMatch(/appendSwitch|experimentalFeatures: true/)
  const experimental = await furtherGlobals({ experimentalFeatures: true })
  expect(experimental.length).toBeGreaterThan(0)
  const own = await globalsOf(ours)
  expect(experimental.filter((name) => own.has(name))).toEqual([])
})

test('10. Do not use enableBlinkFeatures', async () => {
  const preferences = await effectivePreferences()
  expect(preferences['enableBlinkFeatures'] ?? '').toBe('')
  expect(preferences['disableBlinkFeatures'] ?? '').toBe('')
  expect(sourcesOf('src')).not.toMatch(/enableBlinkFeatures/)
  expect(await furtherGlobals({ enableBlinkFeatures: 'WebNFC' })).toContain('NDEFReader')
  expect((await globalsOf(ours)).has('NDEFReader')).toBe(false)
})

/** Puts a web view into a window's page. @returns how many guests came to life. */
async function attachGuest(id: number): Promise<number> {
  await inWindow(
    window,
    id,
    `const guest = document.createElement('webview')
     guest.setAttribute('allowpopups', '')
     guest.setAttribute('src', '${outside.url}/guest')
     document.body.append(guest)
     await new Promise((resolve) => setTimeout(resolve, 500))`,
  )
  return window.app.evaluate(
    ({ webContents }) => webContents.getAllWebContents().filter((contents) => contents.getType() === 'webview').length,
  )
}

test('11. Do not use allowpopups for WebViews', async () => {
  expect(sourcesOf('src')).not.toMatch(/allowpopups|<webview/i)
  expect(await attachGuest(ours)).toBe(0)
  const preferences = { ...unhardened, webviewTag: true }
  const twin = await openTwin(window, { url: `${outside.url}/page`, preferences, unguarded: true })
  expect(await attachGuest(twin)).toBe(1)
})

test('12. Verify WebView options before creation', async () => {
  // Even where the tag is switched on, the guard of every window's contents refuses the guest.
  const preferences = { ...unhardened, webviewTag: true }
  const guarded = await openTwin(window, { url: `${outside.url}/page`, preferences })
  expect(await attachGuest(guarded)).toBe(0)
  expect(await effectivePreferences()).toMatchObject({ webviewTag: false })
})

test('13. Disable or limit navigation', async () => {
  const ways = [
    `location.href = 'app://arm/elsewhere'`,
    `location.replace('app://arm/elsewhere')`,
    `const a = document.createElement('a'); a.href = 'app://arm/elsewhere'; document.body.append(a); a.click(); a.remove()`,
    `const a = document.createElement('a'); a.href = '${outside.url}/left'; document.body.append(a); a.click(); a.remove()`,
    `const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=app://arm/elsewhere'; document.head.append(m)`,
    `const f = document.createElement('form'); f.action = 'app://arm/elsewhere'; document.body.append(f); f.submit(); f.remove()`,
  ]
  const home = await addressOf(window, ours)
  for (const way of ways) {
    await inWindow(window, ours, way)
    expect(await addressOf(window, ours), way).toBe(home)
  }
  const [first] = ways
  const twin = await openTwin(window, { url: 'app://arm/index.html', unguarded: true })
  await inWindow(window, twin, first ?? '')
  expect(await addressOf(window, twin)).toBe('app://arm/elsewhere')

  const redirected = async (unguarded: boolean): Promise<boolean> => {
    const landings = () => outside.hits.filter((hit) => hit === '/landed').length
    const before = landings()
    await openTwin(window, { url: `${outside.url}/redirect`, preferences: unhardened, unguarded })
    return landings() > before
  }
  expect(await redirected(false)).toBe(false)
  expect(await redirected(true)).toBe(true)
})

test('14. Disable or limit creation of new windows', async () => {
  const ways = [
    `window.open('app://arm/index.html')`,
    `window.open('about:blank', 'name', 'width=300')`,
    `const a = document.createElement('a'); a.href = 'app://arm/index.html'; a.target = '_blank'; document.body.append(a); a.click(); a.remove()`,
  ]
  const tryAll = async (id: number): Promise<number> => {
    const before = await windowCount(window)
    for (const way of ways) await inWindow(window, id, way)
    await addressOf(window, id)
    return (await windowCount(window)) - before
  }
  expect(await tryAll(ours)).toBe(0)
  const twin = await openTwin(window, { url: 'app://arm/index.html', unguarded: true })
  expect(await tryAll(twin)).toBe(ways.length)
})

test('15. Do not use shell.openExternal with untrusted content', async () => {
  // Nothing of ours opens anything in another program, so there is nothing to be led astray.
  expect(sourcesOf('src')).not.toMatch(/openExternal|openPath|\bshell\b[^.]*from 'electron'/)
  await window.app.evaluate(({ shell }) => {
    Reflect.set(globalThis, 'openedOutside', [])
    shell.openExternal = async (url) => void Reflect.get(globalThis, 'openedOutside').push(url)
  })
  const lure = `
    for (const url of ['mailto:a@example.invalid', 'tel:1', 'ms-msdt:/id', 'file:///etc/passwd']) {
      window.open(url)
      const a = document.createElement('a'); a.href = url; document.body.append(a); a.click(); a.remove()
    }`
  await inWindow(window, ours, lure)
  await addressOf(window, ours)
  const opened = () => window.app.evaluate(() => Reflect.get(globalThis, 'openedOutside'))
  expect(await opened()).toEqual([])
  // The handler that many programs have: what a page asks for is handed on.
  const twin = await openTwin(window, { url: 'app://arm/index.html', unguarded: true })
  await window.app.evaluate(({ BrowserWindow, shell }, id) => {
    BrowserWindow.fromId(id)?.webContents.setWindowOpenHandler(({ url }) => {
      void shell.openExternal(url)
      return { action: 'deny' }
    })
  }, twin)
  await inWindow(window, twin, lure)
  await expect.poll(opened).toContain('mailto:a@example.invalid')
})

test('16. Use a current version of Electron', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  // One exact version, that of the lock file: which one is current, no test behind a closed network can know.
  const exact = /^\d+\.\d+\.\d+$/
  expect(manifest.devDependencies.electron).toMatch(exact)
  expect('^45.4.1').not.toMatch(exact)
  expect(lock.packages['node_modules/electron'].version).toBe(manifest.devDependencies.electron)
  expect(Number.parseInt(manifest.devDependencies.electron, 10)).toBeGreaterThanOrEqual(45)
})

test('17. Validate the sender of all IPC messages', async () => {
  const preload = path.join(root, 'out', 'preload', 'index.cjs')
  const ask = `return arm.invoke('session.current', undefined)`
  expect(await inWindow(window, ours, ask)).toMatchObject({ ok: true })
  const untrusted = { ok: false, failure: { code: 'session.untrusted-sender' } }
  // A page from elsewhere with our bridge, our own page in another window, and a frame with the bridge.
  const elsewhere = await openTwin(window, { url: `${outside.url}/page`, preferences: { ...unhardened, preload } })
  expect(await inWindow(window, elsewhere, ask)).toEqual(untrusted)
  const otherWindow = await openTwin(window, { url: 'app://arm/index.html', preferences: { preload } })
  expect(await inWindow(window, otherWindow, ask)).toEqual(untrusted)
  const framing = await openTwin(window, {
    url: `${outside.url}/page`,
    preferences: { ...unhardened, preload, nodeIntegrationInSubFrames: true },
    unguarded: true,
  })
  const fromFrame = `
    const frame = document.createElement('iframe'); frame.src = '/frame'
    const loaded = new Promise((resolve) => { frame.onload = resolve })
    document.body.append(frame); await loaded
    return frame.contentWindow.arm.invoke('session.current', undefined)`
  expect(await inWindow(window, framing, fromFrame)).toEqual(untrusted)

  // The same page, asking a handler that looks at no sender.
  await window.app.evaluate(({ ipcMain }) => {
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers
    Reflect.set(globalThis, 'checking', handlers.get('session.current'))
    handlers.set('session.current', () => 'answered')
  })
  expect(await inWindow(window, elsewhere, ask)).toBe('answered')
  expect(await inWindow(window, framing, fromFrame)).toBe('answered')
  await window.app.evaluate(({ ipcMain }) => {
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers
    handlers.set('session.current', Reflect.get(globalThis, 'checking'))
  })
  expect(await inWindow(window, elsewhere, ask)).toEqual(untrusted)
})

test('18. Avoid usage of the file:// protocol and prefer usage of custom protocols', async () => {
  expect(await addressOf(window, ours)).toBe('app://arm/index.html')
  expect(sourcesOf('src/main/desktop')).not.toMatch(/loadFile|['"`]file:/)
  const read = async (preferences: Record<string, unknown>): Promise<unknown> => {
    const twin = await openTwin(window, { url: 'file:///etc/passwd', preferences, unguarded: true })
    return inWindow(window, twin, 'return document.body.innerText.includes("root:")')
  }
  // The session's filter refuses the scheme even where a window is told to load it.
  expect(await read({})).toBe(false)
  expect(await read(unhardened)).toBe(true)
})

test('20. Do not expose Electron APIs to untrusted web content', async () => {
  const look = `
    const names = Object.getOwnPropertyNames(arm).sort()
    const further = await Promise.all(['ipcRenderer', 'send', 'on', 'sendSync'].map((name) => typeof arm[name]))
    return { names, further, frozen: Object.isFrozen(arm),
      overwritten: (() => { try { globalThis.arm = {} } catch {} return typeof arm.invoke })(),
      unknownVerb: await arm.invoke('app.quit').then(() => 'answered', (error) => error.message),
      unknownNotice: (() => { try { arm.onNotice('ipc-message', () => {}); return 'listened' } catch (e) { return e.message } })() }`
  expect(await inWindow(window, ours, look)).toEqual({
    names: ['invoke', 'onNotice'],
    further: ['undefined', 'undefined', 'undefined', 'undefined'],
    frozen: true,
    overwritten: 'function',
    unknownVerb: 'unknown channel',
    unknownNotice: 'unknown notice',
  })
  expect(
    await inWindow(
      window,
      ours,
      `const stop = arm.onNotice('workstation.status', () => {}); stop(); return typeof stop`,
    ),
  ).toBe('function')
  // A preload that hands Electron's own on: any channel, any notice.
  const preload = path.join(temp.path, 'generous.cjs')
  writeFileSync(
    preload,
    `const { contextBridge, ipcRenderer } = require('electron')
     const onNotice = (name, heard) => { ipcRenderer.on(name, heard) }
     const [invoke, send] = [(...args) => ipcRenderer.invoke(...args), (...args) => ipcRenderer.send(...args)]
     contextBridge.exposeInMainWorld('arm', { invoke, onNotice, send })`,
  )
  const twin = await openTwin(window, { url: `${outside.url}/page`, preferences: { ...unhardened, preload } })
  expect(await inWindow(window, twin, look)).toMatchObject({
    names: ['invoke', 'onNotice', 'send'],
    further: ['undefined', 'function', 'undefined', 'undefined'],
    unknownVerb: expect.stringContaining('No handler registered'),
    unknownNotice: 'listened',
  })
})

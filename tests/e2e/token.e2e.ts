import path from 'node:path'
import { expect, test } from '@playwright/test'
import { createSoftToken, softhsmLibrary, tokenToolsAreHere } from '../integration/keystore/softhsm-token.ts'
import { launchWindow, type OpenWindow } from '../support/launch-window.ts'
import { createTestPki } from '../support/pki-certificate.ts'
import { makeTempDir } from '../support/temp-dir.ts'

/** The program of the driver's process, as the application forks it: the bundle, the binding and the channel are real. */
const helper = path.resolve(import.meta.dirname, '..', '..', 'out', 'main', 'token-helper.js')

test.describe('a PKCS#11 token in the window', () => {
  test.skip(!tokenToolsAreHere, 'SoftHSM, OpenSC or gcc is absent')
  const temp = makeTempDir()
  const { signer } = createTestPki()
  let window: OpenWindow
  let token: ReturnType<typeof createSoftToken>

  test.beforeAll(async () => {
    token = createSoftToken()
    token.put('a1', signer)
    token.use('crash-on-sign')
    window = await launchWindow({ dataDir: path.join(temp.path, 'data') })
  })
  test.afterAll(async () => {
    await window.close()
    token.remove()
    temp.remove()
  })

  test('its driver signs in a utility process, and a crash of the driver leaves the window alive', async () => {
    const ask = { helper, pin: token.pin, softhsm: softhsmLibrary, driver: token.driver }
    const seen = await window.app.evaluate(async ({ utilityProcess }, { helper, pin, softhsm, driver }) => {
      const run = async (library: string) => {
        const child = utilityProcess.fork(helper, [], { serviceName: 'token', stdio: 'ignore' })
        const exited = new Promise<string>((resolve) => child.once('exit', () => resolve('exited')))
        const next = (request: unknown) =>
          Promise.race([
            new Promise<unknown>((resolve) => {
              child.once('message', resolve)
              child.postMessage(request)
            }),
            exited,
          ])
        const opened = await next({ op: 'open', library, pin: new TextEncoder().encode(pin) })
        const sign = { op: 'sign', key: 0, mechanism: 0x40, data: new TextEncoder().encode('content') }
        const signed = [await next(sign), await next(sign)]
        child.kill()
        return { opened, signed }
      }
      const octets = (reply: unknown) => {
        const value: unknown = typeof reply === 'object' && reply !== null ? Reflect.get(reply, 'value') : reply
        return value instanceof Uint8Array ? value.length : JSON.stringify(reply)
      }
      const [good, crashing] = [await run(softhsm), await run(driver)]
      return {
        keys:
          Reflect.get(Reflect.get(Object(good.opened), 'value') ?? {}, 'keys')?.length ?? JSON.stringify(good.opened),
        good: good.signed.map(octets),
        crashing: [octets(crashing.signed[0]), crashing.signed[1]],
      }
    }, ask)
    expect(seen).toEqual({ keys: 1, good: [256, 256], crashing: [256, 'exited'] })
    expect(await window.page.title()).not.toBe('')
  })
})

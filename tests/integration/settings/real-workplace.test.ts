import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forkTokenProcess } from '../../../src/main/adapters/keystore/token/fork-token-process.ts'
import { composeReal } from '../../../src/main/compose-real.ts'
import type { WorkplaceServices } from '../../../src/main/ipc/workplace.ts'
import { createTestPki, toPem } from '../../support/pki-certificate.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

/** The window's real workplace, opened, changed, closed and opened again. */
const temp = makeTempDir()
const at = (name: string) => path.join(temp.path, name)
const dataDir = at('data')
const own = path.join(dataDir, 'settings.json')
const passphrase = 'кодовая фраза этой проверки'
const machine = {
  mode: 'real',
  workstation: 'TSON-1',
  gateway: { url: 'https://127.0.0.1:9/', authority: 'root.pem', serviceId: 'S', senderId: 'T' },
  trust: { anchors: 'root.pem', portalCertificate: 'portal.pem' },
  key: 'no-such.p12',
  portalUrl: 'https://egov.kz/',
}
const by = { login: 'admin', name: 'Админова', role: 'administrator' } as const

beforeAll(() => {
  const { root, signer } = createTestPki()
  writeFileSync(at('root.pem'), toPem('CERTIFICATE', root.der))
  writeFileSync(at('portal.pem'), toPem('CERTIFICATE', signer.der))
})
afterAll(() => temp.remove())

/** @returns what `use` says, or the code with which the workplace did not open. */
async function opened<T>(
  locked: readonly string[],
  use: (services: WorkplaceServices) => Promise<T> | T,
): Promise<T | string> {
  writeFileSync(at('machine.json'), JSON.stringify({ ...machine, locked }))
  const workplace = composeReal({
    settingsFile: at('machine.json'),
    dataDir,
    resourcesDir: path.resolve(import.meta.dirname, '..', '..', '..', 'resources'),
    version: '0.1.0',
    spawnTokenProcess: forkTokenProcess,
    onStatus: () => undefined,
    onEnvelopeExpired: () => undefined,
  })
  try {
    const vault = await workplace.openVault(Buffer.from(passphrase))
    if (!vault.ok) return vault.failure.code
    const services = await workplace.services()
    return services.ok ? await use(services.value) : services.failure.code
  } finally {
    await workplace.close()
  }
}

test('keeps what its administrator set, gives way to a lock, and does not open over an edited file', async () => {
  const saved = await opened([], async ({ settings, trySettings }) => {
    const { values } = settings.view()
    expect(await trySettings.gateway(values, by)).toMatchObject({ failure: { code: 'gateway.unreachable' } })
    expect(await trySettings.key(values, Buffer.from('1234'), by)).toMatchObject({
      failure: { code: 'sign.key-missing' },
    })
    const pin = Buffer.from('training')
    expect(await trySettings.key(values, pin, by)).toMatchObject({ failure: { code: 'settings.invalid' } })
    expect(pin.every((byte) => byte === 0)).toBe(true)
    return settings.save({
      form: { ...values, workstation: 'TSON-2', 'gateway.senderId': 'OTHER' },
      by,
      origin: 'page',
    })
  })
  expect(saved).toMatchObject({ ok: true, value: { waiting: ['workstation', 'gateway.senderId'] } })

  const inForce = ({ workstation, settings }: WorkplaceServices) => ({
    workstation: workstation.settings.workstation,
    senderId: workstation.settings.gateway.senderId,
    waiting: settings.view().waiting,
  })
  expect(await opened([], inForce)).toEqual({ workstation: 'TSON-2', senderId: 'OTHER', waiting: [] })
  expect(await opened(['gateway'], inForce)).toEqual({ workstation: 'TSON-2', senderId: 'T', waiting: [] })

  const good = readFileSync(own, 'utf8')
  writeFileSync(own, good.replace('OTHER', 'EVIL!'))
  expect(await opened([], inForce)).toBe('settings.altered')
}, 120_000)

test('a machine’s file that is wrong in one place opens nothing, and says so by its code', async () => {
  expect(await opened(['no-such-group'], () => 'opened')).toBe('settings.invalid')
})

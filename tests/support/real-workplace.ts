import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { forkTokenProcess } from '../../src/main/adapters/keystore/token/fork-token-process.ts'
import { composeReal } from '../../src/main/compose-real.ts'
import type { SettingsDocument } from '../../src/main/settings/load-settings.ts'
import { trainingKeyPin } from '../../src/shared/domain/training.ts'
import { firstOf } from './run-arm.ts'
import { startArmStand } from './start-arm-stand.ts'

/** What people know at a workplace of real mode; none of it opens anything of training. */
export const realSecrets = {
  passphrase: 'кодовая фраза этой проверки',
  pin: '40219-pin',
  operator: { login: 'operator1', password: 'noch ein langes Wort' },
  supervisor: { login: 'supervisor1', password: 'und ein drittes Wort' },
} as const

export interface RealWorkplace {
  readonly dataDir: string
  /** A made-up citizen without an account. */
  freshCitizen(): Promise<string>
  /** A settings file with this printer. */
  settingsFor(name: string, printer: SettingsDocument['printer']): string
  stop(): Promise<void>
}

/** A stand as if it were the gateway of a real workplace, and a data folder with its accounts. */
export async function startRealWorkplace(folder: string): Promise<RealWorkplace> {
  const standDir = path.join(folder, 'stand')
  const dataDir = path.join(folder, 'real')
  mkdirSync(folder, { recursive: true })
  const stand = await startArmStand(standDir)
  // OpenSSL, which gives the key its new PIN, knows no keys of Kazakhstan's ГОСТ.
  const { base, delta } = stand.crl.rsa
  const known: object = {
    ...(JSON.parse(readFileSync(stand.settings, 'utf8')) as object),
    signature: { form: 'cms', algorithm: 'rsa', transport: 'wsse', timestamp: false },
    revocation: { crl: { urls: [base, delta, stand.rootCrl.rsa] }, ocsp: { url: stand.ocsp } },
  }
  // The PIN of training opens nothing in real mode.
  const key = path.join(folder, 'workstation.p12')
  rekey({ from: stand.keys.rsa, to: key, folder })
  const settingsFor: RealWorkplace['settingsFor'] = (name, printer) => {
    const file = path.join(folder, `${name}.json`)
    writeFileSync(file, JSON.stringify({ ...known, mode: 'real', key, printer }))
    return file
  }
  await addAccounts(settingsFor('accounts', { kind: 'ipp', uri: 'ipp://127.0.0.1:9/ipp/print' }), dataDir)
  return {
    dataDir,
    settingsFor,
    freshCitizen: () => firstOf(standDir, 'issued'),
    stop: () => stand.stop(),
  }
}

function rekey(given: { from: string; to: string; folder: string }): void {
  const pem = path.join(given.folder, 'key.pem')
  execFileSync('openssl', ['pkcs12', '-in', given.from, '-passin', `pass:${trainingKeyPin}`, '-nodes', '-out', pem])
  execFileSync('openssl', ['pkcs12', '-export', '-in', pem, '-passout', `pass:${realSecrets.pin}`, '-out', given.to])
}

async function addAccounts(settingsFile: string, dataDir: string): Promise<void> {
  const workplace = composeReal({
    settingsFile,
    dataDir,
    resourcesDir: path.resolve(import.meta.dirname, '..', '..', 'resources'),
    version: '0.1.0',
    spawnTokenProcess: forkTokenProcess,
    onStatus: () => undefined,
    onEnvelopeExpired: () => undefined,
  })
  const opened = await workplace.openVault(Buffer.from(realSecrets.passphrase))
  const services = await workplace.services()
  if (!opened.ok || !services.ok) throw new Error(`the workplace did not open: ${JSON.stringify({ opened, services })}`)
  const { accounts } = services.value
  const made = await accounts?.createAdministrator({
    login: 'admin',
    name: 'Администраторов Ә. Б.',
    password: Buffer.from('ein langes Wort'),
  })
  if (made?.ok !== true) throw new Error(JSON.stringify(made))
  for (const role of ['operator', 'supervisor'] as const) {
    const { login, password } = realSecrets[role]
    const added = await accounts?.change({
      change: {
        kind: 'add',
        account: { login, name: role === 'operator' ? 'Операторова Қ.' : 'Супервизоров Ғ.', role },
        password: Buffer.from(password),
      },
      by: { login: 'admin', role: 'administrator' },
    })
    if (added?.ok !== true) throw new Error(JSON.stringify(added))
  }
  await workplace.close()
}

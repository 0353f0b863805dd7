import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestCertificate } from '../../support/pki-certificate.ts'

export const softhsmLibrary =
  ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'].find((file) =>
    existsSync(file),
  ) ?? ''

/** SoftHSM as the token, OpenSC to write on it, gcc for drivers that misbehave. */
export const tokenToolsAreHere =
  softhsmLibrary !== '' &&
  ['softhsm2-util', 'pkcs11-tool', 'gcc'].every((tool) => spawnSync(tool, ['--version']).error === undefined)

export interface SoftToken {
  readonly pin: string
  /** Sets the environment that the driver's process inherits. */
  readonly use: (driver?: string) => void
  /** Path of a driver that misbehaves as `use` says. */
  readonly driver: string
  readonly label: string
  /** Writes a key pair with its certificate. */
  readonly put: (id: string, certificate: TestCertificate) => void
  readonly putCertificate: (id: string, certificate: TestCertificate) => void
  /** As if somebody had pulled it out. */
  readonly vanish: () => void
  readonly forgetWrongPins: () => void
  readonly remove: () => void
}

/** A token of its own in a folder of its own. */
export function createSoftToken(): SoftToken {
  const folder = mkdtempSync(path.join(tmpdir(), 'arm-token-'))
  const tokens = path.join(folder, 'tokens')
  const configuration = path.join(folder, 'softhsm2.conf')
  const [pin, label] = ['4321', 'АРМ']
  mkdirSync(tokens)
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  const env = { ...process.env, SOFTHSM2_CONF: configuration }
  const run = (command: string, ...args: readonly string[]) =>
    execFileSync(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  run('softhsm2-util', '--init-token', '--free', '--label', label, '--so-pin', '87654321', '--pin', pin)
  const write = (type: 'privkey' | 'cert', id: string, content: Uint8Array) => {
    const file = path.join(folder, 'object')
    writeFileSync(file, content)
    const login = ['--login', '--pin', pin, '--token-label', label]
    run(
      'pkcs11-tool',
      '--module',
      softhsmLibrary,
      ...login,
      '--write-object',
      file,
      '--type',
      type,
      '--id',
      id,
      '--usage-sign',
    )
  }
  const driver = path.join(folder, 'driver.so')
  run('gcc', '-shared', '-fPIC', '-o', driver, path.join(import.meta.dirname, 'driver.c'), '-ldl')
  const triesFile = path.join(folder, 'tries')
  return {
    pin,
    label,
    driver,
    use(mode = '') {
      process.env['SOFTHSM2_CONF'] = configuration
      process.env['ARM_TEST_SOFTHSM'] = softhsmLibrary
      process.env['ARM_TEST_DRIVER'] = mode
      process.env['ARM_TEST_DRIVER_TRIES'] = triesFile
    },
    put(id, certificate) {
      write('privkey', id, certificate.keys.privateKey.export({ format: 'der', type: 'pkcs8' }))
      write('cert', id, certificate.der)
    },
    putCertificate: (id, certificate) => write('cert', id, certificate.der),
    vanish() {
      for (const name of readdirSync(tokens)) rmSync(path.join(tokens, name), { recursive: true })
    },
    forgetWrongPins: () => rmSync(triesFile, { force: true }),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAuditLog } from '../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { openTrainingVault } from '../../src/main/compose-training.ts'
import { composeUpdates } from '../../src/main/compose-updates.ts'
import type { AuditLog } from '../../src/main/ports/audit-log.ts'
import type { StartInstaller } from '../../src/main/ports/updates.ts'
import { auditFile } from '../../src/main/settings/data-folder.ts'
import type { UpdateSettings } from '../../src/main/settings/workstation-settings.ts'
import type { UpdateWorkstation } from '../../src/main/use-cases/update-workstation.ts'
import { succeed } from '../../src/shared/result.ts'
import { answerOf, runArm } from '../support/run-arm.ts'
import { settableClock } from '../support/settable-clock.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { createTlsKeys } from '../support/tls-keys.ts'

/**
 * The owner's half is the project's tool and, beside it, OpenSSL: what one signs the other verifies. The folder and the server are
 * real, and each attack changes what an attacker between owner and counter can change.
 */
const temp = makeTempDir()
const root = path.resolve(import.meta.dirname, '..', '..')
const owner = path.join(temp.path, 'owner.pem')
const publicKey = path.join(temp.path, 'public', 'owner.pem')
const passphraseFile = path.join(temp.path, 'passphrase')
const administrator = { login: 'chief', name: 'Әкімші', role: 'administrator' } as const
const installer = `arm-tson-setup.${process.platform === 'win32' ? 'exe' : 'deb'}`
let folders = 0
/** One for all logs: opening it takes longer than everything else. */
let theVault: ReturnType<typeof openTrainingVault>

const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', args, { stdio: 'pipe' })
const tool = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [path.join(root, 'tools', 'run.mjs'), 'release', ...args], { encoding: 'utf8' })
const fresh = (name: string): string => {
  const folder = path.join(temp.path, `${name}-${folders++}`)
  mkdirSync(folder)
  return folder
}

beforeAll(async () => {
  theVault = openTrainingVault(temp.path)
  await theVault
  mkdirSync(path.dirname(publicKey))
  writeFileSync(passphraseFile, 'made up for this test\n')
  tool('make-key', '--out', owner, '--passphrase-file', passphraseFile, '--public', path.dirname(publicKey))
})
afterAll(() => temp.remove())

interface ManifestOptions {
  readonly release?: number
  readonly version?: string
  readonly channel?: string
  readonly createdAt?: string
  readonly expiresAt?: string
  readonly name?: string
  readonly platform?: string
  readonly further?: object
}

/** A release as OpenSSL makes it, with nothing of ours. */
function releaseByOpenssl(options: ManifestOptions = {}, key = owner): string {
  const folder = fresh('release')
  const octets = Buffer.from(`!<arch>\nmade-up installer ${options.version ?? '9.0.0'} ${'x'.repeat(200_000)}`)
  const name = options.name ?? installer
  if (/^\w/.test(name) && path.basename(name) === name) writeFileSync(path.join(folder, name), octets)
  const manifest = {
    kind: 'arm-tson-update',
    format: 1,
    channel: options.channel ?? 'stable',
    release: options.release ?? 5,
    version: options.version ?? '9.0.0',
    createdAt: options.createdAt ?? '2026-03-01T00:00:00Z',
    expiresAt: options.expiresAt ?? '2026-09-01T00:00:00Z',
    files: [
      {
        name,
        platform: options.platform ?? process.platform,
        arch: process.arch,
        size: octets.length,
        sha256: createHash('sha256').update(octets).digest('hex'),
      },
    ],
    ...options.further,
  }
  writeFileSync(path.join(folder, 'update.json'), JSON.stringify(manifest))
  signByOpenssl(folder, key)
  return folder
}

function signByOpenssl(folder: string, key = owner): void {
  const [content, signature] = [path.join(folder, 'update.json'), path.join(folder, 'update.json.sig')]
  const passphrase = ['-passin', `file:${passphraseFile}`]
  openssl('pkeyutl', '-sign', '-inkey', key, ...passphrase, '-rawin', '-in', content, '-out', signature)
}

interface Counter {
  readonly updates: UpdateWorkstation
  readonly audit: AuditLog
  readonly staging: string
  readonly started: string[]
  /** Event and outcome of the newest rows about updates, oldest first. */
  rows(): readonly string[]
}

async function openCounter(options: {
  readonly source: UpdateSettings['source']
  readonly dataDir?: string
  readonly version?: string
  readonly ownerPems?: readonly string[]
  readonly staging?: string
  readonly startInstaller?: StartInstaller
  readonly now?: string
}): Promise<Counter> {
  const dataDir = options.dataDir ?? fresh('data')
  const clock = settableClock(options.now)
  const vault = await theVault
  if (!vault.ok) throw new Error(vault.failure.code)
  const audit = openAuditLog({ file: auditFile(dataDir), workstation: 'arm-1', vault: vault.value, clock })
  if (!audit.ok) throw new Error(audit.failure.code)
  const staging = options.staging ?? path.join(fresh('administrator'), 'updates')
  const started: string[] = []
  const updates = composeUpdates({
    updates: { source: options.source, channel: 'stable' },
    ownerPems: options.ownerPems ?? [readFileSync(publicKey, 'utf8')],
    stagingDir: staging,
    audit: audit.value,
    clock,
    version: options.version ?? '1.0.0',
    startInstaller:
      options.startInstaller ??
      (async (file) => {
        started.push(file)
        return succeed(0)
      }),
  })
  if (!updates.ok) throw new Error(updates.failure.detail)
  return {
    updates: updates.value,
    audit: audit.value,
    staging,
    started,
    rows: () =>
      audit.value
        .list({ limit: 50 })
        .filter(({ event }) => event.startsWith('update.'))
        .map(({ event, outcome }) => [event, outcome].filter(Boolean).join(' '))
        .reverse(),
  }
}

const codeOf = (result: { ok: true } | { ok: false; failure: { code: string } }) =>
  result.ok ? 'ok' : result.failure.code

describe('the owner', () => {
  test('signs with the tool; OpenSSL verifies the exact octets, and a workstation takes them', async () => {
    const folder = fresh('owner')
    writeFileSync(path.join(folder, 'arm-tson_0.1.0_amd64.deb'), 'made-up package')
    writeFileSync(path.join(folder, 'arm-tson-setup-0.1.0.exe'), 'made-up installer')
    tool('sign', '--key', owner, '--passphrase-file', passphraseFile, '--release', '7', folder)
    const [content, signature] = [path.join(folder, 'update.json'), path.join(folder, 'update.json.sig')]
    const verified = openssl(
      ...['pkeyutl', '-verify', '-pubin', '-inkey', publicKey, '-rawin', '-in', content, '-sigfile', signature],
    )
    expect(verified.toString()).toContain('Signature Verified Successfully')
    const { files } = JSON.parse(readFileSync(content, 'utf8'))
    expect(files.map(({ name }: { name: string }) => name)).toHaveLength(2)

    const now = new Date().toISOString()
    const counter = await openCounter({ source: { folder }, version: '0.0.9', now })
    const isMade = process.platform !== 'darwin' && process.arch === 'x64'
    expect(codeOf(await counter.updates.fetch(administrator))).toBe(isMade ? 'ok' : 'update.wrong-platform')
    await counter.audit.close()
  })

  test('keeps the private key encrypted, for himself alone', () => {
    expect(readFileSync(owner, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    if (process.platform !== 'win32') expect(statSync(owner).mode & 0o777).toBe(0o600)
    expect(() => tool('make-key', '--out', owner, '--passphrase-file', passphraseFile)).toThrow(/exists/)
  })
})

test('a release signed by OpenSSL is offered, fetched, checked again and handed to its installer; the log has each step', async () => {
  const counter = await openCounter({ source: { folder: releaseByOpenssl() } })
  expect(await counter.updates.check(administrator)).toMatchObject({
    value: { outcome: 'offered', version: '9.0.0', release: 5, channel: 'stable' },
  })
  expect(codeOf(await counter.updates.install(administrator))).toBe('update.nothing-staged')
  const fetched = await counter.updates.fetch(administrator)
  const target = path.join(counter.staging, 'release-5', installer)
  expect(fetched).toMatchObject({ value: { outcome: 'offered', path: target } })
  expect(statSync(target).mode & 0o022).toBe(0)
  expect(readdirSync(counter.staging)).toEqual(['release-5'])
  expect(await counter.updates.install(administrator)).toMatchObject({ value: { version: '9.0.0' } })
  expect(counter.started).toEqual([target])
  expect(counter.rows()).toEqual([
    'update.offered',
    'update.refused update.nothing-staged',
    'update.offered',
    'update.fetched',
    'update.offered',
    'update.installing',
    'update.installed',
  ])
  await counter.audit.close()
})

test('the same version is no news, and is not installed again', async () => {
  const counter = await openCounter({ source: { folder: releaseByOpenssl({ version: '1.0.0' }) } })
  expect(await counter.updates.fetch(administrator)).toMatchObject({ value: { outcome: 'up-to-date' } })
  expect(existsSync(counter.staging)).toBe(false)
  expect(counter.rows()).toEqual(['update.checked'])
  await counter.audit.close()
})

/** Changes a release as somebody between the owner and the counter could. */
const attacks: readonly [code: string, name: string, attack: (folder: string) => void][] = [
  [
    'update.forged',
    'a word of the manifest is changed',
    (folder) => rewrite(folder, (text) => text.replace('9.0.0', '9.0.1')),
  ],
  [
    'update.forged',
    'a space is added: the exact octets are signed',
    (folder) => appendFileSync(path.join(folder, 'update.json'), ' '),
  ],
  ['update.forged', 'the signature is longer', (folder) => appendFileSync(path.join(folder, 'update.json.sig'), 'x')],
  ['update.forged', 'the signature is cut', (folder) => truncateSync(path.join(folder, 'update.json.sig'), 63)],
  ['update.forged', 'the manifest is cut', (folder) => truncateSync(path.join(folder, 'update.json'), 100)],
  ['update.unsigned', 'the signature is taken away', (folder) => rmSync(path.join(folder, 'update.json.sig'))],
  ['update.unavailable', 'the manifest is taken away', (folder) => rmSync(path.join(folder, 'update.json'))],
  [
    'update.oversize',
    'the manifest has no end',
    (folder) => appendFileSync(path.join(folder, 'update.json'), ' '.repeat(70_000)),
  ],
  ['update.truncated', 'the installer is cut', (folder) => truncateSync(path.join(folder, installer), 100_000)],
  [
    'update.oversize',
    'something hangs behind the installer',
    (folder) => appendFileSync(path.join(folder, installer), 'x'),
  ],
  ['update.altered', 'one octet of the installer is another', (folder) => flip(path.join(folder, installer))],
  ['update.unavailable', 'the installer is taken away', (folder) => rmSync(path.join(folder, installer))],
  [
    'update.unavailable',
    'the installer is a link to elsewhere',
    (folder) => {
      renameSync(path.join(folder, installer), path.join(folder, 'elsewhere'))
      symlinkSync(path.join(folder, 'elsewhere'), path.join(folder, installer))
    },
  ],
]

function rewrite(folder: string, change: (text: string) => string): void {
  const file = path.join(folder, 'update.json')
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

function flip(file: string): void {
  const octets = readFileSync(file)
  octets.writeUInt8(octets.readUInt8(150_000) ^ 1, 150_000)
  writeFileSync(file, octets)
}

describe('refused, with nothing left behind and a row in the log:', () => {
  test.each(attacks)('%s: %s', async (code, _name, attack) => {
    const folder = releaseByOpenssl()
    attack(folder)
    const counter = await openCounter({ source: { folder } })
    expect(codeOf(await counter.updates.fetch(administrator))).toBe(code)
    expect(counter.rows().at(-1)).toBe(`update.refused ${code}`)
    expect(existsSync(counter.staging) ? readdirSync(counter.staging) : []).toEqual([])
    await counter.audit.close()
  })

  const manifests: readonly [code: string, options: ManifestOptions][] = [
    ['update.downgrade', { version: '0.9.9' }],
    ['update.wrong-channel', { channel: 'pilot' }],
    ['update.wrong-platform', { platform: process.platform === 'darwin' ? 'linux' : 'darwin' }],
    ['update.expired', { expiresAt: '2026-03-02T07:59:59Z' }],
    ['update.from-future', { createdAt: '2026-03-04T00:00:00Z' }],
    ['update.unsafe-name', { name: '../../../etc/cron.d/root' }],
    ['update.unsafe-name', { name: '..' }],
    ['update.unsafe-name', { name: 'a/b.deb' }],
    ['update.unsafe-name', { name: 'C:\\Windows\\system.exe' }],
    ['update.unsafe-name', { name: 'con.exe' }],
    ['update.unsafe-name', { name: 'setup.deb ' }],
    ['update.malformed', { version: '9.0' }],
    ['update.malformed', { further: { format: 2 } }],
    ['update.malformed', { further: { kind: 'something-else' } }],
    ['update.malformed', { further: { __proto__: null, extra: true } }],
    ['update.malformed', { further: { files: [] } }],
  ]
  test.each(manifests)('%s, though the owner signed it: %j', async (code, options) => {
    const counter = await openCounter({ source: { folder: releaseByOpenssl(options) } })
    expect(codeOf(await counter.updates.fetch(administrator))).toBe(code)
    expect(counter.rows()).toEqual([`update.refused ${code}`])
    await counter.audit.close()
  })

  test("update.forged: another's key; update.no-owner-key: a program packed without one", async () => {
    const stranger = path.join(temp.path, 'stranger.pem')
    openssl('genpkey', '-algorithm', 'ed25519', '-out', stranger)
    const folder = releaseByOpenssl({}, stranger)
    const counter = await openCounter({ source: { folder } })
    expect(codeOf(await counter.updates.fetch(administrator))).toBe('update.forged')
    await counter.audit.close()
    const keyless = await openCounter({ source: { folder: releaseByOpenssl() }, ownerPems: [] })
    expect(codeOf(await keyless.updates.fetch(administrator))).toBe('update.no-owner-key')
    await keyless.audit.close()
  })

  test('update.replayed: what is older than the newest that the log has seen, also after a restart, also under the same number', async () => {
    const dataDir = fresh('data')
    const newest = await openCounter({ source: { folder: releaseByOpenssl({ release: 8 }) }, dataDir })
    expect(codeOf(await newest.updates.check(administrator))).toBe('ok')
    await newest.audit.close()

    const old = await openCounter({ source: { folder: releaseByOpenssl({ release: 7, version: '8.0.0' }) }, dataDir })
    expect(codeOf(await old.updates.fetch(administrator))).toBe('update.replayed')
    // A refusal does not lower what was seen.
    expect(codeOf(await old.updates.fetch(administrator))).toBe('update.replayed')
    await old.audit.close()
    const twin = await openCounter({ source: { folder: releaseByOpenssl({ release: 8, version: '8.0.0' }) }, dataDir })
    expect(codeOf(await twin.updates.fetch(administrator))).toBe('update.replayed')
    await twin.audit.close()
    const next = await openCounter({ source: { folder: releaseByOpenssl({ release: 9, version: '9.0.1' }) }, dataDir })
    expect(codeOf(await next.updates.fetch(administrator))).toBe('ok')
    await next.audit.close()
  })
})

describe('between fetching and installing', () => {
  test('a changed installer is not started', async () => {
    const counter = await openCounter({ source: { folder: releaseByOpenssl() } })
    expect(codeOf(await counter.updates.fetch(administrator))).toBe('ok')
    flip(path.join(counter.staging, 'release-5', installer))
    expect(codeOf(await counter.updates.install(administrator))).toBe('update.altered')
    expect(counter.started).toEqual([])
    expect(counter.rows()).not.toContain('update.installing')
    await counter.audit.close()
  })

  test('a newer manifest that was seen meanwhile makes the fetched one old', async () => {
    const [dataDir, staging] = [fresh('data'), path.join(fresh('administrator'), 'updates')]
    const first = await openCounter({ source: { folder: releaseByOpenssl() }, dataDir, staging })
    expect(codeOf(await first.updates.fetch(administrator))).toBe('ok')
    await first.audit.close()
    const second = await openCounter({ source: { folder: releaseByOpenssl({ release: 6 }) }, dataDir, staging })
    expect(codeOf(await second.updates.check(administrator))).toBe('ok')
    expect(codeOf(await second.updates.install(administrator))).toBe('update.replayed')
    expect(second.started).toEqual([])
    await second.audit.close()
  })

  test('an installer that fails is told as failed', async () => {
    const counter = await openCounter({
      source: { folder: releaseByOpenssl() },
      startInstaller: async () => succeed(3),
    })
    expect(codeOf(await counter.updates.fetch(administrator))).toBe('ok')
    expect(await counter.updates.install(administrator)).toMatchObject({
      failure: { code: 'update.install-failed', detail: 'exit 3' },
    })
    expect(counter.rows().slice(-2)).toEqual(['update.installing', 'update.install-failed update.install-failed'])
    await counter.audit.close()
  })

  test.skipIf(process.platform === 'win32')('a folder that others may write to takes and gives nothing', async () => {
    const counter = await openCounter({ source: { folder: releaseByOpenssl() } })
    expect(codeOf(await counter.updates.fetch(administrator))).toBe('ok')
    chmodSync(path.dirname(counter.staging), 0o777)
    expect(codeOf(await counter.updates.install(administrator))).toBe('update.staging-open')
    expect(codeOf(await counter.updates.fetch(administrator))).toBe('update.staging-open')
    expect(counter.started).toEqual([])
    await counter.audit.close()
  })
})

describe('a server of the closed network', () => {
  const keys = createTlsKeys()
  const authority = keys.newAuthority()
  const servers: Server[] = []
  afterAll(() => {
    for (const server of servers) server.closeAllConnections()
    for (const server of servers) server.close()
    keys.remove()
  })

  async function serve(folder: string, answer?: (url: string) => number | undefined): Promise<string> {
    const server = createServer(authority.issue({ san: 'IP:127.0.0.1', days: 5 }), (request, response) => {
      const file = path.join(folder, path.basename(request.url ?? ''))
      const status = answer?.(request.url ?? '') ?? (existsSync(file) ? 200 : 404)
      response.writeHead(status, status === 302 ? { Location: '/elsewhere/update.json' } : {})
      response.end(status === 200 ? readFileSync(file) : '')
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}/updates`
  }

  test('is read over TLS to its own authority', async () => {
    const url = await serve(releaseByOpenssl())
    const counter = await openCounter({ source: { url, authorityPem: authority.pem } })
    expect(codeOf(await counter.updates.fetch(administrator))).toBe('ok')
    expect(readdirSync(counter.staging)).toEqual(['release-5'])
    await counter.audit.close()
    const stranger = await openCounter({ source: { url, authorityPem: keys.newAuthority().pem } })
    expect(codeOf(await stranger.updates.fetch(administrator))).toBe('update.unavailable')
    await stranger.audit.close()
  })

  test.each([302, 404, 500])('that answers %i offers nothing', async (status) => {
    const url = await serve(releaseByOpenssl(), () => status)
    const counter = await openCounter({ source: { url, authorityPem: authority.pem } })
    expect(codeOf(await counter.updates.check(administrator))).toBe('update.unavailable')
    await counter.audit.close()
  })

  test('has an https: address without credentials', async () => {
    for (const url of ['http://127.0.0.1/', 'https://user:word@127.0.0.1/', 'ftp://127.0.0.1/']) {
      await expect(openCounter({ source: { url, authorityPem: authority.pem } })).rejects.toThrow('updates')
    }
  })
})

test('from the console: this source tree has no key of an owner, so everything is refused, and said so', async () => {
  const [from, dataDir] = [releaseByOpenssl(), fresh('console')]
  const run = await runArm(['update', 'check', '--from', from, '--data', dataDir, '--json'])
  const { failure, outcome } = answerOf(run) as { failure: { code: string }; outcome: string }
  expect({ code: run.code, outcome, failure: failure.code }).toEqual({
    code: 3,
    outcome: 'refused',
    failure: 'update.no-owner-key',
  })
  const nothing = await runArm(['update', 'fetch', '--data', dataDir, '--json'])
  expect(answerOf(nothing)).toMatchObject({ failure: { code: 'update.not-configured' } })
})

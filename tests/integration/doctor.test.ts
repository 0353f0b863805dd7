import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { composeHealth } from '../../src/main/compose-health.ts'
import { checkHealth, type HealthFinding } from '../../src/main/use-cases/check-health.ts'
import { healthText } from '../../src/shared/contract/health-texts.ts'
import { healthAreas, overallHealth } from '../../src/shared/domain/health.ts'
import { languages } from '../../src/shared/domain/language.ts'
import { answerOf, firstOf, runArm } from '../support/run-arm.ts'
import { settableClock } from '../support/settable-clock.ts'
import { type RunningStand, startArmStand } from '../support/start-arm-stand.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { createTlsKeys } from '../support/tls-keys.ts'

/** A workstation that has served somebody at a stand elsewhere; each test breaks a copy of it in one way. */
const temp = makeTempDir()
const foreign = createTlsKeys()
const healthy = path.join(temp.path, 'healthy')
let stand: RunningStand
let document: Record<string, unknown>
let copies = 0

beforeAll(async () => {
  stand = await startArmStand(path.join(temp.path, 'stand'))
  document = JSON.parse(readFileSync(stand.settings, 'utf8'))
  const pin = path.join(temp.path, 'pin')
  writeFileSync(pin, stand.workstationKeyPin, { mode: 0o600 })
  const iin = await firstOf(path.join(temp.path, 'stand'), 'issued')
  const served = await runArm(['check', '--iin', iin, '--settings', stand.settings, '--data', healthy, '--json'])
  expect(served.code, served.stderr).toBe(0)
}, 120_000)
afterAll(async () => {
  await stand.stop()
  foreign.remove()
  temp.remove()
})

interface SetUp {
  readonly folder: string
  readonly settings: string
}

/** @param change of the settings document. */
function setUp(change: Record<string, unknown> = {}): SetUp {
  copies += 1
  const place = path.join(temp.path, `copy-${copies}`)
  const folder = path.join(place, 'data')
  mkdirSync(place)
  cpSync(healthy, folder, { recursive: true })
  chmodSync(folder, 0o700)
  const settings = path.join(place, 'settings.json')
  writeFileSync(settings, JSON.stringify({ ...document, printer: { kind: 'training' }, ...change }))
  return { folder, settings }
}

async function examine({ folder, settings }: SetUp, now = new Date()): Promise<readonly HealthFinding[]> {
  const clock = settableClock(now.toISOString())
  const pin = Buffer.from(stand.workstationKeyPin)
  return checkHealth(await composeHealth({ settingsFile: settings, dataDir: folder, clock, pin }))
}

/** What is wrong, without what is merely good. */
const wrong = (findings: readonly HealthFinding[]) =>
  findings.filter(({ state }) => state !== 'good').map(({ area, state, cause }) => ({ area, state, cause }))

test('a healthy workstation is good in every area', async () => {
  const findings = await examine(setUp())
  expect(findings).toEqual(healthAreas.map((area) => ({ area, state: 'good', detail: expect.any(String) })))
  expect(overallHealth(findings)).toBe('good')
})

describe('ten broken set-ups, each with its cause and its remedy', () => {
  const cases: readonly {
    name: string
    make(): SetUp | Promise<SetUp>
    now?: Date
    finding: { area: string; state: string; cause: string }
  }[] = [
    {
      name: 'the gateway does not answer',
      async make() {
        const port = await closedPort()
        const gateway = { ...(document['gateway'] as object), url: `https://127.0.0.1:${port}/` }
        return setUp({ gateway })
      },
      finding: { area: 'gateway', state: 'bad', cause: 'gateway.unreachable' },
    },
    {
      name: 'the key file is gone',
      make: () => setUp({ key: path.join(temp.path, 'no-such.p12') }),
      finding: { area: 'key', state: 'bad', cause: 'sign.key-missing' },
    },
    {
      name: 'no printer is configured',
      make: () => setUp({ printer: undefined }),
      finding: { area: 'printer', state: 'bad', cause: 'print.no-printer' },
    },
    {
      name: 'the printer does not answer',
      make: async () => setUp({ printer: { kind: 'ipp', uri: `ipp://127.0.0.1:${await closedPort()}/ipp/print` } }),
      finding: { area: 'printer', state: 'bad', cause: 'print.unreachable' },
    },
    {
      name: 'a row of the log was changed',
      make() {
        const made = setUp()
        const db = new Database(path.join(made.folder, 'audit.sqlite'))
        const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
          name: string
          sql: string
        }[]
        for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
        db.exec("UPDATE audit_row SET actor = 'somebody' WHERE seq = 2")
        for (const { sql } of triggers) db.exec(sql)
        db.close()
        return made
      },
      finding: { area: 'log', state: 'bad', cause: 'audit.broken' },
    },
    {
      name: 'the log is gone',
      make() {
        const made = setUp()
        for (const ending of ['', '-wal', '-shm']) {
          rmSync(path.join(made.folder, `audit.sqlite${ending}`), { force: true })
        }
        return made
      },
      finding: { area: 'log', state: 'attention', cause: 'log.absent' },
    },
    {
      name: 'the clock was set back',
      make: () => setUp(),
      now: new Date(Date.now() - 3 * 60_000),
      finding: { area: 'clock', state: 'bad', cause: 'clock.behind-log' },
    },
    {
      name: 'the clock stands in another century',
      make: () => setUp(),
      now: new Date('2008-01-01T00:00:00Z'),
      finding: { area: 'clock', state: 'bad', cause: 'clock.implausible' },
    },
    {
      name: 'the settings have a wrong field',
      make: () => setUp({ passwordDelivery: 'by-mail' }),
      finding: { area: 'settings', state: 'bad', cause: 'settings.invalid' },
    },
    {
      name: 'the portal is one whom the anchors do not know',
      make: () => setUp({ trust: { ...(document['trust'] as object), anchors: foreign.newAuthority().file } }),
      finding: { area: 'trust', state: 'bad', cause: 'trust.portal-untrusted' },
    },
    {
      name: 'the database is open to everybody',
      make() {
        const made = setUp()
        chmodSync(path.join(made.folder, 'audit.sqlite'), 0o644)
        return made
      },
      finding: { area: 'disk', state: 'attention', cause: 'disk.open-to-others' },
    },
  ]
  test.each(cases)('$name', async ({ make, now, finding }) => {
    const findings = await examine(await make(), now)
    expect(wrong(findings)).toContainEqual(finding)
    const { cause } = findings.find((one) => one.cause === finding.cause) ?? {}
    for (const language of languages) {
      const text = cause === undefined ? undefined : healthText(cause, language)
      expect(text?.cause).toMatch(/^\p{Lu}.{10,}\.$/u)
      expect(text?.remedy).toMatch(/^[\p{L}].{10,}\.$/u)
    }
    // One broken thing is not told as another: the areas that do not depend on it stay good.
    expect(findings.filter(({ area, state }) => area === 'versions' && state === 'good')).toHaveLength(1)
  })
})

test('the console answers with an exit code, and never with the PIN', async () => {
  const { folder, settings } = setUp()
  const pin = path.join(temp.path, 'pin')
  const run = (...args: string[]) => runArm(['doctor', '--data', folder, '--json', ...args])
  const good = await run('--settings', settings, '--pin-file', pin)
  expect(good.code, good.stdout).toBe(0)
  expect(answerOf(good)).toMatchObject({ state: 'good' })
  expect(good.stdout + good.stderr).not.toContain(stand.workstationKeyPin)

  const withoutPin = await run('--settings', settings)
  expect(withoutPin.code).toBe(1)
  expect(answerOf(withoutPin)['findings']).toContainEqual(
    expect.objectContaining({ area: 'key', state: 'unknown', code: 'key.not-opened', remedy: expect.any(String) }),
  )

  const broken = await run('--settings', path.join(temp.path, 'no-such.json'))
  expect(broken.code).toBe(4)
  expect(answerOf(broken)['findings']).toContainEqual(
    expect.objectContaining({ area: 'settings', state: 'bad', code: 'settings.absent' }),
  )
})

test('a probe that does not answer is told as unknown, never as good', async () => {
  const quick = async () => []
  const silent = () => new Promise<never>(() => undefined)
  const probes = Object.fromEntries(healthAreas.map((area) => [area, area === 'printer' ? silent : quick]))
  const findings = await checkHealth(probes as unknown as Parameters<typeof checkHealth>[0], 50)
  expect(wrong(findings)).toEqual([{ area: 'printer', state: 'unknown', cause: 'health.no-answer' }])
})

function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)))
    })
  })
}

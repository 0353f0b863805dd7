import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPersonalKeys } from '../../src/main/adapters/keystore/create-personal-keys.ts'
import type { PersonalKey } from '../../src/main/ports/personal-key.ts'
import { createProvePerson } from '../../src/main/use-cases/prove-person.ts'
import { createSignInChallenges } from '../../src/main/use-cases/sign-in-challenge.ts'
import { trainingKeyPin } from '../../src/shared/domain/training.ts'
import { changeRevocation } from '../../src/stand/revoke-certificate.ts'
import { type Stand, startStand } from '../../src/stand/start-stand.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { openTrainingWorkstation, operator, type TestWorkstation } from '../support/training-workstation.ts'

const temp = makeTempDir()
const standDir = path.join(temp.path, 'stand')
let stand: Stand
let open: TestWorkstation

beforeAll(async () => {
  stand = await startStand({ dataDir: standDir })
  open = await openTrainingWorkstation({ stand, dataDir: temp.path })
}, 120_000)
afterAll(async () => {
  await open?.workstation.close()
  await stand?.close()
  await temp.remove()
})

const keyOf = (file: string): PersonalKey => open.workstation.personalKeys.ofFile(readFileSync(file))
const pinOf = (pin: string): Buffer => Buffer.from(pin)

function signIn(key: PersonalKey, pin = trainingKeyPin) {
  const secret = pinOf(pin)
  const prove = () => open.workstation.provePerson({ key, pin: secret, purpose: 'sign-in' })
  return open.workstation.signIn.signInByKey({ key, prove })
}

const lastRow = () => open.ports.audit.list({ limit: 1 })[0]

describe('signing in by ЭЦП', () => {
  test.each([
    ['operator', 'rsa'],
    ['operator', 'gost2015'],
    ['supervisor', 'rsa'],
    ['supervisor', 'gost2015'],
  ] as const)('the %s comes in with his own %s key, and the row says by what', async (person, algorithm) => {
    const signedIn = await signIn(keyOf(stand.personKeyFiles[person][algorithm]))
    expect(signedIn).toMatchObject({ ok: true, value: { login: person, role: person } })
    expect(lastRow()).toMatchObject({ event: 'session.signed-in', actor: person, details: { method: 'key' } })
  })

  test('the PIN is wiped, and a wrong one is told from everything else', async () => {
    const key = keyOf(stand.personKeyFiles.operator.rsa)
    const pin = pinOf('wrong')
    const prove = () => open.workstation.provePerson({ key, pin, purpose: 'sign-in' })
    expect(await open.workstation.signIn.signInByKey({ key, prove })).toMatchObject({
      ok: false,
      failure: { code: 'session.key-wrong-pin' },
    })
    expect([...pin].every((octet) => octet === 0)).toBe(true)
    expect(lastRow()).toMatchObject({
      event: 'session.sign-in-failed',
      actor: 'unknown',
      outcome: 'session.key-wrong-pin',
      details: { method: 'key' },
    })
    expect(await signIn(key)).toMatchObject({ ok: true })
  })

  test.each([
    ['of another authority', 'foreign', 'session.key-invalid'],
    ['that has expired', 'workstation-expired', 'session.key-invalid'],
    ['for signing documents', 'workstation', 'session.key-wrong-purpose'],
    ['of no person', 'workstation-not-for-signing', 'session.key-wrong-purpose'],
  ])('a key %s opens nothing', async (_what, name, code) => {
    for (const ending of ['', '-gost']) {
      const file = path.join(path.dirname(stand.workstationKeyFile), `${name}${ending}.p12`)
      expect(await signIn(keyOf(file))).toMatchObject({ ok: false, failure: { code } })
    }
  })

  test("a file that is no key is nobody's guess: a row, and no step towards a lock", async () => {
    const key = open.workstation.personalKeys.ofFile(Buffer.from('not a key'))
    for (let tried = 0; tried < 6; tried += 1) {
      expect(await signIn(key)).toMatchObject({ ok: false, failure: { code: 'session.key-unreadable' } })
    }
    expect(lastRow()).toMatchObject({ event: 'session.sign-in-refused', outcome: 'session.key-unreadable' })
  })

  test('a person whom no account names stays outside, however good his key is', async () => {
    const key = keyOf(stand.personKeyFiles.operator.rsa)
    const prove = async () => ({ ok: true, value: { iin: '910101300019' } }) as const
    expect(await open.workstation.signIn.signInByKey({ key, prove })).toMatchObject({
      ok: false,
      failure: { code: 'session.key-unknown-person' },
    })
  })

  test('a signature of an earlier challenge is refused, and so is one of a challenge that was answered', async () => {
    const { ports } = open
    const challenges = createSignInChallenges({ clock: ports.clock, workstation: 'TRAINING-01' })
    const prove = createProvePerson({ ...ports, challenges })
    const own = keyOf(stand.personKeyFiles.operator.rsa)
    let first: Awaited<ReturnType<PersonalKey['sign']>> | undefined
    const remembering: PersonalKey = {
      tag: own.tag,
      async sign(challenge, pin) {
        first ??= await own.sign(challenge, pin)
        return first
      },
    }
    const ask = () => prove({ key: remembering, pin: pinOf(trainingKeyPin), purpose: 'sign-in' })
    expect(await ask()).toMatchObject({ ok: true })
    expect(await ask()).toMatchObject({ ok: false, failure: { code: 'session.key-invalid' } })

    const challenge = challenges.issue('sign-in')
    expect(challenges.redeem(challenge)).toBe(true)
    expect(challenges.redeem(challenge)).toBe(false)
    const elsewhere = createSignInChallenges({ clock: ports.clock, workstation: 'TRAINING-02' })
    expect(challenges.redeem(elsewhere.issue('sign-in'))).toBe(false)
  })

  test('five wrong PINs close sign-in with this key for a quarter of an hour, not with another', async () => {
    let uptime = 0
    const keys = createPersonalKeys({ clock: open.ports.clock, tagOf: (key) => key.slice(-16) })
    expect(keys.ofToken()).toBeUndefined()
    const { createSignIn } = await import('../../src/main/use-cases/sign-in.ts')
    const accounts = { authenticate: async () => undefined, findByIin: () => operator }
    const throttled = createSignIn({
      accounts,
      audit: open.ports.audit,
      tagOf: () => 'unused',
      uptimeSeconds: () => uptime,
    })
    const attempt = (key: PersonalKey, pin: string) =>
      throttled.signInByKey({
        key,
        prove: () => open.workstation.provePerson({ key, pin: pinOf(pin), purpose: 'sign-in' }),
      })
    const key = keys.ofFile(readFileSync(stand.personKeyFiles.supervisor.rsa))
    const codes: string[] = []
    for (let failed = 0; failed < 5; failed += 1) {
      const result = await attempt(key, 'wrong')
      codes.push(result.ok ? 'in' : result.failure.code)
      uptime += 31
    }
    expect(codes).toEqual([...Array<string>(4).fill('session.key-wrong-pin'), 'session.locked-out'])
    expect(await attempt(key, trainingKeyPin)).toMatchObject({ ok: false, failure: { code: 'session.locked-out' } })
    const other = keys.ofFile(readFileSync(stand.personKeyFiles.operator.rsa))
    expect(await attempt(other, trainingKeyPin)).toMatchObject({ ok: true })
  })

  test('a revoked key is refused as soon as the authority says so', async () => {
    const names = { rsa: 'operator', gost2015: 'operator-gost' } as const
    for (const name of Object.values(names)) {
      await changeRevocation({ dataDir: standDir, name, change: 'revoke', at: new Date() })
    }
    // A workstation that has asked nothing yet: what an authority said a moment ago counts as long as it says.
    const other = await openTrainingWorkstation({ stand, dataDir: path.join(temp.path, 'other') })
    try {
      for (const algorithm of ['rsa', 'gost2015'] as const) {
        const key = other.workstation.personalKeys.ofFile(readFileSync(stand.personKeyFiles.operator[algorithm]))
        const prove = () => other.workstation.provePerson({ key, pin: pinOf(trainingKeyPin), purpose: 'sign-in' })
        expect(await other.workstation.signIn.signInByKey({ key, prove })).toMatchObject({
          ok: false,
          failure: { code: 'session.key-invalid', detail: 'REVOKED' },
        })
      }
    } finally {
      await other.workstation.close()
    }
  })
})

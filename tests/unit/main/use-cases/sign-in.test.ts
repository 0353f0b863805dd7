import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSignIn } from '../../../../src/main/use-cases/sign-in.ts'
import type { User } from '../../../../src/shared/domain/session.ts'
import { createTestVault, openTestLog, temporaryFolder } from '../adapters/audit-sqlite/audit-log-fixture.ts'

const user: User = { login: 'operator', name: 'Оператор', role: 'operator' }
const MINUTE = 60

function setUp() {
  const file = path.join(temporaryFolder(), 'audit.sqlite')
  const vault = createTestVault()
  let uptime = 1_000
  let asked = 0
  const tagOf = (login: string): string => vault.mac(Buffer.from(login), 'sign-in').toString('hex', 0, 16)
  const open = () => {
    const audit = openTestLog({ file, vault })
    const accounts = {
      authenticate: async ({ login, password }: { login: string; password: Uint8Array }) => {
        asked += 1
        return login === user.login && Buffer.from(password).equals(Buffer.from('right')) ? user : undefined
      },
      findByIin: () => undefined,
    }
    return { audit, signIn: createSignIn({ accounts, audit, tagOf, uptimeSeconds: () => uptime }) }
  }
  let current = open()
  return {
    attempt: (password: string, login = user.login) =>
      current.signIn.signIn({ login, password: new TextEncoder().encode(password) }),
    audit: () => current.audit,
    pass: (seconds: number) => {
      uptime += seconds
    },
    restart: (after: { uptime?: number } = {}) => {
      current.audit.close()
      uptime = after.uptime ?? uptime
      current = open()
    },
    asked: () => asked,
    signIn: () => current.signIn,
  }
}

const code = (result: { ok: boolean; failure?: { code: string; detail?: string } }) => result.failure?.code

/** Fails so often, waiting as long as it is asked to. */
async function failTimes(times: number, workplace: ReturnType<typeof setUp>, login?: string): Promise<string[]> {
  const codes: string[] = []
  for (let failed = 0; failed < times; failed += 1) {
    codes.push(code(await workplace.attempt('wrong', login)) ?? 'none')
    workplace.pass(31)
  }
  return codes
}

describe('signing in', () => {
  test('with the right password opens, leaves a row and wipes the password', async () => {
    const { signIn, audit } = setUp()
    const password = new TextEncoder().encode('right')
    expect(await signIn().signIn({ login: 'operator', password })).toEqual({ ok: true, value: user })
    expect(password.every((byte) => byte === 0)).toBe(true)
    expect(audit().list({ limit: 1 })).toMatchObject([{ event: 'session.signed-in', actor: 'operator' }])
  })

  test('is delayed from the third failure, and locked at the fifth for fifteen minutes', async () => {
    const workplace = setUp()
    expect([code(await workplace.attempt('1')), code(await workplace.attempt('2'))]).toEqual([
      'session.wrong-credentials',
      'session.wrong-credentials',
    ])
    expect(code(await workplace.attempt('3'))).toBe('session.wrong-credentials')
    const asked = workplace.asked()
    expect(await workplace.attempt('right')).toEqual({ ok: false, failure: { code: 'session.wait', detail: '5' } })
    expect(workplace.asked(), 'a delayed password is not looked at').toBe(asked)
    workplace.pass(5)
    expect(code(await workplace.attempt('4'))).toBe('session.wrong-credentials')
    workplace.pass(29)
    expect(await workplace.attempt('right')).toMatchObject({ failure: { code: 'session.wait', detail: '1' } })
    workplace.pass(1)
    expect(await workplace.attempt('5')).toEqual({ ok: false, failure: { code: 'session.locked-out', detail: '900' } })
    workplace.pass(15 * MINUTE - 1)
    expect(await workplace.attempt('right')).toMatchObject({ failure: { code: 'session.locked-out', detail: '1' } })
    workplace.pass(1)
    expect((await workplace.attempt('right')).ok).toBe(true)
  })

  test('a success forgives earlier failures', async () => {
    const workplace = setUp()
    await failTimes(2, workplace)
    expect((await workplace.attempt('right')).ok).toBe(true)
    expect(await failTimes(2, workplace)).toEqual(['session.wrong-credentials', 'session.wrong-credentials'])
    expect((await workplace.attempt('right')).ok).toBe(true)
  })

  test('the lock survives a restart of the program and of the machine, and a clock that was changed', async () => {
    const workplace = setUp()
    await failTimes(5, workplace)
    workplace.restart()
    expect(code(await workplace.attempt('right'))).toBe('session.locked-out')
    workplace.restart({ uptime: 20 })
    expect(await workplace.attempt('right')).toMatchObject({ failure: { code: 'session.locked-out', detail: '880' } })
    workplace.restart({ uptime: 15 * MINUTE })
    expect((await workplace.attempt('right')).ok).toBe(true)
  })

  test('an unknown name is told and treated as a known one', async () => {
    const [known, unknown] = [setUp(), setUp()]
    expect(await failTimes(7, unknown, 'nobody')).toEqual(await failTimes(7, known))
  })

  test('one name that is locked locks no other', async () => {
    const workplace = setUp()
    await failTimes(5, workplace, 'somebody')
    expect((await workplace.attempt('right')).ok).toBe(true)
  })

  test('attempts at once count one after the other', async () => {
    const workplace = setUp()
    const codes = (await Promise.all(Array.from({ length: 8 }, () => workplace.attempt('wrong')))).map(code)
    expect(codes.filter((found) => found === 'session.wrong-credentials')).toHaveLength(3)
    expect(codes.filter((found) => found === 'session.wait')).toHaveLength(5)
  })

  test('no row names what was typed as a login', async () => {
    const workplace = setUp()
    await failTimes(5, workplace, 'my password by mistake')
    const rows = JSON.stringify(workplace.audit().list({ limit: 100 }))
    expect(rows).not.toContain('mistake')
    expect(rows).toContain('session.locked-out')
  })

  test('an identification opens nothing and is no place to guess', async () => {
    const workplace = setUp()
    const identify = (password: string) =>
      workplace.signIn().identify({ login: 'operator', password: new TextEncoder().encode(password) })
    expect(await identify('right')).toEqual({ ok: true, value: user })
    expect(workplace.audit().list({ limit: 10 })).toEqual([])
    for (let failed = 0; failed < 5; failed += 1) {
      await identify('wrong')
      workplace.pass(31)
    }
    expect(code(await identify('right'))).toBe('session.locked-out')
    expect(code(await workplace.attempt('right'))).toBe('session.locked-out')
  })

  test('a locked session is taken up by its own user', async () => {
    const { signIn, audit } = setUp()
    const password = () => new TextEncoder().encode('right')
    expect(await signIn().unlock({ login: 'operator', password: password(), user })).toMatchObject({ ok: true })
    expect(audit().list({ limit: 1 })).toMatchObject([{ event: 'session.unlocked' }])
    const somebodyElse = { ...user, login: 'supervisor' }
    expect(await signIn().unlock({ login: 'operator', password: password(), user: somebodyElse })).toMatchObject({
      failure: { code: 'session.wrong-credentials' },
    })
  })
})

import { expect, test } from 'vitest'
import { createGuardedGateway } from '../../../../../src/main/adapters/gateway-guard/create-guarded-gateway.ts'
import type { GatewayMessage, GatewayOutcome } from '../../../../../src/main/ports/gateway.ts'
import type { FailureCode } from '../../../../../src/shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../../../../src/shared/result.ts'
import { settableClock } from '../../../../support/settable-clock.ts'

const good: GatewayOutcome = { ok: true, data: 'reply' }
const bad = (code: FailureCode, mayHaveArrived: boolean): GatewayOutcome => ({
  ok: false,
  failure: { code },
  mayHaveArrived,
})
const register: GatewayMessage = { messageId: 'r', messageDate: new Date(0), data: 'signed' }
const check: GatewayMessage = { ...register, repeatable: true }

/** A line whose next outcomes are known, and a clock that sleeps only in the test. */
function setUp(outcomes: readonly GatewayOutcome[], options: { readonly takesMs?: number } = {}) {
  const clock = settableClock()
  const sent: { readonly data: string; readonly withinMs: number | undefined }[] = []
  const left = [...outcomes]
  let probe: Result<void> = fail({ code: 'gateway.unreachable' })
  let probes = 0
  const waits: number[] = []
  const gateway = createGuardedGateway({
    clock,
    deadlineMs: 10_000,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms)
      clock.advance(ms)
    },
    gateway: {
      async send({ data }, withinMs) {
        sent.push({ data, withinMs })
        clock.advance(options.takesMs ?? 0)
        return left.shift() ?? good
      },
      async probe() {
        probes += 1
        return probe
      },
      close: () => undefined,
    },
  })
  return {
    gateway,
    clock,
    sent,
    waits,
    probes: () => probes,
    lineIs(there: boolean) {
      probe = there ? succeed(undefined) : fail({ code: 'gateway.unreachable' })
    },
  }
}

test('a registration that may have arrived is sent once, whatever became of it', async () => {
  for (const code of ['gateway.interrupted', 'gateway.timeout', 'gateway.http-status', 'gateway.malformed'] as const) {
    const { gateway, sent } = setUp([bad(code, true)])
    expect(await gateway.send(register)).toMatchObject({ failure: { code }, mayHaveArrived: true })
    expect(sent).toHaveLength(1)
  }
})

test('where the connection was never there the same octets are sent again, after growing waits, three times at most', async () => {
  const never = bad('gateway.unreachable', false)
  const second = setUp([never, good])
  expect(await second.gateway.send(register)).toEqual(good)
  expect(second.sent.map(({ data }) => data)).toEqual(['signed', 'signed'])
  const none = setUp([never, never, never, good])
  expect(await none.gateway.send(register)).toEqual(never)
  expect([none.sent.length, none.waits]).toEqual([3, [200, 400]])
})

test('a message that changes nothing is sent again after a lost reply too', async () => {
  const { gateway, sent } = setUp([bad('gateway.interrupted', true), good])
  expect(await gateway.send(check)).toEqual(good)
  expect(sent).toHaveLength(2)
})

test('a certificate that is not trusted and a time-out are not tried again', async () => {
  for (const code of ['gateway.tls-untrusted', 'gateway.timeout'] as const) {
    const { gateway, sent } = setUp([bad(code, false)])
    expect(await gateway.send(check)).toMatchObject({ failure: { code } })
    expect(sent).toHaveLength(1)
  }
})

test('all attempts share one deadline', async () => {
  const lost = bad('gateway.interrupted', true)
  const { gateway, sent } = setUp([lost, lost, lost], { takesMs: 4900 })
  expect(await gateway.send(check)).toEqual(lost)
  // 10 000 − 4 900 − 200; after the second attempt no wait fits any more.
  expect(sent.map(({ withinMs }) => withinMs)).toEqual([10_000, 4_900])
})

test('after three messages without a line it pauses, tries by itself ever later, and tells when', async () => {
  const lost = bad('gateway.timeout', true)
  const { gateway, clock, sent, probes, lineIs } = setUp([lost, lost, lost])
  const told: (string | undefined)[] = []
  gateway.onChange(() => told.push(gateway.nextTryAt()?.toISOString()))
  for (let count = 0; count < 3; count += 1) await gateway.send(register)
  const first = gateway.nextTryAt()
  expect(first?.getTime()).toBe(clock.now().getTime() + 4375)
  expect(await gateway.send(register)).toEqual({
    ok: false,
    failure: { code: 'gateway.paused', detail: first?.toISOString() },
    mayHaveArrived: false,
  })
  expect(sent).toHaveLength(3)

  clock.advance(4375)
  await Promise.resolve()
  expect(probes()).toBe(1)
  await Promise.resolve()
  expect(gateway.nextTryAt()?.getTime()).toBe(clock.now().getTime() + 8750)
  lineIs(true)
  clock.advance(8750)
  await Promise.resolve()
  await Promise.resolve()
  expect(gateway.nextTryAt()).toBeUndefined()
  expect(await gateway.send(register)).toEqual(good)
  expect(told.at(-1)).toBeUndefined()
  expect(told).toHaveLength(3)
})

test('an answer of any kind is a line that works; a probe from elsewhere ends a pause too', async () => {
  const lost = bad('gateway.unreachable', true)
  const answered = setUp([lost, lost, bad('gateway.fault', true), lost, lost])
  for (let count = 0; count < 5; count += 1) await answered.gateway.send(register)
  expect(answered.gateway.nextTryAt()).toBeUndefined()
  await answered.gateway.send(register)
  const paused = setUp([lost, lost, lost])
  for (let count = 0; count < 3; count += 1) await paused.gateway.send(register)
  expect(paused.gateway.nextTryAt()).toBeDefined()
  paused.lineIs(true)
  await paused.gateway.probe()
  expect(paused.gateway.nextTryAt()).toBeUndefined()
})

test('closed, it tries nothing any more', async () => {
  const lost = bad('gateway.timeout', true)
  const { gateway, clock, probes } = setUp([lost, lost, lost])
  for (let count = 0; count < 3; count += 1) await gateway.send(register)
  gateway.close()
  clock.advance(600_000)
  expect(probes()).toBe(0)
})

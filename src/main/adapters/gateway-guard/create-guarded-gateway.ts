import { setTimeout as delay } from 'node:timers/promises'
import type { FailureCode } from '../../../shared/contract/failure.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Gateway, GatewayMessage, GatewayOutcome, GuardedGateway } from '../../ports/gateway.ts'

const ATTEMPTS = 3
const FIRST_WAIT_MS = 200
/** So many messages in a row without a connection that works: then the operator is not kept waiting for a fourth. */
const FAILURES_TO_OPEN = 3
const PAUSES_MS = [5_000, 10_000, 20_000, 40_000, 60_000] as const

/** The line did not work, whatever the message was. */
const LINE_FAILURES: ReadonlySet<FailureCode> = new Set([
  'gateway.unreachable',
  'gateway.tls-untrusted',
  'gateway.timeout',
  'gateway.interrupted',
])
/** What may be different a moment later. A wrong certificate is not, and after a time-out no time is left. */
const PASSING_FAILURES: ReadonlySet<FailureCode> = new Set(['gateway.unreachable', 'gateway.interrupted'])

/**
 * Sends again where that is safe: where the connection was never there, so that nothing left, or where the message changes
 * nothing. Waits have full jitter, and all attempts together one deadline. After three messages without a line it pauses:
 * messages end at once, and it tries the line by itself, later each time, until it is there.
 * @param options.deadlineMs for all attempts of one message.
 */
export function createGuardedGateway(options: {
  readonly gateway: Gateway
  readonly clock: Clock
  readonly deadlineMs: number
  /** 0 to 1. */
  readonly random?: () => number
  readonly sleep?: (ms: number) => Promise<unknown>
}): GuardedGateway {
  const { gateway, clock } = options
  const random = options.random ?? Math.random
  const sleep = options.sleep ?? ((ms: number) => delay(ms))
  const listeners = new Set<() => void>()
  let failures = 0
  let pauses = 0
  let nextTryAt: Date | undefined
  let cancel = (): void => undefined
  let closed = false

  const tell = (): void => {
    for (const listener of listeners) listener()
  }

  function lineIsThere(): void {
    failures = 0
    pauses = 0
    cancel()
    if (nextTryAt === undefined) return
    nextTryAt = undefined
    tell()
  }

  function pause(): void {
    if (closed) return
    const longest = PAUSES_MS[Math.min(pauses, PAUSES_MS.length - 1)] ?? 60_000
    pauses += 1
    // Counters that lost the line together must not come back together.
    const wait = Math.round(longest * (0.75 + random() / 4))
    nextTryAt = new Date(clock.now().getTime() + wait)
    cancel()
    cancel = clock.after(wait, () => void tryLine())
    tell()
  }

  async function tryLine(): Promise<void> {
    const reached = await gateway.probe()
    if (reached.ok) lineIsThere()
    else pause()
  }

  async function attempt(message: GatewayMessage): Promise<GatewayOutcome> {
    const until = clock.monotonicMs() + options.deadlineMs
    for (let tries = 1; ; tries += 1) {
      const outcome = await gateway.send(message, until - clock.monotonicMs())
      if (outcome.ok || tries === ATTEMPTS) return outcome
      const isSafe = message.repeatable === true || !outcome.mayHaveArrived
      if (!isSafe || !PASSING_FAILURES.has(outcome.failure.code)) return outcome
      const wait = random() * FIRST_WAIT_MS * 2 ** tries
      if (clock.monotonicMs() + wait >= until) return outcome
      await sleep(wait)
    }
  }

  return {
    async send(message) {
      if (nextTryAt !== undefined) {
        const detail = nextTryAt.toISOString()
        return { ok: false, failure: { code: 'gateway.paused', detail }, mayHaveArrived: false }
      }
      const outcome = await attempt(message)
      if (outcome.ok || !LINE_FAILURES.has(outcome.failure.code)) lineIsThere()
      else {
        failures += 1
        if (failures >= FAILURES_TO_OPEN && nextTryAt === undefined) pause()
      }
      return outcome
    },
    async probe() {
      const reached = await gateway.probe()
      if (reached.ok) lineIsThere()
      return reached
    },
    nextTryAt: () => nextTryAt,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      closed = true
      cancel()
      gateway.close()
    },
  }
}

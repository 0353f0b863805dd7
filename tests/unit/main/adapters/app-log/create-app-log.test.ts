import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createAppLog, errorNameOf } from '../../../../../src/main/adapters/app-log/create-app-log.ts'
import { type Handlers, registerChannels } from '../../../../../src/main/ipc/register.ts'
import { createSession } from '../../../../../src/main/ipc/session.ts'
import type { AppLogEntry } from '../../../../../src/main/ports/app-log.ts'
import { fail } from '../../../../../src/shared/result.ts'
import { settableClock } from '../../../../support/settable-clock.ts'
import { makeTempDir } from '../../../../support/temp-dir.ts'

let temp = makeTempDir()
afterEach(() => {
  temp.remove()
  temp = makeTempDir()
})

const SECRETS = ['Zx7-secret-password', '910101300019', 'Ахметова Айгүл', 'pin-4711', '-----BEGIN PRIVATE KEY-----']
const logFolder = () => path.join(temp.path, 'logs')
const open = (limits: { maxBytes?: number; keptFiles?: number } = {}) =>
  createAppLog({ folder: logFolder(), clock: settableClock(), ...limits })
const files = () => readdirSync(logFolder()).sort()
const everything = () =>
  files()
    .map((name) => readFileSync(path.join(logFolder(), name), 'utf8'))
    .join('')
const lines = () =>
  readFileSync(path.join(logFolder(), 'app.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

test('each entry is one JSON line with its time, in a file for its owner alone', () => {
  const log = open()
  log.write({ event: 'app.opened' })
  log.write({ event: 'channel.failed', channel: 'key.unlock', code: 'sign.wrong-pin', durationMs: 12.4 })
  expect(lines()).toEqual([
    { at: '2026-03-02T08:00:00.000Z', event: 'app.opened' },
    {
      at: '2026-03-02T08:00:00.000Z',
      event: 'channel.failed',
      channel: 'key.unlock',
      code: 'sign.wrong-pin',
      durationMs: 12,
    },
  ])
  expect(statSync(logFolder()).mode & 0o777).toBe(0o700)
  expect(statSync(path.join(logFolder(), 'app.log')).mode & 0o777).toBe(0o600)
})

test('it rotates, and keeps no more files than told', () => {
  const log = open({ maxBytes: 300, keptFiles: 3 })
  for (let count = 0; count < 40; count++) log.write({ event: 'process.gone', reason: 'crashed', durationMs: count })
  expect(files()).toEqual(['app.1.log', 'app.2.log', 'app.log'])
  for (const name of files()) expect(statSync(path.join(logFolder(), name)).size).toBeLessThanOrEqual(300)
  expect(lines().at(-1)).toMatchObject({ durationMs: 39 })
})

test('where it cannot write it falls silent', () => {
  writeFileSync(path.join(temp.path, 'logs'), 'a file in the way')
  expect(() => open().write({ event: 'app.opened' })).not.toThrow()
})

describe('no secret finds a way in', () => {
  test.each(SECRETS)('by a field of the entry: %s', (secret) => {
    const log = open()
    const smuggled = { toString: () => secret, toJSON: () => secret }
    for (const field of ['event', 'channel', 'code', 'error', 'reason', 'durationMs', 'detail', 'message', 'at']) {
      log.write({ event: 'app.opened', [field]: secret } as unknown as AppLogEntry)
      log.write({ event: 'app.opened', [field]: smuggled } as unknown as AppLogEntry)
      log.write({ event: 'app.opened', [secret]: 1 } as unknown as AppLogEntry)
    }
    log.write({ event: 'process.threw', error: errorNameOf(Object.assign(new Error(secret), { name: secret })) })
    log.write({ event: 'process.threw', error: errorNameOf(secret) })
    expect(lines().length).toBe(29)
    expect(everything()).not.toContain(secret)
  })

  test('by a handler that throws it, or fails with it, and none goes back to the window', async () => {
    mkdirSync(logFolder())
    const log = open()
    for (const secret of SECRETS) {
      const outcomes = [
        () => fail({ code: 'gateway.unreachable', detail: secret, portalMessage: secret }),
        () => {
          throw Object.assign(new Error(secret), { config: { data: secret } })
        },
        () => Promise.reject(secret),
      ]
      for (const outcome of outcomes) {
        const answers = new Map<string, (event: string, input: unknown) => Promise<unknown>>()
        registerChannels<string>({
          handle: (channel, listener) => void answers.set(channel, listener),
          isTrusted: () => true,
          session: createSession({ clock: settableClock(), onChange: () => undefined }),
          handlers: new Proxy({}, { get: () => outcome }) as Handlers,
          recordRefusal: () => undefined,
          onFailed: ({ channel, code, thrown }) =>
            log.write(
              code === undefined
                ? { event: 'channel.threw', channel, error: errorNameOf(thrown) }
                : { event: 'channel.failed', channel, code },
            ),
        })
        const answer = await answers
          .get('workstation.status')?.('', undefined)
          .catch((error) => String(error))
        if (typeof answer === 'string') expect(answer).toBe('Error: internal')
      }
    }
    expect(lines()).toHaveLength(3 * SECRETS.length)
    for (const secret of SECRETS) expect(everything()).not.toContain(secret)
  })
})

import { expect, test } from 'vitest'
import { createWebSessions, isFormTokenRight } from '../../../../src/stand/portal-web/web-sessions.ts'

const MINUTE_MS = 60_000

test('a session lives for half an hour after its last use', () => {
  let time = 0
  const sessions = createWebSessions({ now: () => new Date(time) })
  const session = sessions.open(undefined)
  for (let round = 0; round < 5; round += 1) {
    time += 30 * MINUTE_MS
    expect(sessions.open(session.id)).toBe(session)
  }
  time += 30 * MINUTE_MS + 1
  expect(sessions.open(session.id).id).not.toBe(session.id)
})

test('an id that we did not make is never taken over', () => {
  const sessions = createWebSessions({ now: () => new Date(0) })
  expect(sessions.open('chosen-by-somebody').id).toMatch(/^[\w-]{43}$/)
})

test('a renewed session has another id and token, and the old id is nobody’s', () => {
  const sessions = createWebSessions({ now: () => new Date(0) })
  const before = sessions.open(undefined)
  const after = sessions.renew(before, { iin: '000101500012', credential: 'salt' })
  expect(new Set([before.id, after.id, before.formToken, after.formToken]).size).toBe(4)
  expect(sessions.open(after.id).citizen?.iin).toBe('000101500012')
  expect(sessions.open(before.id).citizen).toBeUndefined()
})

test('of more than a thousand sessions the one longest unused goes', () => {
  const sessions = createWebSessions({ now: () => new Date(0) })
  const [first, second] = [sessions.open(undefined), sessions.open(undefined)]
  for (let more = 0; more < 998; more += 1) sessions.open(undefined)
  sessions.open(first.id)
  sessions.open(undefined)
  expect(sessions.open(first.id)).toBe(first)
  expect(sessions.open(second.id)).not.toBe(second)
})

test('a form token is right only for its own session', () => {
  const sessions = createWebSessions({ now: () => new Date(0) })
  const [one, other] = [sessions.open(undefined), sessions.open(undefined)]
  expect(isFormTokenRight(one, one.formToken)).toBe(true)
  expect(isFormTokenRight(one, other.formToken)).toBe(false)
  expect(isFormTokenRight(one, '')).toBe(false)
})

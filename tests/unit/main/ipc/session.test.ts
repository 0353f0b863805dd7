import { describe, expect, test } from 'vitest'
import { createSession, type SessionState } from '../../../../src/main/ipc/session.ts'
import type { User } from '../../../../src/shared/domain/session.ts'
import { settableClock } from '../../../support/settable-clock.ts'

const user: User = { login: 'operator', name: 'Оператор', role: 'operator' }
const other: User = { ...user, login: 'other' }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

function setUp() {
  const clock = settableClock()
  const changes: SessionState['kind'][] = []
  const session = createSession({ clock, onChange: ({ kind }) => void changes.push(kind) })
  session.open(user)
  return { clock, session, changes }
}

describe('a session', () => {
  test('locks by itself after five idle minutes, and not a moment sooner', () => {
    const { clock, session, changes } = setUp()
    clock.advance(5 * MINUTE - 1)
    expect(session.state()).toEqual({ kind: 'active', user })
    clock.advance(6_000)
    expect(changes).toEqual(['active', 'locked'])
    expect(session.user()).toBeUndefined()
  })

  test('stays open while its user shows signs', () => {
    const { clock, session } = setUp()
    for (let minute = 0; minute < 60; minute += 4) {
      clock.advance(4 * MINUTE)
      session.touch()
    }
    expect(session.user()).toEqual(user)
  })

  test('a sign after the lock opens nothing', () => {
    const { clock, session } = setUp()
    clock.advance(6 * MINUTE)
    session.touch()
    expect(session.state().kind).toBe('locked')
  })

  test('is taken up again by its own user alone', () => {
    const { session } = setUp()
    session.lock()
    expect(session.unlock(other)).toBe(false)
    expect(session.state().kind).toBe('locked')
    expect(session.unlock(user)).toBe(true)
    expect(session.user()).toEqual(user)
    expect(session.unlock(user)).toBe(false)
  })

  test('ends after twelve hours, busy or locked', () => {
    const busy = setUp()
    for (let spent = 0; spent < 12 * HOUR; spent += 4 * MINUTE) {
      busy.clock.advance(4 * MINUTE)
      busy.session.touch()
    }
    expect(busy.session.state().kind).toBe('ended')
    expect(busy.changes).toEqual(['active', 'ended'])
    const locked = setUp()
    locked.session.lock()
    locked.clock.advance(12 * HOUR)
    expect(locked.session.state().kind).toBe('ended')
    expect(locked.session.unlock(user)).toBe(false)
  })

  test('a clock set back buys no time', () => {
    const { clock, session } = setUp()
    clock.setWall('2020-01-01T00:00:00.000Z')
    clock.advance(6 * MINUTE)
    expect(session.state().kind).toBe('locked')
  })

  test('a machine that slept, its monotonic clock with it, wakes up locked', () => {
    const { clock, session } = setUp()
    clock.setWall('2026-03-02T08:20:00.000Z')
    expect(session.state().kind).toBe('locked')
  })

  test('a closed one tells it once and needs no timer', () => {
    const { clock, session, changes } = setUp()
    session.close()
    session.close()
    clock.advance(24 * HOUR)
    expect(changes).toEqual(['active', 'signed-out'])
    expect(session.state()).toEqual({ kind: 'signed-out' })
  })
})

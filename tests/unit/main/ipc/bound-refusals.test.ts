import { expect, test } from 'vitest'
import { boundRefusals } from '../../../../src/main/ipc/bound-refusals.ts'
import type { AuditEntry } from '../../../../src/shared/domain/audit-event.ts'
import { settableClock } from '../../../support/settable-clock.ts'

const refusal = (channel: string): AuditEntry => ({
  event: 'access.refused',
  actor: 'unknown',
  outcome: 'session.required',
  details: { channel },
})

test('thirty refusals of a minute are rows, the other hundred thousand are one', () => {
  const clock = settableClock()
  const rows: AuditEntry[] = []
  const refuse = boundRefusals({ clock, record: (entry) => void rows.push(entry) })
  for (let call = 0; call < 100_030; call += 1) refuse(refusal(call % 2 === 0 ? 'audit.open' : 'envelope.print'))
  expect(rows).toHaveLength(30)
  clock.advance(60_000)
  expect(rows).toHaveLength(31)
  expect(rows.at(-1)).toEqual({
    event: 'access.refused',
    actor: 'unknown',
    outcome: 'session.required',
    details: { count: '100000', channels: 'audit.open envelope.print', codes: 'session.required' },
  })
})

test('a few refusals are rows at once, and the next minute begins anew', () => {
  const clock = settableClock()
  const rows: AuditEntry[] = []
  const refuse = boundRefusals({ clock, record: (entry) => void rows.push(entry) })
  for (let minute = 0; minute < 3; minute += 1) {
    for (let call = 0; call < 30; call += 1) refuse(refusal('audit.open'))
    clock.advance(60_000)
  }
  expect(rows).toHaveLength(90)
  expect(rows.every(({ details }) => details?.['count'] === undefined)).toBe(true)
})

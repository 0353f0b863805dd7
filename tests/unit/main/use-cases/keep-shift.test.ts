import path from 'node:path'
import { expect, test } from 'vitest'
import { createBeginShift, createKeepShift } from '../../../../src/main/use-cases/keep-shift.ts'
import type { AuditEvent } from '../../../../src/shared/domain/audit-event.ts'
import type { User } from '../../../../src/shared/domain/session.ts'
import { createTestVault, openTestLog, temporaryFolder } from '../adapters/audit-sqlite/audit-log-fixture.ts'

const operator: User = { login: 'operator', name: 'Оператор', role: 'operator' }
const other: User = { login: 'other', name: 'Другой', role: 'operator' }

function setUp() {
  const audit = openTestLog({ file: path.join(temporaryFolder(), 'audit.sqlite'), vault: createTestVault() })
  const asked: string[] = []
  const shift = createKeepShift({
    audit,
    heads: {
      keep(reason) {
        asked.push(`keep ${reason} after ${audit.list({ limit: 1 })[0]?.event}`)
        return { ok: true, value: undefined }
      },
      async signPending() {
        asked.push('sign')
      },
    },
  })
  const record = (event: AuditEvent, { login, role }: User) =>
    audit.append({ event, actor: login, role, requestId: crypto.randomUUID(), operation: 'RegisterUser' })
  const events = () => audit.list({ limit: 100 }).map(({ event }) => event)
  return { audit, asked, shift, begin: createBeginShift({ audit }), record, events }
}

test('a shift opens once, however often its operator signs in, and only operators have one', () => {
  const { begin, events } = setUp()
  begin(operator)
  begin(operator)
  begin({ ...operator, login: 'supervisor', role: 'supervisor' })
  expect(events()).toEqual(['shift.opened'])
  begin(other)
  expect(events()).toEqual(['shift.opened', 'shift.opened'])
})

test('closing counts the own rows of this shift alone, and a signed head of the log follows the row', async () => {
  const { shift, begin, record, asked, audit } = setUp()
  begin(operator)
  record('reply.issued', operator)
  await shift.close(operator)
  begin(operator)
  for (const event of ['reply.issued', 'envelope.handed', 'reply.refused-by-portal'] as const) record(event, operator)
  record('reply.issued', other)
  record('request.outcome-unknown', operator)
  asked.length = 0
  const opened = audit.latest({ events: ['shift.opened'], limit: 1 })[0]
  expect(await shift.close(operator)).toEqual({
    ok: true,
    value: { since: opened?.at, issued: 1, handed: 1, refused: 1, unknown: 1 },
  })
  expect(asked).toEqual(['keep shift after shift.closed', 'sign'])
})

test('a closed shift is followed by a new one', async () => {
  const { begin, shift, events } = setUp()
  begin(operator)
  await shift.close(operator)
  begin(operator)
  expect(events()).toEqual(['shift.opened', 'shift.closed', 'shift.opened'])
})

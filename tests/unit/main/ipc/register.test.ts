import { describe, expect, test } from 'vitest'
import { type Handlers, registerChannels } from '../../../../src/main/ipc/register.ts'
import { createSession, type Session } from '../../../../src/main/ipc/session.ts'
import { type Channel, channels } from '../../../../src/shared/contract/channels.ts'
import type { AuditEntry } from '../../../../src/shared/domain/audit-event.ts'
import { roles as allRoles, type Role } from '../../../../src/shared/domain/session.ts'
import { settingPaths } from '../../../../src/shared/domain/settings-fields.ts'
import { succeed } from '../../../../src/shared/result.ts'
import { type SettableClock, settableClock } from '../../../support/settable-clock.ts'

const requestId = '3f6c2a1e-8d4b-4c55-9a57-0d3a4c1b2e3f'
const iin = '910101300019'
const card = { kind: 'identity-card', number: '012345678', validUntil: '2035-06-30' }
const secret = new TextEncoder().encode('a secret of a test')

const settingValues = Object.fromEntries(settingPaths.map((path) => [path, '']))

/** Input that each channel's schema takes. */
const validInput: Readonly<Record<Channel, unknown>> = {
  'session.sign-in': { login: 'operator', password: new TextEncoder().encode('operator') },
  'session.choose-key-file': { language: 'ru' },
  'session.sign-in-by-key': { place: 'file', pin: new TextEncoder().encode('training') },
  'session.sign-out': undefined,
  'shift.close': undefined,
  'session.touch': undefined,
  'session.lock': undefined,
  'session.unlock': { password: secret },
  'session.change-password': { current: secret, next: secret },
  'session.create-administrator': { login: 'admin', name: 'Админов', password: secret },
  'vault.open': { passphrase: secret },
  'key.unlock': { pin: secret },
  'accounts.list': undefined,
  'accounts.add': { login: 'new', name: 'Новый', role: 'operator', iin, password: secret },
  'accounts.set-password': { login: 'new', password: secret },
  'accounts.set-disabled': { login: 'new', disabled: true },
  'accounts.set-iin': { login: 'new', iin },
  'session.current': undefined,
  'workstation.status': undefined,
  'registration.check': { iin, confirmWarnings: false },
  'service.steps': undefined,
  'service.current': undefined,
  'service.resume': { serviceId: requestId },
  'service.connect-only': { serviceId: requestId },
  'service.leave': undefined,
  'service.document': { serviceId: requestId, document: card, scanned: false },
  'service.print-agreement': { serviceId: requestId },
  'service.cancel-agreement': { serviceId: requestId },
  'service.agreement-found': { serviceId: requestId },
  'service.agreement-signed': { serviceId: requestId },
  'service.skip': { serviceId: requestId, step: 'mgov', reason: 'declined' },
  'refusal.print-note': { requestId, language: 'kk' },
  'mgov.connect': { serviceId: requestId, number: '+7 701 123 45 67' },
  'mgov.confirm': { serviceId: requestId, code: '012345' },
  'credentials.issue': { iin, confirmWarnings: false },
  'envelope.print': { requestId },
  'envelope.reprint': {
    requestId,
    reason: 'замятие',
    approver: { login: 'supervisor', password: new TextEncoder().encode('supervisor') },
  },
  'envelope.cancel-print': { requestId },
  'envelope.found': { requestId },
  'printer.list': undefined,
  'printer.test-page': undefined,
  'envelope.confirm': { requestId, handed: true },
  'envelope.discard': { requestId },
  'workstation.scanner': undefined,
  'health.look': { area: 'gateway' },
  'settings.read': undefined,
  'settings.check': { values: settingValues },
  'settings.save': { values: settingValues, origin: 'page' },
  'settings.try-gateway': { values: settingValues },
  'settings.try-key': { values: settingValues, pin: secret },
  'settings.try-printer': { values: settingValues },
  'settings.export': { language: 'ru' },
  'settings.import': { language: 'kk' },
  'diagnostics.save': { language: 'en' },
  'training.people': undefined,
  'training.sms': undefined,
  'training.current-switch': undefined,
  'training.set-switch': { position: 'slow' },
  'recovery.list': undefined,
  'recovery.resolve': { requestId },
  'updates.check': undefined,
  'recovery.repeat': { requestId },
  'recovery.acknowledge': { requestId },
  'audit.open': undefined,
  'audit.search': { filter: { from: '2026-01-01T00:00:00.000Z', iin, text: 'утратил пароль' } },
  'audit.rows': { searchId: requestId, window: { at: 'through', seq: 5 }, limit: 100 },
  'audit.positions': { searchId: requestId, work: requestId },
  'audit.row': { seq: 1 },
  'audit.story': { citizenOf: 1 },
  'audit.statistics': {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-02T00:00:00.000Z',
    bucket: 'hour',
    work: requestId,
  },
  'audit.reveal': { seq: 1, field: 'iin', reason: 'жалоба гражданина' },
  'audit.export': { searchId: requestId, format: 'csv', language: 'ru', work: requestId },
  'audit.shift-report': {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-02T00:00:00.000Z',
    language: 'ru',
    work: requestId,
  },
  'audit.acknowledge-break': { reason: 'администратор извещён' },
  'audit.cancel': { work: requestId },
}

const invalidInput: Readonly<Record<Channel, readonly unknown[]>> = {
  'session.sign-in': [
    undefined,
    {},
    { login: 'operator', password: 'text' },
    { login: 'x'.repeat(65), password: new Uint8Array(1) },
    { login: 'x', password: new Uint8Array(257) },
  ],
  'session.choose-key-file': [{}, { language: 'de' }, undefined],
  'session.sign-in-by-key': [{}, { place: 'disk', pin: new Uint8Array(1) }, { place: 'file', pin: 'training' }],
  'session.sign-out': [{}, 'x'],
  'shift.close': [{}],
  'session.touch': [1],
  'session.lock': [{}],
  'session.unlock': [{}, { password: '' }, { password: new Uint8Array(0) }],
  'session.change-password': [{ current: secret }, { current: secret, next: 'text' }],
  'session.create-administrator': [{ login: 'admin', name: 'x'.repeat(201), password: secret }],
  'vault.open': [{ passphrase: 'text' }, {}],
  'key.unlock': [{ pin: new Uint8Array(257) }],
  'accounts.list': [{}],
  'accounts.add': [
    { login: 'new', name: 'Новый', role: 'root', password: secret },
    { login: 'new', name: 'Новый', role: 'operator', iin: '12', password: secret },
  ],
  'accounts.set-password': [{ login: 'new', password: '' }],
  'accounts.set-disabled': [{ login: 'new', disabled: 'yes' }],
  'accounts.set-iin': [{ login: 'new', iin: '١٢٣٤٥٦٧٨٩٠١٢' }],
  'session.current': [{}],
  'workstation.status': [null],
  'registration.check': [
    { iin: 910101300019, confirmWarnings: false },
    { iin: '9'.repeat(21), confirmWarnings: true },
    { iin },
  ],
  'service.steps': [{}],
  'service.current': [{}],
  'service.resume': [{}],
  'service.connect-only': [{}],
  'service.leave': [{}],
  'service.document': [
    { serviceId: requestId, document: card },
    { serviceId: requestId, document: { ...card, kind: 'driving-licence' }, scanned: true },
    { serviceId: requestId, document: { ...card, validUntil: '30.06.2035' }, scanned: true },
    { serviceId: requestId, document: { ...card, number: '0'.repeat(21) }, scanned: true },
  ],
  'service.print-agreement': [{}, { serviceId: '..' }],
  'service.cancel-agreement': [undefined],
  'service.agreement-found': [{ serviceId: 1 }],
  'service.agreement-signed': [{}],
  'service.skip': [
    { serviceId: requestId, step: 'document', reason: 'declined' },
    { serviceId: requestId, step: 'agreement', reason: 'declined' },
    { serviceId: requestId, step: 'mgov', reason: 'console' },
  ],
  'refusal.print-note': [{ requestId, language: 'de' }, { requestId }],
  'mgov.connect': [{ serviceId: requestId }, { serviceId: requestId, number: '7'.repeat(31) }],
  'mgov.confirm': [
    { serviceId: requestId, code: '12345' },
    { serviceId: requestId, code: 123456 },
  ],
  'credentials.issue': [
    { iin, confirmWarnings: false, reissueReason: '  ' },
    { iin, confirmWarnings: 'yes' },
    { iin, confirmWarnings: false, reissueReason: 'x'.repeat(501) },
    { iin, confirmWarnings: false, reissueReason: 'нуль \0 внутри' },
    { iin, confirmWarnings: false, reissueReason: 'половина \ud800 пары' },
    { iin, confirmWarnings: false, reissueReason: '😀a' },
  ],
  'envelope.print': [{ requestId: '../../etc/passwd' }, {}, null],
  'envelope.reprint': [
    { requestId, reason: 'замятие' },
    { requestId, reason: 'x', approver: { login: 'supervisor', password: new Uint8Array(1) } },
    { requestId, reason: 'замятие', approver: { login: 'supervisor', password: 'supervisor' } },
  ],
  'envelope.cancel-print': [{}, { requestId: '..' }],
  'envelope.found': [undefined],
  'printer.list': [{}],
  'printer.test-page': [{}],
  'envelope.confirm': [{ requestId }, { requestId, handed: 'true' }],
  'envelope.discard': [{ requestId: 1 }],
  'workstation.scanner': [{}],
  'health.look': [undefined, {}, { area: 'secrets' }],
  'settings.read': [{}],
  'settings.check': [{}, { values: {} }, { values: { ...settingValues, 'gateway.url': 7 } }],
  'settings.save': [
    { values: settingValues, origin: 'console' },
    { values: { ...settingValues, 'gateway.password': 'x' }, origin: 'page' },
    { values: { ...settingValues, workstation: 'x'.repeat(4001) }, origin: 'page' },
  ],
  'settings.try-gateway': [undefined, { values: 'x' }],
  'settings.try-key': [{ values: settingValues }, { values: settingValues, pin: '1234' }],
  'settings.try-printer': [{}],
  'settings.export': [undefined, { language: 'de' }],
  'settings.import': [{}],
  'diagnostics.save': [undefined],
  'training.people': [{}],
  'training.sms': [{}],
  'training.current-switch': ['slow'],
  'training.set-switch': [undefined, {}, { position: 'altered-byte' }],
  'recovery.list': [[]],
  'recovery.resolve': [{}],
  'updates.check': [{}],
  'recovery.repeat': [{ requestId: 'x' }],
  'recovery.acknowledge': [{}],
  'audit.open': [{}],
  'audit.search': [
    {},
    { filter: { iin: '1' } },
    { filter: { text: `${iin} в тексте` } },
    { filter: { from: '2026-01-01' } },
    { filter: { path: '/etc/passwd' } },
    { filter: { requestId: 'x' } },
  ],
  'audit.rows': [
    { searchId: requestId, window: { at: 'newest' }, limit: 201 },
    { searchId: requestId, window: { at: 'newest' }, limit: 0 },
    { searchId: requestId, window: { at: 'before' }, limit: 10 },
    { searchId: requestId, window: { at: 'before', seq: -1 }, limit: 10 },
    { searchId: requestId, window: { at: 'middle' }, limit: 10 },
    { searchId: '1', window: { at: 'newest' }, limit: 10 },
  ],
  'audit.positions': [{ searchId: requestId }, {}],
  'audit.row': [{ seq: 0 }, { seq: '1' }, { seq: 1.5 }],
  'audit.story': [{}, { requestId, citizenOf: 1 }, { requestId: 'x' }],
  'audit.statistics': [{ from: 'yesterday', to: 'today', bucket: 'hour', work: requestId }],
  'audit.reveal': [
    { seq: 1, field: 'iin', reason: '    ' },
    { seq: 1, field: 'password', reason: 'жалоба гражданина' },
    { seq: 1, field: 'iin', reason: 'x'.repeat(301) },
  ],
  'audit.export': [
    { searchId: requestId, format: 'exe', language: 'ru', work: requestId },
    { searchId: requestId, format: 'csv', language: 'ru' },
  ],
  'audit.shift-report': [{ from: '1', to: '2', language: 'ru', work: requestId }, {}],
  'audit.acknowledge-break': [{}, { reason: '  ' }, { reason: 'x'.repeat(301) }],
  'audit.cancel': [{}],
}

function setUp(role: Role | undefined, become: (session: Session, clock: SettableClock) => void = () => undefined) {
  const listeners = new Map<string, (event: 'trusted' | 'foreign', input: unknown) => Promise<unknown>>()
  const called: string[] = []
  const refusals: AuditEntry[] = []
  const clock = settableClock()
  const session = createSession({ clock })
  if (role !== undefined) session.open({ login: role, name: role, role })
  become(session, clock)
  const handlers = Object.fromEntries(
    Object.keys(channels).map((channel) => [
      channel,
      () => {
        called.push(channel)
        return succeed(undefined)
      },
    ]),
  ) as unknown as Handlers
  registerChannels<'trusted' | 'foreign'>({
    handle: (channel, listener) => void listeners.set(channel, listener),
    isTrusted: (event) => event === 'trusted',
    session,
    handlers,
    recordRefusal: (entry) => void refusals.push(entry),
  })
  const invoke = (channel: Channel, event: 'trusted' | 'foreign', input: unknown): Promise<unknown> => {
    const listener = listeners.get(channel)
    if (listener === undefined) throw new Error(`${channel} has no listener`)
    return listener(event, input)
  }
  return { invoke, called, refusals, listeners }
}

const names = Object.keys(channels) as Channel[]

describe('every channel of the contract', () => {
  test('has a listener, and there is no other', () => {
    expect([...setUp(undefined).listeners.keys()].sort()).toEqual([...names].sort())
  })

  test.each(names)('%s refuses a foreign sender before anything else, and records it', async (channel) => {
    const { invoke, called, refusals } = setUp('operator')
    expect(await invoke(channel, 'foreign', validInput[channel])).toEqual({
      ok: false,
      failure: { code: 'session.untrusted-sender' },
    })
    expect(called).toEqual([])
    expect(refusals).toMatchObject([
      { event: 'access.refused', outcome: 'session.untrusted-sender', details: { channel } },
    ])
  })

  test.each(names)('%s refuses input that its schema does not take', async (channel) => {
    for (const input of invalidInput[channel]) {
      const { invoke, called } = setUp('operator')
      expect(await invoke(channel, 'trusted', input)).toMatchObject({ failure: { code: 'session.invalid-input' } })
      expect(called).toEqual([])
    }
  })

  const roles: (Role | undefined)[] = [undefined, ...allRoles]
  test.each(names.flatMap((channel) => roles.map((role) => [channel, role] as const)))(
    '%s as %s is allowed exactly as the contract says',
    async (channel, role) => {
      const { invoke, called, refusals } = setUp(role)
      const { access } = channels[channel]
      const result = await invoke(channel, 'trusted', validInput[channel])
      if (access === 'public' || (role !== undefined && (access as readonly Role[]).includes(role))) {
        expect(result).toEqual({ ok: true, value: undefined })
        expect(called).toEqual([channel])
        expect(refusals).toEqual([])
      } else {
        const code = role === undefined ? 'session.required' : 'session.forbidden'
        expect(result).toEqual({ ok: false, failure: { code } })
        expect(called).toEqual([])
        expect(refusals).toMatchObject([{ outcome: code, actor: role ?? 'unknown' }])
      }
    },
  )

  test.each(names.flatMap((channel) => allRoles.map((role) => [channel, role] as const)))(
    '%s as %s in a locked session answers only where the contract says so',
    async (channel, role) => {
      const { invoke, called } = setUp(role, (session) => session.lock())
      const { access } = channels[channel]
      const result = await invoke(channel, 'trusted', validInput[channel])
      const open =
        access === 'public' || ('whileLocked' in channels[channel] && (access as readonly Role[]).includes(role))
      expect(result).toMatchObject(open ? { ok: true } : { ok: false, failure: { code: 'session.locked' } })
      expect(called).toEqual(open ? [channel] : [])
    },
  )

  test.each(names.flatMap((channel) => allRoles.map((role) => [channel, role] as const)))(
    '%s as %s after the session ended is as without one',
    async (channel, role) => {
      const { invoke, called } = setUp(role, (_session, clock) => clock.advance(12 * 60 * 60_000))
      const open = channels[channel].access === 'public'
      const result = await invoke(channel, 'trusted', validInput[channel])
      expect(result).toMatchObject(open ? { ok: true } : { ok: false, failure: { code: 'session.expired' } })
      expect(called).toEqual(open ? [channel] : [])
    },
  )
})

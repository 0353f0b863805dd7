import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Workstation } from '../../../src/main/compose.ts'
import { createSmsInbox } from '../../../src/stand/sms/sms-inbox.ts'
import { standFiles } from '../../../src/stand/stand-files.ts'
import { listPeople, type Stand, startStand, writeStandFault } from '../../../src/stand/start-stand.ts'
import { filesHolding } from '../../support/search-files.ts'
import { askPortal, elementText, exchange, openKeyFile, requestDocument } from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { openTrainingWorkstation, operator } from '../../support/training-workstation.ts'
import { xmllintComplaint, xmllintMissing } from '../../support/xmllint.ts'

/** mGov through the workstation's own composition, and beside it through OpenSSL and node:https alone. */
const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
const dataDir = path.join(temp.path, 'workstation')
let laterMs = 0
let stand: Stand
let workstation: Workstation
const citizens: string[] = []
let numbers = 0
let serviceId: string
let iin: string

beforeAll(async () => {
  stand = await startStand({ dataDir: standData, now: () => new Date(Date.now() + laterMs) })
  const people = await listPeople({ dataDir: standData })
  citizens.push(...people.filter(({ expect }) => expect.outcome === 'registered').map((person) => person.iin))
  ;({ workstation } = await openTrainingWorkstation({ stand, dataDir, profile }))
})
afterAll(async () => {
  workstation.close()
  await stand.close()
  temp.remove()
})
beforeEach(async () => {
  laterMs = 0
  await writeStandFault({ dataDir: standData, fault: undefined })
  iin = citizens[0] ?? ''
  serviceId = await serve(iin)
})

/** A citizen with an account stands at the counter. */
async function serve(citizen: string): Promise<string> {
  const check = await workstation.checkRegistration({ iin: citizen, confirmWarnings: true, operator })
  if (!check.ok) throw new Error(check.failure.code)
  workstation.serveCitizen.begin({ check: check.value, confirmWarnings: true, operator })
  const about = { serviceId: check.value.requestId, operator }
  workstation.serveCitizen.connectOnly(about)
  for (const step of ['document', 'agreement'] as const) {
    workstation.serveCitizen.skip({ ...about, step, reason: 'console' })
  }
  return check.value.requestId
}

const nextNumber = (): string => `+7701${String(++numbers).padStart(7, '0')}`
const profile = { form: 'cms', algorithm: 'rsa', transport: 'none', timestamp: false } as const
const onStep = (): void => undefined
const connect = (number: string) => workstation.connectMobile.connect({ serviceId, number, operator, onStep })
const confirm = (code: string) => workstation.connectMobile.confirm({ serviceId, code, operator, onStep })

async function codeOf(number: string): Promise<string> {
  const messages = await createSmsInbox({ folder: standFiles(standData).smsDir }).newest(100)
  return /[0-9]{6}/.exec(messages.find((message) => message.number === number)?.text ?? '')?.[0] ?? ''
}
const otherThan = (code: string): string => (code === '000000' ? '111111' : '000000')
const newestRows = (count: number) => workstation.audit.list({ limit: count })

test('the right code connects the number; the log has neither, and says how long it took', async () => {
  const number = nextNumber()
  const sent = await connect(`8${number.slice(2)}`)
  expect(sent).toMatchObject({ ok: true, value: { outcome: 'code-sent', number, attempts: 3, validSeconds: 180 } })
  const code = await codeOf(number)
  expect(await confirm(code)).toMatchObject({ ok: true, value: { outcome: 'connected' } })
  const [connected, , prepared] = newestRows(3)
  expect(connected).toMatchObject({
    event: 'reply.mobile-connected',
    operation: 'ConfirmMobile',
    details: { mobile: `+7 *** *** ** ${number.slice(-2)}`, seconds: expect.stringMatching(/^[0-9]+\.[0-9]$/) },
  })
  expect(prepared).toMatchObject({ event: 'request.prepared', details: { service: serviceId } })
  expect(filesHolding(dataDir, number.slice(2))).toEqual([])
  expect(filesHolding(dataDir, code)).toEqual([])
})

test('three wrong codes end it, a right one after them too; a new code begins anew', async () => {
  const number = nextNumber()
  await connect(number)
  const code = await codeOf(number)
  const left: unknown[] = []
  for (let attempt = 0; attempt < 3; attempt++) {
    const wrong = await confirm(otherThan(code))
    if (wrong.ok && wrong.value.outcome !== 'connected') left.push([wrong.value.failure.code, wrong.value.attemptsLeft])
  }
  expect(left).toEqual([
    ['mgov.wrong-code', 2],
    ['mgov.wrong-code', 1],
    ['mgov.attempts-exhausted', undefined],
  ])
  expect(await confirm(code)).toMatchObject({
    value: { outcome: 'refused', failure: { code: 'mgov.attempts-exhausted', portalMessage: expect.any(String) } },
  })
  await connect(number)
  expect(await confirm(await codeOf(number))).toMatchObject({ value: { outcome: 'connected' } })
})

test('a code is good for three minutes', async () => {
  const number = nextNumber()
  await connect(number)
  laterMs = 181_000
  expect(await confirm(await codeOf(number))).toMatchObject({ value: { failure: { code: 'mgov.code-expired' } } })
})

test('a number of another citizen is refused, also when both ask at once', async () => {
  const number = nextNumber()
  const first = { serviceId, iin }
  await connect(number)
  const firstCode = await codeOf(number)
  serviceId = await serve(citizens[1] ?? '')
  await connect(number)
  expect(await confirm(await codeOf(number))).toMatchObject({ value: { outcome: 'connected' } })
  // The first citizen's code is right, and his number is gone.
  const key = openKeyFile(stand.workstationKeyFile, temp.path)
  const ask = (operation: string) => askPortal(stand, key, requestDocument({ iin: first.iin, operation }))
  const of = (await sentRequests(first.serviceId))[0] ?? ''
  const reply = await ask(
    `<confirmMobile><of>${of}</of><number>${number}</number><code>${firstCode}</code></confirmMobile>`,
  )
  expect(elementText(reply, 'reason')).toBe('number-taken')
  serviceId = await serve(first.iin)
  expect(await connect(number)).toMatchObject({ value: { outcome: 'refused', failure: { code: 'mgov.number-taken' } } })
})

/** ConnectMobile requests of a service, oldest first. */
async function sentRequests(service: string): Promise<readonly string[]> {
  return newestRows(100)
    .filter(({ operation, details }) => operation === 'ConnectMobile' && details?.['service'] === service)
    .map(({ requestId }) => requestId ?? '')
    .toReversed()
}

test('a portal that is down, and a forged or lost reply, connect nothing that is said to be connected', async () => {
  const number = nextNumber()
  for (const [fault, outcome, code] of [
    ['portal-failure', 'refused', 'portal.failed'],
    ['other-signer', 'unknown', 'reply.signer-unexpected'],
    ['wrong-nonce', 'unknown', 'reply.nonce-mismatch'],
    ['garbage', 'unknown', 'gateway.malformed'],
  ] as const) {
    await writeStandFault({ dataDir: standData, fault })
    expect(await connect(number), fault).toMatchObject({ ok: true, value: { outcome, failure: { code } } })
    expect(newestRows(1)[0]?.event, fault).toBe(
      outcome === 'refused' ? 'reply.refused-by-portal' : 'request.outcome-unknown',
    )
  }
  expect(await confirm('000000')).toMatchObject({ ok: false, failure: { code: 'mgov.nothing-asked' } })
  // Nobody is reminded of them: a code is simply asked for again.
  expect(workstation.recovery.list()).toEqual([])
})

test('after a lost reply the same code says that the number is connected', async () => {
  const number = nextNumber()
  await connect(number)
  const code = await codeOf(number)
  await writeStandFault({ dataDir: standData, fault: 'garbage' })
  expect(await confirm(code)).toMatchObject({ value: { outcome: 'unknown' } })
  await writeStandFault({ dataDir: standData, fault: undefined })
  expect(await confirm(code)).toMatchObject({ value: { outcome: 'connected' } })
})

test('what cannot be a number or a code is not sent, nor anything for a citizen who is not served', async () => {
  const rows = newestRows(1)[0]?.seq
  expect(await connect('+7 495 123 45 67')).toMatchObject({ failure: { code: 'mgov.number' } })
  expect(await confirm('12345')).toMatchObject({ failure: { code: 'mgov.code' } })
  serviceId = randomUUID()
  expect(await connect(nextNumber())).toMatchObject({ failure: { code: 'service.not-open' } })
  expect(newestRows(1)[0]?.seq).toBe(rows)
})

test.skipIf(xmllintMissing)(
  'every reply is valid against the schema, signed by the portal, by OpenSSL and xmllint',
  async () => {
    const key = openKeyFile(stand.workstationKeyFile, temp.path)
    const ask = (operation: string, requestId = randomUUID()) =>
      askPortal(stand, key, requestDocument({ iin, operation, requestId }))
    const number = `<number>${nextNumber()}</number>`
    const of = randomUUID()
    const confirming = (code: string) => `<confirmMobile><of>${of}</of>${number}<code>${code}</code></confirmMobile>`
    const nothing = await ask(confirming('000000'))
    const sent = await ask(`<connectMobile>${number}</connectMobile>`, of)
    const code = await codeOf(/\+[0-9]+/.exec(number)?.[0] ?? '')
    const refused = await ask(confirming(otherThan(code)))
    const connected = await ask(confirming(code))
    const schema = path.resolve(import.meta.dirname, '../../../resources/xsd/registration-v1.xsd')
    for (const reply of [nothing, sent, refused, connected])
      expect(xmllintComplaint(reply, schema)).toBe('- validates\n')
    expect([nothing, refused].map((reply) => elementText(reply, 'reason'))).toEqual(['nothing-asked', 'wrong-code'])
    expect(connected).toContain('<mobileConnected>')
  },
)

test('the stand shows the telephones on a page, and a message is escaped there', async () => {
  const number = nextNumber()
  await connect(number)
  const page = (await exchange(new URL('/sms', stand.portalUrl).href, stand)).body.toString('utf8')
  expect(page).toContain(number)
  expect(page).toContain(`проверочный код ${await codeOf(number)}`)
  expect(filesHolding(standFiles(standData).mobilesDir, await codeOf(number))).toEqual([])
})

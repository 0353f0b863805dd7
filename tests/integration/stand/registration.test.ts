import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exclusionSigns, legalCapacities, portalMessages } from '../../../src/shared/domain/reference-data.ts'
import { makeUpPeople } from '../../../src/stand/population-register/make-up-people.ts'
import type { Person } from '../../../src/stand/population-register/person.ts'
import { listPeople, type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { filesHolding } from '../../support/search-files.ts'
import { createOneTimeKey, type OneTimeKey } from '../../support/stand-one-time-key.ts'
import {
  askPortal,
  checkOperation,
  elementText,
  openKeyFile,
  type RequestFields,
  replyOf,
  requestDocument,
  type SigningKey,
  sendSoap,
  signCades,
  soapMessage,
  verifyReply,
} from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { xmllintAccepts, xmllintComplaint, xmllintMissing } from '../../support/xmllint.ts'

const schema = fileURLToPath(new URL('../../../resources/xsd/registration-v1.xsd', import.meta.url))
const people = makeUpPeople()
const ordinary = people.filter(isOrdinary)
const temp = makeTempDir()
const dataDir = `${temp.path}/stand`
/** Every verified reply of this file, for the schema at the end. */
const replies: string[] = []

let stand: Stand
let key: SigningKey
beforeAll(async () => {
  stand = await startStand({ dataDir })
  key = openKeyFile(stand.workstationKeyFile, temp.path)
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

function isOrdinary(person: Person): boolean {
  return (
    person.lifeStatus === '0' &&
    person.exclusionSign === undefined &&
    !person.prosecutorRecord &&
    !person.registeredBefore
  )
}

/** A citizen whom no other test of this file takes. */
function nextCitizen(): string {
  const person = ordinary.shift()
  if (person === undefined) throw new Error('the register ran out of citizens')
  return person.iin
}

async function ask(fields: RequestFields): Promise<string> {
  const reply = await askPortal(stand, key, requestDocument(fields))
  replies.push(reply)
  return reply
}

const sealTo = (oneTimeKey: OneTimeKey): string => `<sealTo>${oneTimeKey.publicKeyBase64}</sealTo>`
const register = (delivery: string, reason?: string): string =>
  `<registerUser>${reason === undefined ? '' : `<reissueReason>${reason}</reissueReason>`}${delivery}</registerUser>`

/** Registers, opens the sealed password and returns it with the reply. */
async function issue(iin: string, reason?: string): Promise<{ reply: string; password: string }> {
  const oneTimeKey = await createOneTimeKey()
  const [requestId, nonce] = [randomUUID(), randomBytes(32).toString('base64')]
  const reply = await ask({ requestId, nonce, iin, operation: register(sealTo(oneTimeKey), reason) })
  const password = await oneTimeKey.open({
    encapsulatedKey: elementText(reply, 'encapsulatedKey') ?? '',
    ciphertext: elementText(reply, 'ciphertext') ?? '',
    aad: `${requestId}\n${nonce}\n${iin}`,
  })
  return { reply, password }
}

const refusalOf = (person: Person): { reason: string; message: string } | undefined => {
  if (person.lifeStatus === '9') return { reason: 'life-status', message: portalMessages.deceased }
  if (person.exclusionSign !== undefined) {
    return { reason: 'exclusion-sign', message: portalMessages.excluded(person.exclusionSign) }
  }
  return person.prosecutorRecord ? { reason: 'prosecutor-record', message: portalMessages.prosecutorRecord } : undefined
}

describe('RequestStatus', () => {
  const statusOf = (of: string): string => `<requestStatus><of>${of}</of></requestStatus>`

  test('an id that never came is unknown, also after it was asked about', async () => {
    const of = randomUUID()
    for (const round of [1, 2]) {
      const reply = await ask({ iin: nextCitizen(), operation: statusOf(of) })
      expect(reply, String(round)).toContain(`<requestStatus><of>${of}</of><unknown/></requestStatus>`)
    }
  })

  test('a served request: the very reply, which OpenSSL verifies anew; a changed body under its id is refused', async () => {
    const iin = nextCitizen()
    const oneTimeKey = await createOneTimeKey()
    const fields = { requestId: randomUUID(), nonce: randomBytes(32).toString('base64'), createdAt: new Date(), iin }
    const first = await ask({ ...fields, operation: register(sealTo(oneTimeKey)) })
    const reply = await ask({ iin, operation: statusOf(fields.requestId) })
    const served = Buffer.from(elementText(reply, 'served') ?? '', 'base64')
    expect(verifyReply(served, stand)).toBe(first)
    const changed = await ask({ ...fields, operation: register(sealTo(oneTimeKey), 'Другое') })
    expect(changed).toContain('<refused><reason>failed</reason>')
    const after = await ask({ iin, operation: statusOf(fields.requestId) })
    expect(elementText(after, 'served')).toBe(served.toString('base64'))
  })

  test('a password in the clear is not kept, and another workstation is told nothing', async () => {
    const [iin, requestId] = [nextCitizen(), randomUUID()]
    await ask({ requestId, iin, operation: register('<plainPassword/>') })
    expect(await ask({ iin, operation: statusOf(requestId) })).toContain('<notKept/>')
    const foreign = requestDocument({ iin, operation: statusOf(requestId) }).replace('TEST-01', 'TEST-02')
    const reply = await askPortal(stand, key, foreign)
    expect(reply).toContain('<refused><reason>failed</reason>')
  })
})

describe('CheckRegistration', () => {
  test('reports the statuses of every kind of person, the account, and the refusal in its order', async () => {
    const kinds = new Map(
      people.map((person) => [
        [person.lifeStatus, person.exclusionSign, person.prosecutorRecord, person.registeredBefore].join(),
        person,
      ]),
    )
    expect(kinds.size).toBe(2 * (Object.keys(exclusionSigns).length + 1) * 2 * 2)
    for (const person of kinds.values()) {
      const reply = await ask({ iin: person.iin })
      expect(reply).toContain('<registrationStatus>')
      expect({
        name: elementText(reply, 'name'),
        lifeStatus: elementText(reply, 'lifeStatus'),
        exclusionSign: elementText(reply, 'exclusionSign'),
        legalCapacity: elementText(reply, 'legalCapacity'),
        prosecutorRecord: elementText(reply, 'prosecutorRecord'),
        registered: elementText(reply, 'registered'),
        reason: elementText(reply, 'reason'),
        message: elementText(reply, 'message'),
      }).toEqual({
        name: person.name,
        lifeStatus: person.lifeStatus,
        exclusionSign: person.exclusionSign,
        legalCapacity: person.legalCapacity,
        prosecutorRecord: String(person.prosecutorRecord),
        registered: String(person.registeredBefore),
        reason: refusalOf(person)?.reason,
        message: refusalOf(person)?.message,
      })
    }
  }, 60_000)

  test('repeats request id, nonce and ИИН as they were written', async () => {
    const [requestId, nonce, iin] = [randomUUID(), randomBytes(32).toString('base64'), nextCitizen()]
    const reply = await ask({ requestId, nonce, iin })
    expect([elementText(reply, 'requestId'), elementText(reply, 'nonce'), elementText(reply, 'iin')]).toEqual([
      requestId,
      nonce,
      iin,
    ])
  })

  test('reports a number that the register does not hold', async () => {
    const reply = await ask({ iin: '000001500018' })
    expect(elementText(reply, 'registered')).toBe('false')
    expect(reply).not.toContain('<person>')
    expect(elementText(reply, 'message')).toBe(portalMessages.personUnknown)
  })
})

describe('RegisterUser', () => {
  test('creates an account; the sealed password opens with the one-time key and has all four classes', async () => {
    const iin = nextCitizen()
    const { reply, password } = await issue(iin)
    expect(elementText(reply, 'action')).toBe('created')
    expect(elementText(reply, 'login')).toBe(iin)
    expect(elementText(reply, 'message')).toBe(portalMessages.registered)
    expect(password).toMatch(/^[A-Za-z0-9!#$%*+\-=?@|]{12}$/)
    for (const characters of [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(password).toMatch(characters)
    expect(elementText(await ask({ iin }), 'registered')).toBe('true')
    expect((await listPeople({ dataDir })).find((person) => person.iin === iin)?.expect).toEqual({
      outcome: 'registered',
    })
  })

  test('leaves an existing account alone without a reason, and regenerates its password with one', async () => {
    const iin = nextCitizen()
    const first = await issue(iin)
    const oneTimeKey = await createOneTimeKey()
    const again = await ask({ iin, operation: register(sealTo(oneTimeKey)) })
    expect(again).toContain('<alreadyRegistered/>')
    const second = await issue(iin, 'Гражданин утратил пароль')
    expect(elementText(second.reply, 'action')).toBe('regenerated')
    expect(second.password).not.toBe(first.password)
  })

  test('knows accounts from before the stand', async () => {
    const before = people.find((person) => person.registeredBefore && refusalOf(person) === undefined)
    const oneTimeKey = await createOneTimeKey()
    const fields = { iin: before?.iin ?? '', operation: register(sealTo(oneTimeKey)) }
    expect(await ask(fields)).toContain('<alreadyRegistered/>')
    expect(elementText((await issue(fields.iin, 'Утрачен пароль')).reply, 'action')).toBe('regenerated')
  })

  test('answers a reason for a citizen without an account by creating one', async () => {
    expect(elementText((await issue(nextCitizen(), 'Утрачен пароль')).reply, 'action')).toBe('created')
  })

  test('binds the sealed password to the request: with another ИИН in the aad it does not open', async () => {
    const [iin, requestId, nonce] = [nextCitizen(), randomUUID(), randomBytes(32).toString('base64')]
    const oneTimeKey = await createOneTimeKey()
    const reply = await ask({ requestId, nonce, iin, operation: register(sealTo(oneTimeKey)) })
    const sealed = {
      encapsulatedKey: elementText(reply, 'encapsulatedKey') ?? '',
      ciphertext: elementText(reply, 'ciphertext') ?? '',
    }
    await expect(oneTimeKey.open({ ...sealed, aad: `${requestId}\n${nonce}\n000001500018` })).rejects.toThrow()
  })

  test('refuses every kind of refused person verbatim and makes no account', async () => {
    const kinds = new Map(people.filter((person) => !person.registeredBefore).map((p) => [refusalOf(p)?.message, p]))
    kinds.delete(undefined)
    expect(kinds.size).toBe(11)
    for (const [message, person] of kinds) {
      const oneTimeKey = await createOneTimeKey()
      const reply = await ask({ iin: person.iin, operation: register(sealTo(oneTimeKey), 'Утрачен пароль') })
      expect(reply).toContain('<refused>')
      expect(elementText(reply, 'reason')).toBe(refusalOf(person)?.reason)
      expect(elementText(reply, 'message')).toBe(message)
      expect(elementText(await ask({ iin: person.iin }), 'registered')).toBe('false')
    }
  })

  test('refuses nobody by legal capacity', async () => {
    for (const legalCapacity of Object.keys(legalCapacities)) {
      const place = ordinary.findIndex((person) => person.legalCapacity === legalCapacity)
      const [person] = ordinary.splice(place, 1)
      expect(elementText((await issue(person?.iin ?? '')).reply, 'action')).toBe('created')
    }
  })

  test('refuses a number that the register does not hold', async () => {
    const reply = await ask({ iin: '000001500018', operation: register('<plainPassword/>') })
    expect(elementText(reply, 'reason')).toBe('person-unknown')
  })

  test('refuses a one-time key with which no secret can be agreed, and makes no account', async () => {
    const iin = nextCitizen()
    const reply = await ask({ iin, operation: register(`<sealTo>${Buffer.alloc(32).toString('base64')}</sealTo>`) })
    expect(elementText(reply, 'reason')).toBe('failed')
    expect(elementText(await ask({ iin }), 'registered')).toBe('false')
  })

  test('hands the password out in the clear for the profile plain', async () => {
    const reply = await ask({ iin: nextCitizen(), operation: register('<plainPassword/>') })
    expect(elementText(reply, 'plainPassword')).toMatch(/^[!-~]{12}$/)
  })

  test('of many requests at once for one citizen exactly one creates the account', async () => {
    const iin = nextCitizen()
    const results = await Promise.all(
      Array.from({ length: 6 }, () => ask({ iin, operation: register('<plainPassword/>') })),
    )
    expect(results.filter((reply) => reply.includes('<accountIssued>'))).toHaveLength(1)
    expect(results.filter((reply) => reply.includes('<alreadyRegistered/>'))).toHaveLength(5)
  })
})

describe('what the portal does not serve', () => {
  test.each([
    ['11 minutes old', -11],
    ['11 minutes ahead', 11],
  ])('a request %s is refused, signed, and changes nothing', async (_, minutes) => {
    const iin = nextCitizen()
    const createdAt = new Date(Date.now() + minutes * 60_000)
    const reply = await ask({ iin, createdAt, operation: register('<plainPassword/>') })
    expect(elementText(reply, 'reason')).toBe('failed')
    expect(elementText(reply, 'message')).toMatch(/часы/)
    expect(elementText(await ask({ iin }), 'registered')).toBe('false')
  })

  test.each([9, -9])('a request %i minutes from the portal’s time is served', async (minutes) => {
    const createdAt = new Date(Date.now() + minutes * 60_000)
    expect(await ask({ iin: nextCitizen(), createdAt })).toContain('<registrationStatus>')
  })

  test('a document that breaks the schema is refused, signed and bound to its claim', async () => {
    const iin = nextCitizen()
    const requestId = randomUUID()
    const reply = await ask({ requestId, iin, operation: '<checkRegistration/><more/>' })
    expect(elementText(reply, 'requestId')).toBe(requestId)
    expect(elementText(reply, 'reason')).toBe('failed')
    expect(elementText(reply, 'message')).toMatch(/схеме/)
  })

  test.each([
    ['a document without ids', () => signCades('<a/>', key).toString('base64')],
    ['a document that is not XML', () => signCades('hello', key).toString('base64')],
    [
      'a CMS cut short',
      () =>
        signCades(requestDocument({ iin: '000001500018' }), key)
          .subarray(0, 900)
          .toString('base64'),
    ],
    ['text that is not base64', () => 'no base64!'],
    ['base64 of anything', () => Buffer.from('anything at all').toString('base64')],
    ['nothing', () => ''],
  ])('%s ends with status SCSE001 and no data', async (_, data) => {
    const answer = await sendSoap(stand, soapMessage(data()))
    expect(answer.status).toBe(200)
    expect(elementText(answer.body.toString(), 'code')).toBe('SCSE001')
    expect(answer.body.toString()).not.toContain('<data')
  })
})

describe('a repeated request', () => {
  const send = async (data: Buffer): Promise<Buffer> =>
    replyOf(await sendSoap(stand, soapMessage(data.toString('base64'))))

  test('gets the very same bytes, at once and after a restart, and issues once', async () => {
    const [iin, oneTimeKey] = [nextCitizen(), await createOneTimeKey()]
    const document = requestDocument({ iin, operation: register(sealTo(oneTimeKey), 'Утрачен пароль') })
    const signed = signCades(document, key)
    const first = await send(signed)
    expect(verifyReply(first, stand)).toContain('<action>created</action>')
    expect(await send(signed)).toEqual(first)
    // Signed again, it is the same request: the signed content is what counts.
    expect(await send(signCades(document, key))).toEqual(first)
    await stand.close()
    stand = await startStand({ dataDir })
    expect(await send(signed)).toEqual(first)
    expect((await Promise.all([send(signed), send(signed)])).every((reply) => reply.equals(first))).toBe(true)
  })

  test('with the same id and another content is refused', async () => {
    const [requestId, iin] = [randomUUID(), nextCitizen()]
    await ask({ requestId, iin })
    const reply = await ask({ requestId, iin, operation: register('<plainPassword/>') })
    expect(elementText(reply, 'reason')).toBe('failed')
    expect(elementText(reply, 'message')).toMatch(/номером/)
    expect(elementText(await ask({ iin }), 'registered')).toBe('false')
  })

  test('of the profile plain is refused: its reply is nowhere stored', async () => {
    const document = requestDocument({ iin: nextCitizen(), operation: register('<plainPassword/>') })
    const signed = signCades(document, key)
    const password = elementText(verifyReply(await send(signed), stand), 'plainPassword') ?? ''
    expect(password).toHaveLength(12)
    expect(elementText(verifyReply(await send(signed), stand), 'reason')).toBe('failed')
    expect(filesHolding(dataDir, password)).toEqual([])
  })

  test('is forgotten after a day, and then is too old to be served', async () => {
    let now = new Date()
    const moved = await startStand({ dataDir, now: () => now })
    try {
      const signed = signCades(requestDocument({ iin: nextCitizen(), createdAt: now }), key).toString('base64')
      const first = replyOf(await sendSoap(moved, soapMessage(signed)))
      now = new Date(now.getTime() + 23 * 3_600_000)
      expect(replyOf(await sendSoap(moved, soapMessage(signed)))).toEqual(first)
      now = new Date(now.getTime() + 2 * 3_600_000)
      const late = verifyReply(replyOf(await sendSoap(moved, soapMessage(signed))), moved)
      expect(elementText(late, 'reason')).toBe('failed')
    } finally {
      await moved.close()
    }
  })
})

describe('afterwards', () => {
  test('an issued password is in no file of the stand', async () => {
    const { password } = await issue(nextCitizen())
    expect(filesHolding(dataDir, password)).toEqual([])
  })

  test.skipIf(xmllintMissing)('every reply of these tests is valid against registration-v1.xsd', () => {
    expect(replies.length).toBeGreaterThan(100)
    const verdicts = xmllintAccepts({ documents: replies, schema })
    const refused = replies.find((_, index) => !verdicts[index])
    expect(refused && xmllintComplaint(refused, schema)).toBeUndefined()
    expect(
      xmllintAccepts({ documents: [requestDocument({ iin: '000001500018', operation: checkOperation })], schema }),
    ).toEqual([true])
  })
})

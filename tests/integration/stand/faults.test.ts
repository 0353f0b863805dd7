import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StandFault } from '../../../src/shared/domain/training.ts'
import { listPeople, type Stand, startStand, writeStandFault } from '../../../src/stand/start-stand.ts'
import { createOneTimeKey } from '../../support/stand-one-time-key.ts'
import {
  elementText,
  type HttpAnswer,
  openKeyFile,
  openssl,
  replyOf,
  requestDocument,
  type SigningKey,
  sendSoap,
  signCades,
  soapMessage,
  verifyReply,
} from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = join(temp.path, 'stand')

let stand: Stand
let key: SigningKey
beforeAll(async () => {
  stand = await startStand({ dataDir, slowMs: 300 })
  key = openKeyFile(stand.workstationKeyFile, temp.path)
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

const outcomeOf = async (iin: string): Promise<string | undefined> =>
  (await listPeople({ dataDir })).find((person) => person.iin === iin)?.expect.outcome

interface Try {
  readonly iin: string
  readonly requestId: string
  readonly nonce: string
  readonly signed: Buffer
  readonly answer: HttpAnswer | Error
}

/** Asks a running stand for an account while it is told to do something wrong. */
async function tryUnder(fault: StandFault, timeoutMs?: number): Promise<Try> {
  const iin = (await listPeople({ dataDir })).find(({ expect: { outcome } }) => outcome === 'issued')?.iin ?? ''
  const [requestId, nonce] = [randomUUID(), randomBytes(32).toString('base64')]
  const { publicKeyBase64 } = await createOneTimeKey()
  const operation = `<registerUser><sealTo>${publicKeyBase64}</sealTo></registerUser>`
  const signed = signCades(requestDocument({ requestId, nonce, iin, operation }), key)
  await writeStandFault({ dataDir, fault })
  try {
    const sending = sendSoap(stand, soapMessage(signed.toString('base64')), timeoutMs)
    return { iin, requestId, nonce, signed, answer: await sending.catch((error: Error) => error) }
  } finally {
    await writeStandFault({ dataDir, fault: undefined })
  }
}

const send = async (signed: Buffer): Promise<Buffer> =>
  replyOf(await sendSoap(stand, soapMessage(signed.toString('base64'))))

function answered(tried: Try): HttpAnswer {
  if (tried.answer instanceof Error) throw tried.answer
  return tried.answer
}

describe('a reply that is validly signed and wrong in one thing; the account is made', () => {
  test.each([
    ['wrong-iin', 'iin'],
    ['wrong-nonce', 'nonce'],
    ['wrong-request-id', 'requestId'],
  ] as const)('%s', async (fault, name) => {
    const tried = await tryUnder(fault)
    const reply = verifyReply(replyOf(answered(tried)), stand)
    const binding = { iin: tried.iin, nonce: tried.nonce, requestId: tried.requestId }
    const given = {
      iin: elementText(reply, 'iin'),
      nonce: elementText(reply, 'nonce'),
      requestId: elementText(reply, 'requestId'),
    }
    expect(given[name]).toHaveLength(binding[name].length)
    expect(given).toEqual({ ...binding, [name]: given[name] })
    expect(given[name]).not.toBe(binding[name])
    expect(await outcomeOf(tried.iin)).toBe('registered')
  })

  test('stale-reply', async () => {
    const tried = await tryUnder('stale-reply')
    const reply = verifyReply(replyOf(answered(tried)), stand)
    const age = Date.now() - Date.parse(elementText(reply, 'repliedAt') ?? '')
    expect(age).toBeGreaterThanOrEqual(20 * 60_000)
    expect(await outcomeOf(tried.iin)).toBe('registered')
  })

  test('other-signer: another valid certificate of the same authority', async () => {
    const reply = replyOf(answered(await tryUnder('other-signer')))
    expect(() => verifyReply(reply, stand)).toThrow('signed by somebody else')
    const trust = ['-CAfile', join(stand.trustDir, 'root.pem'), '-purpose', 'any']
    expect(() => openssl(['cms', '-verify', '-cades', '-binary', '-inform', 'DER', ...trust], reply)).not.toThrow()
  })

  test('altered-byte: OpenSSL refuses it, and the stored reply to a repeat is right', async () => {
    const tried = await tryUnder('altered-byte')
    const altered = replyOf(answered(tried))
    expect(() => verifyReply(altered, stand)).toThrow(/digest|verification/i)
    const right = await send(tried.signed)
    expect(verifyReply(right, stand)).toContain('<action>created</action>')
    expect(right.length).toBe(altered.length)
    expect(right.filter((byte, position) => byte !== altered[position])).toHaveLength(1)
  })
})

describe('an error before the portal; nothing is changed', () => {
  test('fault', async () => {
    const tried = await tryUnder('fault')
    expect(answered(tried).status).toBe(500)
    expect(elementText(answered(tried).body.toString(), 'faultcode')).toBe('soap:Server')
    expect(await outcomeOf(tried.iin)).toBe('issued')
  })

  test('gateway-error', async () => {
    const tried = await tryUnder('gateway-error')
    expect(answered(tried).status).toBe(200)
    expect(elementText(answered(tried).body.toString(), 'code')).toBe('SCSE001')
    expect(await outcomeOf(tried.iin)).toBe('issued')
  })

  test('http-500', async () => {
    const tried = await tryUnder('http-500')
    expect(answered(tried).status).toBe(500)
    expect(answered(tried).body.toString()).not.toContain('<')
    expect(await outcomeOf(tried.iin)).toBe('issued')
  })

  test('portal-failure: a signed refusal, and the same request is served when the portal is well', async () => {
    const tried = await tryUnder('portal-failure')
    const reply = verifyReply(replyOf(answered(tried)), stand)
    expect(elementText(reply, 'reason')).toBe('failed')
    expect(elementText(reply, 'nonce')).toBe(tried.nonce)
    expect(await outcomeOf(tried.iin)).toBe('issued')
    expect(verifyReply(await send(tried.signed), stand)).toContain('<action>created</action>')
  })
})

describe('a reply lost on its way; the account is made, and a repeat finds its reply', () => {
  test('garbage', async () => {
    const tried = await tryUnder('garbage')
    expect(answered(tried).status).toBe(200)
    expect(() => replyOf(answered(tried))).toThrow()
    expect(await outcomeOf(tried.iin)).toBe('registered')
    expect(verifyReply(await send(tried.signed), stand)).toContain('<action>created</action>')
  })

  test('oversized', async () => {
    const tried = await tryUnder('oversized')
    expect(answered(tried).body.length).toBeGreaterThan(64 * 1024 * 1024)
    expect(await outcomeOf(tried.iin)).toBe('registered')
    expect(verifyReply(await send(tried.signed), stand)).toContain('<action>created</action>')
  })

  test('silence', async () => {
    const tried = await tryUnder('silence', 2000)
    expect(tried.answer).toMatchObject({ name: 'AbortError' })
    expect(verifyReply(await send(tried.signed), stand)).toContain('<action>created</action>')
    expect(await outcomeOf(tried.iin)).toBe('registered')
  })
})

describe('slow and silent stands', () => {
  test('slow answers right in the end', async () => {
    const tried = await tryUnder('slow')
    expect(verifyReply(replyOf(answered(tried)), stand)).toContain('<action>created</action>')
  })

  test('closing a stand ends the connections that it keeps silent or slow', async () => {
    for (const fault of ['silence', 'slow'] as const) {
      const other = await startStand({ dataDir, fault, slowMs: 3_600_000 })
      const signed = signCades(requestDocument({ iin: '000001500018' }), key).toString('base64')
      const ended = sendSoap(other, soapMessage(signed)).catch((error: Error) => error)
      await new Promise((resolve) => setTimeout(resolve, 200))
      await other.close()
      expect(await ended).toBeInstanceOf(Error)
    }
  })

  test('the option overrides the fault file', async () => {
    await writeStandFault({ dataDir, fault: 'garbage' })
    const other = await startStand({ dataDir, fault: 'gateway-error' })
    try {
      expect(elementText((await sendSoap(other, soapMessage('AAAA'))).body.toString(), 'code')).toBe('SCSE001')
    } finally {
      await other.close()
      await writeStandFault({ dataDir, fault: undefined })
    }
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRegistrationXmlCodec } from '../../../../../src/main/adapters/registration-xml/create-registration-xml-codec.ts'
import { parseXml } from '../../../../../src/main/adapters/xml/parse-xml.ts'
import type { RegistrationRequest } from '../../../../../src/shared/domain/registration.ts'
import { registrationRequests } from '../../../../support/registration-requests.ts'

const codec = createRegistrationXmlCodec()

const request: RegistrationRequest = {
  requestId: '6f1c1c52-3c35-4a55-9d4e-0f4b8a1d2c3e',
  nonce: Uint8Array.from({ length: 32 }, (_, index) => index),
  createdAt: new Date('2026-03-01T04:05:06.007Z'),
  workstation: 'TRAINING-01',
  operator: 'operator',
  iin: '000101500012',
  operation: { kind: 'CheckRegistration' },
}
const registerUser = {
  kind: 'RegisterUser',
  delivery: { profile: 'hpke', publicKey: new Uint8Array(32).fill(0xff) },
} as const

const encoded = (value: RegistrationRequest) => new TextDecoder().decode(codec.encodeRequest(value))

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<registrationRequest xmlns="urn:arm-tson:registration:v1">' +
  '<requestId>6f1c1c52-3c35-4a55-9d4e-0f4b8a1d2c3e</requestId>' +
  '<nonce>AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=</nonce><createdAt>2026-03-01T04:05:06.007Z</createdAt>' +
  '<workstation>TRAINING-01</workstation><operator>operator</operator><iin>000101500012</iin>'
const TAIL = '</registrationRequest>\n'

describe('a request is written byte for byte as the wire format says', () => {
  test('a check', () => {
    expect(encoded(request)).toBe(`${HEAD}<checkRegistration/>${TAIL}`)
  })

  test('an issue with a sealed password', () => {
    expect(encoded({ ...request, operation: registerUser })).toBe(
      `${HEAD}<registerUser><sealTo>//////////////////////////////////////////8=</sealTo></registerUser>${TAIL}`,
    )
  })

  test('a new password for an existing account, in the clear, with a reason that needs escaping', () => {
    const operation = {
      kind: 'RegisterUser',
      reissueReason: 'Утерян <пароль> & "всё"',
      delivery: { profile: 'plain' },
    } as const
    expect(encoded({ ...request, operation })).toBe(
      `${HEAD}<registerUser><reissueReason>Утерян &lt;пароль&gt; &amp; &quot;всё&quot;</reissueReason><plainPassword/></registerUser>${TAIL}`,
    )
  })
})

describe('a mobile number and its code', () => {
  const number = '+77011234567'

  test('are written byte for byte as the wire format says', () => {
    expect(encoded({ ...request, operation: { kind: 'ConnectMobile', number } })).toBe(
      `${HEAD}<connectMobile><number>+77011234567</number></connectMobile>${TAIL}`,
    )
    const of = '0b9e8d7c-6a5f-4e3d-8c2b-1a0f9e8d7c6b'
    expect(encoded({ ...request, operation: { kind: 'ConfirmMobile', of, number, code: '000042' } })).toBe(
      `${HEAD}<confirmMobile><of>${of}</of><number>+77011234567</number><code>000042</code></confirmMobile>${TAIL}`,
    )
  })

  test('of another form are not written, and the error does not repeat them', () => {
    expect(() => encoded({ ...request, operation: { kind: 'ConnectMobile', number: '87011234567' } })).toThrow(
      /^registrationRequest: number is outside the schema$/,
    )
    const wrong = { kind: 'ConfirmMobile', of: request.requestId, number, code: '4242' } as const
    expect(() => encoded({ ...request, operation: wrong })).toThrow(/^registrationRequest: code is outside the schema$/)
  })
})

test('whatever the operator writes comes back out of the document unchanged', () => {
  fc.assert(
    fc.property(registrationRequests, (value) => {
      const bytes = codec.encodeRequest(value)
      const limits = { bytes: 1e5, depth: 4, elements: 12, attributesPerElement: 1, text: 1e5 }
      const reading = parseXml({ bytes, limits })
      if (!reading.ok) throw new Error(reading.refusal)
      const texts = new Map<string, string>()
      const collect = (node: (typeof reading.document.root.children)[number]): void => {
        if (node.kind !== 'element') return
        const [child] = node.children
        if (child?.kind === 'text') texts.set(node.local, child.value)
        node.children.forEach(collect)
      }
      collect(reading.document.root)
      expect(texts.get('operator')).toBe(value.operator)
      expect(texts.get('workstation')).toBe(value.workstation)
      expect(texts.get('reissueReason')).toBe(
        value.operation.kind === 'RegisterUser' ? value.operation.reissueReason : undefined,
      )
    }),
  )
})

describe('a value outside the schema is a bug of the caller', () => {
  const reissue = (reissueReason: string): Partial<RegistrationRequest> => ({
    operation: { ...registerUser, reissueReason },
  })

  test.each<[string, Partial<RegistrationRequest>]>([
    ['requestId', { requestId: '6F1C1C52-3C35-4A55-9D4E-0F4B8A1D2C3E' }],
    ['nonce', { nonce: new Uint8Array(31) }],
    ['nonce', { nonce: new Uint8Array(33) }],
    ['createdAt', { createdAt: new Date('+010000-01-01T00:00:00.000Z') }],
    ['workstation', { workstation: '' }],
    ['workstation', { workstation: 'A'.repeat(65) }],
    ['operator', { operator: 'two words' }],
    ['operator', { operator: 'a\u0000' }],
    ['operator', { operator: '<operator>' }],
    ['iin', { iin: '00010150001' }],
    ['iin', { iin: '000101500012\n' }],
    ['reissueReason', reissue('ab')],
    ['reissueReason', reissue('😀'.repeat(2))],
    ['reissueReason', reissue('😀'.repeat(501))],
    ['sealTo', { operation: { ...registerUser, delivery: { profile: 'hpke', publicKey: new Uint8Array(16) } } }],
  ])('%s: %j', (element, change) => {
    expect(() => codec.encodeRequest({ ...request, ...change })).toThrow(new RegExp(`registrationRequest: ${element} `))
  })

  test('the bounds themselves are inside, counted in characters', () => {
    for (const reissueReason of ['abc', '😀'.repeat(500)]) {
      expect(() => codec.encodeRequest({ ...request, ...reissue(reissueReason) })).not.toThrow()
    }
    expect(() => codec.encodeRequest({ ...request, operator: '𝐀'.repeat(64) })).not.toThrow()
  })

  test.each(['причина\u0000', 'причина\u001b[2J', 'причина\uFFFE', 'причина\uD800'])(
    'a character that XML cannot carry, without being quoted: %j',
    (reissueReason) => {
      expect(() => codec.encodeRequest({ ...request, ...reissue(reissueReason) })).toThrow(RangeError)
      expect(() => codec.encodeRequest({ ...request, ...reissue(reissueReason) })).not.toThrow(/причина/)
    },
  )
})

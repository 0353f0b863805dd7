import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  readClaimedIdentity,
  readRegistrationRequest,
} from '../../../../src/stand/portal/registration-request-document.ts'
import { xmllintAccepts, xmllintMissing } from '../../../support/xmllint.ts'

const schema = fileURLToPath(new URL('../../../../resources/xsd/registration-v1.xsd', import.meta.url))
const key32 = Buffer.alloc(32, 7).toString('base64')
const fields = {
  requestId: '<requestId>0f8fad5b-d9cb-469f-a165-70867728950e</requestId>',
  nonce: `<nonce>${Buffer.alloc(32, 1).toString('base64')}</nonce>`,
  createdAt: '<createdAt>2026-03-01T04:05:06.007Z</createdAt>',
  workstation: '<workstation>ЦОН-01_a.b@c</workstation>',
  operator: '<operator>operator</operator>',
  iin: '<iin>000101500012</iin>',
  operation: '<checkRegistration/>',
}
const document = (changes: Partial<typeof fields> = {}, namespace = 'urn:arm-tson:registration:v1'): string =>
  `<registrationRequest xmlns="${namespace}">${Object.values({ ...fields, ...changes }).join('')}</registrationRequest>`
const read = (text: string) => readRegistrationRequest(Buffer.from(text))

const mobile = '<number>+77011234567</number>'
const of = '<of>0f8fad5b-d9cb-469f-a165-70867728950e</of>'

const VALID = [
  document({ operation: `<connectMobile>${mobile}</connectMobile>` }),
  document({ operation: `<confirmMobile>${of}${mobile}<code>012345</code></confirmMobile>` }),
  document(),
  `<?xml version="1.0" encoding="UTF-8"?>\n${document()}`,
  document({ operation: `<registerUser><sealTo>${key32}</sealTo></registerUser>` }),
  document({ operation: '<registerUser><plainPassword/></registerUser>' }),
  document({ operation: `<registerUser><reissueReason>Утр</reissueReason><sealTo>${key32}</sealTo></registerUser>` }),
  document({
    operation: `<registerUser><reissueReason>${'😀'.repeat(500)}</reissueReason><plainPassword/></registerUser>`,
  }),
  document()
    .replaceAll('<', '\n  <')
    .replaceAll('\n  </', '</')
    .replace('</registrationRequest>', '\n</registrationRequest>'),
  document()
    .replaceAll(/<(\/?)([a-zA-Z])/g, '<$1r:$2')
    .replace('xmlns=', 'xmlns:r='),
]

const INVALID: readonly (readonly [string, string])[] = [
  ['another namespace', document({}, 'urn:arm-tson:registration:v2')],
  ['another root', document().replaceAll('registrationRequest', 'registrationReply')],
  ['an upper-case id', document({ requestId: fields.requestId.replace('0f8fad5b', '0F8FAD5B') })],
  ['an id with spaces', document({ requestId: fields.requestId.replace('>0f', '> 0f') })],
  ['a nonce of 31 bytes', document({ nonce: `<nonce>${Buffer.alloc(31).toString('base64')}</nonce>` })],
  ['a time with an offset', document({ createdAt: '<createdAt>2026-03-01T04:05:06.007+05:00</createdAt>' })],
  ['a time without milliseconds', document({ createdAt: '<createdAt>2026-03-01T04:05:06Z</createdAt>' })],
  ['a date that does not exist', document({ createdAt: '<createdAt>2026-02-31T04:05:06.007Z</createdAt>' })],
  ['a workstation with a space', document({ workstation: '<workstation>a b</workstation>' })],
  ['a workstation of 65 characters', document({ workstation: `<workstation>${'a'.repeat(65)}</workstation>` })],
  ['an empty operator', document({ operator: '<operator/>' })],
  ['an ИИН of 11 digits', document({ iin: '<iin>00010150001</iin>' })],
  ['an ИИН in Arabic digits', document({ iin: '<iin>٠٠٠١٠١٥٠٠٠١٢</iin>' })],
  ['no operation', document({ operation: '' })],
  ['two operations', document({ operation: '<checkRegistration/><checkRegistration/>' })],
  ['an unknown operation', document({ operation: '<removeUser/>' })],
  ['a member twice', document({ iin: fields.iin + fields.iin })],
  ['members out of order', document({ iin: fields.operator, operator: fields.iin })],
  ['an unknown member', document({ operator: `${fields.operator}<more/>` })],
  ['an attribute', document().replace('<iin>', '<iin checked="yes">')],
  ['no delivery', document({ operation: '<registerUser/>' })],
  ['two deliveries', document({ operation: `<registerUser><sealTo>${key32}</sealTo><plainPassword/></registerUser>` })],
  [
    'a reason of 2 characters',
    document({ operation: '<registerUser><reissueReason>aa</reissueReason><plainPassword/></registerUser>' }),
  ],
  [
    'a reason of 501 characters',
    document({
      operation: `<registerUser><reissueReason>${'a'.repeat(501)}</reissueReason><plainPassword/></registerUser>`,
    }),
  ],
  [
    'a reason after the delivery',
    document({ operation: '<registerUser><plainPassword/><reissueReason>aaa</reissueReason></registerUser>' }),
  ],
  [
    'a number of another country',
    document({ operation: '<connectMobile><number>+78011234567</number></connectMobile>' }),
  ],
  ['a code without its number', document({ operation: `<confirmMobile>${of}<code>012345</code></confirmMobile>` })],
  ['a code of 5 digits', document({ operation: `<confirmMobile>${of}${mobile}<code>01234</code></confirmMobile>` })],
  ['text between members', document({ operator: `${fields.operator}x` })],
]

describe('registrationRequest', () => {
  test('is read with its ИИН as text, its nonce as written and its bytes', () => {
    const operation = `<registerUser><reissueReason>a &lt; b</reissueReason><sealTo>${key32}</sealTo></registerUser>`
    expect(read(document({ operation }))).toEqual({
      requestId: '0f8fad5b-d9cb-469f-a165-70867728950e',
      nonce: Buffer.alloc(32, 1),
      nonceBase64: Buffer.alloc(32, 1).toString('base64'),
      createdAt: new Date('2026-03-01T04:05:06.007Z'),
      workstation: 'ЦОН-01_a.b@c',
      operator: 'operator',
      iin: '000101500012',
      operation: {
        kind: 'RegisterUser',
        reissueReason: 'a < b',
        delivery: { profile: 'hpke', publicKey: Buffer.alloc(32, 7) },
      },
    })
  })

  test.each(VALID.map((text, position) => [position, text] as const))('valid form %i is read', (_, text) => {
    expect(read(text)).toBeDefined()
  })

  test.each(INVALID)('%s is refused', (_, text) => {
    expect(read(text)).toBeUndefined()
  })

  test('larger than 16 KiB is refused', () => {
    expect(read(`${document()}${' '.repeat(16 * 1024)}`)).toBeUndefined()
  })

  test.skipIf(xmllintMissing)('the schema agrees with each of these', () => {
    expect(xmllintAccepts({ documents: VALID, schema })).toEqual(VALID.map(() => true))
    const refused = INVALID.filter(([title]) => title !== 'an attribute').map(([, text]) => text)
    expect(xmllintAccepts({ documents: refused, schema })).toEqual(refused.map(() => false))
  })
})

describe('the identity that an invalid document claims', () => {
  const identity = {
    requestId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    nonceBase64: Buffer.alloc(32, 1).toString('base64'),
    iin: '000101500012',
  }

  test('is read as far as it can be trusted to be well-formed', () => {
    expect(readClaimedIdentity(Buffer.from(document({ operation: '<removeUser/>', operator: '' })))).toEqual(identity)
  })

  test.each([
    ['no id', document({ requestId: '' })],
    ['markup in the id', document({ requestId: '<requestId><b/></requestId>' })],
    ['a nonce of another length', document({ nonce: '<nonce>AAAA</nonce>' })],
    ['no ИИН', document({ iin: '<iin/>' })],
    ['no XML', 'hello'],
  ])('is nobody’s with %s', (_, text) => {
    expect(readClaimedIdentity(Buffer.from(text))).toBeUndefined()
  })
})

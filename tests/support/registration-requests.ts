import fc from 'fast-check'
import type { RegistrationRequest } from '../../src/shared/domain/registration.ts'

/** Letters of several scripts and the marks that an identifier may hold. Han letters are none to libxml2, so not here. */
const identifier = fc
  .array(fc.constantFrom(...'AZaz09Ӣңғәӯ٣ß𝐀._@-'), { minLength: 1, maxLength: 64 })
  .map((characters) => characters.join(''))

const hostileText = fc.constantFrom(
  '<',
  '>',
  '&',
  '"',
  "'",
  ']]>',
  '<![CDATA[',
  '<!--',
  '&#0;',
  '\r\n',
  '\t',
  '\\',
  '😀',
  'ә',
)
const anyCharacter = fc
  .integer({ min: 0x20, max: 0x10ffff })
  .filter((code) => code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff))
  .map((code) => String.fromCodePoint(code))
const reason = fc
  .array(fc.oneof(hostileText, anyCharacter), { minLength: 3, maxLength: 80 })
  .map((parts) => parts.join(''))

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })

/** Every request that the domain allows, hostile strings preferred. */
export const registrationRequests: fc.Arbitrary<RegistrationRequest> = fc.record({
  requestId: fc.uuid(),
  nonce: bytes32,
  createdAt: fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
  workstation: identifier,
  operator: identifier,
  iin: fc.stringMatching(/^[0-9]{12}$/),
  operation: fc.oneof(
    fc.constant({ kind: 'CheckRegistration' as const }),
    fc.record({ kind: fc.constant('RequestStatus' as const), of: fc.uuid() }),
    fc.record({ kind: fc.constant('ConnectMobile' as const), number: fc.stringMatching(/^\+77[0-9]{9}$/) }),
    fc.record({
      kind: fc.constant('ConfirmMobile' as const),
      of: fc.uuid(),
      number: fc.stringMatching(/^\+77[0-9]{9}$/),
      code: fc.stringMatching(/^[0-9]{6}$/),
    }),
    fc.record(
      {
        kind: fc.constant('RegisterUser' as const),
        reissueReason: reason,
        delivery: fc.oneof(
          fc.record({ profile: fc.constant('hpke' as const), publicKey: bytes32 }),
          fc.constant({ profile: 'plain' as const }),
        ),
      },
      { requiredKeys: ['kind', 'delivery'] },
    ),
  ),
})

import { expect, test } from 'vitest'
import { enumerated, integerOctets, smallInteger } from '../../../../../src/main/adapters/asn1/asn1-node.ts'
import { MalformedAsn1, readDer } from '../../../../../src/main/adapters/asn1/read-asn1.ts'

const node = (...octets: readonly number[]) => readDer(Uint8Array.from(octets))

test('An ENUMERATED does not pass where an INTEGER is required, nor the other way round.', () => {
  expect(smallInteger(node(0x02, 0x01, 0x05))).toBe(5)
  expect(() => smallInteger(node(0x0a, 0x01, 0x05))).toThrow(MalformedAsn1)
  expect(() => integerOctets(node(0x0a, 0x01, 0x05))).toThrow(MalformedAsn1)
  expect(enumerated(node(0x0a, 0x01, 0x05))).toBe(5)
  expect(() => enumerated(node(0x02, 0x01, 0x05))).toThrow(MalformedAsn1)
})

test.each([
  ['negative', [0x0a, 0x01, 0xff]],
  ['of two octets', [0x0a, 0x02, 0x01, 0x00]],
  ['empty', [0x0a, 0x00]],
])('An ENUMERATED that is %s is refused.', (_, octets) => {
  expect(() => enumerated(node(...octets))).toThrow(MalformedAsn1)
})

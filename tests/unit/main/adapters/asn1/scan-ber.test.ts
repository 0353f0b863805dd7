import { describe, expect, test } from 'vitest'
import { scanBer } from '../../../../../src/main/adapters/asn1/scan-ber.ts'
import * as der from '../../../../support/pki-der.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const scan = (text: string, encoding: 'ber' | 'der') => scanBer(hex(text), { encoding })

describe('one well-formed element', () => {
  test.each([
    '0500',
    '3000',
    '30 03 02 01 05',
    '30 06 30 00 31 02 05 00',
    'a0 02 05 00',
    '04 81 80'.concat('00'.repeat(128)),
  ])('%s is DER', (text) => {
    expect(scan(text, 'der')).toBeUndefined()
  })

  test.each([
    ['an indefinite length', '30 80 05 00 00 00'],
    ['indefinite lengths in one another', '30 80 30 80 00 00 a0 80 05 00 00 00 00 00'],
    ['a definite element around an indefinite one', '30 04 30 80 00 00'],
    ['a length longer than need be', '30 81 02 05 00'],
    ['a string in pieces', '24 05 04 01 61 04 00'],
  ])('%s is BER, and no DER', (_name, text) => {
    expect(scan(text, 'ber')).toBeUndefined()
    expect(scan(text, 'der')).toEqual(expect.any(String))
  })
})

test.each([
  ['nothing', ''],
  ['a tag alone', '30'],
  ['content missing', '04 02 61'],
  ['bytes after the end', '05 00 00'],
  ['a child longer than its parent', '30 02 04 10'],
  ['a child of an indefinite element longer than what is around', '30 04 30 80 04 10'],
  ['no end of contents', '30 80 05 00'],
  ['half an end of contents', '30 80 00'],
  ['an end of contents with nothing open', '00 00'],
  ['an end of contents in a definite element', '30 02 00 00'],
  ['an indefinite primitive', '04 80 00 00'],
  ['a primitive sequence', '10 00'],
  ['an empty element with a long length', '04 81 00'],
  ['a length of five octets', '04 85 00 00 00 00 00'],
  ['a reserved length', '04 ff'],
  ['a tag number in several octets', '1f 81 01 00'],
])('%s is refused in either encoding', (_name, text) => {
  expect(scan(text, 'ber')).toEqual(expect.any(String))
  expect(scan(text, 'der')).toEqual(expect.any(String))
})

describe('limits', () => {
  const nested = (depth: number) => {
    let element = der.nothing()
    for (let i = 0; i < depth; i++) element = der.sequence(element)
    return element
  }

  test('as many levels as allowed and not one more', () => {
    expect(scanBer(nested(64), { encoding: 'der' })).toBeUndefined()
    expect(scanBer(nested(65), { encoding: 'der' })).toMatch(/nested/)
    expect(scanBer(nested(5), { encoding: 'der', maxDepth: 4 })).toMatch(/nested/)
  })

  test('as many elements as allowed and not one more', () => {
    const list = (count: number) => der.sequence(Buffer.alloc(2 * count, Buffer.from([5, 0])))
    expect(scanBer(list(9_999), { encoding: 'der' })).toBeUndefined()
    expect(scanBer(list(10_000), { encoding: 'der' })).toMatch(/elements/)
    expect(scanBer(list(3), { encoding: 'der', maxElements: 3 })).toMatch(/elements/)
  })
})

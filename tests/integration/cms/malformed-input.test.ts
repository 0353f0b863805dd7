import { describe, expect, test } from 'vitest'
import { createPathVerifier } from '../../support/path-verifier.ts'
import { createTestPki, moments } from '../../support/pki-certificate.ts'
import { signMessage } from '../../support/pki-cms.ts'
import * as der from '../../support/pki-der.ts'

const { root, authority, signer } = createTestPki()
const verifier = createPathVerifier({ anchors: [root.der], intermediates: [authority.der] })
const content = Buffer.from('content')
const message = signMessage({ signer, content, certificates: [signer, authority] })

const judge = (bytes: Uint8Array) => verifier.verify(Buffer.from(bytes).toString('base64'), moments.now)

/** `depth` elements around one another, definite lengths. */
const nested = (depth: number) => {
  let element = der.nothing()
  for (let i = 0; i < depth; i++) element = der.sequence(element)
  return element
}

describe('input that is no message is refused with a code, never with an exception', () => {
  test('a message cut at any byte', async () => {
    for (let length = 0; length < message.length; length++) {
      expect(await judge(message.subarray(0, length))).toMatchObject({ subIndication: 'FORMAT_FAILURE' })
    }
  })

  test.each([
    ['one zero byte', Buffer.alloc(1)],
    ['a thousand zero bytes', Buffer.alloc(1000)],
    ['10 MB of zeros', Buffer.alloc(10_000_000)],
    ['10 MB of 0xff', Buffer.alloc(10_000_000, 0xff)],
    ['sequences 10,000 deep', nested(10_000)],
    ['indefinite sequences 10,000 deep', Buffer.alloc(20_000, Buffer.from([0x30, 0x80]))],
    ['indefinite octet strings 10,000 deep', Buffer.alloc(20_000, Buffer.from([0x24, 0x80]))],
    ['half a million empty elements', der.sequence(Buffer.alloc(1_000_000, Buffer.from([0x05, 0x00])))],
    ['a length of 4 GB', Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff])],
    ['a length of 2^64', Buffer.from([0x30, 0x88, 1, 0, 0, 0, 0, 0, 0, 0])],
    ['a negative length', Buffer.from([0x30, 0xff])],
    ['a tag number without end', Buffer.alloc(1000, 0xbf)],
    ['a child longer than its parent', Buffer.from([0x30, 0x04, 0x04, 0x10, 0x00, 0x00])],
    ['an end-of-contents in a definite element', Buffer.from([0x30, 0x02, 0x00, 0x00])],
    ['an indefinite primitive', Buffer.from([0x04, 0x80, 0x00, 0x00])],
    ['a text', Buffer.from('<soap:Envelope/>')],
  ])('%s', async (_name, bytes) => {
    expect(await judge(bytes)).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
  })

  test.each([
    ['10 MB of line breaks', '\n'.repeat(10_000_000)],
    ['10 MB of letters', 'A'.repeat(10_000_000)],
    ['a lone surrogate', '\ud800'],
  ])('%s as text', async (_name, text) => {
    expect(await verifier.verify(text, moments.now)).toMatchObject({ subIndication: 'FORMAT_FAILURE' })
  })

  test('a certificate nested 10,000 deep inside a message', async () => {
    const deep = { ...authority, der: der.sequence(nested(10_000)) }
    const made = signMessage({ signer, content, certificates: [signer, deep] })
    expect(await judge(made)).toMatchObject({ subIndication: 'FORMAT_FAILURE' })
  })
})

test('content that looks like ASN.1 10,000 deep is content and nothing else', async () => {
  const deep = nested(10_000)
  const verdict = await judge(signMessage({ signer, content: deep, certificates: [signer, authority] }))
  expect(verdict.indication === 'TOTAL-PASSED' && Buffer.from(verdict.content).equals(deep)).toBe(true)
})

import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCertificates } from '../../../../../src/main/adapters/cms/read-certificates.ts'
import { parseCertificate } from '../../../../../src/main/adapters/x509/certificate.ts'
import { createTestPki, extension, issueCertificate, moments, nameOf } from '../../../../support/pki-certificate.ts'
import * as der from '../../../../support/pki-der.ts'
import { rsaKeys } from '../../../../support/pki-keys.ts'

const { authority, signer } = createTestPki()
const keys = rsaKeys('shared')
const withExtension = (...extensions: readonly Buffer[]) =>
  parseCertificate(issueCertificate({ subject: 'X', keys, extensions }).der)

test('the facts are those that Node reads', () => {
  const facts = parseCertificate(signer.der)
  const judge = new X509Certificate(signer.der)
  expect(facts).toMatchObject({ version: 3, notBefore: moments.earlier, notAfter: moments.later })
  expect(facts?.sha256).toBe(judge.fingerprint256.replaceAll(':', '').toLowerCase())
  expect(Buffer.from(facts?.serialNumber ?? []).toString('hex')).toBe(judge.serialNumber.toLowerCase())
  expect(Buffer.from(facts?.publicKeyInfo ?? [])).toEqual(judge.publicKey.export({ format: 'der', type: 'spki' }))
  expect(parseCertificate(authority.der)?.extensions.basicConstraints).toEqual({ ca: true, pathLength: 0 })
})

test.each([
  ['escaped characters', nameOf(['2.5.4.3', der.utf8('ТОО "А", Б+В;<г>\\')]), 'CN=ТОО \\"А\\"\\, Б\\+В\\;\\<г\\>\\\\'],
  [
    'spaces at the ends and a hash',
    nameOf(['2.5.4.3', der.utf8(' a ')], ['2.5.4.10', der.utf8('#b')]),
    'O=\\#b,CN=\\ a\\ ',
  ],
  ['a line break', nameOf(['2.5.4.3', der.utf8('a\nb')]), 'CN=a\\0ab'],
  ['an unknown type', nameOf(['1.2.3.4', der.utf8('x')]), '1.2.3.4=x'],
  ['a value that is no text', nameOf(['2.5.4.3', der.bits(Buffer.from([5]))]), 'CN=#03020005'],
  ['UTF-16', nameOf(['2.5.4.3', der.tlv(0x1e, Buffer.from('Қазақ', 'utf16le').swap16())]), 'CN=Қазақ'],
  [
    'two attributes in one',
    der.sequence(
      der.setOf(der.sequence(der.oid('2.5.4.3'), der.utf8('a')), der.sequence(der.oid('2.5.4.5'), der.printable('1'))),
    ),
    'CN=a+serialNumber=1',
  ],
])('a name with %s is written by RFC 4514', (_what, subject, expected) => {
  expect(parseCertificate(issueCertificate({ subject, keys }).der)?.subject.text).toBe(expected)
})

describe('what is no certificate in DER', () => {
  test('one cut at any byte', () => {
    for (let length = 0; length < signer.der.length; length++) {
      expect(parseCertificate(signer.der.subarray(0, length))).toBeUndefined()
    }
  })

  test('one altered in any byte causes no exception', () => {
    for (let position = 0; position < signer.der.length; position++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const altered = Buffer.from(signer.der)
        altered[position] = (altered[position] ?? 0) ^ change
        expect(() => parseCertificate(altered)).not.toThrow()
      }
    }
  })

  test.each([
    ['with an element more', der.sequence(...der.childrenOf(signer.der), der.nothing())],
    ['of indefinite length', der.indefinite(signer.der)],
    ['with a byte after it', Buffer.concat([signer.der, Buffer.from([0])])],
    [
      'with signature bits left over',
      der.sequence(...der.childrenOf(signer.der).slice(0, 2), der.bits(Buffer.alloc(256), 3)),
    ],
  ])('one %s', (_what, bytes) => {
    expect(parseCertificate(bytes)).toBeUndefined()
  })

  test.each([
    [
      'basic constraints with more in them',
      extension.raw('2.5.29.19', der.sequence(der.boolean(true), der.integer(1), der.nothing())),
    ],
    [
      'a negative path length',
      extension.raw('2.5.29.19', der.sequence(der.boolean(true), der.tlv(2, Buffer.from([0xff])))),
    ],
    ['a truth that is neither', extension.raw('2.5.29.19', der.sequence(der.tlv(1, Buffer.from([0x01]))))],
    [
      'bytes after the value of an extension',
      extension.raw('2.5.29.15', Buffer.concat([der.bits(Buffer.from([0xc0]), 6), Buffer.from([0])])),
    ],
    ['bits outside the used ones', extension.raw('2.5.29.15', der.bits(Buffer.from([0xff]), 6))],
    ['no purposes', extension.raw('2.5.29.37', der.sequence())],
    [
      'a subtree with bounds',
      extension.raw(
        '2.5.29.30',
        der.sequence(
          der.explicit(0, der.sequence(der.implicit(2, Buffer.from('x')), der.implicit(0, Buffer.from([1])))),
        ),
      ),
    ],
    ['a policy twice', extension.policies('1.2.3', '1.2.3')],
    ['an empty object identifier', extension.raw('2.5.29.37', der.sequence(der.tlv(6)))],
    [
      'an object identifier that does not end',
      extension.raw('2.5.29.37', der.sequence(der.tlv(6, Buffer.from([0x2a, 0x83])))),
    ],
    [
      'an object identifier padded',
      extension.raw('2.5.29.37', der.sequence(der.tlv(6, Buffer.from([0x2a, 0x80, 0x03])))),
    ],
    ['an alternative name of no kind', extension.subjectAltNames(der.utf8('x'))],
  ])('%s', (_what, item) => {
    expect(withExtension(item)).toBeUndefined()
  })

  test.each([
    ['a key with an element more', 6, (key: Buffer) => der.sequence(...der.childrenOf(key), der.nothing())],
    ['a key whose algorithm is none', 6, (key: Buffer) => der.sequence(der.nothing(), ...der.childrenOf(key).slice(1))],
    ['a name of a number', 5, () => der.sequence(der.setOf(der.sequence(der.oid('2.5.4.3'), der.integer(1))))],
  ])('one with %s', (_what, place, change) => {
    const [tbs = Buffer.alloc(0), ...rest] = der.childrenOf(signer.der)
    const fields = der.childrenOf(tbs).map((field, i) => (i === place ? change(field) : field))
    expect(parseCertificate(der.sequence(der.sequence(...fields), ...rest))).toBeUndefined()
  })

  test.each([
    ['a fraction of a second', der.tlv(0x18, Buffer.from('20260101000000.5Z'))],
    ['no seconds', der.tlv(0x17, Buffer.from('2601010000Z'))],
    ['an offset', der.tlv(0x17, Buffer.from('260101000000+0600'))],
    ['the thirtieth of February', der.tlv(0x17, Buffer.from('260230000000Z'))],
    ['hour 24', der.tlv(0x17, Buffer.from('260101240000Z'))],
    ['a text', der.utf8('20260101000000Z')],
  ])('a validity with %s', (_what, time) => {
    const [tbs = Buffer.alloc(0), ...rest] = der.childrenOf(signer.der)
    const fields = der
      .childrenOf(tbs)
      .map((field, i) => (i === 4 ? der.sequence(time, der.utcTime(moments.later)) : field))
    expect(parseCertificate(der.sequence(der.sequence(...fields), ...rest))).toBeUndefined()
  })
})

test('a non-critical extension that is unknown is passed over, a critical one is kept for judging', () => {
  expect(withExtension(extension.raw('1.2.3.4', der.nothing()))?.extensions.unknownCritical).toEqual([])
  expect(withExtension(extension.raw('1.2.3.4', der.nothing(), true))?.extensions.unknownCritical).toEqual(['1.2.3.4'])
})

const samples = path.resolve(import.meta.dirname, '../../../../../../shared/kz-testdata/certs')

describe.skipIf(!existsSync(samples))(
  "certificates of НУЦ's test authority (skipped where the samples are not at hand)",
  () => {
    test.each(existsSync(samples) ? readdirSync(samples) : [])('%s is read as Node reads it', (name) => {
      const [bytes = new Uint8Array()] = readCertificates(readFileSync(path.join(samples, name)))
      const facts = parseCertificate(bytes)
      const judge = new X509Certificate(bytes)
      expect(facts?.notAfter).toEqual(new Date(judge.validTo))
      expect(facts?.sha256).toBe(judge.fingerprint256.replaceAll(':', '').toLowerCase())
      expect(facts?.extensions.extendedKeyUsage).toEqual(judge.keyUsage)
      expect(facts?.extensions.unknownCritical).toEqual([])
    })
  },
)

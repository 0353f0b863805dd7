import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openPkcs12 } from '../../../../../src/main/adapters/keystore/open-pkcs12.ts'
import { createTestPki, type TestCertificate } from '../../../../support/pki-certificate.ts'
import { algorithm } from '../../../../support/pki-cms.ts'
import * as der from '../../../../support/pki-der.ts'
import { createOpensslFolder } from '../../../../support/pki-files.ts'

const { root, authority, signer } = createTestPki()
const folder = createOpensslFolder()
afterAll(() => folder.remove())

const exportPkcs12 = (options: readonly string[] = [], pin = 'Qwerty12', certificates = [signer, authority, root]) => {
  const from = [
    '-inkey',
    folder.keyFile('key.pem', signer),
    '-in',
    folder.certificateFile('certificates.pem', certificates),
  ]
  const file = folder.file('made.p12')
  folder.openssl('pkcs12', '-export', ...from, '-passout', `pass:${pin}`, '-out', file, ...options)
  return readFileSync(file)
}
const open = (file: Uint8Array, pin = 'Qwerty12') => openPkcs12({ file, pin: Buffer.from(pin) })
const privateKeyOf = ({ keys }: TestCertificate) => keys.privateKey.export({ format: 'der', type: 'pkcs8' })

describe('files that OpenSSL makes', () => {
  test.each([
    ['by default', []],
    ['with AES-128 and HMAC-SHA-1', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha1']],
    ['with AES-192', ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC']],
    ['with a MAC of SHA-512', ['-macalg', 'sha512']],
    ['with a MAC of SHA-384', ['-macalg', 'sha384']],
    ['with many iterations', ['-iter', '100000']],
    ['in the old manner: Triple-DES and RC2-40', ['-legacy']],
    ['with certificates in the clear', ['-certpbe', 'NONE']],
    ['with the key in the clear under the MAC', ['-keypbe', 'NONE']],
    ['without a friendly name and with one', ['-name', 'ключ АРМ']],
  ])('%s open', async (_how, options) => {
    const opened = await open(exportPkcs12(options))
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
    expect(Buffer.from(opened.value.certificate)).toEqual(signer.der)
    expect(opened.value.privateKeyPkcs8).toEqual(privateKeyOf(signer))
    expect(opened.value.chain.map((item) => Buffer.from(item).toString('hex')).sort()).toEqual(
      [authority.der.toString('hex'), root.der.toString('hex')].sort(),
    )
  })

  test('a PIN in Cyrillic and Kazakh letters opens', async () => {
    expect(await open(exportPkcs12([], 'құпия сөз'), 'құпия сөз')).toMatchObject({ ok: true })
  })

  test('the certificate is found by its key, wherever it stands', async () => {
    const opened = await open(exportPkcs12([], 'Qwerty12', [root, authority, signer]))
    expect(opened.ok && Buffer.from(opened.value.certificate).equals(signer.der)).toBe(true)
  })

  test.each(['', 'qwerty12', 'Qwerty1', 'Qwerty12 ', 'пароль'])(
    'the wrong PIN "%s" is told from a damaged file',
    async (pin) => {
      expect(await open(exportPkcs12(), pin)).toEqual({ ok: false, failure: { code: 'sign.wrong-pin' } })
    },
  )

  test('a PIN that is no UTF-8 is a wrong PIN', async () => {
    const result = await openPkcs12({ file: exportPkcs12(), pin: Buffer.from([0xff, 0xfe]) })
    expect(result).toEqual({ ok: false, failure: { code: 'sign.wrong-pin' } })
  })

  test('the PIN is left to the caller', async () => {
    const pin = Buffer.from('Qwerty12')
    await openPkcs12({ file: exportPkcs12(), pin })
    expect(pin.toString()).toBe('Qwerty12')
  })

  test('the file is left as it was', async () => {
    const file = exportPkcs12(['-keypbe', 'NONE'])
    const before = Buffer.from(file)
    await open(file)
    expect(file).toEqual(before)
  })
})

const unreadable = { ok: false, failure: { code: 'sign.key-unreadable' } }

describe('files that are not right', () => {
  test('no MAC', async () => {
    expect(await open(exportPkcs12(['-nomac']))).toMatchObject(unreadable)
  })

  test('no private key', async () => {
    expect(await open(exportPkcs12(['-nokeys']))).toMatchObject(unreadable)
  })

  test('no certificate of the key', async () => {
    const file = folder.file('key-only.p12')
    const from = ['-nocerts', '-inkey', folder.keyFile('key.pem', signer)]
    folder.openssl('pkcs12', '-export', ...from, '-passout', 'pass:Qwerty12', '-out', file)
    expect(await open(readFileSync(file))).toMatchObject(unreadable)
  })

  test('an iteration count beyond reason is refused before it is worked off', async () => {
    const mac = (iterations: number) =>
      der.sequence(
        der.sequence(algorithm('2.16.840.1.101.3.4.2.1'), der.octets(Buffer.alloc(32))),
        der.octets(Buffer.alloc(8)),
        der.integer(iterations),
      )
    const safe = der.sequence(der.oid('1.2.840.113549.1.7.1'), der.explicit(0, der.octets(der.sequence())))
    const file = (iterations: number) => der.sequence(der.integer(3), safe, mac(iterations))
    expect(await open(file(1000))).toMatchObject({ failure: { code: 'sign.wrong-pin' } })
    expect(await open(file(2_000_000_000))).toMatchObject(unreadable)
    expect(await open(file(0))).toMatchObject(unreadable)
  })

  test('cut at any byte', async () => {
    const file = exportPkcs12()
    for (let length = 0; length < file.length; length++) {
      expect(await open(file.subarray(0, length))).toMatchObject(unreadable)
    }
  })

  test('altered in any byte: never opened with another key or certificate, never an exception', async () => {
    const file = exportPkcs12(['-iter', '1'])
    for (let position = 0; position < file.length; position += 3) {
      const altered = Buffer.from(file)
      altered[position] = (altered[position] ?? 0) ^ 0x01
      const result = await open(altered)
      if (result.ok) expect(result.value.privateKeyPkcs8).toEqual(privateKeyOf(signer))
      else expect(['sign.wrong-pin', 'sign.key-unreadable']).toContain(result.failure.code)
    }
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('not a key file')],
    ['a certificate', signer.der],
    ['a bare private key', privateKeyOf(signer)],
    ['10 MB of zeros', Buffer.alloc(10_000_000)],
    ['sequences 100,000 deep', Buffer.alloc(200_000, Buffer.from([0x30, 0x80]))],
  ])('%s', async (_name, file) => {
    expect(await open(file)).toMatchObject(unreadable)
  })
})

const samples = path.resolve(import.meta.dirname, '../../../../../../shared/kz-testdata/p12')

describe.skipIf(!existsSync(samples))(
  "files of НУЦ's test authority (skipped where the samples are not at hand)",
  () => {
    const files = existsSync(samples) ? readdirSync(samples).filter((name) => name.endsWith('.p12')) : []

    test.each(files)('%s opens with its password, and with no other', async (name) => {
      const file = readFileSync(path.join(samples, name))
      const opened = await open(file)
      if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
      expect(new X509Certificate(opened.value.certificate).issuer).toMatch(/TEST/)
      expect(opened.value.privateKeyPkcs8[0]).toBe(0x30)
      expect(await open(file, 'Qwerty13')).toEqual({ ok: false, failure: { code: 'sign.wrong-pin' } })
    })

    test('the RSA key signs what its certificate verifies', async () => {
      const opened = await open(readFileSync(path.join(samples, 'rsa_individual_sign_expired.p12')))
      if (!opened.ok) throw new Error(opened.failure.code)
      const privateKey = createPrivateKey({ key: opened.value.privateKeyPkcs8, format: 'der', type: 'pkcs8' })
      const publicKey = new X509Certificate(opened.value.certificate).publicKey
      expect(createPublicKey(privateKey).equals(publicKey)).toBe(true)
      const data = Buffer.from('data')
      expect(verify('sha256', data, publicKey, sign('sha256', data, privateKey))).toBe(true)
    })
  },
)

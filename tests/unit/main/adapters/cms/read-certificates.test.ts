import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCertificates } from '../../../../../src/main/adapters/cms/read-certificates.ts'
import { createTestPki, toPem } from '../../../../support/pki-certificate.ts'

const { root, authority } = createTestPki()
const pem = toPem('CERTIFICATE', root.der)
const read = (file: string | Uint8Array) =>
  readCertificates(Buffer.from(file as Uint8Array)).map((der) => Buffer.from(der).toString('hex'))
const [rootHex, authorityHex] = [root.der.toString('hex'), authority.der.toString('hex')]

describe('a file of a trust folder', () => {
  test.each([
    ['DER', root.der, [rootHex]],
    ['PEM', pem, [rootHex]],
    ['PEM with CRLF', pem.replaceAll('\n', '\r\n'), [rootHex]],
    ['PEM after a byte order mark', `\ufeff${pem}`, [rootHex]],
    ['PEM with the printed certificate before it', `Certificate:\n    Data:\n${pem}`, [rootHex]],
    [
      'several PEM in one file',
      `${pem}# the issuing authority\n${toPem('CERTIFICATE', authority.der)}`,
      [rootHex, authorityHex],
    ],
    ['the old PEM label', toPem('X509 CERTIFICATE', root.der), [rootHex]],
    ['base64 in one line', root.der.toString('base64'), [rootHex]],
    ['base64 in lines, indented', root.der.toString('base64').replace(/(.{60})/g, '$1\n  '), [rootHex]],
    ['a broken PEM beside a good one', `${toPem('CERTIFICATE', Buffer.from('broken'))}${pem}`, [rootHex]],
    ['a private key', toPem('PRIVATE KEY', root.keys.privateKey.export({ format: 'der', type: 'pkcs8' })), []],
    ['a readme', 'These are the roots.\n', []],
    ['nothing', '', []],
    ['DER with a byte after it', Buffer.concat([root.der, Buffer.from([0])]), []],
    ['more than a megabyte', Buffer.alloc(1024 * 1024 + 1, 0x30), []],
    ['a megabyte of PEM headers', '-----BEGIN CERTIFICATE-----'.repeat(38_000), []],
  ])('%s', (_what, file, expected) => {
    expect(read(file)).toEqual(expected)
  })
})

const samples = path.resolve(import.meta.dirname, '../../../../../../shared/kz-testdata')

describe.skipIf(!existsSync(samples))(
  "certificates of НУЦ's test authority (skipped where the samples are not at hand)",
  () => {
    const files = existsSync(samples)
      ? ['ca', 'certs'].flatMap((folder) => readdirSync(path.join(samples, folder)).map((name) => `${folder}/${name}`))
      : []

    test.each(files.filter((name) => /\.(cer|crt)$/.test(name)))('%s holds one certificate', (name) => {
      expect(read(readFileSync(path.join(samples, name)))).toHaveLength(1)
    })
  },
)

import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { createPkcs12KeyStore } from '../../../src/main/adapters/keystore/create-pkcs12-key-store.ts'
import { createSigner } from '../../../src/main/adapters/signing/create-signer.ts'
import { cmsForm } from '../../../src/main/adapters/signing/signature-forms.ts'
import { createPathVerifier, judgeOwnByPath } from '../../support/path-verifier.ts'
import { createTestPki, extension, issueCertificate, moments, signerExtensions } from '../../support/pki-certificate.ts'
import { createOpensslFolder } from '../../support/pki-files.ts'
import { rsaKeys } from '../../support/pki-keys.ts'

const { root, authority } = createTestPki()
const keys = rsaKeys('portal')
const signer = issueCertificate({
  subject: 'ИС «Портал»',
  keys,
  issuer: authority,
  extensions: [...signerExtensions(), extension.subjectKeyIdentifier(keys)],
})
const content = Buffer.from('<?xml version="1.0"?>\n<reply>жауап — ответ</reply>\r\n', 'utf8')
/** OpenSSL signs and judges by the real clock, which the test's certificates must cover. */
const now = new Date()
const clockIsCovered = now > moments.earlier && now < moments.later

const folder = createOpensslFolder()
const rootFile = folder.certificateFile('root.pem', [root])
const chainFile = folder.certificateFile('chain.pem', [authority])
const signerFile = folder.certificateFile('signer.pem', [signer])
const keyFile = folder.keyFile('signer.key', signer)
const contentFile = folder.file('content', content)
afterAll(() => folder.remove())

const verifier = createPathVerifier({ anchors: [root.der], intermediates: [] })
const judge = (message: Uint8Array) => verifier.verify(Buffer.from(message).toString('base64'), now)

const opensslSigns = (options: readonly string[]) => {
  const who = ['-signer', signerFile, '-inkey', keyFile, '-certfile', chainFile]
  return folder.openssl('cms', '-sign', '-binary', '-outform', 'DER', '-in', contentFile, ...who, ...options)
}
const CADES = ['-nodetach', '-cades', '-md', 'sha256'] as const

/** @returns the content that OpenSSL vouches for, undefined where it refuses. */
const opensslVerifies = (message: Uint8Array): Buffer | undefined => {
  const input = folder.file('judged.der', message)
  const output = folder.file('judged.content')
  const how = ['-cades', '-binary', '-purpose', 'any', '-CAfile', rootFile]
  const accepted = folder.opensslAccepts('cms', '-verify', ...how, '-inform', 'DER', '-in', input, '-out', output)
  return accepted ? readFileSync(output) : undefined
}

describe.skipIf(!clockIsCovered)(
  'OpenSSL as the peer (skipped where the clock is outside the test certificates)',
  () => {
    test.each([
      ['plainly', CADES],
      ['streaming, with indefinite lengths', [...CADES, '-stream']],
      ['naming itself by key identifier', [...CADES, '-keyid']],
      ['without the capabilities attribute', [...CADES, '-nosmimecap']],
      ['with SHA-512', ['-nodetach', '-cades', '-md', 'sha512']],
    ])('what OpenSSL signs %s passes', async (_how, options) => {
      const verdict = await judge(opensslSigns(options))
      expect(verdict).toMatchObject({ indication: 'TOTAL-PASSED', signer: { subject: 'CN=ИС «Портал»,C=KZ' } })
      if (verdict.indication !== 'TOTAL-PASSED') return
      expect(Buffer.from(verdict.content)).toEqual(content)
      expect(Buffer.from(verdict.signer.der)).toEqual(signer.der)
      expect(Math.abs((verdict.signingTime?.getTime() ?? 0) - now.getTime())).toBeLessThan(60_000)
    })

    test.each([
      ['without signed attributes', ['-nodetach', '-md', 'sha256', '-noattr'], 'SIG_CONSTRAINTS_FAILURE'],
      ['without signing-certificate-v2', ['-nodetach', '-md', 'sha256'], 'SIG_CONSTRAINTS_FAILURE'],
      ['with PSS', [...CADES, '-keyopt', 'rsa_padding_mode:pss'], 'CRYPTO_CONSTRAINTS_FAILURE'],
      ['without its certificate', [...CADES, '-nocerts'], 'NO_SIGNING_CERTIFICATE_FOUND'],
      ['detached', ['-cades', '-md', 'sha256'], 'SIGNED_DATA_NOT_FOUND'],
    ])('what OpenSSL signs %s is refused', async (_how, options, expected) => {
      expect(await judge(opensslSigns(options))).toMatchObject({ subIndication: expected })
    })

    test('with one byte altered, anywhere, nothing passes, also where OpenSSL does not mind', async () => {
      const message = opensslSigns(CADES)
      const accepted: number[] = []
      for (let position = 0; position < message.length; position++) {
        const altered = Buffer.from(message)
        altered[position] = (altered[position] ?? 0) ^ 0x01
        if ((await judge(altered)).indication === 'TOTAL-PASSED') accepted.push(position)
      }
      expect(accepted).toEqual([])
    }, 180_000)

    test('OpenSSL verifies what the signer makes, and sees the attributes of CAdES-BES', async () => {
      const pkcs12 = folder.file('signer.p12')
      const from = ['-inkey', keyFile, '-in', signerFile, '-certfile', chainFile]
      folder.openssl('pkcs12', '-export', ...from, '-passout', 'pass:1234', '-out', pkcs12)
      const cmsSigner = createSigner({
        keyStore: createPkcs12KeyStore({ readKeyFile: async () => readFileSync(pkcs12) }),
        anchors: [root.der],
        intermediates: [],
        clock: { now: () => now, monotonicMs: () => 0, after: () => () => undefined },
        judgeOwn: judgeOwnByPath({ anchors: [root.der], intermediates: [] }),
        writeDocument: cmsForm(),
      })
      expect(await cmsSigner.unlock(Buffer.from('1234'))).toEqual({ ok: true, value: undefined })
      const signed = await cmsSigner.sign(content)
      if (!signed.ok) throw new Error(signed.failure.code)
      expect(signed.value).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)

      const message = Buffer.from(signed.value, 'base64')
      expect(opensslVerifies(message)).toEqual(content)
      expect(await judge(message)).toMatchObject({ indication: 'TOTAL-PASSED' })
      const file = folder.file('ours.der', message)
      const printed = folder.openssl('cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', file).toString()
      const [head = '', attributes = ''] = printed.split('signedAttrs:')
      expect([...attributes.matchAll(/object: (\S+) \(/g)].map(([, name]) => name)).toEqual([
        'contentType',
        'signingTime',
        'messageDigest',
        'id-smime-aa-signingCertificateV2',
      ])
      expect(head.match(/d\.certificate:/g)).toHaveLength(2)
      // DER throughout: read by OpenSSL and written again, it is the same byte for byte.
      const again = folder.openssl('cms', '-cmsout', '-inform', 'DER', '-in', file, '-outform', 'DER')
      expect(again).toEqual(message)
      expect(folder.openssl('asn1parse', '-inform', 'DER', '-in', file).toString()).not.toContain('l=inf')
    })
  },
)

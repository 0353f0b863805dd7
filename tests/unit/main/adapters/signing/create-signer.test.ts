import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readCertificates } from '../../../../../src/main/adapters/cms/read-certificates.ts'
import { createPkcs12KeyStore } from '../../../../../src/main/adapters/keystore/create-pkcs12-key-store.ts'
import { createSigner, type JudgeOwnCertificate } from '../../../../../src/main/adapters/signing/create-signer.ts'
import { cmsForm } from '../../../../../src/main/adapters/signing/signature-forms.ts'
import { refuse } from '../../../../../src/main/adapters/x509/outcome.ts'
import { createPathVerifier, judgeOwnByPath } from '../../../../support/path-verifier.ts'
import {
  authorityExtensions,
  createTestPki,
  extension,
  issueCertificate,
  moments,
  signerExtensions,
  type TestCertificate,
} from '../../../../support/pki-certificate.ts'
import { createOpensslFolder } from '../../../../support/pki-files.ts'
import { rsaKeys } from '../../../../support/pki-keys.ts'

const { root, authority, signer } = createTestPki()
const folder = createOpensslFolder()
afterAll(() => folder.remove())

const PIN = '1234'
const pkcs12Of = (certificate: TestCertificate, keys = certificate, others: readonly TestCertificate[] = []) => {
  const file = folder.file('key.p12')
  const certificates = folder.certificateFile('certificates.pem', [certificate, ...others])
  const from = ['-inkey', folder.keyFile('key.pem', keys), '-in', certificates]
  folder.openssl('pkcs12', '-export', ...from, '-passout', `pass:${PIN}`, '-out', file)
  return readFileSync(file)
}

interface SignerParts {
  readonly anchors?: readonly TestCertificate[]
  readonly intermediates?: readonly TestCertificate[]
  readonly judgeOwn?: JudgeOwnCertificate
}

const openSigner = (
  keyFile: Uint8Array | undefined,
  { anchors = [root], intermediates = [authority], judgeOwn }: SignerParts = {},
) => {
  const time = { now: moments.now }
  const trusted = { anchors: anchors.map((item) => item.der), intermediates: intermediates.map((item) => item.der) }
  const cmsSigner = createSigner({
    keyStore: createPkcs12KeyStore({ readKeyFile: async () => keyFile }),
    ...trusted,
    clock: { now: () => time.now, monotonicMs: () => 0, after: () => () => undefined },
    judgeOwn: judgeOwn ?? judgeOwnByPath(trusted),

    writeDocument: cmsForm(),
  })
  return { cmsSigner, time, unlock: () => cmsSigner.unlock(Buffer.from(PIN)) }
}
const verifier = createPathVerifier({ anchors: [root.der], intermediates: [] })
const content = Buffer.from('<request/>')
const done = { ok: true, value: undefined }

describe('the ordinary shift', () => {
  const keyFile = pkcs12Of(signer)

  test('locked until the PIN, then ready with the end of validity, then locked again', async () => {
    const { cmsSigner, unlock } = openSigner(keyFile)
    expect(cmsSigner.status()).toEqual({ state: 'locked' })
    expect(await cmsSigner.sign(content)).toEqual({ ok: false, failure: { code: 'sign.locked' } })
    expect(await unlock()).toEqual(done)
    expect(cmsSigner.status()).toEqual({ state: 'ready', subject: 'CN=ИС «Портал»,C=KZ', notAfter: moments.later })
    cmsSigner.lock()
    expect(cmsSigner.status()).toEqual({ state: 'locked' })
    expect(await cmsSigner.sign(content)).toEqual({ ok: false, failure: { code: 'sign.locked' } })
  })

  test('what it signs verifies with the root alone: the chain is inside', async () => {
    const { cmsSigner, unlock } = openSigner(keyFile)
    await unlock()
    const signed = await cmsSigner.sign(content)
    if (!signed.ok) throw new Error(signed.failure.code)
    const verdict = await verifier.verify(signed.value, moments.now)
    expect(verdict).toMatchObject({ indication: 'TOTAL-PASSED', signingTime: moments.now })
    expect(verdict.indication === 'TOTAL-PASSED' && Buffer.from(verdict.content).equals(content)).toBe(true)
  })

  test('contents of any size sign', async () => {
    const { cmsSigner, unlock } = openSigner(keyFile)
    await unlock()
    for (const size of [1, 127, 128, 65_536, 300_000]) {
      const signed = await cmsSigner.sign(Buffer.alloc(size, 7))
      if (!signed.ok) throw new Error(signed.failure.code)
      expect(await verifier.verify(signed.value, moments.now)).toMatchObject({ indication: 'TOTAL-PASSED' })
    }
  })

  test('nothing is not signed', async () => {
    const { cmsSigner, unlock } = openSigner(keyFile)
    await unlock()
    expect(await cmsSigner.sign(Buffer.alloc(0))).toMatchObject({ ok: false, failure: { code: 'sign.failed' } })
  })

  test('signatures asked for at once are made one after another, each over its own content', async () => {
    const { cmsSigner, unlock } = openSigner(keyFile)
    await unlock()
    const contents = Array.from({ length: 8 }, (_, i) => Buffer.from(`document ${i}`))
    const signed = await Promise.all(contents.map((item) => cmsSigner.sign(item)))
    for (const [i, result] of signed.entries()) {
      if (!result.ok) throw new Error(result.failure.code)
      const verdict = await verifier.verify(result.value, moments.now)
      expect(verdict.indication === 'TOTAL-PASSED' && Buffer.from(verdict.content).toString()).toBe(`document ${i}`)
    }
  })

  test('a lock that overtakes an unlocking wins', async () => {
    const { cmsSigner, unlock } = openSigner(keyFile)
    const unlocking = unlock()
    cmsSigner.lock()
    expect(await unlocking).toEqual({ ok: false, failure: { code: 'sign.locked' } })
    expect(cmsSigner.status()).toEqual({ state: 'locked' })
  })

  test.each([
    ['right', PIN, keyFile],
    ['wrong', '4321', keyFile],
    ['given to a file that is none', PIN, Buffer.from('garbage')],
    ['given to no file', PIN, undefined],
  ])('the PIN is wiped when it is %s', async (_how, pin, file) => {
    const { cmsSigner } = openSigner(file)
    const buffer = Buffer.from(pin)
    await cmsSigner.unlock(buffer)
    expect(buffer).toEqual(Buffer.alloc(4))
  })
})

describe('a key that does not open', () => {
  test('no file: absent', async () => {
    const { cmsSigner, unlock } = openSigner(undefined)
    expect(await unlock()).toEqual({ ok: false, failure: { code: 'sign.key-missing' } })
    expect(cmsSigner.status()).toEqual({ state: 'absent' })
    expect(await cmsSigner.sign(content)).toEqual({ ok: false, failure: { code: 'sign.locked' } })
  })

  test('a wrong PIN locks what was open', async () => {
    const { cmsSigner, unlock } = openSigner(pkcs12Of(signer))
    await unlock()
    expect(await cmsSigner.unlock(Buffer.from('4321'))).toEqual({ ok: false, failure: { code: 'sign.wrong-pin' } })
    expect(cmsSigner.status()).toEqual({ state: 'locked' })
  })

  test('a file that cannot be read', async () => {
    const cmsSigner = createSigner({
      keyStore: createPkcs12KeyStore({ readKeyFile: () => Promise.reject(new Error('EACCES')) }),
      anchors: [],
      intermediates: [],
      clock: { now: () => moments.now, monotonicMs: () => 0, after: () => () => undefined },
      judgeOwn: judgeOwnByPath({ anchors: [], intermediates: [] }),

      writeDocument: cmsForm(),
    })
    expect(await cmsSigner.unlock(Buffer.from(PIN))).toMatchObject({ failure: { code: 'sign.key-unreadable' } })
  })

  test('a key too short to be trusted', async () => {
    const keys = rsaKeys('short', { bits: 1024 })
    const short = issueCertificate({ subject: 'Short', keys, issuer: authority, extensions: signerExtensions() })
    const { cmsSigner, unlock } = openSigner(pkcs12Of(short))
    expect(await unlock()).toMatchObject({ failure: { code: 'sign.key-unreadable' } })
    expect(cmsSigner.status()).toEqual({ state: 'locked' })
  })
})

describe('a certificate that may not sign', () => {
  const issue = (recipe: Partial<Parameters<typeof issueCertificate>[0]>) =>
    issueCertificate({ subject: 'АРМ ЦОН', issuer: authority, extensions: signerExtensions(), ...recipe })
  const lapsed = {
    subject: 'Lapsed authority',
    issuer: root,
    extensions: authorityExtensions(),
    notAfter: moments.past,
  }
  const lapsedAuthority = issueCertificate(lapsed)

  test.each([
    ['expired', 'sign.certificate-expired', issue({ notAfter: moments.past }), []],
    ['not yet valid', 'sign.certificate-not-yet-valid', issue({ notBefore: moments.future }), []],
    [
      'for authentication',
      'sign.certificate-usage',
      issue({ extensions: [extension.keyUsage('digitalSignature')] }),
      [],
    ],
    [
      'self-signed',
      'sign.certificate-untrusted',
      issueCertificate({ subject: 'Self', extensions: signerExtensions() }),
      [],
    ],
    ['under an expired authority', 'sign.certificate-expired', issue({ issuer: lapsedAuthority }), [lapsedAuthority]],
    ['signed with SHA-1', 'sign.certificate-untrusted', issue({ digest: 'sha1' }), []],
  ] as const)('%s', async (_what, code, certificate, others) => {
    const { cmsSigner, unlock } = openSigner(pkcs12Of(certificate, certificate, others))
    expect(await unlock()).toMatchObject({ ok: false, failure: { code } })
    expect(cmsSigner.status()).toMatchObject({ state: 'refused', notAfter: expect.any(Date) })
    expect(await cmsSigner.sign(content)).toMatchObject({ ok: false, failure: { code } })
  })

  test('it is judged again before every signature', async () => {
    const { cmsSigner, time, unlock } = openSigner(pkcs12Of(signer))
    await unlock()
    expect(await cmsSigner.sign(content)).toMatchObject({ ok: true })
    time.now = new Date(moments.later.getTime() + 1000)
    expect(await cmsSigner.sign(content)).toMatchObject({ failure: { code: 'sign.certificate-expired' } })
    expect(cmsSigner.status()).toMatchObject({ state: 'refused' })
    time.now = moments.now
    expect(await cmsSigner.sign(content)).toMatchObject({ failure: { code: 'sign.certificate-expired' } })
    expect(await unlock()).toEqual(done)
  })

  test('revoked: refused before signing, and until the key is opened anew', async () => {
    let revoked = false
    const good = judgeOwnByPath({ anchors: [root.der], intermediates: [authority.der] })
    const { cmsSigner, unlock } = openSigner(pkcs12Of(signer), {
      judgeOwn: async (question) => (revoked ? refuse('REVOKED', 'by a CRL') : good(question)),
    })
    expect(await unlock()).toEqual(done)
    expect(await cmsSigner.sign(content)).toMatchObject({ ok: true })
    revoked = true
    const refusal = { ok: false, failure: { code: 'sign.certificate-revoked', detail: 'REVOKED: by a CRL' } }
    expect(await cmsSigner.sign(content)).toEqual(refusal)
    expect(cmsSigner.status()).toMatchObject({ state: 'refused' })
    revoked = false
    expect(await cmsSigner.sign(content)).toEqual(refusal)
    expect(await unlock()).toEqual(done)
    expect(await cmsSigner.sign(content)).toMatchObject({ ok: true })
  })

  test('revoked already at unlocking: the state says so before anybody signs', async () => {
    const { cmsSigner, unlock } = openSigner(pkcs12Of(signer), {
      judgeOwn: async () => refuse('REVOKED', 'by a CRL'),
    })
    expect(await unlock()).toEqual(done)
    await expect.poll(() => cmsSigner.status().state).toBe('refused')
  })

  test.each([
    ['TRY_LATER', 'sign.certificate-status-unknown'],
    ['GENERIC', 'sign.check-failed'],
  ] as const)(
    'not judged for now (%s): nothing is signed, and the next time it is asked again',
    async (subIndication, code) => {
      let silent = true
      const good = judgeOwnByPath({ anchors: [root.der], intermediates: [authority.der] })
      const { cmsSigner, unlock } = openSigner(pkcs12Of(signer), {
        judgeOwn: async (question) => (silent ? refuse(subIndication, 'nobody answers') : good(question)),
      })
      expect(await unlock()).toEqual(done)
      expect(await cmsSigner.sign(content)).toMatchObject({ ok: false, failure: { code } })
      expect(cmsSigner.status()).toMatchObject({ state: 'ready' })
      silent = false
      expect(await cmsSigner.sign(content)).toMatchObject({ ok: true })
    },
  )

  test('a lock while the certificate is being judged: nothing is signed', async () => {
    const good = judgeOwnByPath({ anchors: [root.der], intermediates: [authority.der] })
    const { cmsSigner, unlock } = openSigner(pkcs12Of(signer), {
      async judgeOwn(question) {
        cmsSigner.lock()
        return good(question)
      },
    })
    await unlock()
    await unlock()
    expect(await cmsSigner.sign(content)).toEqual({ ok: false, failure: { code: 'sign.locked' } })
  })

  test('the authority from the key file leads to the anchor as well', async () => {
    const { cmsSigner, unlock } = openSigner(pkcs12Of(signer, signer, [authority]), { intermediates: [] })
    expect(await unlock()).toEqual(done)
    const signed = await cmsSigner.sign(content)
    expect(signed.ok && (await verifier.verify(signed.value, moments.now))).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
  })
})

const samples = path.resolve(import.meta.dirname, '../../../../../../shared/kz-testdata')

describe.skipIf(!existsSync(samples))(
  "keys of НУЦ's test authority (skipped where the samples are not at hand)",
  () => {
    const sampleSigner = (name: string) => {
      const anchor = Buffer.from(
        readFileSync(path.join(samples, 'ca/nca_rsa_test.crt'), 'utf8').split('-----')[2] ?? '',
        'base64',
      )
      const time = { now: new Date('2021-06-01T00:00:00Z') }
      const cmsSigner = createSigner({
        keyStore: createPkcs12KeyStore({ readKeyFile: async () => readFileSync(path.join(samples, 'p12', name)) }),
        anchors: [anchor],
        intermediates: [],
        clock: { now: () => time.now, monotonicMs: () => 0, after: () => () => undefined },
        judgeOwn: judgeOwnByPath({ anchors: [anchor], intermediates: [] }),

        writeDocument: cmsForm(),
      })
      return { cmsSigner, time, anchor }
    }

    test('the ГОСТ key of an information system signs what verifies with the root alone', async () => {
      const [anchor, issuing] = ['ca/root_test_gost_2022.cer', 'ca/nca_gost2022_test.cer'].map(
        (name) => readCertificates(readFileSync(path.join(samples, name)))[0] ?? Buffer.alloc(0),
      )
      const cmsSigner = createSigner({
        keyStore: createPkcs12KeyStore({
          readKeyFile: async () => readFileSync(path.join(samples, 'p12/legal_infosystem_valid.p12')),
        }),
        anchors: anchor ? [anchor] : [],
        intermediates: issuing ? [issuing] : [],
        clock: { now: () => moments.now, monotonicMs: () => 0, after: () => () => undefined },
        judgeOwn: judgeOwnByPath({ anchors: anchor ? [anchor] : [], intermediates: issuing ? [issuing] : [] }),

        writeDocument: cmsForm(),
      })
      expect(await cmsSigner.unlock(Buffer.from('Qwerty12'))).toEqual(done)
      const signed = await cmsSigner.sign(content)
      const kzVerifier = createPathVerifier({ anchors: anchor ? [anchor] : [], intermediates: [] })
      expect(signed.ok && (await kzVerifier.verify(signed.value, moments.now))).toMatchObject({
        indication: 'TOTAL-PASSED',
        signingTime: moments.now,
      })
    })

    test('the RSA key signs in its time and is refused after', async () => {
      const { cmsSigner, time, anchor } = sampleSigner('rsa_individual_sign_expired.p12')
      expect(await cmsSigner.unlock(Buffer.from('Qwerty12'))).toEqual(done)
      const signed = await cmsSigner.sign(content)
      const kzVerifier = createPathVerifier({ anchors: [anchor], intermediates: [] })
      expect(signed.ok && (await kzVerifier.verify(signed.value, time.now))).toMatchObject({
        indication: 'TOTAL-PASSED',
      })
      time.now = moments.now
      expect(await cmsSigner.sign(content)).toMatchObject({ failure: { code: 'sign.certificate-expired' } })
    })
  },
)

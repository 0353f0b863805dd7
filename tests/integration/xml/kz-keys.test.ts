import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { buildSignedMessage } from '../../../src/main/adapters/cms/build-signed-message.ts'
import { judgeSignedMessage, type MessagePolicy } from '../../../src/main/adapters/cms/judge-signed-message.ts'
import { readSignedMessage } from '../../../src/main/adapters/cms/read-signed-message.ts'
import { createPkcs12KeyStore } from '../../../src/main/adapters/keystore/create-pkcs12-key-store.ts'
import type { SigningIdentity } from '../../../src/main/adapters/keystore/signing-identity.ts'
import { trustProfiles } from '../../../src/main/adapters/trust/trust-profile.ts'
import { parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import { judgeSignedXml } from '../../../src/main/adapters/xml-signature/judge-signed-xml.ts'
import { signEnveloped } from '../../../src/main/adapters/xml-signature/sign-enveloped.ts'
import { signSoapBody } from '../../../src/main/adapters/xml-signature/sign-soap-body.ts'
import { answerOf, runArm } from '../../support/run-arm.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

/** Public test keys of НУЦ's test authority; they are not part of this repository. */
const samples = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'kz-testdata')
const absent = !existsSync(samples)
const title = absent ? ' (skipped: ../shared/kz-testdata is absent)' : ''
const PASSWORD = 'Qwerty12'
const folder = makeTempDir()
afterAll(() => folder.remove())

const document = Buffer.from('<?xml version="1.0"?>\n<сұрау xmlns="urn:x"><иин>000000000000</иин></сұрау>')

async function open(name: string): Promise<SigningIdentity> {
  const readKeyFile = async () => readFileSync(path.join(samples, 'p12', `${name}.p12`))
  const opened = await createPkcs12KeyStore({ readKeyFile }).open(Buffer.from(PASSWORD))
  if (!opened.ok) throw new Error(opened.failure.detail ?? opened.failure.code)
  return opened.value
}

/** НУЦ's rules, below the authority that issued the key, inside its validity. */
function policyFor({ certificate }: SigningIdentity, authority: string): MessagePolicy {
  const file = readFileSync(path.join(samples, 'ca', authority), 'latin1')
  const [, pem] = /-----BEGIN CERTIFICATE-----([^-]*)/.exec(file) ?? []
  const der = pem === undefined ? readFileSync(path.join(samples, 'ca', authority)) : Buffer.from(pem, 'base64')
  const anchor = parseCertificate(Uint8Array.from(der))
  if (anchor === undefined) throw new Error(`${authority} was refused`)
  return {
    trust: { anchors: [anchor], intermediates: [], policy: ANY_POLICY_WILL_DO },
    checkSigner: trustProfiles.nuc.checkSigner,
    checkTimestampAuthority: trustProfiles.nuc.checkTimestampAuthority,
    at: certificate.notBefore,
    now: certificate.notBefore,
  }
}

describe.skipIf(absent)(`Every key of НУЦ's test authority signs in every form${title}`, () => {
  const gost = 'nca_gost2022_test.cer'
  test.each([
    ['legal_infosystem_valid', gost],
    ['individual_valid', gost],
    ['individual_revoked', gost],
    ['2025_individual_good', gost],
    ['2025_individual_revoked_in_crl', gost],
    ['2025_infosystem_good', gost],
    ['rsa_individual_sign_expired', 'nca_rsa_test.crt'],
  ])('%s', async (name, authority) => {
    const identity = await open(name)
    const policy = policyFor(identity, authority)
    const signingTime = identity.certificate.notBefore

    const cms = await buildSignedMessage({ content: document, identity, chain: [], signingTime })
    const message = cms.ok ? readSignedMessage(cms.value) : undefined
    expect(message && judgeSignedMessage(message, policy)).toMatchObject([{ intact: true, signingTime }])
    expect(message && judgeSignedMessage(message, policy)[0]?.refusal).toBeUndefined()

    for (const sign of [signEnveloped, signSoapBody]) {
      const signed = await sign({ document, identity })
      const judged = signed.ok ? judgeSignedXml(signed.value, policy) : undefined
      const [only, ...others] = judged?.ok === true ? judged.value : []
      expect(only?.refusal).toBeUndefined()
      expect(Buffer.from(only?.content?.octets ?? []).toString()).toContain('<иин>000000000000</иин>')
      expect(others).toEqual([])
    }
    identity.close()
    expect(await signEnveloped({ document, identity })).toEqual({ ok: false, failure: { code: 'sign.locked' } })
  })
})

describe.skipIf(absent)(`The console signs, and verifies what it signed${title}`, () => {
  const place = (name: string, content?: string | Uint8Array) => {
    const file = path.join(folder.path, name)
    if (content !== undefined) writeFileSync(file, content)
    return file
  }
  const key = path.join(samples, 'p12', 'legal_infosystem_valid.p12')
  const password = place('password', `${PASSWORD}\r\n`)
  const request = place('request.xml', document)
  const sign = (format: string, from: string, ...more: readonly string[]) => {
    const args = ['--password-file', password, '--format', format, '--out', place(`signed.${format}`), '--json']
    return runArm(['sign', from, '--p12', key, ...args, ...more])
  }

  test.each(['cms', 'xmldsig', 'wsse'])('%s', async (format) => {
    const signed = await sign(format, request)
    expect(answerOf(signed)).toMatchObject({
      outcome: 'signed',
      format,
      signer: { subject: expect.stringContaining('ИС') },
    })
    expect(signed.code).toBe(0)
    const trust = ['--trust', path.join(samples, 'ca'), '--no-revocation', '--at', '2026-08-01T00:00:00Z', '--json']
    const judged = await runArm(['verify', place(`signed.${format}`), ...trust])
    expect(answerOf(judged)).toMatchObject({ verdict: 'TOTAL-PASSED', signatures: [{ intact: true }] })
    expect(judged.code).toBe(0)
  })

  test('what is no XML gets no XML signature', async () => {
    const run = await sign('xmldsig', place('text', 'hello'))
    expect(answerOf(run)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'sign.failed', detail: expect.stringContaining('not XML') },
    })
    expect(run.code).toBe(2)
  })

  test('a wrong password, an ended certificate and a place that cannot be written are told apart', async () => {
    const wrong = await sign('cms', request, '--password-file', place('wrong', 'qwerty'))
    expect(answerOf(wrong)).toMatchObject({ failure: { code: 'sign.wrong-pin' } })
    expect(wrong.code).toBe(2)
    expect(wrong.stdout + wrong.stderr).not.toContain('qwerty')
    const ended = await sign('cms', request, '--p12', path.join(samples, 'p12', 'rsa_individual_sign_expired.p12'))
    expect(answerOf(ended)).toMatchObject({ failure: { code: 'sign.certificate-expired' } })
    expect(ended.code).toBe(3)
    const unwritable = await sign('cms', request, '--out', path.join(folder.path, 'absent', 'file'))
    expect(unwritable.stdout).toBe('')
    expect(unwritable.stderr).toContain('не удалось записать')
    expect(unwritable.code).toBe(2)
  })
})

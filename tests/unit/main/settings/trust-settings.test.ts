import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCertificates } from '../../../../src/main/adapters/cms/read-certificates.ts'
import { resolveSettings } from '../../../../src/main/settings/load-settings.ts'
import { createTestPki, toPem } from '../../../support/pki-certificate.ts'
import { makeTempDir } from '../../../support/temp-dir.ts'

const temp = makeTempDir()
const { root, signer } = createTestPki()
beforeAll(() => {
  writeFileSync(path.join(temp.path, 'root.pem'), toPem('CERTIFICATE', root.der))
  writeFileSync(path.join(temp.path, 'portal.pem'), toPem('CERTIFICATE', signer.der))
})
afterAll(() => temp.remove())

const resolve = (change: Record<string, unknown>, trust: Record<string, unknown> = {}) =>
  resolveSettings({
    folder: temp.path,
    readCertificates,
    document: {
      mode: 'training',
      workstation: 'TEST',
      gateway: { url: 'https://127.0.0.1/', authority: 'root.pem', serviceId: 'S', senderId: 'T' },
      trust: { anchors: 'root.pem', portalCertificate: 'portal.pem', ...trust },
      key: 'key.p12',
      portalUrl: 'https://127.0.0.1/',
      ...change,
    },
  })

test('left out: CMS in RSA without timestamp and envelope signature; CRL and OCSP on, a nonce required', async () => {
  const settings = await resolve({})
  if (!settings.ok) throw new Error(settings.failure.detail)
  expect(settings.value.signature).toEqual({ form: 'cms', algorithm: 'rsa', transport: 'none' })
  expect(settings.value.revocation).toEqual({
    sources: {
      crl: { urls: [], refreshMs: 1_800_000, maxOctets: 16 * 2 ** 20 },
      ocsp: { nonceRequired: true, reuseMs: 600_000 },
      ocspMaxAgeMs: 86_400_000,
      retryMs: 10_000,
    },
    authoritiesRequired: false,
    deadlineMs: 5_000,
  })
  expect(settings.value.trust.gatewayCertificates).toEqual(settings.value.trust.portalCertificates)
})

test('all of it given', async () => {
  const settings = await resolve(
    {
      signature: {
        form: 'cms',
        algorithm: 'gost2015',
        transport: 'wsse',
        timestamp: { url: 'http://tsp.pki.gov.kz', deadlineSeconds: 3 },
      },
      revocation: {
        crl: { urls: ['http://crl.pki.gov.kz/nca_gost_2022.crl'], refreshMinutes: 5, maxMegabytes: 2 },
        ocsp: false,
        authorityRevocation: 'required',
      },
    },
    { gatewayCertificate: 'root.pem' },
  )
  if (!settings.ok) throw new Error(settings.failure.detail)
  expect(settings.value.signature).toEqual({
    form: 'cms',
    algorithm: 'gost2015',
    transport: 'wsse',
    timestamp: { url: 'http://tsp.pki.gov.kz', deadlineMs: 3_000 },
  })
  expect(settings.value.revocation).toMatchObject({
    sources: { crl: { refreshMs: 300_000, maxOctets: 2 * 2 ** 20 } },
    authoritiesRequired: true,
  })
  expect(settings.value.revocation?.sources).not.toHaveProperty('ocsp')
  expect(Buffer.from(settings.value.trust.gatewayCertificates[0] ?? [])).toEqual(root.der)
})

test('training may do without revocation; a counter in service may not', async () => {
  const off = { revocation: { crl: false, ocsp: false } }
  const training = await resolve(off)
  expect(training.ok && training.value).not.toHaveProperty('revocation')
  expect(await resolve({ ...off, mode: 'real' })).toEqual({
    ok: false,
    failure: { code: 'settings.invalid', detail: 'revocation' },
  })
})

describe('what is refused, by the name of its field', () => {
  test.each([
    ['a timestamp in XML', { signature: { form: 'xmldsig', timestamp: { url: 'http://a/' } } }, 'signature.timestamp'],
    ['an unknown form', { signature: { form: 'pades' } }, 'signature.form'],
    ['an old algorithm', { signature: { algorithm: 'gost2004' } }, 'signature.algorithm'],
    ['an unknown field', { signature: { strict: false } }, 'signature.strict'],
    ['an unknown field of revocation', { revocation: { lenient: true } }, 'revocation.lenient'],
    ['CRLs over another scheme', { revocation: { crl: { urls: ['ldap://a/'] } } }, /^revocation\.crl/],
    ['OCSP over another scheme', { revocation: { ocsp: { url: 'file:///a' } } }, /^revocation\.ocsp/],
    ['an answer older than a day', { revocation: { ocsp: { maxAgeHours: 25 } } }, /^revocation\.ocsp/],
    ['no deadline', { revocation: { deadlineSeconds: 0 } }, 'revocation.deadlineSeconds'],
  ] as const)('%s', async (_what, change, detail) => {
    const settings = await resolve(change)
    expect(settings).toMatchObject({ ok: false, failure: { code: 'settings.invalid' } })
    expect(settings.ok ? '' : settings.failure.detail).toMatch(
      typeof detail === 'string' ? new RegExp(`^${detail.replaceAll('.', '\\.')}$`) : detail,
    )
  })

  test('a gateway certificate that is none', async () => {
    writeFileSync(path.join(temp.path, 'none.txt'), 'none')
    expect(await resolve({}, { gatewayCertificate: 'none.txt' })).toMatchObject({
      failure: { detail: 'trust.gatewayCertificate' },
    })
  })
})

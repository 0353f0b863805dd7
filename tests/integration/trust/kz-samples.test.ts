import { copyFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, runArm } from '../../support/run-arm.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

/** Public test files of НУЦ's test authority; they are not part of this repository. */
const samples = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'kz-testdata')
const absent = !existsSync(samples)

interface Row {
  readonly title: string
  /** Arguments; `T` stands for a folder with the root alone, `<name>` for a sample. */
  readonly args: string
  readonly code: 0 | 3 | 4
  readonly expected: object
}

const good = 'certs/2025_individual_good.cer'
const ceo = 'chain <certs/2022_ceo_revoked_in_ocsp.cer> --trust T --with <ca> --at 2022-09-02T17:00:00Z --ocsp'
const attached = 'verify <cms/individual_attached.der> --trust T --with <ca> --at 2026-08-01T00:00:00Z'
const detached = 'verify <cms/individual_detached.der> --trust T --with <ca> --at 2026-08-01T00:00:00Z --no-revocation'
const passed = { verdict: 'TOTAL-PASSED' }
const failed = (subIndication: string) => ({ verdict: 'TOTAL-FAILED', subIndication })
const tryLater = { verdict: 'INDETERMINATE', subIndication: 'TRY_LATER' }
const intact = {
  verdict: 'TOTAL-PASSED',
  intact: true,
  signingTime: '2026-07-20T09:08:06Z',
  timestamp: expect.objectContaining({
    verdict: 'INDETERMINATE',
    subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    time: '2026-07-20T09:08:07Z',
  }),
}

const rows: readonly Row[] = [
  {
    title: 'A good certificate of a person passes by its fresh CRL, the authority unchecked.',
    args: `chain <${good}> --trust T --with <ca> --crl <crl> --at 2025-06-01T00:00:00Z`,
    code: 0,
    expected: { ...passed, revocation: 'checked', authorityRevocation: 'not-checked' },
  },
  {
    title: 'A good certificate of an information system passes the same way.',
    args: 'chain <certs/2025_infosystem_good.cer> --trust T --with <ca> --crl <crl> --at 2025-06-01T00:00:00Z',
    code: 0,
    expected: { ...passed, revocation: 'checked', authorityRevocation: 'not-checked' },
  },
  {
    title: 'Where authorities must have evidence too, the same certificate is indeterminate.',
    args: `chain <${good}> --trust T --with <ca> --crl <crl> --at 2025-06-01T00:00:00Z --require-authority-revocation`,
    code: 3,
    expected: tryLater,
  },
  {
    title: 'A certificate in the CRL is revoked.',
    args: 'chain <certs/2025_individual_revoked_in_crl.cer> --trust T --with <ca> --crl <crl> --at 2025-06-01T00:00:00Z',
    code: 4,
    expected: { ...failed('REVOKED'), revocation: 'checked' },
  },
  {
    title: 'After its end the good certificate fails, stale CRL or not.',
    args: `chain <${good}> --trust T --with <ca> --crl <crl> --at 2026-01-15T00:00:00Z`,
    code: 4,
    expected: failed('EXPIRED'),
  },
  {
    title: 'Without revocation evidence nothing is certain.',
    args: `chain <${good}> --trust T --with <ca> --at 2025-06-01T00:00:00Z`,
    code: 3,
    expected: tryLater,
  },
  {
    title: 'An OCSP response that says revoked fails the certificate.',
    args: `${ceo} <ocsp/ocsp_response_ceo_2015_revoked.bin>`,
    code: 4,
    expected: { ...failed('REVOKED'), reason: expect.stringContaining('certificateHold') },
  },
  {
    title: 'The same response is stale two days later.',
    args: `${ceo} <ocsp/ocsp_response_ceo_2015_revoked.bin> --at 2022-09-04T17:00:00Z`,
    code: 3,
    expected: { ...tryLater, reason: expect.stringContaining('stale') },
  },
  {
    title: 'An OCSP response about another certificate says nothing.',
    args: `${ceo} <ocsp/ocsp_response_individual_2015.bin>`,
    code: 3,
    expected: tryLater,
  },
  {
    title: 'An RSA certificate passes below the anchor that issued it.',
    args: 'chain <certs/rsa_individual_sign.cer> --trust <ca> --crl <crl> --at 2022-06-01T00:00:00Z',
    code: 0,
    expected: { ...passed, revocation: 'checked' },
  },
  {
    title: 'An authentication certificate is not for signing.',
    args: 'chain <certs/rsa_individual_auth.cer> --trust <ca> --crl <crl> --at 2022-06-01T00:00:00Z',
    code: 4,
    expected: failed('CHAIN_CONSTRAINTS_FAILURE'),
  },
  {
    title: "Without НУЦ's own rules the authentication certificate is a valid one.",
    args: 'chain <certs/rsa_individual_auth.cer> --trust <ca> --crl <crl> --at 2022-06-01T00:00:00Z --profile rfc5280',
    code: 0,
    expected: passed,
  },
  {
    title: 'A certificate of ГОСТ 34.310-2004 passes.',
    args: 'chain <certs/gost2004_ceo_sign.cer> --trust <ca> --no-revocation --at 2022-06-01T00:00:00Z',
    code: 0,
    expected: { ...passed, revocation: 'not-checked' },
  },
  {
    title: 'An attached ГОСТ signature passes, its timestamp by an unknown authority told.',
    args: `${attached} --no-revocation`,
    code: 0,
    expected: { ...passed, revocation: 'not-checked', signatures: [expect.objectContaining(intact)] },
  },
  {
    title: 'A detached ГОСТ signature passes over its document.',
    args: `${detached} --content <cms/individual_document.txt>`,
    code: 0,
    expected: { ...passed, signatures: [expect.objectContaining(intact)] },
  },
  {
    title: 'A detached signature over any other content fails.',
    args: `${detached} --content <${good}>`,
    code: 4,
    expected: { ...failed('HASH_FAILURE'), signatures: [expect.objectContaining({ intact: false })] },
  },
  {
    title: 'A detached signature without its content is indeterminate.',
    args: detached,
    code: 3,
    expected: { verdict: 'INDETERMINATE', subIndication: 'SIGNED_DATA_NOT_FOUND' },
  },
  {
    title: 'An attached signature beside different content fails.',
    args: `${attached} --no-revocation --content <${good}>`,
    code: 4,
    expected: failed('HASH_FAILURE'),
  },
  {
    title: 'A stale CRL leaves a signature indeterminate, though intact.',
    args: `${attached} --crl <crl>`,
    code: 3,
    expected: {
      ...tryLater,
      reason: expect.stringContaining('stale'),
      signatures: [expect.objectContaining({ ...intact, ...tryLater })],
    },
  },
  {
    title: 'An RSA signature by an ended certificate fails, though intact.',
    args: 'verify <cms/rsa_one_signer.cms> --trust <ca> --no-revocation',
    code: 4,
    expected: { ...failed('EXPIRED'), signatures: [expect.objectContaining({ intact: true })] },
  },
  {
    title: 'An enveloped XML signature by an ended certificate fails, though intact.',
    args: 'verify <xml/enveloped_rsa.xml> --trust <ca> --no-revocation',
    code: 4,
    expected: { ...failed('EXPIRED'), signatures: [expect.objectContaining({ intact: true })] },
  },
  {
    title: 'The same signature passes at a moment inside the validity.',
    args: 'verify <xml/enveloped_rsa.xml> --trust <ca> --no-revocation --at 2021-06-01T00:00:00Z',
    code: 0,
    expected: { ...passed, signatures: [expect.objectContaining({ intact: true })] },
  },
  {
    title: 'A timestamp whose imprint is by SHA-1 fails.',
    args: 'verify <tsp/tsp_response.bin> --trust <ca> --no-revocation',
    code: 4,
    expected: failed('CRYPTO_CONSTRAINTS_FAILURE'),
  },
]

const title = absent ? ' (skipped: ../shared/kz-testdata is absent)' : ''

describe.skipIf(absent)(`Verdicts on the samples of НУЦ's test authority${title}`, () => {
  const rootOnly = makeTempDir()
  beforeAll(() =>
    copyFileSync(path.join(samples, 'ca', 'root_test_gost_2022.cer'), path.join(rootOnly.path, 'root.cer')),
  )
  afterAll(() => rootOnly.remove())

  const placed = (argument: string): string => {
    if (argument === 'T') return rootOnly.path
    const [, name] = /^<(.*)>$/.exec(argument) ?? []
    return name === undefined ? argument : path.join(samples, name)
  }

  test.each(rows)('$title', async ({ args, code, expected }) => {
    const run = await runArm([...args.split(' ').map(placed), '--json'])
    expect(answerOf(run)).toMatchObject(expected)
    expect(run.code).toBe(code)
  })

  test('An XML signature has no content beside itself.', async () => {
    const args = ['verify', '<xml/enveloped_rsa.xml>', '--content', `<${good}>`, '--trust', '<ca>', '--json']
    const run = await runArm(args.map(placed))
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('--content')
    expect(run.code).toBe(2)
  })
})

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseCertificateList } from '../../../src/main/adapters/revocation/certificate-list.ts'
import { createRevocationJudge } from '../../../src/main/adapters/revocation/create-revocation-judge.ts'
import { judgeCertificate } from '../../../src/main/adapters/trust/judge-certificate.ts'
import { type Certificate, parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { pass } from '../../../src/main/adapters/x509/outcome.ts'
import { type ArmRun, runArm } from '../../support/run-arm.ts'
import {
  expectedByName,
  nistTestPolicy,
  type PkitsInputs,
  pkitsFolder,
  pkitsInputs,
  pkitsIsThere,
  pkitsTests,
} from './pkits-tests.ts'

/** The suite is valid from 2010 to 2030. */
const at = new Date('2026-06-01T00:00:00Z')
const ANCHOR = 'TrustAnchorRootCertificate.crt'
const certificateFile = (name: string) => path.join(pkitsFolder, 'certs', `${name}EE.crt`)

/** Every path is looked for among all certificates and all CRLs of the suite at once: nothing is sorted out for it. */
function openSuite() {
  const read = <T>(folder: string, parse: (der: Uint8Array) => T | undefined): Map<string, T> =>
    new Map(
      readdirSync(path.join(pkitsFolder, folder)).flatMap((name) => {
        const parsed = parse(readFileSync(path.join(pkitsFolder, folder, name)))
        return parsed === undefined ? [] : [[name, parsed] as const]
      }),
    )
  const certificates = read('certs', parseCertificate)
  const anchor = certificates.get(ANCHOR) as Certificate
  const intermediates = [...certificates.values()].filter((certificate) => certificate !== anchor)
  const revocation = createRevocationJudge({
    evidence: { crls: [...read('crls', parseCertificateList).values()], ocspResponses: [] },
    intermediates,
    ocspMaxAgeMs: 0,
    authoritiesRequired: true,
  })
  return { certificates, anchor, intermediates, revocation }
}

function inputsOf(name: string): readonly PkitsInputs[] {
  return pkitsInputs[name] ?? [{ valid: expectedByName(name) }]
}

function textOf({ policies, explicit, inhibitMapping, inhibitAny, valid }: PkitsInputs): string {
  const texts = [
    policies === undefined ? '' : `initial policies ${policies.join(' and ')}`,
    explicit ? 'explicit policy' : '',
    inhibitMapping ? 'no mapping' : '',
    inhibitAny ? 'no any-policy' : '',
    valid ? 'passes' : 'does not pass',
  ]
  return texts.filter((text) => text !== '').join(', ')
}

const cases = pkitsTests.flatMap(([section, title, names]) =>
  names.flatMap((name) =>
    inputsOf(name).map((inputs) => ({
      section: `${section} ${title}`,
      number: `${section}.${/\d+$/.exec(name)?.[0]}`,
      name,
      inputs,
    })),
  ),
)

test('The tables name every end entity of the suite once, DSA left out.', () => {
  const named = pkitsTests.flatMap(([, , names]) => names)
  expect(new Set(named).size).toBe(named.length)
  expect(named.length).toBe(220)
  expect(Object.keys(pkitsInputs).filter((name) => !named.includes(name))).toEqual([])
})

describe.skipIf(!pkitsIsThere)("NIST's PKITS, judged by RFC 5280", () => {
  const suite = pkitsIsThere ? openSuite() : undefined

  test.for(cases)('$number $name', ({ name, inputs }, { expect, annotate }) => {
    void annotate(textOf(inputs))
    if (suite === undefined) throw new Error('no suite')
    const certificate = suite.certificates.get(`${name}EE.crt`)
    if (certificate === undefined) throw new Error(`${name} cannot be read`)
    const outcome = judgeCertificate({
      certificate,
      trust: {
        anchors: [suite.anchor],
        intermediates: suite.intermediates,
        revocation: suite.revocation,
        policy: {
          requireExplicitPolicy: inputs.explicit === true,
          inhibitPolicyMapping: inputs.inhibitMapping === true,
          inhibitAnyPolicy: inputs.inhibitAny === true,
          ...(inputs.policies && { acceptable: new Set(inputs.policies.map(nistTestPolicy)) }),
        },
      },
      at,
      checkUse: () => pass(undefined),
    })
    expect(outcome.ok ? 'passes' : outcome.refusal).toEqual(inputs.valid ? 'passes' : expect.anything())
    expect(outcome.ok).toBe(inputs.valid)
  })
})

describe.skipIf(!pkitsIsThere)("NIST's PKITS through the console", () => {
  const noCrl = mkdtempSync(path.join(tmpdir(), 'arm-pkits-'))
  afterAll(() => rmSync(noCrl, { recursive: true }))

  const chain = (names: readonly string[], ...more: readonly string[]): Promise<ArmRun> =>
    runArm([
      ...['chain', ...names.map(certificateFile)],
      ...['--trust', path.join(pkitsFolder, 'certs', ANCHOR), '--with', path.join(pkitsFolder, 'certs')],
      ...['--crl', path.join(pkitsFolder, 'crls'), '--profile', 'rfc5280', '--at', at.toISOString(), '--json'],
      ...more,
    ])
  const verdicts = (run: ArmRun): readonly string[] =>
    run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).verdict)
  /** The command line's way to say each input. */
  const argumentsFor = ({ policies = [], explicit, inhibitMapping, inhibitAny }: PkitsInputs): readonly string[] => [
    ...policies.flatMap((number) => ['--policy', nistTestPolicy(number)]),
    ...(explicit && policies.length === 0 ? ['--policy', '2.5.29.32.0'] : []),
    ...(inhibitMapping ? ['--inhibit-policy-mapping'] : []),
    ...(inhibitAny ? ['--inhibit-any-policy'] : []),
  ]

  /** A process each: the ordinary run makes do with three. */
  const short = ['', '--policy 2.5.29.32.0', '--inhibit-any-policy']
  const groups = new Set(cases.map(({ inputs }) => argumentsFor(inputs).join(' ')))
  const chosen = [...groups].filter((options) => process.env['ARM_TEST_LONG'] || short.includes(options))

  test.each(chosen)('with the options "%s" every test gets its result.', async (options) => {
    const group = cases.filter(({ inputs }) => argumentsFor(inputs).join(' ') === options)
    const run = await chain(
      group.map(({ name }) => name),
      ...options.split(' ').filter((option) => option !== ''),
    )
    const passed = verdicts(run).map((verdict) => verdict === 'TOTAL-PASSED')
    const expected = group.map(({ inputs }) => inputs.valid)
    expect(Object.fromEntries(group.map(({ number, name }, i) => [`${number} ${name}`, passed[i]]))).toEqual(
      Object.fromEntries(group.map(({ number, name }, i) => [`${number} ${name}`, expected[i]])),
    )
    expect(run.code === 0).toBe(expected.every((valid) => valid))
  })

  test('A path may stand on the command line itself, the certificate in question first.', async () => {
    const path_ = [certificateFile('ValidCertificatePathTest1'), path.join(pkitsFolder, 'certs', 'GoodCACert.crt')]
    const common = ['--trust', path.join(pkitsFolder, 'certs', ANCHOR), '--profile', 'rfc5280']
    const when = ['--at', at.toISOString(), '--json']
    const run = await runArm(['chain', ...path_, ...common, '--crl', path.join(pkitsFolder, 'crls'), ...when])
    expect(verdicts(run)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED'])
    const withoutCrl = await runArm(['chain', ...path_, ...common, '--crl', noCrl, ...when])
    expect(verdicts(withoutCrl)).toEqual(['INDETERMINATE', 'INDETERMINATE'])
    expect(withoutCrl.code).toBe(3)
  })
})

import { describe, expect, test } from 'vitest'
import { type Certificate, parseCertificate } from '../../../../../src/main/adapters/x509/certificate.ts'
import { checkTrust } from '../../../../../src/main/adapters/x509/check-trust.ts'
import { ANY_POLICY_WILL_DO, type PolicyInputs } from '../../../../../src/main/adapters/x509/policy-graph.ts'
import { validatePath } from '../../../../../src/main/adapters/x509/validate-path.ts'
import {
  authorityExtensions,
  type CertificateRecipe,
  commonName,
  extension,
  general,
  issueCertificate,
  moments,
  nameOf,
  signerExtensions,
  type TestCertificate,
} from '../../../../support/pki-certificate.ts'
import * as der from '../../../../support/pki-der.ts'
import { rsaKeys } from '../../../../support/pki-keys.ts'

/** Few keys for many certificates: names tell the authorities apart. */
const keys = rsaKeys('shared')
const root = issueCertificate({ subject: 'Root', keys, extensions: authorityExtensions() })

type Link = Partial<CertificateRecipe> & { readonly more?: readonly Buffer[] }

/** Authorities from the top down and a certificate at the end. */
const chainOf = (...links: readonly Link[]): readonly TestCertificate[] => {
  const chain: TestCertificate[] = []
  for (const [i, { more = [], ...recipe }] of links.entries()) {
    const extensions = i < links.length - 1 ? authorityExtensions() : signerExtensions()
    const issuer = chain.at(-1) ?? root
    chain.push(
      issueCertificate({ subject: `Link ${i}`, keys, issuer, extensions: [...extensions, ...more], ...recipe }),
    )
  }
  return chain
}

const parsed = (certificate: TestCertificate): Certificate => {
  const result = parseCertificate(certificate.der)
  if (result === undefined) throw new Error('the test made a malformed certificate')
  return result
}

/** @returns 'valid' or the sub-indication. */
const judge = (
  chain: readonly TestCertificate[],
  {
    anchors = [root],
    policy = ANY_POLICY_WILL_DO,
  }: { anchors?: readonly TestCertificate[]; policy?: PolicyInputs } = {},
) => {
  const last = chain.at(-1)
  if (last === undefined) throw new Error('empty chain')
  const intermediates = chain.slice(0, -1).map(parsed).reverse()
  const outcome = checkTrust({
    certificate: parsed(last),
    anchors: anchors.map(parsed),
    intermediates,
    at: moments.now,
    policy,
  })
  return outcome.ok ? 'valid' : outcome.refusal.subIndication
}
const BROKEN = 'CERTIFICATE_CHAIN_GENERAL_FAILURE'

describe('paths', () => {
  test('of any number of authorities up to ten certificates', () => {
    expect(judge(chainOf({}))).toBe('valid')
    expect(judge(chainOf({}, {}, {}, {}, {}, {}, {}, {}, {}, {}))).toBe('valid')
    expect(judge(chainOf({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}))).toBe('NO_CERTIFICATE_CHAIN_FOUND')
  })

  test('to an anchor in the middle', () => {
    const chain = chainOf({ notAfter: moments.past }, {}, {})
    expect(judge(chain)).toBe('EXPIRED')
    expect(judge(chain, { anchors: chain.slice(1, 2) })).toBe('valid')
  })

  test('to the right one of two authorities of one name', () => {
    const impostor = issueCertificate({
      subject: 'Link 0',
      keys: rsaKeys('impostor'),
      issuer: root,
      extensions: authorityExtensions(),
    })
    const [authority, leaf] = chainOf({}, {}) as [TestCertificate, TestCertificate]
    expect(judge([authority, impostor, leaf])).toBe('valid')
    expect(judge([impostor, authority, leaf])).toBe('valid')
    expect(judge([impostor, leaf])).toBe('NO_CERTIFICATE_CHAIN_FOUND')
  })

  test('by the renewed certificate of an authority beside its expired one', () => {
    const [expired, leaf] = chainOf({ notAfter: moments.past }, {}) as [TestCertificate, TestCertificate]
    const [renewed] = chainOf({}) as [TestCertificate]
    const reissued = issueCertificate({
      subject: 'Link 0',
      keys: renewed.keys,
      issuer: root,
      extensions: authorityExtensions(),
    })
    expect(judge([expired, leaf])).toBe('EXPIRED')
    expect(judge([expired, reissued, leaf])).toBe('valid')
  })

  test('the moments at both ends of validity belong to it', () => {
    expect(judge(chainOf({ notBefore: moments.now, notAfter: moments.now }))).toBe('valid')
    expect(judge(chainOf({ notAfter: new Date(moments.now.getTime() - 1000) }))).toBe('EXPIRED')
    expect(judge(chainOf({ notBefore: new Date(moments.now.getTime() + 1000) }))).toBe('NOT_YET_VALID')
  })

  test('the year 2050 and after is read, and so is the last century', () => {
    expect(
      judge(chainOf({ notBefore: new Date('1999-01-01T00:00:00Z'), notAfter: new Date('2099-01-01T00:00:00Z') })),
    ).toBe('valid')
    expect(judge(chainOf({ notAfter: new Date('1999-01-01T00:00:00Z') }))).toBe('EXPIRED')
  })
})

describe('names', () => {
  test('chain by meaning: case, spacing and string type do not matter (RFC 5280, 7.1)', () => {
    const name = nameOf(['2.5.4.6', der.printable('kz')], ['2.5.4.3', der.printable('  LINK   0 ')])
    const issuer = issueCertificate({
      subject: commonName('Link 0'),
      keys,
      issuer: root,
      extensions: authorityExtensions(),
    })
    const leaf = issueCertificate({
      subject: 'Leaf',
      keys,
      issuer: { ...issuer, name },
      extensions: signerExtensions(),
    })
    expect(judge([issuer, leaf])).toBe('valid')
  })

  test('are compared where a path is validated, whoever built it', () => {
    const [, leaf] = chainOf({}, {}) as [TestCertificate, TestCertificate]
    const path = { anchor: parsed(root), certificates: [parsed(leaf)] }
    const outcome = validatePath({ path, at: moments.now, policy: ANY_POLICY_WILL_DO })
    expect(outcome).toMatchObject({ ok: false, refusal: { subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' } })
  })

  test.each([
    ['another order', nameOf(['2.5.4.3', der.utf8('Link 0')], ['2.5.4.6', der.printable('KZ')])],
    ['one attribute less', nameOf(['2.5.4.3', der.utf8('Link 0')])],
    ['another attribute type', nameOf(['2.5.4.6', der.printable('KZ')], ['2.5.4.10', der.utf8('Link 0')])],
    [
      'two attributes in one relative name',
      der.sequence(der.setOf(...der.childrenOf(commonName('Link 0')).flatMap((rdn) => der.childrenOf(rdn)))),
    ],
  ])('do not chain with %s', (_how, name) => {
    const issuer = issueCertificate({
      subject: commonName('Link 0'),
      keys,
      issuer: root,
      extensions: authorityExtensions(),
    })
    const leaf = issueCertificate({
      subject: 'Leaf',
      keys,
      issuer: { ...issuer, name },
      extensions: signerExtensions(),
    })
    expect(judge([issuer, leaf])).toBe('NO_CERTIFICATE_CHAIN_FOUND')
  })
})

describe('path length', () => {
  const withRoom = (pathLength: number) => ({ extensions: authorityExtensions(pathLength) })

  test.each([
    ['0 above a signer', [withRoom(0), {}], 'valid'],
    ['0 above an authority', [withRoom(0), {}, {}], BROKEN],
    ['1 above an authority', [withRoom(1), {}, {}], 'valid'],
    ['1 above two authorities', [withRoom(1), {}, {}, {}], BROKEN],
    ['3 above, 0 below it, then an authority', [withRoom(3), withRoom(0), {}, {}], BROKEN],
    ['0 above, 3 below it does not widen', [withRoom(0), withRoom(3), {}], BROKEN],
  ] as const)('%s', (_what, links, expected) => {
    expect(judge(chainOf(...links))).toBe(expected)
  })

  test('a self-issued authority (a new key of the same name) does not count', () => {
    const [authority] = chainOf(withRoom(0)) as [TestCertificate]
    const rollover = { keys: rsaKeys('new'), issuer: authority, extensions: authorityExtensions(0) }
    const newKey = issueCertificate({ subject: 'Link 0', ...rollover })
    const leaf = issueCertificate({ subject: 'Leaf', keys, issuer: newKey, extensions: signerExtensions() })
    expect(judge([authority, newKey, leaf])).toBe('valid')
    const other = issueCertificate({ subject: 'Other', ...rollover })
    const below = issueCertificate({ subject: 'Leaf', keys, issuer: other, extensions: signerExtensions() })
    expect(judge([authority, other, below])).toBe(BROKEN)
  })
})

describe('name constraints', () => {
  const ou = (unit: string, ...more: readonly (readonly [string, Buffer])[]) =>
    nameOf(['2.5.4.6', der.printable('KZ')], ['2.5.4.11', der.utf8(unit)], ...more)
  const under = (
    constraints: Parameters<typeof extension.nameConstraints>[0],
    subject: Buffer,
    ...alternative: readonly Buffer[]
  ) =>
    judge(
      chainOf(
        { more: [extension.nameConstraints(constraints)] },
        { subject, more: alternative.length > 0 ? [extension.subjectAltNames(...alternative)] : [] },
      ),
    )
  const person = commonName('Person')
  const withEmail = (address: string) =>
    nameOf(['2.5.4.3', der.utf8('Person')], ['1.2.840.113549.1.9.1', der.ia5(address)])

  test.each([
    [
      'inside a permitted subtree',
      { permitted: [general.directory(ou('One'))] },
      ou('One', ['2.5.4.3', der.utf8('A')]),
      'valid',
    ],
    ['the subtree itself', { permitted: [general.directory(ou('One'))] }, ou('One'), 'valid'],
    ['in other letters of the same meaning', { permitted: [general.directory(ou('ONE'))] }, ou(' one '), 'valid'],
    ['outside', { permitted: [general.directory(ou('One'))] }, ou('Two'), BROKEN],
    ['above', { permitted: [general.directory(ou('One'))] }, nameOf(['2.5.4.6', der.printable('KZ')]), BROKEN],
    ['one of two', { permitted: [general.directory(ou('One')), general.directory(ou('Two'))] }, ou('Two'), 'valid'],
    ['excluded', { excluded: [general.directory(ou('One'))] }, ou('One', ['2.5.4.3', der.utf8('A')]), BROKEN],
    ['not excluded', { excluded: [general.directory(ou('One'))] }, ou('Two'), 'valid'],
    [
      'permitted and excluded',
      { permitted: [general.directory(ou('One'))], excluded: [general.directory(ou('One'))] },
      ou('One'),
      BROKEN,
    ],
  ] as const)('directory names: %s', (_what, constraints, subject, expected) => {
    expect(under(constraints, subject)).toBe(expected)
  })

  test.each([
    ['host', 'testcertificates.kz', 'a@testcertificates.kz', true],
    ['host, not below', 'testcertificates.kz', 'a@mail.testcertificates.kz', false],
    ['domain, below', '.testcertificates.kz', 'a@mail.testcertificates.kz', true],
    ['domain, not itself', '.testcertificates.kz', 'a@testcertificates.kz', false],
    ['mailbox', 'a@testcertificates.kz', 'a@TESTcertificates.kz', true],
    ['another mailbox', 'a@testcertificates.kz', 'b@testcertificates.kz', false],
    ['a domain that only ends alike', '.certificates.kz', 'a@testcertificates.kz', false],
  ])('e-mail: %s', (_what, constraint, address, matches) => {
    const subtree = general.email(constraint)
    const [permitted, excluded] = matches ? ['valid', BROKEN] : [BROKEN, 'valid']
    expect(under({ permitted: [subtree] }, person, general.email(address))).toBe(permitted)
    expect(under({ excluded: [subtree] }, person, general.email(address))).toBe(excluded)
    expect(under({ permitted: [subtree] }, withEmail(address))).toBe(permitted)
    expect(under({ excluded: [subtree] }, withEmail(address))).toBe(excluded)
  })

  test.each([
    ['itself', 'egov.kz', 'egov.kz', true],
    ['below', 'egov.kz', 'www.EGOV.kz', true],
    ['ends alike', 'egov.kz', 'myegov.kz', false],
    ['above', 'www.egov.kz', 'egov.kz', false],
  ])('DNS: %s', (_what, constraint, host, matches) => {
    expect(under({ permitted: [general.dns(constraint)] }, person, general.dns(host))).toBe(matches ? 'valid' : BROKEN)
    expect(under({ excluded: [general.dns(constraint)] }, person, general.dns(host))).toBe(matches ? BROKEN : 'valid')
  })

  test.each([
    ['host', 'egov.kz', 'http://egov.kz/path', true],
    ['host with a port and a user', 'egov.kz', 'https://user@egov.kz:8443/', true],
    ['below a domain', '.egov.kz', 'http://www.egov.kz/', true],
    ['not the domain itself', '.egov.kz', 'http://egov.kz/', false],
    ['another host in the user part', 'egov.kz', 'http://egov.kz@evil.kz/', false],
    ['another host in the query', 'egov.kz', 'http://evil.kz?http://egov.kz', false],
  ])('URI: %s', (_what, constraint, uri, matches) => {
    expect(under({ permitted: [general.uri(constraint)] }, person, general.uri(uri))).toBe(matches ? 'valid' : BROKEN)
    expect(under({ excluded: [general.uri(constraint)] }, person, general.uri(uri))).toBe(matches ? BROKEN : 'valid')
  })

  test.each(['urn:arm-tson', 'http://10.0.0.1/', 'http://[::1]/', 'ldap:///cn=x'])(
    'URI %s has no host and passes no constraint',
    (uri) => {
      expect(under({ permitted: [general.uri('egov.kz')] }, person, general.uri(uri))).toBe(BROKEN)
      expect(under({ excluded: [general.uri('egov.kz')] }, person, general.uri(uri))).toBe(BROKEN)
    },
  )

  test.each([
    ['inside', [10, 1, 2, 3], true],
    ['outside', [11, 1, 2, 3], false],
    ['of the other version', Array.from({ length: 16 }, () => 0), false],
  ])('IP address: %s', (_what, address, matches) => {
    const subtree = general.ip(10, 0, 0, 0, 255, 0, 0, 0)
    expect(under({ permitted: [subtree] }, person, general.ip(...address))).toBe(matches ? 'valid' : BROKEN)
    expect(under({ excluded: [subtree] }, person, general.ip(...address))).toBe(matches ? BROKEN : 'valid')
  })

  test('kinds of names without a rule here are refused where they are constrained', () => {
    const registered = der.implicit(8, Buffer.from([0x2a, 0x03]))
    expect(under({ permitted: [registered] }, person, registered)).toBe(BROKEN)
    expect(under({ excluded: [registered] }, person, registered)).toBe(BROKEN)
    expect(under({ permitted: [registered] }, person, general.dns('egov.kz'))).toBe('valid')
  })

  test('each authority on the way constrains, and together they permit only what both do', () => {
    const constrained = (unit: string) => ({
      subject: ou('One', ['2.5.4.3', der.utf8(unit)]),
      more: [extension.nameConstraints({ permitted: [general.directory(ou(unit))] })],
    })
    expect(judge(chainOf(constrained('One'), constrained('One'), { subject: ou('One') }))).toBe('valid')
    expect(judge(chainOf(constrained('One'), constrained('Two'), { subject: ou('Two') }))).toBe(BROKEN)
    expect(judge(chainOf(constrained('One'), constrained('Two'), { subject: ou('One') }))).toBe(BROKEN)
  })

  test('a self-issued authority between is exempt, the last certificate is not', () => {
    const constraints = [extension.nameConstraints({ permitted: [general.directory(ou('One'))] })]
    const [authority] = chainOf({ more: constraints }, {}) as [TestCertificate]
    const newKey = issueCertificate({
      subject: 'Link 0',
      keys: rsaKeys('new'),
      issuer: authority,
      extensions: authorityExtensions(),
    })
    const leaf = issueCertificate({ subject: ou('One'), keys, issuer: newKey, extensions: signerExtensions() })
    expect(judge([authority, newKey, leaf])).toBe('valid')
    const selfIssued = issueCertificate({ subject: 'Link 0', keys, issuer: authority, extensions: signerExtensions() })
    expect(judge([authority, selfIssued])).toBe(BROKEN)
  })
})

describe('policies', () => {
  const [A, B, C, ANY] = ['1.2.398.1.1', '1.2.398.1.2', '1.2.398.1.3', '2.5.29.32.0'] as const
  const has = (...policies: readonly string[]): Link => ({ more: [extension.policies(...policies)] })
  const asks = (skip: number, ...policies: readonly string[]): Link => ({
    more: [extension.policies(...policies), extension.policyConstraints({ requireExplicit: skip })],
  })
  const maps = (from: string, to: string, ...policies: readonly string[]): Link => ({
    more: [extension.policies(...policies), extension.policyMappings([from, to])],
  })
  const explicit: PolicyInputs = { ...ANY_POLICY_WILL_DO, requireExplicitPolicy: true }
  const only = (...acceptable: readonly string[]): PolicyInputs => ({ ...explicit, acceptable: new Set(acceptable) })

  test.each([
    ['none anywhere, none asked', [{}, {}], ANY_POLICY_WILL_DO, 'valid'],
    ['none anywhere, one asked', [{}, {}], explicit, BROKEN],
    ['the same all the way', [has(A), has(A)], explicit, 'valid'],
    ['the one that is wanted', [has(A), has(A)], only(A), 'valid'],
    ['another than is wanted', [has(A), has(A)], only(B), BROKEN],
    ['one of those wanted', [has(A, B), has(B)], only(A, B), 'valid'],
    ['two that do not meet', [has(A), has(B)], explicit, BROKEN],
    ['two that do not meet, and nobody asks', [has(A), has(B)], ANY_POLICY_WILL_DO, 'valid'],
    ['missing in the middle', [has(A), {}, has(A)], explicit, BROKEN],
    ['any above', [has(ANY), has(A)], only(A), 'valid'],
    ['any below', [has(A), has(ANY)], only(A), 'valid'],
    ['any below, another wanted', [has(A), has(ANY)], only(B), BROKEN],
    ['any all the way', [has(ANY), has(ANY)], only(C), 'valid'],
    ['any, but inhibited by the user', [has(ANY), has(A)], { ...explicit, inhibitAnyPolicy: true }, BROKEN],
    ['asked by the authority at once, absent below', [asks(0, A), {}], ANY_POLICY_WILL_DO, BROKEN],
    [
      'asked by the authority for the certificate after the next, which is the end',
      [asks(1, A), {}],
      ANY_POLICY_WILL_DO,
      BROKEN,
    ],
    ['asked by the authority two further down', [asks(2, A), {}], ANY_POLICY_WILL_DO, 'valid'],
    ['asked by the authority, present below', [asks(0, A), has(A)], ANY_POLICY_WILL_DO, 'valid'],
    ['asked in the last certificate itself', [{}, asks(0, A)], ANY_POLICY_WILL_DO, BROKEN],
    [
      'any inhibited by the authority',
      [{ more: [extension.policies(A), extension.inhibitAnyPolicy(0)] }, has(ANY)],
      explicit,
      BROKEN,
    ],
    [
      'any inhibited one further down',
      [{ more: [extension.policies(A), extension.inhibitAnyPolicy(1)] }, has(ANY)],
      explicit,
      'valid',
    ],
    ['mapped', [maps(A, B, A), has(B)], only(A), 'valid'],
    ['mapped, the domain below wanted', [maps(A, B, A), has(B)], only(B), BROKEN],
    ['mapped away', [maps(A, B, A), has(A)], explicit, BROKEN],
    ['mapped from any', [maps(C, B, ANY), has(B)], only(C), 'valid'],
    ['mapped twice', [maps(A, B, A), maps(B, C, B), has(C)], only(A), 'valid'],
    ['mapped although inhibited', [maps(A, B, A), has(B)], { ...explicit, inhibitPolicyMapping: true }, BROKEN],
    [
      'mapped although the authority above inhibits it',
      [
        { more: [extension.policies(A), extension.policyConstraints({ requireExplicit: 0, inhibitMapping: 0 })] },
        maps(A, B, A),
        has(B),
      ],
      ANY_POLICY_WILL_DO,
      BROKEN,
    ],
    ['mapped to any', [maps(A, ANY, A), has(A)], ANY_POLICY_WILL_DO, BROKEN],
    ['mapped from what is any itself', [maps(ANY, A, ANY), has(A)], ANY_POLICY_WILL_DO, BROKEN],
  ] as const)('%s', (_what, links, policy, expected) => {
    expect(judge(chainOf(...links), { policy })).toBe(expected)
  })

  test('mappings made to multiply are worked off like any other (RFC 9618)', () => {
    const many = Array.from({ length: 40 }, (_, i) => `1.2.398.2.${i}`)
    const pairs = many.flatMap((from) => many.map((to) => [from, to] as const))
    const multiplying = { more: [extension.policies(...many), extension.policyMappings(...pairs)] }
    expect(
      judge(chainOf(...Array.from({ length: 8 }, () => multiplying), has(...many)), { policy: only('1.2.398.2.7') }),
    ).toBe('valid')
  })
})

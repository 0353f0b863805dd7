import { describe, expect, test } from 'vitest'
import { parseCertificateList } from '../../../../../src/main/adapters/revocation/certificate-list.ts'
import { createRevocationJudge } from '../../../../../src/main/adapters/revocation/create-revocation-judge.ts'
import { parseOcspResponse } from '../../../../../src/main/adapters/revocation/ocsp-response.ts'
import { type Certificate, parseCertificate } from '../../../../../src/main/adapters/x509/certificate.ts'
import {
  authorityExtensions,
  extension,
  general,
  issueCertificate,
  moments,
  signerExtensions,
  type TestCertificate,
} from '../../../../support/pki-certificate.ts'
import * as der from '../../../../support/pki-der.ts'
import { rsaKeys } from '../../../../support/pki-keys.ts'
import {
  type CrlRecipe,
  issueCrl,
  issueOcspResponse,
  issuingDistributionPoint,
  type OcspRecipe,
} from '../../../../support/pki-revocation.ts'

const HOUR = 60 * 60 * 1000
const recent = new Date(moments.now.getTime() - HOUR)
const root = issueCertificate({ subject: 'Root', extensions: authorityExtensions() })
const authority = issueCertificate({ subject: 'Authority', issuer: root, extensions: authorityExtensions() })
const stranger = issueCertificate({ subject: 'Stranger', extensions: authorityExtensions() })
const signer = issueCertificate({ subject: 'Signer', issuer: authority, extensions: signerExtensions() })
const other = issueCertificate({ subject: 'Other', issuer: authority, extensions: signerExtensions() })

const parsed = ({ der: bytes }: TestCertificate): Certificate => {
  const certificate = parseCertificate(bytes)
  if (certificate === undefined) throw new Error('the test made a malformed certificate')
  return certificate
}

interface Case {
  readonly crls?: readonly Buffer[]
  readonly ocsp?: readonly Buffer[]
  readonly certificate?: TestCertificate
  readonly above?: readonly TestCertificate[]
  readonly intermediates?: readonly TestCertificate[]
  readonly authoritiesRequired?: boolean
  readonly at?: Date
}

/** @returns what was checked of the authorities, or the sub-indication. */
const judge = ({
  crls = [],
  ocsp = [],
  certificate = signer,
  above = [],
  intermediates = [],
  authoritiesRequired = false,
  at = moments.now,
}: Case) => {
  const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])
  const outcome = createRevocationJudge({
    evidence: {
      crls: crls.flatMap((bytes) => present(parseCertificateList(bytes))),
      ocspResponses: ocsp.flatMap((bytes) => present(parseOcspResponse(bytes))),
    },
    intermediates: intermediates.map(parsed),
    ocspMaxAgeMs: 24 * HOUR,
    authoritiesRequired,
  }).judgePath(
    { anchor: parsed(above.length > 0 ? root : authority), certificates: [...above, certificate].map(parsed) },
    at,
  )
  return outcome.ok ? outcome.value : outcome.refusal.subIndication
}

const crl = (recipe: Partial<CrlRecipe> = {}) => issueCrl({ issuer: authority, ...recipe })
const revokes = (reason?: number) => ({
  entries: [{ certificate: signer, ...(reason === undefined ? {} : { reason }) }],
})
const ocsp = (recipe: Partial<OcspRecipe> = {}) =>
  issueOcspResponse({ certificate: signer, issuer: authority, thisUpdate: recent, ...recipe })

describe('CRLs', () => {
  test('A fresh CRL of the issuer without the certificate makes it good.', () => {
    expect(judge({ crls: [crl({ entries: [{ certificate: other }] })] })).toBe('checked')
  })

  test('A certificate in the CRL is revoked, on hold too.', () => {
    expect(judge({ crls: [crl(revokes())] })).toBe('REVOKED')
    expect(judge({ crls: [crl(revokes(6))] })).toBe('REVOKED')
  })

  test.each<[string, Partial<CrlRecipe>]>([
    ['stale', { nextUpdate: new Date(moments.now.getTime() - 1000) }],
    ['from the future', { thisUpdate: new Date(moments.now.getTime() + 1000) }],
    ['without nextUpdate', { nextUpdate: null }],
    ['of another issuer', { issuer: stranger }],
    ["of another issuer under the issuer's name", { signedBy: stranger.keys }],
    ['with an unknown critical extension', { extensions: [extension.raw('1.2.3.4', der.nothing(), true)] }],
    [
      'with an unknown critical extension in the entry of another',
      { entries: [{ certificate: other, extensions: [extension.raw('1.2.3.4', der.nothing(), true)] }] },
    ],
    ['for authorities only', { extensions: [issuingDistributionPoint({ flags: [2] })] }],
    ['for attribute certificates only', { extensions: [issuingDistributionPoint({ flags: [5] })] }],
    ['of another distribution point', { extensions: [issuingDistributionPoint({ uri: 'http://x/other.crl' })] }],
    ['for some reasons only', { extensions: [issuingDistributionPoint({ reasons: 0x40 })] }],
    ['that is a delta alone', { number: 2, base: 1 }],
    ['that names two kinds of number', { extensions: [extension.raw('2.5.29.20', der.integer(2))] }],
  ])('A CRL %s leaves the status open.', (_, recipe) => {
    expect(judge({ crls: [crl(recipe)] })).toBe('TRY_LATER')
  })

  test('CRLs that cover all reasons between them are enough, and a revocation in one of them counts.', () => {
    const [some, rest] = [0x60, 0x1f].map((reasons) => issuingDistributionPoint({ reasons }))
    if (some === undefined || rest === undefined) throw new Error('two scopes')
    // Bit 8, aACompromise, does not fit the octet: all reasons are never covered.
    expect(judge({ crls: [crl({ extensions: [some] }), crl({ extensions: [rest] })] })).toBe('TRY_LATER')
    expect(judge({ crls: [crl({ extensions: [some] }), crl({ extensions: [rest], ...revokes() })] })).toBe('REVOKED')
  })

  test('A CRL for user certificates speaks of a signer.', () => {
    expect(judge({ crls: [crl({ extensions: [issuingDistributionPoint({ flags: [1] })] })] })).toBe('checked')
  })

  test("A certificate's distribution point finds the CRL of the same name.", () => {
    const uri = 'http://crl.example/a.crl'
    const point = der.sequence(der.explicit(0, der.explicit(0, general.uri(uri))))
    const pointed = issueCertificate({
      subject: 'Pointed',
      issuer: authority,
      extensions: [...signerExtensions(), extension.raw('2.5.29.31', der.sequence(point))],
    })
    const list = crl({ extensions: [issuingDistributionPoint({ uri })], entries: [{ certificate: pointed }] })
    expect(judge({ crls: [list], certificate: pointed })).toBe('REVOKED')
  })

  test('The newer of two fresh CRLs is believed.', () => {
    const older = crl({ ...revokes(6), thisUpdate: moments.earlier })
    expect(judge({ crls: [older, crl()] })).toBe('checked')
    expect(judge({ crls: [crl({ thisUpdate: moments.earlier }), crl(revokes())] })).toBe('REVOKED')
  })

  test('An authority that may not sign CRLs makes none that counts.', () => {
    const mute = issueCertificate({
      subject: 'Mute',
      issuer: root,
      extensions: [extension.basicConstraints(true), extension.keyUsage('keyCertSign')],
    })
    const below = issueCertificate({ subject: 'Below', issuer: mute, extensions: signerExtensions() })
    expect(judge({ crls: [issueCrl({ issuer: mute })], certificate: below, above: [mute] })).toBe('TRY_LATER')
  })
})

describe('Separate signers of CRLs', () => {
  const issued = (recipe: { issuer: TestCertificate }) =>
    issueCertificate({
      subject: authority.name,
      keys: rsaKeys('separate CRL signer'),
      extensions: [extension.keyUsage('cRLSign')],
      ...recipe,
    })
  const separate = issued({ issuer: root })
  const list = issueCrl({ issuer: authority, signedBy: separate.keys })
  const base = { crls: [list], above: [authority], intermediates: [authority, separate] }

  test("A certificate of the authority's name under the same anchor may sign its CRL.", () => {
    expect(judge(base)).toBe('not-checked')
  })

  test('One that is revoked may not.', () => {
    const ofRoot = issueCrl({ issuer: root, entries: [{ certificate: separate }] })
    expect(judge({ ...base, crls: [list, ofRoot] })).toBe('TRY_LATER')
    expect(judge({ ...base, crls: [list, issueCrl({ issuer: root })] })).toBe('checked')
  })

  test('One under another anchor may not.', () => {
    expect(judge({ ...base, intermediates: [authority, issued({ issuer: stranger }), stranger] })).toBe('TRY_LATER')
  })
})

describe('Indirect CRLs', () => {
  const delegate = issueCertificate({
    subject: 'CRL issuer',
    issuer: authority,
    extensions: [extension.keyUsage('cRLSign')],
  })
  const crlIssuer = der.sequence(der.explicit(2, general.directory(delegate.name)))
  const pointed = issueCertificate({
    subject: 'Pointed elsewhere',
    issuer: authority,
    extensions: [...signerExtensions(), extension.raw('2.5.29.31', der.sequence(crlIssuer))],
  })
  const certificateIssuer = extension.raw('2.5.29.29', der.sequence(general.directory(authority.name)), true)
  const indirect = issuingDistributionPoint({ flags: [4] })
  const list = (recipe: Partial<CrlRecipe>) => issueCrl({ issuer: delegate, extensions: [indirect], ...recipe })
  const base = { certificate: pointed, intermediates: [delegate] }

  test('The CRL issuer that the certificate names speaks for it.', () => {
    expect(judge({ ...base, crls: [list({})] })).toBe('checked')
    const entries = [{ certificate: pointed, extensions: [certificateIssuer] }]
    expect(judge({ ...base, crls: [list({ entries })] })).toBe('REVOKED')
  })

  test('An issuer that an entry names stands for the entries after it.', () => {
    const entries = [{ certificate: other, extensions: [certificateIssuer] }, { certificate: pointed }]
    expect(judge({ ...base, crls: [list({ entries })] })).toBe('REVOKED')
  })

  test("An entry of another issuer's certificate with the same serial number does not count.", () => {
    expect(judge({ ...base, crls: [list({ entries: [{ certificate: pointed }] })] })).toBe('checked')
  })

  test.each<[string, Partial<CrlRecipe>]>([
    ['does not call itself indirect', { extensions: [] }],
    ['is forged', { signedBy: stranger.keys }],
  ])('One that %s leaves the status open.', (_, recipe) => {
    expect(judge({ ...base, crls: [list(recipe)] })).toBe('TRY_LATER')
  })

  test('A direct CRL whose entry names another issuer is malformed.', () => {
    const foreign = extension.raw('2.5.29.29', der.sequence(general.directory(stranger.name)), true)
    expect(judge({ crls: [crl({ entries: [{ certificate: other, extensions: [foreign] }] })] })).toBe('TRY_LATER')
  })

  test('It speaks for nobody who does not name its issuer.', () => {
    expect(judge({ crls: [list({})], intermediates: [delegate] })).toBe('TRY_LATER')
  })
})

describe('Delta CRLs', () => {
  const hold = crl({ ...revokes(6), number: 5 })
  const lifts = { number: 6, base: 5, entries: [{ certificate: signer, reason: 8 }], thisUpdate: recent }

  test('removeFromCRL in a delta takes a hold back.', () => {
    expect(judge({ crls: [hold] })).toBe('REVOKED')
    expect(judge({ crls: [hold, crl(lifts)] })).toBe('checked')
  })

  test('A delta revokes what its base did not.', () => {
    expect(judge({ crls: [crl({ number: 5 }), crl({ ...lifts, ...revokes() })] })).toBe('REVOKED')
  })

  test.each<[string, Partial<CrlRecipe>]>([
    ['is stale', { nextUpdate: recent, thisUpdate: moments.past }],
    ['is forged', { signedBy: stranger.keys }],
    ['builds on a later base', { base: 6, number: 7 }],
    ['is older than the base', { number: 5 }],
    ['has another scope', { extensions: [issuingDistributionPoint({ flags: [1] })] }],
    ['has an unknown critical extension', { extensions: [extension.raw('1.2.3.4', der.nothing(), true)] }],
  ])('A delta that %s lifts no hold.', (_, recipe) => {
    expect(judge({ crls: [hold, crl({ ...lifts, ...recipe })] })).toBe('REVOKED')
  })

  test('removeFromCRL in a complete CRL lifts nothing.', () => {
    expect(judge({ crls: [crl(revokes(8))] })).toBe('REVOKED')
  })
})

describe('OCSP responses', () => {
  const responder = (more: readonly Buffer[], issuer = authority) =>
    issueCertificate({ subject: 'Responder', issuer, extensions: [extension.keyUsage('digitalSignature'), ...more] })
  const ocspSigning = extension.extendedKeyUsage('1.3.6.1.5.5.7.3.9')
  const noCheck = extension.raw('1.3.6.1.5.5.7.48.1.5', der.nothing())

  test.each(['sha1', 'sha256'] as const)('A response of the issuer itself with CertID by %s is believed.', (hash) => {
    expect(judge({ ocsp: [ocsp({ hash })] })).toBe('checked')
    expect(judge({ ocsp: [ocsp({ hash, status: { revoked: moments.past, reason: 1 } })] })).toBe('REVOKED')
  })

  test('A response of a delegate of the issuer is believed.', () => {
    expect(judge({ ocsp: [ocsp({ responder: responder([ocspSigning, noCheck]) })] })).toBe('checked')
  })

  test('A delegate without nocheck must itself be good by a CRL.', () => {
    const delegate = responder([ocspSigning])
    const response = ocsp({ responder: delegate, status: { revoked: moments.past } })
    expect(judge({ ocsp: [response] })).toBe('TRY_LATER')
    expect(judge({ ocsp: [response], crls: [crl()] })).toBe('REVOKED')
    expect(judge({ ocsp: [response], crls: [crl({ entries: [{ certificate: delegate }] })] })).toBe('checked')
  })

  test.each<[string, Partial<OcspRecipe>]>([
    [
      'is older than a day and says not until when it holds',
      { thisUpdate: new Date(moments.now.getTime() - 25 * HOUR) },
    ],
    ['is past its nextUpdate', { nextUpdate: recent, thisUpdate: moments.past }],
    ['is from the future', { thisUpdate: moments.future }],
    ['was produced in the future', { producedAt: moments.future }],
    ['speaks of another certificate', { certificate: other }],
    ["speaks of another issuer's certificate", { certIdIssuer: stranger }],
    ['is forged', { signedBy: stranger.keys }],
    ['does not know the certificate', { status: 'unknown' }],
    ['comes from a responder without the purpose', { responder: responder([noCheck]) }],
    ['comes from the signer itself', { responder: signer }],
    ['comes from a delegate of another authority', { responder: responder([ocspSigning, noCheck], stranger) }],
    [
      'comes from an ended delegate',
      {
        responder: issueCertificate({
          subject: 'Ended responder',
          issuer: authority,
          notAfter: moments.past,
          extensions: [ocspSigning, noCheck],
        }),
      },
    ],
    ['has an unknown critical extension', { responseExtensions: [extension.raw('1.2.3.4', der.nothing(), true)] }],
  ])('A response that %s leaves the status open.', (_, recipe) => {
    expect(judge({ ocsp: [ocsp(recipe)] })).toBe('TRY_LATER')
  })

  test('One that says revoked outweighs one that says good, and a CRL.', () => {
    const revoked = ocsp({ status: { revoked: moments.past } })
    expect(judge({ ocsp: [ocsp(), revoked], crls: [crl()] })).toBe('REVOKED')
    expect(judge({ ocsp: [ocsp()], crls: [crl(revokes())] })).toBe('REVOKED')
  })
})

describe('Authorities', () => {
  const rootCrl = (recipe: Partial<CrlRecipe> = {}) => issueCrl({ issuer: root, ...recipe })
  const path = { above: [authority] }

  test('A revoked authority revokes what is below it.', () => {
    expect(judge({ ...path, crls: [crl(), rootCrl({ entries: [{ certificate: authority }] })] })).toBe('REVOKED')
  })

  test('An authority without evidence is told, or leaves the verdict open where it is required.', () => {
    expect(judge({ ...path, crls: [crl(), rootCrl()] })).toBe('checked')
    expect(judge({ ...path, crls: [crl()] })).toBe('not-checked')
    expect(judge({ ...path, crls: [crl()], authoritiesRequired: true })).toBe('TRY_LATER')
  })
})

import { createHash } from 'node:crypto'
import { createLiveEvidence } from '../../../src/main/adapters/revocation/create-live-evidence.ts'
import { encodeOcspRequest } from '../../../src/main/adapters/revocation/ocsp-request.ts'
import {
  authorityExtensions,
  extension,
  issueCertificate,
  moments,
  type TestCertificate,
} from '../../support/pki-certificate.ts'
import { attribute, cmsOids, signedData, signerInfo, signMessage } from '../../support/pki-cms.ts'
import * as der from '../../support/pki-der.ts'
import { gostKeys, rsaKeys, type TestKeys } from '../../support/pki-keys.ts'
import {
  type CrlRecipe,
  issueCrl,
  issueOcspResponse,
  issuingDistributionPoint,
  type OcspRecipe,
} from '../../support/pki-revocation.ts'
import { type CaseRow, casesOf, type HostileCase, type JudgedCase } from './hostile-case.ts'
import { type Circumstances, judgeMessage, judgeOne, nucExtensions, nucPki, parsed } from './judge-hostile.ts'

export const revocationPki = nucPki('revocation')
const { root, authority, signer } = revocationPki
const other = issueCertificate({ subject: 'Other', issuer: authority, extensions: nucExtensions() })
const stranger = issueCertificate({ subject: 'Stranger', keys: rsaKeys('stranger'), extensions: authorityExtensions() })
const attacker = rsaKeys('attacker')
const HOUR = 60 * 60 * 1000
const ago = (ms: number) => new Date(moments.now.getTime() - ms)

const judge = (evidence: Circumstances['evidence'] = {}, more: Omit<Circumstances, 'evidence'> = {}): JudgedCase =>
  judgeOne(signer, revocationPki, { evidence, ...more })
const good = (recipe: Partial<OcspRecipe> = {}) =>
  issueOcspResponse({ certificate: signer, issuer: authority, thisUpdate: ago(HOUR), ...recipe })
const list = (recipe: Partial<CrlRecipe> = {}) => issueCrl({ issuer: authority, ...recipe })
const revoking = { entries: [{ certificate: signer, reason: 1 }] }
const ocsp =
  (recipe: Partial<OcspRecipe>, more: Circumstances = {}) =>
  () =>
    judge({ ocsp: [good(recipe)] }, more)
const crl =
  (recipe: Partial<CrlRecipe>, more: Circumstances = {}) =>
  () =>
    judge({ crls: [list(recipe)] }, more)

const responderOf = (recipe: Partial<Parameters<typeof issueCertificate>[0]> = {}) =>
  issueCertificate({
    subject: 'Responder',
    keys: rsaKeys('responder'),
    issuer: authority,
    extensions: [
      extension.keyUsage('digitalSignature'),
      extension.extendedKeyUsage('1.3.6.1.5.5.7.3.9'),
      extension.raw('1.3.6.1.5.5.7.48.1.5', der.nothing()),
    ],
    ...recipe,
  })
const responder = (recipe: Partial<Parameters<typeof issueCertificate>[0]>) => ocsp({ responder: responderOf(recipe) })
/** id-pkix-ocsp-nocheck: nobody is to ask after the responder itself, so that only what a case says is wrong. */
const noCheck = extension.raw('1.3.6.1.5.5.7.48.1.5', der.nothing())
const unknownCritical = extension.raw('1.2.3.4.5', der.nothing(), true)

/** The service answers as it likes; the question's nonce is ours. */
const asked = (answer: (nonce: Buffer | undefined) => Buffer) => async (): Promise<JudgedCase> => {
  const live = createLiveEvidence({
    http: {
      async ask({ body }) {
        const nonce = body === undefined ? undefined : nonceIn(Buffer.from(body.octets))
        return { ok: true, body: answer(nonce) }
      },
    },
    sources: {
      ocsp: { url: 'http://ocsp.test/', nonceRequired: true, reuseMs: 0 },
      ocspMaxAgeMs: 24 * HOUR,
      retryMs: 0,
    },
    monotonicMs: () => 0,
  })
  const path = { anchor: parsed(root), certificates: [parsed(authority), parsed(signer)] }
  const { ocspResponses } = await live.about(path, moments.now)
  return judge({ responses: ocspResponses })
}

/** Value of the nonce extension, found by its identifier. */
function nonceIn(request: Buffer): Buffer {
  const oid = der.oid('1.3.6.1.5.5.7.48.1.2')
  const at = request.indexOf(oid)
  if (at < 0) throw new Error('the request has no nonce')
  const value = request.subarray(at + oid.length)
  return value.subarray(2, 2 + (value[1] ?? 0))
}

const nonced = (value: Buffer) => good({ responseExtensions: [extension.raw('1.3.6.1.5.5.7.48.1.2', value)] })

const ocspRows: readonly CaseRow[] = [
  ['no evidence at all', 'TRY_LATER', () => judge()],
  ['forged: a key of somebody under the name of the issuer', 'TRY_LATER', ocsp({ signedBy: attacker })],
  [
    'forged: good, signed by nobody, dated 1970, brought by the message of a revoked signer',
    'REVOKED',
    () => {
      const forged = good({ signedBy: attacker, thisUpdate: new Date(0), producedAt: new Date(0) })
      const inside = der.explicit(1, der.oid('1.3.6.1.5.5.7.16.2'), forged)
      const content = Buffer.from('content')
      const message = signedData({
        signerInfos: [signerInfo({ signer, content })],
        content,
        certificates: [signer],
        revocation: [inside],
      })
      return judgeMessage(message, revocationPki, { evidence: { crls: [list(revoking)] } })
    },
  ],
  ['stale: a day old, without nextUpdate', 'TRY_LATER', ocsp({ thisUpdate: ago(25 * HOUR) })],
  ['stale: nextUpdate a second ago', 'TRY_LATER', ocsp({ nextUpdate: ago(1000) })],
  ['from the future', 'TRY_LATER', ocsp({ thisUpdate: moments.future })],
  ['produced in the future about the past', 'TRY_LATER', ocsp({ producedAt: moments.future })],
  ['for another certificate', 'TRY_LATER', ocsp({ certificate: other })],
  ['for the same serial number of another issuer', 'TRY_LATER', ocsp({ certIdIssuer: stranger })],
  [
    "for the same issuer's name with another key",
    'TRY_LATER',
    ocsp({ certIdIssuer: { ...authority, keys: attacker } }),
  ],
  ['the responder does not know it', 'TRY_LATER', ocsp({ status: 'unknown' })],
  [
    'a responder without the purpose of OCSP',
    'TRY_LATER',
    responder({ extensions: [extension.keyUsage('digitalSignature'), noCheck] }),
  ],
  [
    'a responder for timestamps',
    'TRY_LATER',
    responder({
      extensions: [extension.keyUsage('digitalSignature'), extension.extendedKeyUsage('1.3.6.1.5.5.7.3.8'), noCheck],
    }),
  ],
  [
    'a responder for any purpose',
    'TRY_LATER',
    responder({
      extensions: [extension.keyUsage('digitalSignature'), extension.extendedKeyUsage('2.5.29.37.0'), noCheck],
    }),
  ],
  ['a responder that another authority certified', 'TRY_LATER', responder({ issuer: stranger })],
  ['a responder that the root certified, not the issuer', 'TRY_LATER', responder({ issuer: root })],
  [
    'a responder that nobody certified',
    'TRY_LATER',
    () => judge({ ocsp: [good({ responder: { ...responderOf(), issuerName: authority.name }, signedBy: attacker })] }),
  ],
  ['an expired responder', 'TRY_LATER', responder({ notAfter: moments.past })],
  [
    'a responder with an unknown critical extension',
    'TRY_LATER',
    responder({
      extensions: [
        extension.keyUsage('digitalSignature'),
        extension.extendedKeyUsage('1.3.6.1.5.5.7.3.9'),
        noCheck,
        unknownCritical,
      ],
    }),
  ],
  [
    'a responder whose key usage is another',
    'TRY_LATER',
    responder({
      extensions: [
        extension.keyUsage('keyEncipherment'),
        extension.extendedKeyUsage('1.3.6.1.5.5.7.3.9'),
        extension.raw('1.3.6.1.5.5.7.48.1.5', der.nothing()),
      ],
    }),
  ],
  [
    'a revoked responder',
    'TRY_LATER',
    () => {
      const revoked = responderOf({
        extensions: [extension.keyUsage('digitalSignature'), extension.extendedKeyUsage('1.3.6.1.5.5.7.3.9')],
      })
      // The CRL speaks of the responder alone, through a distribution point of its own.
      return judge({
        ocsp: [good({ responder: revoked })],
        crls: [
          list({ entries: [{ certificate: revoked }], extensions: [issuingDistributionPoint({ reasons: 0x40 })] }),
        ],
      })
    },
  ],
  ['the signer answers for itself', 'TRY_LATER', ocsp({ responder: signer })],
  ['signed with SHA-1', 'TRY_LATER', ocsp({ digest: 'sha1' })],
  ['signed with a ГОСТ key under the name of an RSA issuer', 'TRY_LATER', ocsp({ signedBy: gostKeys('attacker') })],
  ['an unknown critical extension', 'TRY_LATER', ocsp({ responseExtensions: [unknownCritical] })],
  ['a status of try later', 'TRY_LATER', () => judge({ ocsp: [der.sequence(der.tlv(0x0a, Buffer.from([3])))] })],
  ['revoked', 'REVOKED', ocsp({ status: { revoked: ago(HOUR), reason: 1 } })],
  ['on hold', 'REVOKED', ocsp({ status: { revoked: ago(HOUR), reason: 6 } })],
  ['good, while a CRL says revoked', 'REVOKED', () => judge({ ocsp: [good()], crls: [list(revoking)] })],
  [
    'good and revoked, in two responses',
    'REVOKED',
    () => judge({ ocsp: [good(), good({ status: { revoked: ago(HOUR) } })] }),
  ],
  ['replayed: the nonce of another question', 'TRY_LATER', asked(() => nonced(der.octets(Buffer.alloc(32, 7))))],
  ['replayed: no nonce where one was sent', 'TRY_LATER', asked(() => good())],
  [
    'replayed: the right nonce under a forged signature',
    'TRY_LATER',
    asked((nonce) =>
      good({
        signedBy: attacker,
        responseExtensions: [extension.raw('1.3.6.1.5.5.7.48.1.2', nonce ?? Buffer.alloc(0))],
      }),
    ),
  ],
]

/** What the cases with a nonce are changed from. */
export const answersTheNonce = asked((nonce) => nonced(nonce ?? Buffer.alloc(0)))
export const requestWithNonce = () =>
  encodeOcspRequest({ certificate: parsed(signer), issuer: parsed(authority), nonce: Buffer.alloc(32, 1) })

const base = (recipe: Partial<CrlRecipe> = {}) => list({ number: 10, ...recipe })
const delta = (recipe: Partial<CrlRecipe> = {}) => list({ number: 11, base: 10, ...recipe })
const removed = { entries: [{ certificate: signer, reason: 8 }] }
const withDelta = (first: Buffer, second: Buffer) => () => judge({ crls: [first, second] })

const crlRows: readonly CaseRow[] = [
  ['stale', 'TRY_LATER', crl({ nextUpdate: ago(1000) })],
  ['stale, and it would say revoked', 'TRY_LATER', crl({ ...revoking, nextUpdate: ago(1000) })],
  ['from the future', 'TRY_LATER', crl({ thisUpdate: moments.future, nextUpdate: moments.later })],
  ['without nextUpdate', 'TRY_LATER', crl({ nextUpdate: null })],
  ['of another issuer', 'TRY_LATER', crl({ issuer: stranger })],
  ["another key under the issuer's name", 'TRY_LATER', crl({ signedBy: attacker })],
  ['a ГОСТ key under the name of an RSA issuer', 'TRY_LATER', crl({ signedBy: gostKeys('attacker') })],
  ['signed by the signer itself', 'TRY_LATER', crl({ signedBy: signer.keys })],
  ['signed with SHA-1', 'TRY_LATER', crl({ digest: 'sha1' })],
  ['signed with MD5', 'TRY_LATER', crl({ digest: 'md5' })],
  ['an unknown critical extension', 'TRY_LATER', crl({ extensions: [unknownCritical] })],
  [
    "an unknown critical extension in somebody else's entry",
    'TRY_LATER',
    crl({ entries: [{ certificate: other, extensions: [unknownCritical] }] }),
  ],
  ['for authorities alone', 'TRY_LATER', crl({ extensions: [issuingDistributionPoint({ flags: [2] })] })],
  ['for attribute certificates alone', 'TRY_LATER', crl({ extensions: [issuingDistributionPoint({ flags: [5] })] })],
  [
    'of another distribution point',
    'TRY_LATER',
    crl({ extensions: [issuingDistributionPoint({ uri: 'http://other/' })] }),
  ],
  ['for one reason alone', 'TRY_LATER', crl({ extensions: [issuingDistributionPoint({ reasons: 0x40 })] })],
  [
    'an indirect one that names nobody else',
    'TRY_LATER',
    crl({ issuer: stranger, extensions: [issuingDistributionPoint({ flags: [4] })] }),
  ],
  ['a delta without its base', 'TRY_LATER', crl({ number: 11, base: 10 })],
  [
    'one octet changed',
    'TRY_LATER',
    () => {
      const changed = Buffer.from(list())
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
      return judge({ crls: [changed] })
    },
  ],
  ['revoked', 'REVOKED', crl(revoking)],
  ['on hold', 'REVOKED', crl({ entries: [{ certificate: signer, reason: 6 }] })],
  ['revoked in the delta', 'REVOKED', withDelta(base(), delta(revoking))],
  ['taken back in a full list, which only a delta may', 'REVOKED', crl(removed)],
  [
    'taken back by a delta that another key signed',
    'REVOKED',
    withDelta(base(revoking), delta({ ...removed, signedBy: attacker })),
  ],
  ['taken back by a stale delta', 'REVOKED', withDelta(base(revoking), delta({ ...removed, nextUpdate: ago(1000) }))],
  [
    'taken back by a delta on a newer base',
    'REVOKED',
    withDelta(base(revoking), delta({ ...removed, base: 11, number: 12 })),
  ],
  [
    'taken back by a delta older than the base',
    'REVOKED',
    withDelta(base(revoking), delta({ ...removed, base: 8, number: 9 })),
  ],
  [
    'taken back by a delta of another scope',
    'REVOKED',
    withDelta(base(revoking), delta({ ...removed, extensions: [issuingDistributionPoint({ flags: [1] })] })),
  ],
  [
    'taken back by a delta signed with SHA-1',
    'REVOKED',
    withDelta(base(revoking), delta({ ...removed, digest: 'sha1' })),
  ],
  [
    'an entry that a delta took back for somebody else',
    'REVOKED',
    withDelta(base(revoking), delta({ entries: [{ certificate: other, reason: 8 }] })),
  ],
  [
    'the issuing authority revoked',
    'REVOKED',
    () => judge({ crls: [list(), issueCrl({ issuer: root, entries: [{ certificate: authority }] })] }),
  ],
  [
    'signed by an authority that may not sign lists',
    'TRY_LATER',
    () => {
      const mute = issueCertificate({
        subject: 'Mute',
        keys: rsaKeys('mute'),
        issuer: root,
        extensions: [
          extension.basicConstraints(true),
          extension.keyUsage('keyCertSign'),
          extension.policies('2.5.29.32.0'),
        ],
      })
      const below = issueCertificate({ subject: 'Below', issuer: mute, extensions: nucExtensions() })
      return judgeOne(below, revocationPki, { with: [mute], evidence: { crls: [issueCrl({ issuer: mute })] } })
    },
  ],
]

/** Links from the anchor down, each with a validity of its own. */
const chainWith = (place: 0 | 1 | 2, validity: { notBefore?: Date; notAfter?: Date }) => (): JudgedCase => {
  const [first, second, last] = [0, 1, 2].map((i) => (i === place ? validity : {}))
  const upper = issueCertificate({
    subject: 'Upper',
    keys: rsaKeys('upper'),
    issuer: root,
    extensions: [...authorityExtensions(), extension.policies('2.5.29.32.0')],
    ...first,
  })
  const lower = issueCertificate({
    subject: 'Lower',
    keys: rsaKeys('lower'),
    issuer: upper,
    extensions: [...authorityExtensions(), extension.policies('2.5.29.32.0')],
    ...second,
  })
  const person = issueCertificate({ subject: 'Person', issuer: lower, extensions: nucExtensions(), ...last })
  return judgeOne(person, revocationPki, { with: [upper, lower] })
}
const expired = { notAfter: ago(1000) }
const unborn = { notBefore: new Date(moments.now.getTime() + 1000) }

const timeRows: readonly CaseRow[] = [
  ['the upper authority expired a second ago', 'EXPIRED', chainWith(0, expired)],
  ['the issuing authority expired a second ago', 'EXPIRED', chainWith(1, expired)],
  ['the signer expired a second ago', 'EXPIRED', chainWith(2, expired)],
  ['the upper authority begins in a second', 'NOT_YET_VALID', chainWith(0, unborn)],
  ['the issuing authority begins in a second', 'NOT_YET_VALID', chainWith(1, unborn)],
  ['the signer begins in a second', 'NOT_YET_VALID', chainWith(2, unborn)],
  [
    'a clock moved on beyond the end',
    'EXPIRED',
    () => judgeOne(signer, revocationPki, { at: new Date('2027-01-01T00:00:01Z') }),
  ],
  [
    'a clock moved back before the beginning',
    'NOT_YET_VALID',
    () => judgeOne(signer, revocationPki, { at: new Date('2025-12-31T23:59:59Z') }),
  ],
  ['a clock moved back before its CRL', 'TRY_LATER', crl({}, { at: new Date('2026-05-30T00:00:00Z') })],
  ['a clock moved on beyond its CRL', 'TRY_LATER', crl({}, { at: new Date('2026-06-03T00:00:00Z') })],
  ['a clock moved back before its OCSP response', 'TRY_LATER', ocsp({}, { at: ago(2 * HOUR) })],
  [
    'a clock moved on beyond its OCSP response',
    'TRY_LATER',
    ocsp({}, { at: new Date(moments.now.getTime() + 24 * HOUR) }),
  ],
]

const TSA = [
  extension.keyUsage('digitalSignature'),
  extension.raw('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.8')), true),
  extension.policies('1.2.398.3.3.2.6'),
]
const timestampAuthority = (recipe: Partial<Parameters<typeof issueCertificate>[0]> = {}) =>
  issueCertificate({ subject: 'Timestamps', keys: rsaKeys('tsa'), issuer: authority, extensions: TSA, ...recipe })

interface TimestampRecipe {
  readonly by?: TestCertificate
  readonly covers?: (signature: Buffer) => Buffer
  readonly time?: Date
  readonly digest?: 'sha1' | 'sha256'
  readonly contentType?: string
  readonly signedBy?: TestKeys
  /** Signer of the message itself. */
  readonly person?: TestCertificate
}

/** A message with a timestamp over its signature, one thing changed. */
const stamped =
  (recipe: TimestampRecipe = {}) =>
  (): JudgedCase => {
    const { by = timestampAuthority(), covers = (signature) => signature, time = ago(HOUR), digest = 'sha256' } = recipe
    const person = recipe.person ?? signer
    const content = Buffer.from('content')
    const plain = signerInfo({ signer: person, content })
    const signature = der.contentOf(der.childrenOf(plain).at(-1) ?? Buffer.alloc(0))
    const imprint = hashed(digest, covers(signature))
    const info = der.sequence(
      der.integer(1),
      der.oid('1.2.398.3.3.2.6.1'),
      der.sequence(
        der.sequence(der.oid(digest === 'sha1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1'), der.nothing()),
        der.octets(imprint),
      ),
      der.integer(7),
      der.generalizedTime(time),
    )
    const token = signMessage({
      signer: recipe.signedBy === undefined ? by : { ...by, keys: recipe.signedBy },
      content: info,
      contentType: recipe.contentType ?? cmsOids.tstInfo,
      signingTime: time,
      certificates: [by],
    })
    const withToken = der.sequence(
      ...der.childrenOf(plain),
      der.explicit(1, attribute('1.2.840.113549.1.9.16.2.14', token)),
    )
    return judgeMessage(signedData({ signerInfos: [withToken], content, certificates: [person] }), revocationPki)
  }

function hashed(digest: 'sha1' | 'sha256', data: Buffer): Buffer {
  return Buffer.from(createHash(digest).update(data).digest())
}

const lapsed = issueCertificate({
  subject: 'Lapsed',
  issuer: authority,
  extensions: nucExtensions(),
  notAfter: moments.past,
})
const beforeTheEnd = new Date('2026-03-01T00:00:00Z')

const timestampRows: readonly CaseRow[] = [
  ['over something else', 'HASH_FAILURE', stamped({ covers: () => Buffer.from('something else') })],
  ['with a SHA-1 imprint', 'CRYPTO_CONSTRAINTS_FAILURE', stamped({ digest: 'sha1' })],
  ['typed as data', 'SIG_CONSTRAINTS_FAILURE', stamped({ contentType: cmsOids.data })],
  ['signed by another key', 'SIG_CRYPTO_FAILURE', stamped({ signedBy: attacker })],
  ['by one who is not for timestamps', 'CHAIN_CONSTRAINTS_FAILURE', stamped({ by: other })],
  [
    'by one who is for timestamps and more',
    'CHAIN_CONSTRAINTS_FAILURE',
    stamped({
      by: timestampAuthority({
        extensions: [
          extension.keyUsage('digitalSignature'),
          extension.extendedKeyUsage('1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.4'),
          extension.policies('1.2.398.3.3.2.6'),
        ],
      }),
    }),
  ],
  [
    "by one without НУЦ's policy of timestamps",
    'CHAIN_CONSTRAINTS_FAILURE',
    stamped({ by: timestampAuthority({ extensions: TSA.slice(0, 2) }) }),
  ],
  ['by one who had expired by then', 'EXPIRED', stamped({ by: timestampAuthority({ notAfter: beforeTheEnd }) })],
  [
    'by one who was not yet valid then',
    'NOT_YET_VALID',
    stamped({ by: timestampAuthority({ notBefore: moments.now }) }),
  ],
  [
    'back-dated by a stranger to before the signer expired',
    'EXPIRED',
    stamped({ person: lapsed, time: beforeTheEnd, by: timestampAuthority({ issuer: stranger }) }),
  ],
  [
    'back-dated by a self-made authority to before the signer expired',
    'EXPIRED',
    stamped({ person: lapsed, time: beforeTheEnd, by: issueCertificate({ subject: 'Self-made', extensions: TSA }) }),
  ],
  ['later than the end of the signer', 'EXPIRED', stamped({ person: lapsed, time: ago(HOUR) })],
  [
    'earlier than the beginning of the signer',
    'NOT_YET_VALID',
    stamped({
      by: timestampAuthority({ notBefore: moments.longAgo }),
      time: new Date('2025-06-01T00:00:00Z'),
      person: signer,
    }),
  ],
]

/** What the cases are changed from. */
export const unchanged: readonly (readonly [string, () => Promise<JudgedCase> | JudgedCase])[] = [
  ['a good OCSP response', ocsp({})],
  ['a good response of a delegate', responder({})],
  ['a response with the nonce of the question', answersTheNonce],
  ['a fresh CRL', crl({})],
  ['a base and its delta', withDelta(base(), delta())],
  [
    'an entry that the delta takes back',
    withDelta(base({ entries: [{ certificate: signer, reason: 6 }] }), delta(removed)),
  ],
  ['a chain of three', chainWith(2, {})],
  ['a timestamp', stamped()],
  ['a signer that has expired since its timestamp', stamped({ person: lapsed, time: beforeTheEnd })],
]

export const revocationCases: readonly HostileCase[] = [
  ...casesOf('OCSP', ocspRows),
  ...casesOf('CRL', crlRows),
  ...casesOf('time', timeRows),
  ...casesOf('timestamp', timestampRows),
]

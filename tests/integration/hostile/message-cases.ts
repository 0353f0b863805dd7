import { constants, createHash, privateEncrypt, sign } from 'node:crypto'
import type { SignatureVerdict, SubIndication } from '../../../src/main/ports/signature-verifier.ts'
import { createPathVerifier } from '../../support/path-verifier.ts'
import {
  authorityExtensions,
  commonName,
  createTestPki,
  extension,
  issueCertificate,
  moments,
  signerExtensions,
  type TestCertificate,
} from '../../support/pki-certificate.ts'
import {
  type AttributeValues,
  algorithm,
  attribute,
  cmsOids,
  issuerAndSerial,
  type SignerRecipe,
  signedData,
  signerInfo,
  signingCertificateV2,
  signMessage,
} from '../../support/pki-cms.ts'
import * as der from '../../support/pki-der.ts'
import { ecKeys, rsaKeys } from '../../support/pki-keys.ts'

export const { root, authority, signer } = createTestPki()
export const content = Buffer.from('<reply>пароль внутри</reply>', 'utf8')
const verifier = createPathVerifier({ anchors: [root.der], intermediates: [authority.der] })
export const certificates = [signer, authority]

export const base64 = (message: Uint8Array) => Buffer.from(message).toString('base64')
export const judge = (document: string): Promise<SignatureVerdict> => verifier.verify(document, moments.now)
export const signed = (changes: Partial<SignerRecipe> = {}) =>
  signMessage({ signer, content, certificates, ...changes })
const withAttributes = (change: (values: AttributeValues) => AttributeValues) => signed({ attributes: change })

/** A signer under the ordinary authority, with one thing changed. */
export const signedBy = (
  recipe: Partial<Parameters<typeof issueCertificate>[0]>,
  more: readonly TestCertificate[] = [],
) => {
  const other = issueCertificate({
    subject: 'Changed signer',
    issuer: authority,
    extensions: signerExtensions(),
    ...recipe,
  })
  return signMessage({ signer: other, content, certificates: [other, authority, ...more] })
}

/** A signer under an authority of its own, which is changed. */
const signedUnder = (recipe: Partial<Parameters<typeof issueCertificate>[0]>, between?: TestCertificate) => {
  const changed = issueCertificate({
    subject: 'Changed authority',
    issuer: between ?? root,
    extensions: authorityExtensions(),
    ...recipe,
  })
  return signedBy({ issuer: changed }, [changed, ...(between ? [between] : [])])
}

const without = (name: keyof AttributeValues) =>
  withAttributes((values) => Object.fromEntries(Object.entries(values).filter(([key]) => key !== name)))
const twice = (name: keyof AttributeValues, type: string) =>
  signed({
    // The second instance differs by a value of its own, so that DER's order holds.
    moreAttributes: [
      attribute(type, ...(name === 'signingTime' ? [der.utcTime(moments.past)] : [der.octets(content)])),
    ],
  })
const twoValues = (name: keyof AttributeValues) =>
  withAttributes((values) => ({ ...values, [name]: [...(values[name] ?? []), der.octets(content)] }))

/** Message with the signer's own self-signed certificate. */
const selfSigned = () => {
  const other = issueCertificate({ subject: 'ИС «Портал»', keys: rsaKeys('attacker'), extensions: signerExtensions() })
  return signMessage({ signer: other, content, certificates: [other] })
}

/** The same names all the way up, other keys. */
const foreignHierarchy = (withRoot: boolean) => {
  const otherRoot = issueCertificate({
    subject: 'Test root',
    keys: rsaKeys('foreign root'),
    extensions: authorityExtensions(),
  })
  const otherAuthority = issueCertificate({
    subject: 'Test issuing authority',
    keys: rsaKeys('foreign authority'),
    issuer: otherRoot,
    extensions: authorityExtensions(0),
  })
  const other = issueCertificate({
    subject: 'ИС «Портал»',
    keys: rsaKeys('attacker'),
    issuer: otherAuthority,
    extensions: signerExtensions(),
  })
  return signMessage({
    signer: other,
    content,
    certificates: [other, otherAuthority, ...(withRoot ? [otherRoot] : [])],
  })
}

/** PKCS #1 v1.5 with the digest not at the end, which a lax verifier overlooks (Bleichenbacher, 2006). */
const looselyPadded = (covered: Buffer) => {
  const digestInfo = der.sequence(
    algorithm('2.16.840.1.101.3.4.2.1'),
    der.octets(createHash('sha256').update(covered).digest()),
  )
  const head = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(8, 0xff), Buffer.from([0]), digestInfo])
  const block = Buffer.concat([head, Buffer.alloc(256 - head.length, 0x5a)])
  return privateEncrypt({ key: signer.keys.privateKey, padding: constants.RSA_NO_PADDING }, block)
}

/** An integer whose cube begins like a padded digest: a "signature" under e = 3 made without the private key. */
const cubeRootForgery = (covered: Buffer) => {
  const digestInfo = der.sequence(
    algorithm('2.16.840.1.101.3.4.2.1'),
    der.octets(createHash('sha256').update(covered).digest()),
  )
  const head = Buffer.concat([Buffer.from([0, 1, 0xff, 0]), digestInfo])
  const wanted = BigInt(`0x${Buffer.concat([head, Buffer.alloc(256 - head.length, 0xff)]).toString('hex')}`)
  let [low, high] = [0n, 1n << 700n]
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if (middle ** 3n <= wanted) low = middle
    else high = middle - 1n
  }
  return Buffer.from(low.toString(16).padStart(512, '0'), 'hex')
}

/** A message that must not pass, and why. */
export type MessageCase = readonly [name: string, expected: SubIndication, message: () => Uint8Array | string]

export const messageCases: readonly MessageCase[] = [
  // Who signed
  ['a self-signed signer', 'NO_CERTIFICATE_CHAIN_FOUND', selfSigned],
  ['a root of the same name with another key', 'NO_CERTIFICATE_CHAIN_FOUND', () => foreignHierarchy(false)],
  ['the same, with the foreign root inside the message', 'NO_CERTIFICATE_CHAIN_FOUND', () => foreignHierarchy(true)],
  [
    'a certificate with the right issuer name that another key signed',
    'NO_CERTIFICATE_CHAIN_FOUND',
    () => signedBy({ signedBy: rsaKeys('attacker') }),
  ],
  [
    'an authority nobody knows',
    'NO_CERTIFICATE_CHAIN_FOUND',
    () => signedBy({ issuer: issueCertificate({ subject: 'Unknown authority', extensions: authorityExtensions() }) }),
  ],
  [
    'a signer whose certificate is not in the message',
    'NO_SIGNING_CERTIFICATE_FOUND',
    () => signMessage({ signer, content, certificates: [authority] }),
  ],
  ['no certificate at all', 'NO_SIGNING_CERTIFICATE_FOUND', () => signMessage({ signer, content, certificates: [] })],
  [
    'a signer identifier of another serial number',
    'NO_SIGNING_CERTIFICATE_FOUND',
    () => signed({ sid: issuerAndSerial({ ...signer, serial: signer.serial + 1 }) }),
  ],
  [
    'two different certificates that both answer to the signer identifier',
    'NO_SIGNING_CERTIFICATE_FOUND',
    () => {
      const twin = issueCertificate({
        subject: 'Twin',
        serial: signer.serial,
        issuer: authority,
        extensions: signerExtensions(),
      })
      return signMessage({ signer, content, certificates: [signer, twin, authority] })
    },
  ],
  [
    'a loop of authorities that sign one another',
    'NO_CERTIFICATE_CHAIN_FOUND',
    () => {
      const a = { subject: 'Loop A', keys: rsaKeys('loop a'), extensions: authorityExtensions() }
      const b = { subject: 'Loop B', keys: rsaKeys('loop b'), extensions: authorityExtensions() }
      const loopA = issueCertificate({ ...a, issuer: issueCertificate(b) })
      const loopB = issueCertificate({ ...b, issuer: loopA })
      return signedBy({ issuer: loopA }, [loopA, loopB])
    },
  ],
  [
    'thirty authorities of one name that sign one another',
    'NO_CERTIFICATE_CHAIN_FOUND',
    () => {
      const crowd = Array.from({ length: 29 }, () =>
        issueCertificate({ subject: 'Crowd', keys: rsaKeys('crowd'), extensions: authorityExtensions() }),
      )
      return signedBy({ issuer: crowd[0] as TestCertificate }, crowd)
    },
  ],

  // When
  ['a signer expired yesterday', 'EXPIRED', () => signedBy({ notAfter: moments.past })],
  ['a signer valid from tomorrow', 'NOT_YET_VALID', () => signedBy({ notBefore: moments.future })],
  ['an issuing authority expired yesterday', 'EXPIRED', () => signedUnder({ notAfter: moments.past })],
  ['an issuing authority valid from tomorrow', 'NOT_YET_VALID', () => signedUnder({ notBefore: moments.future })],
  [
    'a signing time before the certificate began',
    'SIG_CONSTRAINTS_FAILURE',
    () => signed({ signingTime: moments.longAgo }),
  ],
  [
    'a signing time after the certificate ends',
    'SIG_CONSTRAINTS_FAILURE',
    () => signed({ signingTime: new Date('2055-01-01T00:00:00Z') }),
  ],
  [
    'an expired signer who types the content TSTInfo with an old date',
    'SIG_CONSTRAINTS_FAILURE',
    () => {
      const expired = issueCertificate({
        subject: 'Expired',
        issuer: authority,
        notAfter: moments.past,
        extensions: signerExtensions(),
      })
      return signMessage({ signer: expired, content, contentType: cmsOids.tstInfo, certificates: [expired, authority] })
    },
  ],

  // For what
  [
    'a key that may not sign documents',
    'CHAIN_CONSTRAINTS_FAILURE',
    () => signedBy({ extensions: [extension.keyUsage('digitalSignature')] }),
  ],
  [
    'an authentication key',
    'CHAIN_CONSTRAINTS_FAILURE',
    () => signedBy({ extensions: [extension.keyUsage('digitalSignature', 'keyEncipherment')] }),
  ],
  [
    'a certificate without key usage',
    'CHAIN_CONSTRAINTS_FAILURE',
    () => signedBy({ extensions: [extension.basicConstraints(false)] }),
  ],
  ['a certificate of version 1', 'CHAIN_CONSTRAINTS_FAILURE', () => signedBy({ version: 1 })],
  ...(
    [
      ['TLS', '1.3.6.1.5.5.7.3.1'],
      ['timestamps', '1.3.6.1.5.5.7.3.8'],
      ['OCSP replies', '1.3.6.1.5.5.7.3.9'],
      ['code', '1.3.6.1.5.5.7.3.3'],
    ] as const
  ).map(
    ([what, oid]): MessageCase => [
      `a certificate for ${what} only`,
      'CHAIN_CONSTRAINTS_FAILURE',
      () => signedBy({ extensions: [...signerExtensions(), extension.extendedKeyUsage(oid)] }),
    ],
  ),
  [
    'a signer with an unknown critical extension',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () => signedBy({ extensions: [...signerExtensions(), extension.raw('1.2.3.4.5', der.nothing(), true)] }),
  ],

  // The path
  [
    'an issuer that is no authority',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () => signedUnder({ extensions: [extension.basicConstraints(false), extension.keyUsage('keyCertSign')] }),
  ],
  ['another signer as the issuer', 'CERTIFICATE_CHAIN_GENERAL_FAILURE', () => signedBy({ issuer: signer }, [signer])],
  [
    'an issuer without basic constraints',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () => signedUnder({ extensions: [extension.keyUsage('keyCertSign')] }),
  ],
  ['an issuer of version 1', 'CERTIFICATE_CHAIN_GENERAL_FAILURE', () => signedUnder({ version: 1 })],
  [
    'an authority that may not sign certificates',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () => signedUnder({ extensions: [extension.basicConstraints(true), extension.keyUsage('cRLSign')] }),
  ],
  [
    'an authority without key usage',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () => signedUnder({ extensions: [extension.basicConstraints(true)] }),
  ],
  ['a sub-authority under pathLen 0', 'CERTIFICATE_CHAIN_GENERAL_FAILURE', () => signedUnder({}, authority)],
  [
    'an authority with an unknown critical extension',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () => signedUnder({ extensions: [...authorityExtensions(), extension.raw('1.2.3.4.5', der.nothing(), true)] }),
  ],
  [
    'a name outside the permitted subtrees',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () =>
      signedUnder({
        extensions: [
          ...authorityExtensions(),
          extension.nameConstraints({ permitted: [der.explicit(4, commonName('Somebody else'))] }),
        ],
      }),
  ],
  [
    'a name inside an excluded subtree',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () =>
      signedUnder({
        extensions: [
          ...authorityExtensions(),
          extension.nameConstraints({ excluded: [der.explicit(4, der.sequence())] }),
        ],
      }),
  ],
  [
    'an authority that requires a policy the signer lacks',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    () =>
      signedUnder({
        extensions: [
          ...authorityExtensions(),
          extension.policies('1.2.3.1'),
          extension.policyConstraints({ requireExplicit: 0 }),
        ],
      }),
  ],
  [
    'an extension that occurs twice',
    'FORMAT_FAILURE',
    () => signedBy({ extensions: [...signerExtensions(), ...signerExtensions()] }),
  ],
  [
    'signature algorithms inside and outside a certificate that differ',
    'FORMAT_FAILURE',
    () => signedBy({ innerDigest: 'sha512' }),
  ],

  // Algorithms
  ['a SHA-1 digest', 'CRYPTO_CONSTRAINTS_FAILURE', () => signed({ digest: 'sha1' })],
  ['an MD5 digest', 'CRYPTO_CONSTRAINTS_FAILURE', () => signed({ digest: 'md5' })],
  ['a signer certificate signed with SHA-1', 'CRYPTO_CONSTRAINTS_FAILURE', () => signedBy({ digest: 'sha1' })],
  ['an authority certificate signed with SHA-1', 'CRYPTO_CONSTRAINTS_FAILURE', () => signedUnder({ digest: 'sha1' })],
  ['a signer certificate signed with MD5', 'CRYPTO_CONSTRAINTS_FAILURE', () => signedBy({ digest: 'md5' })],
  ['an RSA key of 1024 bits', 'CRYPTO_CONSTRAINTS_FAILURE', () => signedBy({ keys: rsaKeys('small', { bits: 1024 }) })],
  [
    'an authority key of 1024 bits',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => signedUnder({ keys: rsaKeys('small authority', { bits: 1024 }) }),
  ],
  ['an elliptic-curve key under an RSA algorithm', 'CRYPTO_CONSTRAINTS_FAILURE', () => signedBy({ keys: ecKeys() })],
  [
    'a digest of SHA-256 under a signature of SHA-512',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => signed({ signatureDigest: 'sha512', signatureOid: '1.2.840.113549.1.1.13' }),
  ],
  [
    'sha1WithRSAEncryption over a SHA-256 digest',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => signed({ signatureDigest: 'sha1', signatureOid: '1.2.840.113549.1.1.5' }),
  ],
  ['an unknown signature algorithm', 'CRYPTO_CONSTRAINTS_FAILURE', () => signed({ signatureOid: '1.2.3.4.5' })],
  [
    'an exponent of 3 and a forged padding',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => {
      const lax = issueCertificate({
        subject: 'Exponent 3',
        keys: rsaKeys('three', { exponent: 3 }),
        issuer: authority,
        extensions: signerExtensions(),
      })
      return signMessage({ signer: lax, content, certificates: [lax, authority], signature: cubeRootForgery })
    },
  ],
  ['a padding with bytes after the digest', 'SIG_CRYPTO_FAILURE', () => signed({ signature: looselyPadded })],
  ['a signature of zeros', 'SIG_CRYPTO_FAILURE', () => signed({ signature: () => Buffer.alloc(256) })],
  ['an empty signature', 'SIG_CRYPTO_FAILURE', () => signed({ signature: () => Buffer.alloc(0) })],
  ['a signature one octet too long', 'SIG_CRYPTO_FAILURE', () => signed({ signature: () => Buffer.alloc(257, 1) })],
  [
    'the signature of somebody else under this certificate',
    'SIG_CRYPTO_FAILURE',
    () => signMessage({ signer: { ...signer, keys: rsaKeys('attacker') }, content, certificates }),
  ],

  // Signed attributes
  ['no signed attributes', 'SIG_CONSTRAINTS_FAILURE', () => signed({ withoutAttributes: true })],
  [
    'signed attributes passed off as content (EUF-CMA)',
    'SIG_CONSTRAINTS_FAILURE',
    () => {
      const covered: Buffer[] = []
      const signature = (attributes: Buffer) => {
        covered.push(attributes)
        return sign('sha256', attributes, signer.keys.privateKey)
      }
      signed({ signature })
      return signMessage({ signer, content: covered[0] ?? content, certificates, withoutAttributes: true })
    },
  ],
  ...(['contentType', 'messageDigest', 'signingTime', 'signingCertificateV2'] as const).flatMap(
    (name): readonly MessageCase[] => [
      [`no ${name} attribute`, 'SIG_CONSTRAINTS_FAILURE', () => without(name)],
      [`two ${name} attributes`, 'SIG_CONSTRAINTS_FAILURE', () => twice(name, cmsOids[name])],
      [`two values in ${name}`, 'SIG_CONSTRAINTS_FAILURE', () => twoValues(name)],
      [`no value in ${name}`, 'SIG_CONSTRAINTS_FAILURE', () => withAttributes((values) => ({ ...values, [name]: [] }))],
    ],
  ),
  [
    'a content-type attribute that differs from the content',
    'SIG_CONSTRAINTS_FAILURE',
    () => withAttributes((values) => ({ ...values, contentType: [der.oid(cmsOids.signedData)] })),
  ],
  ['content typed TSTInfo', 'SIG_CONSTRAINTS_FAILURE', () => signed({ contentType: cmsOids.tstInfo })],
  [
    'signed attributes out of DER order',
    'SIG_CONSTRAINTS_FAILURE',
    () => signed({ order: (...items) => der.unsortedSet(...[...items].reverse()) }),
  ],
  [
    'signed attributes of indefinite length',
    'SIG_CONSTRAINTS_FAILURE',
    () => {
      const info = der.childrenOf(signerInfo({ signer, content }))
      const loose = der.sequence(...info.map((part, i) => (i === 3 ? der.indefinite(part) : part)))
      return signedData({ signerInfos: [loose], content, certificates })
    },
  ],
  [
    'a signing-certificate-v2 of another certificate',
    'SIG_CONSTRAINTS_FAILURE',
    () => withAttributes((values) => ({ ...values, signingCertificateV2: [signingCertificateV2(authority)] })),
  ],
  [
    'a signing-certificate-v2 with another issuer and serial',
    'SIG_CONSTRAINTS_FAILURE',
    () =>
      withAttributes((values) => ({
        ...values,
        signingCertificateV2: [
          signingCertificateV2(signer, {
            issuerSerial: der.sequence(der.sequence(der.explicit(4, authority.issuerName)), der.integer(signer.serial)),
          }),
        ],
      })),
  ],
  [
    'a signing-certificate-v2 by SHA-1',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () =>
      withAttributes((values) => ({
        ...values,
        signingCertificateV2: [signingCertificateV2(signer, { digest: 'sha1' })],
      })),
  ],
  [
    "another certificate of the signer's key",
    'SIG_CONSTRAINTS_FAILURE',
    () => {
      const renewed = issueCertificate({
        subject: 'ИС «Портал»',
        keys: signer.keys,
        issuer: authority,
        extensions: signerExtensions(),
      })
      const info = signerInfo({ signer, content, sid: issuerAndSerial(renewed) })
      return signedData({ signerInfos: [info], content, certificates: [renewed, authority] })
    },
  ],
  [
    'a signing time with fractions of a second',
    'SIG_CONSTRAINTS_FAILURE',
    () => withAttributes((values) => ({ ...values, signingTime: [der.tlv(0x18, Buffer.from('20260601120000.5Z'))] })),
  ],
  [
    'a signing time in local time',
    'SIG_CONSTRAINTS_FAILURE',
    () => withAttributes((values) => ({ ...values, signingTime: [der.tlv(0x17, Buffer.from('260601120000+0500'))] })),
  ],

  // Content
  [
    'other content than was signed',
    'HASH_FAILURE',
    () => signedData({ signerInfos: [signerInfo({ signer, content })], content: Buffer.from('other'), certificates }),
  ],
  [
    'empty content where some was signed',
    'HASH_FAILURE',
    () => signedData({ signerInfos: [signerInfo({ signer, content })], content: Buffer.alloc(0), certificates }),
  ],
  [
    'a detached signature',
    'SIGNED_DATA_NOT_FOUND',
    () => signedData({ signerInfos: [signerInfo({ signer, content })], certificates }),
  ],

  // Structure
  ['no signer', 'FORMAT_FAILURE', () => signedData({ signerInfos: [], content, certificates })],
  [
    'two signers',
    'SIG_CONSTRAINTS_FAILURE',
    () =>
      signedData({
        signerInfos: [signerInfo({ signer, content }), signerInfo({ signer: authority, content })],
        content,
        certificates,
      }),
  ],
  [
    'the same signer twice',
    'SIG_CONSTRAINTS_FAILURE',
    () =>
      signedData({
        signerInfos: [signerInfo({ signer, content }), signerInfo({ signer, content })],
        content,
        certificates,
      }),
  ],
  [
    'a digest algorithm that is not announced',
    'FORMAT_FAILURE',
    () => signedData({ signerInfos: [signerInfo({ signer, content })], content, certificates, digests: ['sha512'] }),
  ],
  [
    'content that is no SignedData',
    'FORMAT_FAILURE',
    () => der.sequence(der.oid(cmsOids.data), der.explicit(0, der.octets(content))),
  ],
  ['a byte after the message', 'FORMAT_FAILURE', () => Buffer.concat([signed(), Buffer.from([0])])],
  ['two messages in a row', 'FORMAT_FAILURE', () => Buffer.concat([signed(), signed()])],
  ['an element more in ContentInfo', 'FORMAT_FAILURE', () => der.sequence(...der.childrenOf(signed()), der.nothing())],
  [
    'an element more in SignedData',
    'FORMAT_FAILURE',
    () => {
      const [type = Buffer.alloc(0), wrapped = Buffer.alloc(0)] = der.childrenOf(signed())
      const [body = Buffer.alloc(0)] = der.childrenOf(wrapped)
      return der.sequence(type, der.explicit(0, der.sequence(...der.childrenOf(body), der.nothing())))
    },
  ],
  [
    'an element more in SignerInfo',
    'FORMAT_FAILURE',
    () =>
      signedData({
        signerInfos: [der.sequence(...der.childrenOf(signerInfo({ signer, content })), der.nothing())],
        content,
        certificates,
      }),
  ],
  [
    'a certificate with BER lengths',
    'FORMAT_FAILURE',
    () =>
      signedData({
        signerInfos: [signerInfo({ signer, content })],
        content,
        certificates: [signer, { ...authority, der: der.indefinite(authority.der) }],
      }),
  ],
  [
    'a broken certificate beside the good ones',
    'FORMAT_FAILURE',
    () =>
      signedData({
        signerInfos: [signerInfo({ signer, content })],
        content,
        certificates: [signer, authority, { ...authority, der: der.sequence(der.integer(1)) }],
      }),
  ],
  [
    'a certificate that takes no part in the path',
    'SIG_CONSTRAINTS_FAILURE',
    () => signMessage({ signer, content, certificates: [signer, authority, bystander()] }),
  ],
  [
    'a version of SignedData that the rest does not demand',
    'FORMAT_FAILURE',
    () => signedData({ version: 3, signerInfos: [signerInfo({ signer, content })], content, certificates }),
  ],
  [
    'a version of SignerInfo that its identifier does not demand',
    'FORMAT_FAILURE',
    () => signMessage({ version: 3, signer, content, certificates }),
  ],
  [
    'more certificates than anyone needs',
    'FORMAT_FAILURE',
    () =>
      signedData({
        signerInfos: [signerInfo({ signer, content })],
        content,
        certificates: Array.from({ length: 33 }, () => authority),
      }),
  ],
  [
    'content in pieces of pieces',
    'FORMAT_FAILURE',
    () => withContentElement(der.tlv(0x24, der.tlv(0x24, der.octets(content)))),
  ],

  // Text
  ['nothing', 'FORMAT_FAILURE', () => ''],
  ['only line breaks', 'FORMAT_FAILURE', () => '\r\n\r\n'],
  ['base64url', 'FORMAT_FAILURE', () => base64(signed()).replaceAll('+', '-').replaceAll('/', '_').replace(/^/, '_')],
  ['spaces between', 'FORMAT_FAILURE', () => base64(signed()).replace(/(.{64})/g, '$1 ')],
  ['padding left out', 'FORMAT_FAILURE', () => unpadded(1)],
  ['padding too much', 'FORMAT_FAILURE', () => `${base64(signed())}====`],
  ['padding in the middle', 'FORMAT_FAILURE', () => `AA==${base64(signed())}`],
  ['stray bits after the last byte', 'FORMAT_FAILURE', () => strayBits()],
  ['PEM armour', 'FORMAT_FAILURE', () => `-----BEGIN CMS-----\n${base64(signed())}\n-----END CMS-----`],
  ['a byte order mark', 'FORMAT_FAILURE', () => `\ufeff${base64(signed())}`],
  ['a zero byte in the middle', 'FORMAT_FAILURE', () => base64(signed()).replace(/^(.{40})/, '$1\0')],
  ['Cyrillic letters that look Latin', 'FORMAT_FAILURE', () => base64(signed()).replace(/[ACEHKMOPTX]/, 'А')],
  ['DER without base64', 'FORMAT_FAILURE', () => signed().toString('latin1')],
]

/** A good certificate of the same authority, of somebody who did not sign. */
function bystander() {
  return issueCertificate({
    subject: 'Bystander',
    keys: rsaKeys('bystander'),
    issuer: authority,
    extensions: signerExtensions(),
  })
}

/** Replaces the element that holds the content and repairs the lengths around it. */
function withContentElement(replacement: Buffer): Buffer {
  const [type = Buffer.alloc(0), wrapped = Buffer.alloc(0)] = der.childrenOf(signed())
  const [body = Buffer.alloc(0)] = der.childrenOf(wrapped)
  const parts = der.childrenOf(body)
  const encapsulated = der.sequence(der.oid(cmsOids.data), der.explicit(0, replacement))
  return der.sequence(type, der.explicit(0, der.sequence(...parts.map((part, i) => (i === 2 ? encapsulated : part)))))
}

/** A message whose base64 ends in padding, by content of a fitting length. */
function paddedMessage(): string {
  for (const filler of ['', 'x', 'xx']) {
    const longer = Buffer.concat([content, Buffer.from(filler)])
    const text = base64(signMessage({ signer, content: longer, certificates }))
    if (text.endsWith('=')) return text
  }
  throw new Error('one of three lengths must need padding')
}

function unpadded(by: number): string {
  return paddedMessage().slice(0, -by)
}

function strayBits(): string {
  const text = paddedMessage()
  const [, body = '', last = '', padding = ''] = /^(.*)(.)(=+)$/.exec(text) ?? []
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return `${body}${alphabet[alphabet.indexOf(last) | 1]}${padding}`
}

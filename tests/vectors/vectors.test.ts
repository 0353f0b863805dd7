import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js'
import { afterAll, describe, expect, test } from 'vitest'
import { gost3410DigestToScalar } from '../../src/main/adapters/gost/gost-3410-digest.ts'
import { decodeGost3410PublicKey } from '../../src/main/adapters/gost/gost-3410-public-key.ts'
import { solveGost3410Signature } from '../../src/main/adapters/gost/gost-3410-signature-equation.ts'
import { gost3410Verify } from '../../src/main/adapters/gost/gost-3410-verify.ts'
import { gostAlgorithms } from '../../src/main/adapters/gost/gost-algorithms.ts'
import { parseGostPrivateKey } from '../../src/main/adapters/gost/private-key-info.ts'
import { parseGostPublicKey } from '../../src/main/adapters/gost/subject-public-key-info.ts'
import { generateEngineKey, gostEngineIsHere } from '../integration/gost/gost-engine.ts'
import { hashOf } from '../support/pki-keys.ts'
import { vectorsFile } from './generate.ts'
import { makeVectors, type Vectors } from './make-vectors.ts'

const vectors = JSON.parse(readFileSync(vectorsFile, 'utf8')) as Vectors

const number = (hex: string) => BigInt(`0x${hex}`)
const octets = (hex: string) => Buffer.from(hex, 'hex')
const decoded = (base64: string) => Buffer.from(base64, 'base64')
const algorithmOf = (name: string) => {
  const found = gostAlgorithms.find((algorithm) => algorithm.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

type VectorSet = Vectors['sets'][number]
interface Steps {
  readonly signedOctets: string
  readonly digest: string
  readonly e: string
  readonly k: string
  readonly r: string
  readonly s: string
  readonly signature: string
}

/** Every signature of a set: what it is, whose, its steps, and the file that must hold its value. */
const signaturesOf = (set: VectorSet): readonly (readonly [string, string, Steps, string | undefined])[] => [
  ['plain', set.signature.key, set.signature, undefined],
  ...set.certificates.map(
    (item) =>
      [
        `certificate ${item.name}`,
        ['root', 'authority'].includes(item.name) ? 'root' : 'authority',
        item,
        item.certificate,
      ] as const,
  ),
  ...set.cms.map((item) => [`CMS ${item.name}`, 'signer', item, item.message] as const),
  ['XMLDSig', 'signer', set.xmldsig, undefined],
  ['wsse', 'signer', set.wsse, undefined],
  ['CRL', set.crl.issuer, set.crl, set.crl.crl],
  ['OCSP', set.ocsp.responder, set.ocsp, set.ocsp.response],
  ['timestamp', set.timestamp.authority, set.timestamp, set.timestamp.token],
]
const keyOf = (set: VectorSet, name: string) => {
  const key = set.keys.find((item) => item.name === name)
  if (key === undefined) throw new Error(name)
  return key
}

describe('the published vectors', () => {
  test('name the algorithms that the product knows', () => {
    expect(
      vectors.algorithms.map(({ name, keyOid, curveOid, signatureOid, digestOid, xmlSignatureUri, xmlDigestUri }) => ({
        name,
        keyOid,
        curveOid,
        signatureOid,
        digestOid,
        xmlSignatureUri,
        xmlDigestUri,
      })),
    ).toEqual(
      gostAlgorithms.map(({ name, keyOid, curveOid, signatureOid, digestOid, xmlSignatureUri, xmlDigestUri }) => ({
        name,
        keyOid,
        curveOid,
        signatureOid,
        digestOid,
        xmlSignatureUri,
        xmlDigestUri,
      })),
    )
  })

  test.each(vectors.algorithms)('$name: the base point lies on the curve and has order q', ({ name, curve }) => {
    const { Point, q } = algorithmOf(name).parameters
    const [p, a, b, x, y] = [curve.p, curve.a, curve.b, curve.x, curve.y].map(number) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ]
    expect((y * y - (x * x * x + a * x + b)) % p).toBe(0n)
    expect(number(curve.q)).toBe(q)
    expect(
      Point.fromAffine({ x, y })
        .multiplyUnsafe(q - 1n)
        .add(Point.fromAffine({ x, y }))
        .is0(),
    ).toBe(true)
  })

  test.each(vectors.digests)('digests of $message', ({ message, ...digests }) => {
    expect({
      'streebog-512': hashOf('gost2015-512', octets(message)).toString('hex'),
      'streebog-256': hashOf('gost2015-256', octets(message)).toString('hex'),
      '34.311-95': hashOf('gost2004', octets(message)).toString('hex'),
    }).toEqual(digests)
  })

  test('the message of RFC 6986 has the digest that it prints', () => {
    // M1 of RFC 6986, 10.1, whose octets it writes from the last to the first.
    const [, , first] = vectors.digests
    expect(
      octets(first?.['streebog-512'] ?? '')
        .reverse()
        .toString('hex'),
    ).toMatch(/^486f64c1917879417fef082b3381a4e2/)
    expect(
      octets(first?.['streebog-256'] ?? '')
        .reverse()
        .toString('hex'),
    ).toMatch(/^00557be5e584fd52a449b16b0251d05d/)
    expect(vectors.digests[1]?.['34.311-95']).toBe('f3134348c44fb1b2a277729e2285ebb5cb5e0f29c975bc753b70497c06a4d51d')
  })

  test('the file is what its generator makes, the XML apart, which may be written in several ways', async () => {
    const made = JSON.parse(JSON.stringify(await makeVectors())) as Vectors
    const withoutXml = ({ sets, ...rest }: Vectors) => ({
      ...rest,
      sets: sets.map(({ xmldsig: _, wsse: __, ...set }) => set),
    })
    expect(withoutXml(vectors)).toEqual(withoutXml(made))
  })
})

describe.each(vectors.sets)('the set of $algorithm', (set) => {
  const { parameters } = algorithmOf(set.algorithm)
  const { size } = parameters

  test.each(set.keys)('key $name: number, point and encodings belong together', (key) => {
    expect(octets(key.privateKeyOctets)).toEqual(Buffer.from(numberToBytesLE(number(key.d), size)))
    expect(octets(key.publicKeyOctets)).toEqual(
      Buffer.concat([numberToBytesLE(number(key.x), size), numberToBytesLE(number(key.y), size)]),
    )
    const point = parameters.Point.BASE.multiply(number(key.d)).toAffine()
    expect([point.x, point.y]).toEqual([number(key.x), number(key.y)])
    expect(parseGostPublicKey(decoded(key.subjectPublicKeyInfo))?.algorithm.name).toBe(set.algorithm)
    expect(Buffer.from(parseGostPrivateKey(decoded(key.privateKeyInfo))?.privateKey.scalar ?? [])).toEqual(
      octets(key.privateKeyOctets),
    )
  })

  test.each(signaturesOf(set))('%s: every step follows from the one before', (_what, keyName, steps, file) => {
    const key = keyOf(set, keyName)
    const digest = hashOf(set.algorithm, decoded(steps.signedOctets))
    expect(digest.toString('hex')).toBe(steps.digest)
    const e = gost3410DigestToScalar(parameters, digest)
    expect(e).toBe(number(steps.e))
    const signature = solveGost3410Signature({ parameters, d: number(key.d), e, k: number(steps.k) })
    expect(Buffer.from(signature ?? []).toString('hex')).toBe(steps.signature)
    expect(bytesToNumberLE(octets(steps.signature).subarray(0, size))).toBe(number(steps.r))
    expect(bytesToNumberLE(octets(steps.signature).subarray(size))).toBe(number(steps.s))
    const publicKey = decodeGost3410PublicKey({ parameters, bytes: octets(key.publicKeyOctets) })
    if (publicKey === undefined) throw new Error('no key')
    expect(gost3410Verify({ publicKey, digest, signature: octets(steps.signature) })).toBe(true)
    // The value stands in the file that it is said to be of.
    if (file !== undefined) expect(decoded(file).includes(octets(steps.signature))).toBe(true)
  })

  test('nonces differ', () => {
    const nonces = signaturesOf(set).map(([, , { k }]) => k)
    expect(new Set(nonces).size).toBe(nonces.length)
  })

  test.each([set.xmldsig, set.wsse])('XML: reference digest and value stand in the document', (xml) => {
    const text = decoded(xml.signed).toString('utf8')
    const base64 = (hex: string) => octets(hex).toString('base64')
    const bare = text.replace(/&#13;|\s/g, '')
    expect(hashOf(set.algorithm, decoded(xml.referencedOctets)).toString('hex')).toBe(xml.referencedDigest)
    expect(bare).toContain(base64(xml.referencedDigest))
    expect(bare).toContain(base64(xml.signature))
    expect(decoded(xml.signedOctets).toString('utf8')).toContain(base64(xml.referencedDigest))
  })

  describe.skipIf(!gostEngineIsHere)("OpenSSL's gost engine (skipped where it is absent)", () => {
    const [curve, digestName] =
      set.algorithm === 'gost2015-512' ? ['gost2012_512', 'md_gost12_512'] : ['gost2012_256', 'md_gost12_256']
    const paramset = set.algorithm === 'gost2015-512' ? 'A' : 'TCA'
    const engine = generateEngineKey({
      algorithm: algorithmOf(set.algorithm),
      keyArguments: ['-algorithm', curve, '-pkeyopt', `paramset:${paramset}`],
      digestName,
    })
    afterAll(() => engine.remove())

    test('accepts every signature, and refuses it over anything else', () => {
      for (const [what, keyName, steps] of signaturesOf(set)) {
        const key = keyOf(set, keyName)
        const publicKey = decodeGost3410PublicKey({ parameters, bytes: octets(key.publicKeyOctets) })
        if (publicKey === undefined) throw new Error('no key')
        const judge = engine.withKey({ publicKey, privateKey: { parameters, scalar: octets(key.privateKeyOctets) } })
        expect([what, judge.accepts(decoded(steps.signedOctets), octets(steps.signature))]).toEqual([what, true])
        expect([what, judge.accepts(Buffer.from('else'), octets(steps.signature))]).toEqual([what, false])
      }
    })
  })

  test.skipIf(spawnSync('openssl', ['version']).error !== undefined)('OpenSSL reads every structure', () => {
    const reads = (args: readonly string[], input: Buffer) => {
      const run = spawnSync('openssl', [...args, '-inform', 'DER', '-noout'], { input })
      return run.status
    }
    for (const { certificate } of set.certificates) expect(reads(['x509'], decoded(certificate))).toBe(0)
    expect(reads(['crl'], decoded(set.crl.crl))).toBe(0)
    expect(
      spawnSync('openssl', ['asn1parse', '-inform', 'DER', '-noout'], { input: decoded(set.ocsp.response) }).status,
    ).toBe(0)
    for (const message of [...set.cms.map((item) => item.message), set.timestamp.token]) {
      expect(reads(['cms', '-cmsout'], decoded(message))).toBe(0)
    }
  })
})

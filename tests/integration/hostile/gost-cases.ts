import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js'
import { gost3410Sign } from '../../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost2004, gost2015With256, gost2015With512 } from '../../../src/main/adapters/gost/gost-algorithms.ts'
import { issueCertificate, type TestCertificate } from '../../support/pki-certificate.ts'
import { type SignerRecipe, signMessage } from '../../support/pki-cms.ts'
import * as der from '../../support/pki-der.ts'
import { gostKeys, gostKeysOf, hashOf, rsaKeys, signatureBy } from '../../support/pki-keys.ts'
import { type CaseRow, casesOf, type HostileCase } from './hostile-case.ts'
import { judgeMessage, judgeOne, nucExtensions, nucPki } from './judge-hostile.ts'

export const gostPki = nucPki('ГОСТ', (name) => gostKeys(name))
const { authority, signer } = gostPki
const content = Buffer.from('<request/>')
const { parameters } = gost2015With512
const { q, size } = parameters

export const gostMessage = (changes: Partial<SignerRecipe> = {}): Buffer =>
  signMessage({ signer, content, certificates: [signer], ...changes })
const withValue = (change: (r: bigint, s: bigint) => Uint8Array) => () =>
  judgeMessage(
    gostMessage({
      signature: (covered) => {
        const value = signatureBy(signer.keys, covered)
        return Buffer.from(change(bytesToNumberLE(value.subarray(0, size)), bytesToNumberLE(value.subarray(size))))
      },
    }),
    gostPki,
  )
const pair = (r: bigint, s: bigint) => Buffer.concat([le(r), le(s)])
const le = (value: bigint) => Buffer.from(numberToBytesLE(value, size))
const be = (value: bigint) => Buffer.from(le(value)).reverse()
const signedDigest = (digestOf: (covered: Buffer) => Uint8Array) => () => {
  const { gost } = signer.keys
  if (gost === undefined) throw new Error('ГОСТ keys expected')
  return judgeMessage(
    gostMessage({
      signature: (covered) => Buffer.from(gost3410Sign({ privateKey: gost.privateKey, digest: digestOf(covered) })),
    }),
    gostPki,
  )
}

const values: readonly CaseRow[] = [
  ['r is 0', 'SIG_CRYPTO_FAILURE', withValue((_, s) => pair(0n, s))],
  ['s is 0', 'SIG_CRYPTO_FAILURE', withValue((r) => pair(r, 0n))],
  ['both are 0', 'SIG_CRYPTO_FAILURE', withValue(() => pair(0n, 0n))],
  ['r is q', 'SIG_CRYPTO_FAILURE', withValue((_, s) => pair(q, s))],
  ['s is q', 'SIG_CRYPTO_FAILURE', withValue((r) => pair(r, q))],
  ['s is larger than q by what was right', 'SIG_CRYPTO_FAILURE', withValue((r, s) => pair(r, (s + q) % 2n ** 512n))],
  [
    's is larger by q, on a curve where that fits',
    'SIG_CRYPTO_FAILURE',
    () =>
      judgeMessage(
        signMessage({
          signer: shortSigner,
          content,
          certificates: [shortSigner],
          signature(covered) {
            const value = signatureBy(shortSigner.keys, covered)
            const larger = bytesToNumberLE(value.subarray(32)) + gost2015With256.parameters.q
            return Buffer.concat([value.subarray(0, 32), numberToBytesLE(larger, 32)])
          },
        }),
        gostPki,
      ),
  ],
  ['r and s are all ones', 'SIG_CRYPTO_FAILURE', withValue(() => Buffer.alloc(2 * size, 0xff))],
  ['s is negated', 'SIG_CRYPTO_FAILURE', withValue((r, s) => pair(r, q - s))],
  ['r is one more', 'SIG_CRYPTO_FAILURE', withValue((r, s) => pair((r + 1n) % q, s))],
  ['s before r', 'SIG_CRYPTO_FAILURE', withValue((r, s) => pair(s, r))],
  [
    'the order of RFC 4491: s, then r, big-endian',
    'SIG_CRYPTO_FAILURE',
    withValue((r, s) => Buffer.concat([be(s), be(r)])),
  ],
  ['r, then s, big-endian', 'SIG_CRYPTO_FAILURE', withValue((r, s) => Buffer.concat([be(r), be(s)]))],
  ['one octet short', 'SIG_CRYPTO_FAILURE', withValue((r, s) => pair(r, s).subarray(1))],
  ['one octet more', 'SIG_CRYPTO_FAILURE', withValue((r, s) => Buffer.concat([pair(r, s), Buffer.from([0])]))],
  ['nothing', 'SIG_CRYPTO_FAILURE', withValue(() => Buffer.alloc(0))],
  ['half of it', 'SIG_CRYPTO_FAILURE', withValue((r) => le(r))],
  [
    'as a DER sequence of two integers',
    'SIG_CRYPTO_FAILURE',
    withValue((r, s) => der.sequence(der.integer(r), der.integer(s))),
  ],
  [
    'the digest read big-endian',
    'SIG_CRYPTO_FAILURE',
    signedDigest((covered) => hashOf('gost2015-512', covered).reverse()),
  ],
  [
    'over the content instead of the attributes',
    'SIG_CRYPTO_FAILURE',
    signedDigest(() => hashOf('gost2015-512', content)),
  ],
  [
    'over the attributes under the tag that they have in the message',
    'SIG_CRYPTO_FAILURE',
    signedDigest((covered) => hashOf('gost2015-512', Buffer.concat([Buffer.from([0xa0]), covered.subarray(1)]))),
  ],
]

/** Public keys that are none. X ‖ Y follows the two headers of BIT STRING and OCTET STRING. */
const spkiWith = (publicKeyInfo: Buffer, coordinates: Uint8Array): Buffer => {
  const [identifier = Buffer.alloc(0)] = der.childrenOf(publicKeyInfo)
  return der.sequence(identifier, der.bits(der.octets(coordinates)))
}
const coordinatesOf = (publicKeyInfo: Buffer) => publicKeyInfo.subarray(-2 * size)
const wrongPoint = () => {
  const { gost } = gostKeys('wrong point')
  if (gost === undefined) throw new Error('ГОСТ keys expected')
  return gost.privateKey
}
const certificateWith = (publicKeyInfo: Buffer): TestCertificate =>
  issueCertificate({
    subject: 'Wrong point',
    issuer: authority,
    keys: gostKeysOf(gost2015With512, wrongPoint(), publicKeyInfo),
    extensions: nucExtensions(),
  })
const signedWithKey =
  (change: (coordinates: Buffer) => Uint8Array, publicKeyInfo = gostKeys('wrong point').publicKeyInfo) =>
  () => {
    const wrong = certificateWith(spkiWith(publicKeyInfo, change(Buffer.from(coordinatesOf(publicKeyInfo)))))
    return judgeMessage(signMessage({ signer: wrong, content, certificates: [wrong] }), gostPki)
  }
const flipped = (octets: Buffer, at: number) => {
  octets[at] = (octets[at] ?? 0) ^ 1
  return octets
}
const P_512 = 2n ** 512n - 569n

/** tc26 256-A has cofactor 4: a point of order 2 has y = 0, and x is a root of x³ + ax + b. */
function pointOfOrderTwo(): Buffer {
  const { Point } = gost2015With256.parameters
  const { p, a, b } = Point.CURVE()
  const { Fp } = Point
  // Cantor and Zassenhaus: gcd(x^((p-1)/2) - 1, x³ + ax + b) finds a root when shifted by luck.
  type Poly = readonly bigint[]
  const trim = (f: bigint[]): Poly => {
    while (f.length > 0 && f.at(-1) === 0n) f.pop()
    return f
  }
  const cubic: Poly = [b, a, 0n, 1n]
  const mod = (f: Poly, g: Poly): Poly => {
    const rest = [...f]
    const lead = Fp.inv(g.at(-1) ?? 1n)
    while (rest.length >= g.length) {
      const factor = Fp.mul(rest.at(-1) ?? 0n, lead)
      const shift = rest.length - g.length
      for (const [i, term] of g.entries()) rest[shift + i] = Fp.sub(rest[shift + i] ?? 0n, Fp.mul(factor, term))
      rest.pop()
    }
    return trim(rest)
  }
  const mul = (f: Poly, g: Poly): Poly => {
    const product = new Array<bigint>(f.length + g.length).fill(0n)
    for (const [i, x] of f.entries())
      for (const [j, y] of g.entries()) product[i + j] = Fp.add(product[i + j] ?? 0n, Fp.mul(x, y))
    return mod(trim(product), cubic)
  }
  const gcd = (f: Poly, g: Poly): Poly => (g.length === 0 ? f : gcd(g, mod(f, g)))
  for (let shift = 1n; shift < 64n; shift++) {
    let power: Poly = [1n]
    const base: Poly = [shift, 1n]
    for (const bit of ((p - 1n) / 2n).toString(2)) {
      power = mul(power, power)
      if (bit === '1') power = mul(power, base)
    }
    const less = [...power]
    less[0] = Fp.sub(less[0] ?? 0n, 1n)
    const factor = gcd(cubic, trim(less))
    if (factor.length === 2) {
      const x = Fp.neg(Fp.mul(factor[0] ?? 0n, Fp.inv(factor[1] ?? 1n)))
      return Buffer.concat([numberToBytesLE(x, 32), Buffer.alloc(32)])
    }
  }
  throw new Error('no root found: the curve has a point of order two')
}

const points: readonly CaseRow[] = [
  ['a point that is not on the curve', 'CRYPTO_CONSTRAINTS_FAILURE', signedWithKey((octets) => flipped(octets, size))],
  [
    'the point at infinity, written as zeros',
    'CRYPTO_CONSTRAINTS_FAILURE',
    signedWithKey(() => Buffer.alloc(2 * size)),
  ],
  [
    'x beyond the field',
    'CRYPTO_CONSTRAINTS_FAILURE',
    signedWithKey((octets) => Buffer.concat([le(P_512 + 3n), octets.subarray(size)])),
  ],
  [
    'y beyond the field',
    'CRYPTO_CONSTRAINTS_FAILURE',
    signedWithKey((octets) => Buffer.concat([octets.subarray(0, size), Buffer.alloc(size, 0xff)])),
  ],
  ['a point of the twist', 'CRYPTO_CONSTRAINTS_FAILURE', signedWithKey(() => Buffer.concat([le(twistX()), le(1n)]))],
  [
    'y before x',
    'CRYPTO_CONSTRAINTS_FAILURE',
    signedWithKey((octets) => Buffer.concat([octets.subarray(size), octets.subarray(0, size)])),
  ],
  [
    'coordinates big-endian',
    'CRYPTO_CONSTRAINTS_FAILURE',
    signedWithKey((octets) => Buffer.concat([octets.subarray(0, size).reverse(), octets.subarray(size).reverse()])),
  ],
  ['a coordinate short', 'CRYPTO_CONSTRAINTS_FAILURE', signedWithKey((octets) => octets.subarray(size))],
  [
    'a compressed point',
    'CRYPTO_CONSTRAINTS_FAILURE',
    signedWithKey((octets) => Buffer.concat([Buffer.from([2]), octets.subarray(0, size)])),
  ],
  [
    'an uncompressed point with the prefix of SEC 1',
    'CRYPTO_CONSTRAINTS_FAILURE',
    signedWithKey((octets) => Buffer.concat([Buffer.from([4]), octets])),
  ],
  [
    'a point of order two, on the curve whose cofactor is 4',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => {
      const wrong = certificateWith(spkiWith(gostKeys('wrong', gost2015With256).publicKeyInfo, pointOfOrderTwo()))
      const info = { ...wrong, keys: gostKeys('wrong', gost2015With256) }
      return judgeMessage(signMessage({ signer: info, content, certificates: [info] }), gostPki)
    },
  ],
  [
    'a key of 512 bits under the curve of 256',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => {
      const wrong = certificateWith(
        spkiWith(
          gostKeys('wrong', gost2015With256).publicKeyInfo,
          coordinatesOf(gostKeys('wrong point').publicKeyInfo),
        ),
      )
      return judgeMessage(signMessage({ signer: wrong, content, certificates: [wrong] }), gostPki)
    },
  ],
  [
    'a curve that nobody of Kazakhstan uses (tc26 512-B)',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => {
      const identifier = der.sequence(
        der.oid(gost2015With512.keyOid),
        der.sequence(der.oid('1.2.643.7.1.2.1.2.2'), der.oid(gost2015With512.digestOid)),
      )
      const keys = gostKeys('wrong point')
      const wrong = certificateWith(der.sequence(identifier, der.bits(der.octets(coordinatesOf(keys.publicKeyInfo)))))
      return judgeMessage(signMessage({ signer: wrong, content, certificates: [wrong] }), gostPki)
    },
  ],
]

/** A number whose x³ + ax + b is no square. */
function twistX(): bigint {
  const { Point } = parameters
  const { p, a, b } = Point.CURVE()
  const { Fp } = Point
  for (let x = 2n; ; x++) {
    const right = Fp.add(Fp.add(Fp.mul(Fp.mul(x, x), x), Fp.mul(a, x)), b)
    if (Fp.pow(right, (p - 1n) / 2n) !== 1n) return x
  }
}

const rsaSigner = issueCertificate({
  subject: 'RSA under ГОСТ',
  keys: rsaKeys('rsa under gost'),
  issuer: authority,
  extensions: nucExtensions(),
})
const shortSigner = issueCertificate({
  subject: 'ГОСТ with 256 bits',
  keys: gostKeys('256', gost2015With256),
  issuer: authority,
  extensions: nucExtensions(),
})

const confusion: readonly CaseRow[] = [
  [
    'a ГОСТ key under the name of an RSA signature',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ digest: 'sha256', signatureOid: '1.2.840.113549.1.1.11' }), gostPki),
  ],
  [
    'an RSA key under the name of a ГОСТ signature',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () =>
      judgeMessage(
        signMessage({
          signer: rsaSigner,
          content,
          digest: 'gost2015-512',
          signatureDigest: 'sha256',
          certificates: [rsaSigner],
        }),
        gostPki,
      ),
  ],
  [
    'Streebog-256 as the digest under a signature with 512 bits',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ digest: 'gost2015-256', signatureOid: gost2015With512.signatureOid }), gostPki),
  ],
  [
    'SHA-256 as the digest under a ГОСТ signature',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ digest: 'sha256', signatureOid: gost2015With512.signatureOid }), gostPki),
  ],
  [
    'ГОСТ 34.311-95 as the digest under a signature of 34.10-2015',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ digest: 'gost2004', signatureOid: gost2015With512.signatureOid }), gostPki),
  ],
  [
    'a downgrade: the name of 34.310-2004 over a key of 34.10-2015',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ digest: 'gost2004' }), gostPki),
  ],
  [
    'a downgrade: the name of 256 bits over a key of 512',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ digest: 'gost2015-256' }), gostPki),
  ],
  [
    'the name of 512 bits over a key of 256',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () =>
      judgeMessage(
        signMessage({ signer: shortSigner, content, digest: 'gost2015-512', certificates: [shortSigner] }),
        gostPki,
      ),
  ],
  [
    "Russia's identifier of the same algorithm",
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ signatureOid: '1.2.643.7.1.1.3.3' }), gostPki),
  ],
  [
    "the key's identifier where the signature's belongs, which only 34.310-2004 did",
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ signatureOid: gost2015With512.keyOid }), gostPki),
  ],
  [
    'plain rsaEncryption over a ГОСТ digest',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => judgeMessage(gostMessage({ signatureOid: '1.2.840.113549.1.1.1' }), gostPki),
  ],
  [
    'a certificate of a ГОСТ authority signed by an RSA key under its name',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () =>
      judgeOne(
        issueCertificate({
          subject: 'Signed by RSA',
          keys: gostKeys('signed by rsa'),
          issuer: authority,
          signedBy: rsaKeys('not the authority'),
          extensions: nucExtensions(),
        }),
        gostPki,
      ),
  ],
  [
    'a certificate of an RSA authority signed by a ГОСТ key under its name',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () => {
      const pki = nucPki('rsa for confusion')
      return judgeOne(
        issueCertificate({
          subject: 'Signed by ГОСТ',
          keys: rsaKeys('signed by gost'),
          issuer: pki.authority,
          signedBy: gostKeys('not the authority'),
          extensions: nucExtensions(),
        }),
        pki,
      )
    },
  ],
  [
    'a certificate signed with 34.310-2004 by an authority of 34.10-2015',
    'CRYPTO_CONSTRAINTS_FAILURE',
    () =>
      judgeOne(
        issueCertificate({
          subject: 'Signed by 2004',
          keys: gostKeys('signed by 2004'),
          issuer: authority,
          signedBy: gostKeys('not the authority', gost2004),
          extensions: nucExtensions(),
        }),
        gostPki,
      ),
  ],
  [
    'a certificate that another ГОСТ key of the same kind signed',
    'NO_CERTIFICATE_CHAIN_FOUND',
    () =>
      judgeOne(
        issueCertificate({
          subject: 'Signed by another',
          keys: gostKeys('signed by another'),
          issuer: authority,
          signedBy: gostKeys('another authority'),
          extensions: nucExtensions(),
        }),
        gostPki,
      ),
  ],
]

export const gostCases: readonly HostileCase[] = [
  ...casesOf('ГОСТ signature value', values),
  ...casesOf('ГОСТ public key', points),
  ...casesOf('confusion of algorithms and downgrade', confusion),
]

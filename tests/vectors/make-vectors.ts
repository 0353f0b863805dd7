import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js'
import { buildSignedMessage } from '../../src/main/adapters/cms/build-signed-message.ts'
import { gost3410DigestToScalar } from '../../src/main/adapters/gost/gost-3410-digest.ts'
import { deriveGost3410PublicKey } from '../../src/main/adapters/gost/gost-3410-private-key.ts'
import { encodeGost3410PublicKey } from '../../src/main/adapters/gost/gost-3410-public-key.ts'
import {
  type GostAlgorithm,
  gost2004,
  gost2015With256,
  gost2015With512,
} from '../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPrivateKey } from '../../src/main/adapters/gost/private-key-info.ts'
import type { SigningIdentity } from '../../src/main/adapters/keystore/signing-identity.ts'
import { parseCertificate } from '../../src/main/adapters/x509/certificate.ts'
import { checkEnvelopedSignatures } from '../../src/main/adapters/xml-signature/check-enveloped-signatures.ts'
import { checkSoapSignature } from '../../src/main/adapters/xml-signature/check-soap-signature.ts'
import { signEnveloped } from '../../src/main/adapters/xml-signature/sign-enveloped.ts'
import { signSoapBody } from '../../src/main/adapters/xml-signature/sign-soap-body.ts'
import { readSignedDocument } from '../../src/main/adapters/xml-signature/signed-document.ts'
import {
  authorityExtensions,
  extension,
  issueCertificate,
  nameOf,
  type TestCertificate,
} from '../support/pki-certificate.ts'
import { cmsOids, signMessage } from '../support/pki-cms.ts'
import * as der from '../support/pki-der.ts'
import { gostKeysOf, hashOf, signatureBy, type TestKeys } from '../support/pki-keys.ts'
import { issueCrl, issueOcspResponse } from '../support/pki-revocation.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')
const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
const integer = (value: bigint): string => value.toString(16)

const times = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2036-01-01T00:00:00Z'),
  thisUpdate: new Date('2026-06-01T00:00:00Z'),
  nextUpdate: new Date('2026-06-02T00:00:00Z'),
  signing: new Date('2026-06-01T12:00:00Z'),
} as const

/** A number below q from a label, for all to see: nothing is secret about these keys. */
function numberFrom(label: string, { parameters }: GostAlgorithm): bigint {
  const wide = Buffer.concat([
    hashOf('gost2015-512', Buffer.from(label)),
    hashOf('gost2015-512', Buffer.from(`${label}'`)),
  ])
  return (bytesToNumberLE(wide) % (parameters.q - 1n)) + 1n
}

function keysFrom(label: string, algorithm: GostAlgorithm): TestKeys {
  const { parameters } = algorithm
  const scalar = numberToBytesLE(numberFrom(label, algorithm), parameters.size)
  const { publicKeyInfo } = gostKeysOf(algorithm, { parameters, scalar })
  return {
    publicKeyInfo,
    gost: {
      algorithm,
      privateKey: { parameters, scalar },
      nonce: (digest) => numberFrom(`${label} ${hex(digest)}`, algorithm),
    },
    get privateKey(): never {
      throw new Error('a ГОСТ key is no KeyObject')
    },
  }
}

function gostOf({ gost }: TestKeys) {
  if (gost === undefined) throw new Error('ГОСТ keys expected')
  return gost
}

/** Every step of one signature over octets. */
function signatureSteps(keys: TestKeys, octets: Uint8Array) {
  const { algorithm, nonce } = gostOf(keys)
  const { parameters } = algorithm
  const digest = hashOf(algorithm.name, octets)
  const signature = signatureBy(keys, octets)
  return {
    signedOctets: base64(octets),
    digest: hex(digest),
    e: integer(gost3410DigestToScalar(parameters, digest)),
    k: integer(nonce?.(digest) ?? 0n),
    r: integer(bytesToNumberLE(signature.subarray(0, parameters.size))),
    s: integer(bytesToNumberLE(signature.subarray(parameters.size))),
    signature: hex(signature),
  }
}

function keyVector(name: string, keys: TestKeys) {
  const { algorithm, privateKey } = gostOf(keys)
  const publicKey = deriveGost3410PublicKey(privateKey)
  const { x, y } = publicKey.point.toAffine()
  return {
    name,
    algorithm: algorithm.name,
    d: integer(bytesToNumberLE(privateKey.scalar)),
    x: integer(x),
    y: integer(y),
    privateKeyOctets: hex(privateKey.scalar),
    publicKeyOctets: hex(encodeGost3410PublicKey(publicKey)),
    privateKeyInfo: base64(encodeGostPrivateKey({ algorithm, privateKey })),
    subjectPublicKeyInfo: base64(keys.publicKeyInfo),
  }
}

/** What an issuer signed: the first element of a certificate, a CRL, or a basic OCSP response. */
const signedPart = (whole: Uint8Array): Buffer => der.childrenOf(whole)[0] ?? Buffer.alloc(0)

function certificateVector(name: string, certificate: TestCertificate, issuer: TestKeys) {
  return { name, certificate: base64(certificate.der), ...signatureSteps(issuer, signedPart(certificate.der)) }
}

/** An identity that remembers what it was given to sign. */
function identityOf(certificate: TestCertificate): SigningIdentity & { readonly signed: readonly Uint8Array[] } {
  const parsed = parseCertificate(certificate.der)
  const { algorithm } = gostOf(certificate.keys)
  if (parsed === undefined || algorithm.name === 'gost2004') throw new Error('no certificate')
  const signed: Uint8Array[] = []
  return {
    certificate: parsed,
    others: [],
    algorithm: { kind: 'gost', digest: algorithm.name },
    signed,
    async sign(data) {
      signed.push(Uint8Array.from(data))
      return { ok: true, value: signatureBy(certificate.keys, data) }
    },
    close: () => undefined,
  }
}

const only = <T>(items: readonly T[]): T => {
  const [item, ...others] = items
  if (item === undefined || others.length > 0) throw new Error('exactly one expected')
  return item
}
const succeeded = <T>(outcome: { readonly ok: boolean; readonly value?: T }): T => {
  if (!outcome.ok || outcome.value === undefined) throw new Error('a step of the generator failed')
  return outcome.value
}

async function cmsVectors(signer: TestCertificate) {
  const content = Buffer.from('Подписанные данные\r\n', 'utf8')
  const build = async (name: string, detached: boolean) => {
    const identity = identityOf(signer)
    // Another moment, so that the two have signatures of their own.
    const signingTime = new Date(times.signing.getTime() + (detached ? 1000 : 0))
    const message = succeeded(await buildSignedMessage({ content, identity, chain: [], signingTime, detached }))
    const signedAttributes = only(identity.signed)
    return {
      name,
      content: base64(content),
      contentDigest: hex(hashOf(gostOf(signer.keys).algorithm.name, content)),
      message: base64(message),
      ...signatureSteps(signer.keys, signedAttributes),
    }
  }
  return [await build('attached', false), await build('detached', true)]
}

async function xmlVectors(signer: TestCertificate) {
  const { algorithm } = gostOf(signer.keys)
  const business =
    '<?xml version="1.0" encoding="UTF-8"?>\n<заявка xmlns="urn:example:request"><иин>000000000000</иин><!-- комментарий --></заявка>'
  const envelope =
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" wsu:Id="id-00000000-0000-4000-8000-000000000000"><request xmlns="urn:example:request">данные</request></soap:Body></soap:Envelope>'
  const steps = (document: string, signed: Uint8Array, covered: Uint8Array, signedInfo: Uint8Array) => ({
    document: base64(Buffer.from(document)),
    signed: base64(signed),
    referencedOctets: base64(covered),
    referencedDigest: hex(hashOf(algorithm.name, covered)),
    ...signatureSteps(signer.keys, signedInfo),
  })
  const [enveloping, wrapping] = [identityOf(signer), identityOf(signer)]
  const enveloped = succeeded(await signEnveloped({ document: Buffer.from(business), identity: enveloping }))
  const wsse = succeeded(await signSoapBody({ document: Buffer.from(envelope), identity: wrapping }))
  const coveredByEnveloped = succeeded(
    only(succeeded(checkEnvelopedSignatures(succeeded(readSignedDocument(enveloped))))),
  )
  const coveredByWsse = succeeded(checkSoapSignature(succeeded(readSignedDocument(wsse))))
  return {
    xmldsig: steps(business, enveloped, coveredByEnveloped.content.octets, only(enveloping.signed)),
    wsse: steps(envelope, wsse, coveredByWsse.content.octets, only(wrapping.signed)),
  }
}

const algorithmTable = [gost2015With512, gost2015With256, gost2004].map((algorithm) => {
  const { Point, q, size, name } = algorithm.parameters
  const { p, a, b, h } = Point.CURVE()
  return {
    name: algorithm.name,
    keyOid: algorithm.keyOid,
    curveOid: algorithm.curveOid,
    keyDigestOid: algorithm.keyDigestOids[0],
    signatureOid: algorithm.signatureOid,
    digestOid: algorithm.digestOid,
    xmlSignatureUri: algorithm.xmlSignatureUri,
    xmlDigestUri: algorithm.xmlDigestUri,
    curve: {
      name,
      octets: size,
      p: integer(p),
      a: integer(a),
      b: integer(b),
      q: integer(q),
      cofactor: integer(h),
      x: integer(Point.BASE.x),
      y: integer(Point.BASE.y),
    },
  }
})

async function vectorsOf(algorithm: GostAlgorithm, serialBase: number) {
  const named = (what: string) => `kz-gost-vectors ${algorithm.name} ${what}`
  const keys = Object.fromEntries(
    ['root', 'authority', 'signer', 'revoked', 'responder', 'timestamps'].map((name) => [
      name,
      keysFrom(named(name), algorithm),
    ]),
  ) as Record<'root' | 'authority' | 'signer' | 'revoked' | 'responder' | 'timestamps', TestKeys>
  const validity = { notBefore: times.notBefore, notAfter: times.notAfter }
  const subject = (text: string) => nameOf(['2.5.4.6', der.printable('KZ')], ['2.5.4.3', der.utf8(`ВЕКТОРЫ ${text}`)])
  const root = issueCertificate({
    subject: subject(`${algorithm.name} корень`),
    keys: keys.root,
    serial: serialBase + 1,
    extensions: authorityExtensions(),
    ...validity,
  })
  const authority = issueCertificate({
    subject: subject(`${algorithm.name} УЦ`),
    keys: keys.authority,
    issuer: root,
    serial: serialBase + 2,
    extensions: [...authorityExtensions(0), extension.policies('2.5.29.32.0')],
    ...validity,
  })
  const under = (
    name: 'signer' | 'revoked' | 'responder' | 'timestamps',
    serial: number,
    extensions: readonly Buffer[],
  ) =>
    issueCertificate({
      subject: subject(`${algorithm.name} ${name}`),
      keys: keys[name],
      issuer: authority,
      serial: serialBase + serial,
      extensions,
      ...validity,
    })
  const signing = [
    extension.keyUsage('digitalSignature', 'nonRepudiation'),
    extension.extendedKeyUsage('1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1'),
    extension.policies('1.2.398.3.3.2'),
  ]
  const signer = under('signer', 3, signing)
  const revoked = under('revoked', 4, signing)
  const responder = under('responder', 5, [
    extension.keyUsage('digitalSignature'),
    extension.extendedKeyUsage('1.3.6.1.5.5.7.3.9'),
    extension.raw('1.3.6.1.5.5.7.48.1.5', der.nothing()),
  ])
  const timestamps = under('timestamps', 6, [
    extension.keyUsage('digitalSignature'),
    extension.raw('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.8')), true),
    extension.policies('1.2.398.3.3.2.6'),
  ])

  const crl = issueCrl({
    issuer: authority,
    number: 1,
    thisUpdate: times.thisUpdate,
    nextUpdate: times.nextUpdate,
    entries: [{ certificate: revoked, date: times.thisUpdate, reason: 1 }],
  })
  const ocsp = issueOcspResponse({
    certificate: signer,
    issuer: authority,
    responder,
    hash: 'sha256',
    thisUpdate: times.thisUpdate,
    nextUpdate: times.nextUpdate,
  })
  const basic = basicResponse(ocsp)

  const covered = signatureBy(keys.signer, Buffer.from('Подпись, которую накрывает метка'))
  const tstInfo = der.sequence(
    der.integer(1),
    der.oid('1.2.398.3.3.2.6.1'),
    der.sequence(
      der.sequence(der.oid(algorithm.digestOid), der.nothing()),
      der.octets(hashOf(algorithm.name, covered)),
    ),
    der.integer(1),
    der.generalizedTime(times.signing),
  )
  const stampedAttributes: Buffer[] = []
  const token = signMessage({
    signer: timestamps,
    content: tstInfo,
    contentType: cmsOids.tstInfo,
    signingTime: times.signing,
    certificates: [timestamps],
    signature(attributes) {
      stampedAttributes.push(attributes)
      return signatureBy(keys.timestamps, attributes)
    },
  })

  const plain = Buffer.from('abc')
  return {
    algorithm: algorithm.name,
    keys: Object.entries(keys).map(([name, pair]) => keyVector(name, pair)),
    signature: { key: 'signer', ...signatureSteps(keys.signer, plain) },
    certificates: [
      certificateVector('root', root, keys.root),
      certificateVector('authority', authority, keys.root),
      ...[signer, revoked, responder, timestamps].map((certificate, i) =>
        certificateVector(['signer', 'revoked', 'responder', 'timestamps'][i] ?? '', certificate, keys.authority),
      ),
    ],
    cms: await cmsVectors(signer),
    ...(await xmlVectors(signer)),
    crl: { issuer: 'authority', crl: base64(crl), ...signatureSteps(keys.authority, signedPart(crl)) },
    ocsp: { responder: 'responder', response: base64(ocsp), ...signatureSteps(keys.responder, signedPart(basic)) },
    timestamp: {
      authority: 'timestamps',
      covered: hex(covered),
      imprint: hex(hashOf(algorithm.name, covered)),
      tstInfo: base64(tstInfo),
      token: base64(token),
      ...signatureSteps(keys.timestamps, only(stampedAttributes)),
    },
  }
}

/** OCSPResponse, [0], ResponseBytes, OCTET STRING, BasicOCSPResponse. */
function basicResponse(response: Buffer): Buffer {
  const [, explicit = Buffer.alloc(0)] = der.childrenOf(response)
  const [, octets = Buffer.alloc(0)] = der.childrenOf(der.childrenOf(explicit)[0] ?? Buffer.alloc(0))
  return der.contentOf(octets)
}

/** Messages of RFC 6986 and of ГОСТ 34.311, and a few that meet the edges of blocks. */
function digestVectors() {
  const messages = [
    Buffer.alloc(0),
    Buffer.from('abc'),
    Buffer.from('012345678901234567890123456789012345678901234567890123456789012'),
    Buffer.alloc(64, 0x61),
    Buffer.alloc(65, 0x61),
    Buffer.from('Қазақстан Республикасы', 'utf8'),
  ]
  return messages.map((message) => ({
    message: hex(message),
    'streebog-512': hex(hashOf('gost2015-512', message)),
    'streebog-256': hex(hashOf('gost2015-256', message)),
    '34.311-95': hex(hashOf('gost2004', message)),
  }))
}

/** The whole published file. The same comes out each time. */
export async function makeVectors() {
  return {
    description:
      "Test vectors of Kazakhstan's ГОСТ signatures: see README.md beside this file. The keys are public and protect nothing.",
    version: 1,
    judgedAt: times.signing.toISOString(),
    algorithms: algorithmTable,
    digests: digestVectors(),
    sets: [await vectorsOf(gost2015With512, 51200), await vectorsOf(gost2015With256, 25600)],
  }
}

export type Vectors = Awaited<ReturnType<typeof makeVectors>>

export function vectorsText(vectors: Vectors): string {
  return `${JSON.stringify(vectors, undefined, 1)}\n`
}

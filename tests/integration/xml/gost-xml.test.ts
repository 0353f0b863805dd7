import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { gost3410Sign } from '../../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost2004, gost2015With256, gost2015With512 } from '../../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPublicKey } from '../../../src/main/adapters/gost/subject-public-key-info.ts'
import type { SigningIdentity } from '../../../src/main/adapters/keystore/signing-identity.ts'
import { parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { pass } from '../../../src/main/adapters/x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import { judgeSignedXml } from '../../../src/main/adapters/xml-signature/judge-signed-xml.ts'
import { signEnveloped } from '../../../src/main/adapters/xml-signature/sign-enveloped.ts'
import { signSoapBody } from '../../../src/main/adapters/xml-signature/sign-soap-body.ts'
import { succeed } from '../../../src/shared/result.ts'
import {
  createTestPki,
  issueCertificate,
  moments,
  signerExtensions,
  type TestCertificate,
} from '../../support/pki-certificate.ts'
import { rsaKeys } from '../../support/pki-keys.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { signatureTemplate, soapSignature, soapTemplate, xmlUris } from '../../support/xml-templates.ts'
import { xmllintMissing } from '../../support/xmllint.ts'
import { type EngineKey, type EngineKeyOptions, generateEngineKey, gostEngineIsHere } from '../gost/gost-engine.ts'

const { authority } = createTestPki()
const folder = makeTempDir()
afterAll(() => folder.remove())

const anchor = parseCertificate(Uint8Array.from(authority.der))
if (anchor === undefined) throw new Error('the test authority was refused')
const policy = {
  trust: { anchors: [anchor], intermediates: [], policy: ANY_POLICY_WILL_DO },
  checkSigner: () => pass(undefined),
  checkTimestampAuthority: () => pass(undefined),
  now: moments.now,
}

const urn = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms'
interface Kind extends EngineKeyOptions {
  readonly title: string
  readonly signatureMethod: string
  readonly digestMethod: string
}
/** URIs as they stand in documents of the field. */
const kinds: readonly Kind[] = [
  {
    title: 'ГОСТ 34.10-2015 with 512 bits',
    algorithm: gost2015With512,
    keyArguments: ['-algorithm', 'gost2012_512', '-pkeyopt', 'paramset:A'],
    digestName: 'md_gost12_512',
    signatureMethod: `${urn}:gostr34102015-gostr34112015-512`,
    digestMethod: `${urn}:gostr34112015-512`,
  },
  {
    title: 'ГОСТ 34.10-2015 with 256 bits',
    algorithm: gost2015With256,
    keyArguments: ['-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:TCA'],
    digestName: 'md_gost12_256',
    signatureMethod: `${urn}:gostr34102015-gostr34112015-256`,
    digestMethod: `${urn}:gostr34112015-256`,
  },
]
/** Its hash has an S-box that the engine lacks: there the engine signs and judges our digest. */
const legacy: Kind = {
  title: 'ГОСТ 34.310-2004',
  algorithm: gost2004,
  keyArguments: ['-algorithm', 'gost2001', '-pkeyopt', 'paramset:A'],
  signatureMethod: 'http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311',
  digestMethod: 'http://www.w3.org/2001/04/xmldsig-more#gost34311',
}

interface Party {
  readonly engine: EngineKey
  readonly certificate: TestCertificate
  readonly identity: SigningIdentity
}

/** The engine makes a key, our authority certifies it, and we sign with it too. */
function partyOf(kind: Kind): Party {
  const engine = generateEngineKey(kind)
  onTestFinished(engine.remove)
  const { algorithm } = kind
  const { publicKey, privateKey } = engine.pair
  const certificate = issueCertificate({
    subject: kind.title,
    issuer: authority,
    keys: { ...rsaKeys('unused'), publicKeyInfo: Buffer.from(encodeGostPublicKey({ algorithm, publicKey })) },
    signedBy: authority.keys,
    extensions: signerExtensions(),
  })
  const parsed = parseCertificate(Uint8Array.from(certificate.der))
  if (parsed === undefined) throw new Error('the test certificate was refused')
  const identity: SigningIdentity = {
    certificate: parsed,
    others: [],
    algorithm: { kind: 'gost', digest: algorithm.name },
    sign: async (data) => succeed(gost3410Sign({ privateKey, digest: algorithm.createHash().update(data).digest() })),
    close: () => undefined,
  }
  return { engine, certificate, identity }
}

/** libxml2's canonical form. */
function canonical(document: string, option: '--c14n' | '--exc-c14n'): Buffer {
  const file = path.join(folder.path, 'document.xml')
  writeFileSync(file, document)
  return execFileSync('xmllint', ['--nonet', option, file])
}

/** The digest by OpenSSL's engine where it has the hash, else by ours. */
function digestOf(kind: Kind, octets: Uint8Array): string {
  if (kind.digestName === undefined)
    return Buffer.from(kind.algorithm.createHash().update(octets).digest()).toString('base64')
  const args = ['dgst', '-engine', 'gost', `-${kind.digestName}`, '-binary']
  return execFileSync('openssl', args, { input: octets, stdio: ['pipe', 'pipe', 'ignore'] }).toString('base64')
}

const elementText = (document: string, name: string) => new RegExp(`<ds:${name}>([^<]*)`).exec(document)?.[1] ?? ''
const signedInfoText = (document: string) => /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(document)?.[0] ?? ''
const withoutSignature = (document: string) => document.replace(/<ds:Signature .*<\/ds:Signature>/s, '')

/** SignedInfo as it is digested, its inherited namespaces written out. */
const signedInfoOctets = (document: string, inherited: string, option: '--c14n' | '--exc-c14n') =>
  canonical(
    signedInfoText(document).replace('<ds:SignedInfo>', `<ds:SignedInfo xmlns:ds="${xmlUris.ds}"${inherited}>`),
    option,
  )

function verdictOf(document: string | Uint8Array) {
  const outcome = judgeSignedXml(Buffer.from(document as string), policy)
  const [only] = outcome.ok ? outcome.value : []
  return { intact: only?.intact, refusal: only?.refusal, content: Buffer.from(only?.content?.octets ?? []).toString() }
}

async function textOf(result: ReturnType<typeof signEnveloped>): Promise<string> {
  const done = await result
  if (!done.ok) throw new Error(done.failure.code)
  return done.value.toString('utf8')
}

const ready = gostEngineIsHere && !xmllintMissing
const DOCUMENT = '<d:заявка xmlns:d="urn:d" xml:lang="kk"><d:аты>Әлия</d:аты></d:заявка>'
const inherited = ' xmlns:d="urn:d" xml:lang="kk"'

describe.skipIf(!ready)(
  "ГОСТ in XML, digest and value by OpenSSL's gost engine (skipped where it or xmllint is absent)",
  () => {
    test.each(kinds)('$title: the engine accepts our enveloped signature', async (kind) => {
      const { engine, identity } = partyOf(kind)
      const ours = await textOf(signEnveloped({ document: Buffer.from(DOCUMENT), identity }))
      expect(ours).toContain(`SignatureMethod Algorithm="${kind.signatureMethod}"`)
      expect(ours).toContain(`DigestMethod Algorithm="${kind.digestMethod}"`)
      expect(elementText(ours, 'DigestValue')).toBe(digestOf(kind, canonical(withoutSignature(ours), '--c14n')))
      const value = Buffer.from(elementText(ours, 'SignatureValue'), 'base64')
      const octets = signedInfoOctets(ours, inherited, '--c14n')
      expect(engine.accepts(octets, value)).toBe(true)
      expect(engine.accepts(Buffer.concat([octets, Buffer.from(' ')]), value)).toBe(false)
      expect(verdictOf(ours)).toEqual({ intact: true, refusal: undefined, content: DOCUMENT })
    })

    test.each(kinds)('$title: the engine accepts our signature over the Body', async (kind) => {
      const { engine, identity } = partyOf(kind)
      const ours = await textOf(signSoapBody({ document: Buffer.from(DOCUMENT), identity }))
      const body = /<soapenv:Body.*<\/soapenv:Body>/s.exec(ours)?.[0] ?? ''
      const apart = body.replace('<soapenv:Body', `<soapenv:Body xmlns:soapenv="${xmlUris.soap}"`)
      expect(elementText(ours, 'DigestValue')).toBe(digestOf(kind, canonical(apart, '--exc-c14n')))
      const value = Buffer.from(elementText(ours, 'SignatureValue'), 'base64')
      expect(engine.accepts(signedInfoOctets(ours, '', '--exc-c14n'), value)).toBe(true)
      expect(verdictOf(ours)).toMatchObject({ intact: true, refusal: undefined })
    })

    test.each([...kinds, legacy])('$title: what the engine signs passes, enveloped', (kind) => {
      const { engine, certificate } = partyOf(kind)
      const theirs = (digestValue: string, signatureValue: string) => {
        const base64 = certificate.der.toString('base64')
        const keyInfo = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
        const { signatureMethod, digestMethod } = kind
        const signature = signatureTemplate({ signatureMethod, digestMethod, digestValue, signatureValue, keyInfo })
        return DOCUMENT.replace('</d:заявка>', `${signature}</d:заявка>`)
      }
      const digestValue = digestOf(kind, canonical(DOCUMENT, '--c14n'))
      const value = engine.sign(signedInfoOctets(theirs(digestValue, ''), inherited, '--c14n'))
      const document = theirs(digestValue, Buffer.from(value).toString('base64'))
      expect(verdictOf(document)).toEqual({ intact: true, refusal: undefined, content: DOCUMENT })

      // The reverse order of octets, as in RFC 4491, is another signature.
      const reversed = theirs(digestValue, Buffer.from(value).reverse().toString('base64'))
      expect(verdictOf(reversed)).toMatchObject({ intact: false, refusal: { subIndication: 'SIG_CRYPTO_FAILURE' } })
      expect(verdictOf(document.replace('Әлия', 'Әлин'))).toMatchObject({ refusal: { subIndication: 'HASH_FAILURE' } })
    })

    test.each(kinds)('$title: what the engine signs over the Body passes', (kind) => {
      const { engine, certificate } = partyOf(kind)
      const { signatureMethod, digestMethod } = kind
      const theirs = (digestValue: string, signatureValue: string) =>
        soapTemplate({
          signature: soapSignature(certificate, { signatureMethod, digestMethod, digestValue, signatureValue }),
          body: DOCUMENT,
        })
      const body = /<s:Body.*<\/s:Body>/s.exec(theirs('', ''))?.[0] ?? ''
      const apart = body.replace('<s:Body', `<s:Body xmlns:s="${xmlUris.soap}" xmlns:wsu="${xmlUris.wsu}"`)
      const digestValue = digestOf(kind, canonical(apart, '--exc-c14n'))
      const value = engine.sign(signedInfoOctets(theirs(digestValue, ''), '', '--exc-c14n'))
      expect(verdictOf(theirs(digestValue, Buffer.from(value).toString('base64')))).toMatchObject({
        intact: true,
        refusal: undefined,
      })
    })

    test('with a key of ГОСТ 34.310-2004 nothing is signed', async () => {
      const { identity } = partyOf(legacy)
      await expect(signEnveloped({ document: Buffer.from(DOCUMENT), identity })).rejects.toThrow(RangeError)
    })
  },
)

import { createHmac } from 'node:crypto'
import { afterAll, expect } from 'vitest'
import { generateGost3410KeyPair } from '../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { gost2015With256 } from '../../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPublicKey } from '../../../src/main/adapters/gost/subject-public-key-info.ts'
import { parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { digest } from '../../../src/main/adapters/x509/digest-algorithms.ts'
import { pass, type Refusal } from '../../../src/main/adapters/x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import { judgeSignedXml } from '../../../src/main/adapters/xml-signature/judge-signed-xml.ts'
import type { SubIndication } from '../../../src/main/ports/signature-verifier.ts'
import { createTestPki, issueCertificate, moments, signerExtensions } from '../../support/pki-certificate.ts'
import { rsaKeys } from '../../support/pki-keys.ts'
import {
  envelopedTransforms,
  keyIdentifier,
  signatureTemplate,
  soapSignature,
  soapTemplate,
  tokenReference,
  transform,
  xmlUris,
} from '../../support/xml-templates.ts'
import { createXmlsec, type Xmlsec, xmlsecMissing } from '../../support/xmlsec.ts'
import type { HostileCase, JudgedCase } from './hostile-case.ts'

const { authority, signer } = createTestPki()
const other = issueCertificate({ subject: 'Другой', issuer: authority, extensions: signerExtensions() })
const weak = issueCertificate({
  subject: 'Слабый ключ',
  issuer: authority,
  keys: rsaKeys('weak', { bits: 1024 }),
  extensions: signerExtensions(),
})
const gostPair = generateGost3410KeyPair(gost2015With256.parameters)
const gostSigner = issueCertificate({
  subject: 'ГОСТ',
  issuer: authority,
  keys: {
    ...rsaKeys('unused'),
    publicKeyInfo: Buffer.from(encodeGostPublicKey({ algorithm: gost2015With256, publicKey: gostPair.publicKey })),
  },
  signedBy: authority.keys,
  extensions: signerExtensions(),
})

export const xmlsec = createXmlsec({ signer })
const xmlsecWithCertificate = createXmlsec({ signer, certificateFromSettings: true })
const xmlsecWeak = createXmlsec({ signer: weak })
afterAll(() => {
  for (const each of [xmlsec, xmlsecWithCertificate, xmlsecWeak]) each.remove()
})

const anchor = parseCertificate(Uint8Array.from(authority.der))
if (anchor === undefined) throw new Error('the test authority was refused')
const policy = {
  trust: { anchors: [anchor], intermediates: [], policy: ANY_POLICY_WILL_DO },
  checkSigner: () => pass(undefined),
  checkTimestampAuthority: () => pass(undefined),
  now: moments.now,
}

/** The refusal of the last signature that fails; undefined where all pass. */
function refusalOf(document: string | Uint8Array): Refusal | undefined {
  const outcome = judgeXml(document)
  if (!outcome.ok) return outcome.refusal
  const refused = outcome.value.filter(({ refusal }) => refusal !== undefined)
  expect(refused.filter(({ content }) => content !== undefined)).toEqual([])
  return refused.at(-1)?.refusal
}

export function judgeXml(document: string | Uint8Array) {
  return judgeSignedXml(Buffer.from(document as string), policy)
}

interface HostileXml {
  readonly name: string
  readonly document: () => string | Uint8Array
  /** Sub-indication and reason. */
  readonly refused: string
  /** xmlsec1 verifies it: what is wrong is not the cryptography. */
  readonly verifies?: boolean
}

const NOT_THE_FORM = 'SIG_CONSTRAINTS_FAILURE: other transforms than those of the form'
const CHANGED = 'HASH_FAILURE: the document differs from the signed digest'
const BESIDE = 'SIG_CONSTRAINTS_FAILURE: something stands beside or after a signature'
const NOT_MANDATORY = 'SIG_CONSTRAINTS_FAILURE: wsse:Security without mustUnderstand'
const NOT_AT_END = 'SIG_CONSTRAINTS_FAILURE: a signature is not at the end of the root'
const NO_CERTIFICATE = "NO_SIGNING_CERTIFICATE_FOUND: the signature lacks its signer's certificate"
const NOT_BODY = 'SIG_CONSTRAINTS_FAILURE: the reference does not mean the Body'
const TWICE = 'SIG_CONSTRAINTS_FAILURE: an identifier stands twice'
const unexpected = (element: string) => `FORMAT_FAILURE: unexpected XML at ${element}`

const templated = (...args: Parameters<typeof signatureTemplate>) => `<a><b>100</b>${signatureTemplate(...args)}</a>`
/** Shapes that are refused before anything is computed need no right values. */
const filled = {
  digestValue: Buffer.alloc(32).toString('base64'),
  signatureValue: Buffer.alloc(256).toString('base64'),
}
const certificateInfo = (certificate = signer) =>
  `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.der.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
let signedOnce: string | undefined
/** `<a><b>100</b>…</a>`, rightly signed. */
export const good = () => {
  signedOnce ??= xmlsec.sign(templated()).toString()
  return signedOnce
}
const replaced = (from: string | RegExp, to: string) => () => {
  const changed = good().replace(from, to)
  if (changed === good()) throw new Error('nothing was changed')
  return changed
}
const signatureOf = (document: string) => /<ds:Signature .*<\/ds:Signature>/s.exec(document)?.[0] ?? ''
const sha1 = 'http://www.w3.org/2000/09/xmldsig#sha1'
const hmac = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'

const documentTricks: readonly HostileXml[] = [
  { name: 'a DOCTYPE', document: () => `<!DOCTYPE a>${bare()}`, refused: 'FORMAT_FAILURE: not XML: doctype' },
  {
    name: 'an entity of its own',
    document: () => `<!DOCTYPE a [<!ENTITY e "100">]>${bare().replace('>100<', '>&e;<')}`,
    refused: 'FORMAT_FAILURE: not XML: doctype',
  },
  {
    name: 'an entity from a file',
    document: () => `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>${bare().replace('>100<', '>&e;<')}`,
    refused: 'FORMAT_FAILURE: not XML: doctype',
  },
  {
    name: 'entities of entities',
    document: () => `<!DOCTYPE a [<!ENTITY e "ha"><!ENTITY f "&e;&e;&e;&e;">]><a>&f;</a>`,
    refused: 'FORMAT_FAILURE: not XML: doctype',
  },
  {
    name: 'an attribute list that makes identifiers',
    document: () => `<!DOCTYPE a [<!ATTLIST b Id ID #IMPLIED>]>${bare()}`,
    refused: 'FORMAT_FAILURE: not XML: doctype',
  },
  {
    name: 'an unknown entity',
    document: replaced('>100<', '>&hundred;<'),
    refused: 'FORMAT_FAILURE: not XML: not-well-formed',
  },
  {
    name: 'another encoding',
    document: () => Buffer.from(`\uFEFF${bare()}`, 'utf16le'),
    refused: 'FORMAT_FAILURE: not XML: not-utf-8',
  },
  { name: 'nothing', document: () => '', refused: 'FORMAT_FAILURE: not XML: not-well-formed' },
  { name: 'no signature', document: () => '<a><b>100</b></a>', refused: 'FORMAT_FAILURE: no signature' },
  {
    name: 'elements 10,000 deep',
    document: () => bare().replace('<b>', '<b>'.repeat(10_000)).replace('</b>', '</b>'.repeat(10_000)),
    refused: 'FORMAT_FAILURE: not XML: too-deep',
  },
  {
    name: '10 MB of text',
    document: replaced('>100<', `>${'1'.repeat(10 * 1024 * 1024)}<`),
    refused: 'FORMAT_FAILURE: not XML: too-large',
  },
  {
    name: 'a hundred thousand elements',
    document: replaced('<b>100</b>', '<b/>'.repeat(100_000)),
    refused: 'FORMAT_FAILURE: not XML: too-many-elements',
  },
  {
    name: 'nine signatures',
    document: () => bare().replace('</a>', `${signatureOf(good()).repeat(8)}</a>`),
    refused: 'FORMAT_FAILURE: too many signatures',
  },
]

const changedDocuments: readonly HostileXml[] = [
  { name: 'other content', document: replaced('>100<', '>900<'), refused: CHANGED },
  { name: 'content added', document: replaced('<b>', '<c/><b>'), refused: CHANGED },
  { name: 'white space added', document: replaced('<b>', '\n<b>'), refused: CHANGED },
  { name: 'a carriage return added', document: replaced('>100<', '>100&#13;<'), refused: CHANGED },
  { name: 'an attribute added', document: replaced('<b>', '<b c="1">'), refused: CHANGED },
  { name: 'xml:lang added to the root', document: replaced('<a>', '<a xml:lang="ru">'), refused: CHANGED },
  { name: 'a default namespace put over all', document: replaced('<a>', '<a xmlns="urn:x">'), refused: CHANGED },
  { name: 'an unused namespace declared', document: replaced('<a>', '<a xmlns:u="urn:x">'), refused: CHANGED },
  { name: 'a processing instruction added', document: replaced('<b>', '<?x y?><b>'), refused: CHANGED },
  { name: 'CDATA hiding other content', document: replaced('>100<', '><![CDATA[900]]><'), refused: CHANGED },
  {
    name: 'the signature of another document',
    document: () => `<a><b>900</b>${signatureOf(good())}</a>`,
    refused: CHANGED,
  },
  {
    name: 'the same signature twice',
    document: () => good().replace('</a>', `${signatureOf(good())}</a>`),
    refused: CHANGED,
  },
]

const wrappings: readonly HostileXml[] = [
  { name: 'the document inside another', document: () => `<w><b>900</b>${bare()}</w>`, refused: NOT_AT_END },
  {
    name: 'the signature before what it signs',
    document: () => `<a>${signatureOf(good())}<b>100</b></a>`,
    refused: NOT_AT_END,
    verifies: true,
  },
  {
    name: 'text after the signature',
    document: replaced('</ds:Signature>', '</ds:Signature>900'),
    refused: BESIDE,
  },
  {
    name: 'a comment after the signature',
    document: replaced('</ds:Signature>', '</ds:Signature><!-- -->'),
    refused: BESIDE,
  },
  {
    name: 'the signature deeper',
    document: () => `<a><b>100</b><c>${signatureOf(good())}</c></a>`,
    refused: NOT_AT_END,
  },
  {
    name: 'a signature more in the content',
    document: replaced('<b>', `<b><ds:Signature xmlns:ds="${xmlUris.ds}"/>`),
    refused: NOT_AT_END,
  },
  { name: 'a signature as the root', document: () => signatureOf(good()), refused: NOT_AT_END },
  {
    name: 'what is signed inside the signature',
    document: () =>
      xmlsec.sign(
        templated({
          uri: ' URI="#o"',
          transforms: transform(xmlUris.c14n),
          objects: '<ds:Object Id="o"><b>1</b></ds:Object>',
        }),
        '--id-attr:Id',
        `${xmlUris.ds}:Object`,
      ),
    refused: unexpected('Signature'),
  },
  {
    name: 'an Object beside a right signature',
    document: () => xmlsec.sign(templated({ objects: '<ds:Object><b>900</b></ds:Object>' })),
    refused: unexpected('Signature'),
    verifies: true,
  },
  {
    name: 'one identifier twice',
    document: () => xmlsec.sign(`<a><b Id="i">100</b><b Id="i">900</b>${signatureTemplate()}</a>`),
    refused: TWICE,
    verifies: true,
  },
  {
    name: 'the prefix of the signature bound to something else',
    document: replaced(xmlUris.ds, 'urn:other'),
    refused: 'FORMAT_FAILURE: no signature',
  },
]

const references: readonly HostileXml[] = [
  {
    name: 'a reference to one element',
    document: () =>
      xmlsec.sign(`<a><b Id="x">100</b><c>900</c>${signatureTemplate({ uri: ' URI="#x"' })}</a>`, '--id-attr:Id', 'b'),
    refused: 'SIG_CONSTRAINTS_FAILURE: the reference does not mean the whole document',
  },
  {
    name: 'an XPointer to the document',
    document: () => xmlsec.sign(templated({ uri: ' URI="#xpointer(/)"' })),
    refused: 'SIG_CONSTRAINTS_FAILURE: the reference does not mean the whole document',
    verifies: true,
  },
  ...['file:///etc/hostname', 'http://127.0.0.1:9/'].map((uri) => ({
    name: `a reference to ${uri}`,
    document: () => templated({ ...filled, uri: ` URI="${uri}"` }),
    refused: 'SIG_CONSTRAINTS_FAILURE: the reference does not mean the whole document',
  })),
  {
    name: 'a reference to nothing',
    document: () => templated({ ...filled, uri: '' }),
    refused: unexpected('Reference'),
  },
  {
    name: 'a reference more',
    document: () => {
      const more = /<ds:Reference.*<\/ds:Reference>/.exec(signatureTemplate())?.[0] ?? ''
      return xmlsec.sign(templated({ moreReferences: more }))
    },
    refused: 'SIG_CONSTRAINTS_FAILURE: more than one reference',
    verifies: true,
  },
  {
    name: 'no reference',
    document: replaced(/<ds:Reference .*<\/ds:Reference>/s, ''),
    refused: unexpected('Reference'),
  },
  {
    name: 'a reference to a manifest',
    document: () => templated({ ...filled, uri: ` URI="" Type="${xmlUris.ds}Manifest"` }),
    refused: unexpected('Reference'),
  },
  {
    name: 'a manifest',
    document: () => templated({ ...filled, objects: '<ds:Object><ds:Manifest/></ds:Object>' }),
    refused: unexpected('Signature'),
  },
]

const transforms: readonly HostileXml[] = [
  {
    name: 'an XPath that leaves the content out',
    document: () => {
      const nothing = '<ds:XPath>not(ancestor-or-self::b) and not(ancestor-or-self::ds:Signature)</ds:XPath>'
      const xpath = transform('http://www.w3.org/TR/1999/REC-xpath-19991116', nothing)
      return xmlsec.sign(templated({ transforms: xpath + transform(xmlUris.c14nWithComments) }))
    },
    refused: NOT_THE_FORM,
    verifies: true,
  },
  {
    name: 'an XPath filter beside the right transforms',
    document: () => {
      const filter = `<f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">//b</f:XPath>`
      const subtract = transform('http://www.w3.org/2002/06/xmldsig-filter2', filter)
      return xmlsec.sign(
        templated({ transforms: transform(xmlUris.enveloped) + subtract + transform(xmlUris.c14nWithComments) }),
      )
    },
    refused: NOT_THE_FORM,
    verifies: true,
  },
  {
    name: 'an XSLT',
    document: () => {
      const sheet =
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template match="/"><same/></xsl:template></xsl:stylesheet>'
      const xslt = transform('http://www.w3.org/TR/1999/REC-xslt-19991116', sheet)
      return xmlsec.sign(templated({ transforms: transform(xmlUris.enveloped) + xslt }))
    },
    refused: NOT_THE_FORM,
    verifies: true,
  },
  {
    name: 'base64',
    document: () => templated({ ...filled, transforms: transform('http://www.w3.org/2000/09/xmldsig#base64') }),
    refused: NOT_THE_FORM,
  },
  {
    name: 'the right transforms in the wrong order',
    document: () =>
      templated({ ...filled, transforms: transform(xmlUris.c14nWithComments) + transform(xmlUris.enveloped) }),
    refused: NOT_THE_FORM,
  },
  {
    name: 'one right transform twice',
    document: () => xmlsec.sign(templated({ transforms: envelopedTransforms + transform(xmlUris.c14nWithComments) })),
    refused: NOT_THE_FORM,
    verifies: true,
  },
  {
    name: 'enveloped-signature alone',
    document: () => xmlsec.sign(templated({ transforms: transform(xmlUris.enveloped) })),
    refused: NOT_THE_FORM,
    verifies: true,
  },
  { name: 'no transforms', document: () => templated({ ...filled, transforms: '' }), refused: NOT_THE_FORM },
  {
    name: 'canonical XML 1.1',
    document: () =>
      xmlsec.sign(
        templated({ transforms: transform(xmlUris.enveloped) + transform('http://www.w3.org/2006/12/xml-c14n11') }),
      ),
    refused: NOT_THE_FORM,
    verifies: true,
  },
  {
    name: 'SignedInfo in exclusive canonical form',
    document: () => xmlsec.sign(templated({ canonicalisation: xmlUris.exclusive })),
    refused: 'SIG_CONSTRAINTS_FAILURE: another canonicalisation of SignedInfo',
    verifies: true,
  },
  {
    name: 'SignedInfo with comments',
    document: () => xmlsec.sign(templated({ canonicalisation: xmlUris.c14nWithComments })),
    refused: 'SIG_CONSTRAINTS_FAILURE: another canonicalisation of SignedInfo',
    verifies: true,
  },
]

const DIGEST_OUTSIDE = 'CRYPTO_CONSTRAINTS_FAILURE: the digest algorithm is outside the list'
const SIGNATURE_OUTSIDE = 'CRYPTO_CONSTRAINTS_FAILURE: the signature algorithm is outside the list'
const gostDigest = (name: 'gost2015-512' | 'gost2015-256') =>
  digest(name, Buffer.from('<a><b>100</b></a>')).toString('base64')
const gostUris = (bits: 256 | 512) => {
  const base = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms'
  return {
    signatureMethod: `${base}:gostr34102015-gostr34112015-${bits}`,
    digestMethod: `${base}:gostr34112015-${bits}`,
    digestValue: gostDigest(`gost2015-${bits}`),
  }
}

const algorithms: readonly HostileXml[] = [
  {
    name: 'RSA with SHA-1',
    document: () => xmlsec.sign(templated({ signatureMethod: `${xmlUris.ds}rsa-sha1` })),
    refused: SIGNATURE_OUTSIDE,
  },
  { name: 'a SHA-1 digest', document: () => xmlsec.sign(templated({ digestMethod: sha1 })), refused: DIGEST_OUTSIDE },
  {
    name: 'an MD5 digest',
    document: () =>
      templated({ ...filled, digestMethod: 'http://www.w3.org/2001/04/xmldsig-more#md5', keyInfo: certificateInfo() }),
    refused: DIGEST_OUTSIDE,
  },
  {
    name: 'HMAC with the public key as the secret',
    document: () => {
      const value = createHmac('sha256', signer.keys.publicKeyInfo).update('').digest('base64')
      return templated({ ...filled, signatureMethod: hmac, signatureValue: value, keyInfo: certificateInfo() })
    },
    refused: SIGNATURE_OUTSIDE,
  },
  {
    name: 'HMAC cut to no bits',
    document: () =>
      templated({ ...filled, keyInfo: certificateInfo() }).replace(
        /<ds:SignatureMethod[^>]*>/,
        `<ds:SignatureMethod Algorithm="${hmac}"><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>`,
      ),
    refused: unexpected('SignatureMethod'),
  },
  {
    name: 'a ГОСТ signature over an RSA digest',
    document: () =>
      templated({ ...filled, signatureMethod: gostUris(512).signatureMethod, keyInfo: certificateInfo() }),
    refused: 'CRYPTO_CONSTRAINTS_FAILURE: signature and digest algorithms do not belong together',
  },
  {
    name: 'an RSA key for a ГОСТ signature',
    document: () => templated({ ...filled, ...gostUris(512), keyInfo: certificateInfo() }),
    refused: 'CRYPTO_CONSTRAINTS_FAILURE: a key that is not one of gost2015-512',
  },
  {
    name: 'a ГОСТ key for an RSA signature',
    document: () => {
      const keyInfo = certificateInfo(gostSigner)
      return good().replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, keyInfo)
    },
    refused: 'CRYPTO_CONSTRAINTS_FAILURE: a public key of an unknown kind',
  },
  {
    name: 'a ГОСТ key of 256 bits for a signature of 512',
    document: () => templated({ ...filled, ...gostUris(512), keyInfo: certificateInfo(gostSigner) }),
    refused: 'CRYPTO_CONSTRAINTS_FAILURE: a key that is not one of gost2015-512',
  },
  {
    name: 'a ГОСТ signature of zeros',
    document: () =>
      templated({
        ...gostUris(256),
        signatureValue: Buffer.alloc(64).toString('base64'),
        keyInfo: certificateInfo(gostSigner),
      }),
    refused: 'SIG_CRYPTO_FAILURE: the signature value does not match',
  },
  {
    name: 'an RSA key of 1024 bits',
    document: () => xmlsecWeak.sign(templated()),
    refused: 'CRYPTO_CONSTRAINTS_FAILURE: an RSA key of 1024 bits',
  },
]

const keyInfos: readonly HostileXml[] = [
  {
    name: 'the certificate of somebody else',
    document: () =>
      good()
        .replace(signer.der.toString('base64'), '')
        .replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, certificateInfo(other)),
    refused: 'SIG_CRYPTO_FAILURE: the signature value does not match',
  },
  {
    name: 'a bare key',
    document: () => xmlsec.sign(templated({ keyInfo: '<ds:KeyInfo><ds:KeyValue/></ds:KeyInfo>' })),
    refused: NO_CERTIFICATE,
    verifies: true,
  },
  {
    name: 'a bare key before the certificate',
    document: () => xmlsec.sign(templated({ keyInfo: '<ds:KeyInfo><ds:KeyValue/><ds:X509Data/></ds:KeyInfo>' })),
    refused: NO_CERTIFICATE,
    verifies: true,
  },
  { name: 'no KeyInfo', document: replaced(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, ''), refused: NO_CERTIFICATE },
  {
    name: 'the name of a key',
    document: replaced(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, '<ds:KeyInfo><ds:KeyName>portal</ds:KeyName></ds:KeyInfo>'),
    refused: NO_CERTIFICATE,
  },
  {
    name: 'a certificate to be fetched',
    document: replaced(
      /<ds:KeyInfo>.*<\/ds:KeyInfo>/s,
      '<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:9/"/></ds:KeyInfo>',
    ),
    refused: NO_CERTIFICATE,
  },
  {
    name: 'a second certificate',
    document: replaced(
      '</ds:X509Data>',
      `<ds:X509Certificate>${other.der.toString('base64')}</ds:X509Certificate></ds:X509Data>`,
    ),
    refused: unexpected('X509Data'),
  },
  {
    name: 'garbage as a certificate',
    document: replaced(/<ds:X509Certificate>[^<]*/, '<ds:X509Certificate>MAA='),
    refused: 'FORMAT_FAILURE: what should be a certificate is none',
  },
]

const values: readonly HostileXml[] = [
  {
    name: 'a shorter value',
    document: () =>
      good().replace(/(<ds:SignatureValue>)([^<]*)/, (_, tag: string, base64: string) => {
        return tag + Buffer.from(base64, 'base64').subarray(0, -1).toString('base64')
      }),
    refused: 'SIG_CRYPTO_FAILURE: the signature value does not match',
  },
  {
    name: 'half a value',
    document: () =>
      good().replace(/(<ds:SignatureValue>)([^<]*)/, (_, tag: string, base64: string) => {
        const octets = Buffer.from(base64, 'base64')
        return tag + octets.subarray(0, octets.length / 2).toString('base64')
      }),
    refused: 'SIG_CRYPTO_FAILURE: the signature value does not match',
  },
  {
    name: 'a value with zeros before it',
    document: () =>
      good().replace(
        /(<ds:SignatureValue>)([^<]*)/,
        (_, tag: string, base64: string) =>
          tag + Buffer.concat([Buffer.alloc(2), Buffer.from(base64, 'base64')]).toString('base64'),
      ),
    refused: 'SIG_CRYPTO_FAILURE: the signature value does not match',
  },
  { name: 'no value', document: replaced(/(<ds:SignatureValue>)[^<]*/, '$1'), refused: unexpected('SignatureValue') },
  {
    name: 'a value with other signs in it',
    document: replaced(/<ds:SignatureValue>/, '$&!'),
    refused: unexpected('SignatureValue'),
  },
  {
    name: 'a comment inside the value',
    document: replaced(/<ds:SignatureValue>..../, '$&<!-- -->'),
    refused: unexpected('SignatureValue'),
  },
  {
    name: 'a comment inside the digest',
    document: replaced(/<ds:DigestValue>..../, '$&<!-- -->'),
    refused: unexpected('DigestValue'),
  },
  {
    name: 'an element inside the digest',
    document: replaced(/<ds:DigestValue>..../, '$&<x/>'),
    refused: unexpected('DigestValue'),
  },
  {
    name: 'a comment in SignedInfo',
    document: replaced('<ds:SignedInfo>', '<ds:SignedInfo><!-- -->'),
    refused: unexpected('SignedInfo'),
  },
  {
    name: 'an instruction in SignedInfo',
    document: replaced('<ds:SignedInfo>', '<ds:SignedInfo><?x?>'),
    refused: unexpected('SignedInfo'),
  },
  {
    name: 'an unknown attribute',
    document: replaced('<ds:SignedInfo>', '<ds:SignedInfo x="1">'),
    refused: unexpected('SignedInfo'),
  },
  {
    name: 'a second SignedInfo',
    document: replaced(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, '$&$&'),
    refused: unexpected('SignatureValue'),
  },
  { name: 'another digest', document: replaced(/<ds:DigestValue>..../, '<ds:DigestValue>AAAA'), refused: CHANGED },
]

let soapOnce: string | undefined
/** An envelope whose Body `id-1` is rightly signed. */
export const goodSoap = () => {
  soapOnce ??= xmlsec.sign(soapTemplate({ signature: soapSignature(signer) })).toString()
  return soapOnce
}
const soapReplaced = (from: string | RegExp, to: string) => () => {
  const changed = goodSoap().replace(from, to)
  if (changed === goodSoap()) throw new Error('nothing was changed')
  return changed
}
const bodyOf = (document: string) => /<s:Body.*<\/s:Body>/s.exec(document)?.[0] ?? ''
/** The signed Body goes into a header, and another takes its place. */
const moved = (attributes: string) => () => {
  const body = bodyOf(goodSoap())
  const evil = `<s:Body${attributes}><x:reply xmlns:x="urn:x">900</x:reply></s:Body>`
  return goodSoap()
    .replace(body, () => evil)
    .replace('<s:Header>', () => `<s:Header><w:wrapper xmlns:w="urn:w">${body}</w:wrapper>`)
}
const shaped = (...args: Parameters<typeof soapTemplate>) => soapTemplate(...args)
const soapFilled = (options: Parameters<typeof soapSignature>[1] = {}) =>
  soapSignature(signer, { ...filled, ...options })

const soap: readonly HostileXml[] = [
  {
    name: 'the Body moved into a header, another with its own identifier',
    document: moved(' wsu:Id="id-2"'),
    refused: NOT_BODY,
    verifies: true,
  },
  {
    name: 'the Body moved into a header, another without identifier',
    document: moved(''),
    refused: NOT_BODY,
    verifies: true,
  },
  {
    name: 'the Body moved into a header, another with the same identifier',
    document: moved(' wsu:Id="id-1"'),
    refused: TWICE,
  },
  {
    name: 'the Body moved into the Body',
    document: () => {
      const body = bodyOf(goodSoap())
      return goodSoap().replace(body, () => `<s:Body wsu:Id="id-2">900${body}</s:Body>`)
    },
    refused: NOT_BODY,
    verifies: true,
  },
  {
    name: 'a second Body',
    document: soapReplaced('</s:Envelope>', '<s:Body>900</s:Body></s:Envelope>'),
    refused: unexpected('Envelope'),
  },
  {
    name: 'a Body before the Body',
    document: soapReplaced('</s:Header>', '</s:Header><s:Body>900</s:Body>'),
    refused: unexpected('Envelope'),
  },
  { name: 'no Body', document: () => goodSoap().replace(bodyOf(goodSoap()), ''), refused: unexpected('Body') },
  {
    name: 'no Header',
    document: () => goodSoap().replace(/<s:Header>.*<\/s:Header>/s, ''),
    refused: 'FORMAT_FAILURE: no signature',
  },
  { name: 'other content', document: soapReplaced(/[^>]*(?=<\/x:reply>)/, '900'), refused: CHANGED },
  { name: 'an attribute of the Body', document: soapReplaced('<s:Body ', '<s:Body a="1" '), refused: CHANGED },
  { name: 'an identifier by another name', document: soapReplaced('<x:reply ', '<x:reply ID="id-1" '), refused: TWICE },
  {
    name: 'an identifier in another namespace',
    document: soapReplaced('<s:Body wsu:Id', '<s:Body xmlns:wsu="urn:other" wsu:Id'),
    refused: NOT_BODY,
  },
  {
    name: 'an identifier without namespace',
    document: () => xmlsec.sign(soapTemplate({ signature: soapSignature(signer), bodyAttributes: ' Id="id-1"' })),
    refused: NOT_BODY,
    verifies: true,
  },
  {
    name: 'a reference to the whole envelope',
    document: () => shaped({ signature: soapFilled({ uri: ' URI=""' }) }),
    refused: NOT_BODY,
  },
  {
    name: 'a reference to a header',
    document: () =>
      xmlsec.sign(
        soapTemplate({
          signature: soapSignature(signer, { uri: ' URI="#h"' }),
          headers: '<h:h xmlns:h="urn:h" wsu:Id="h">1</h:h>',
        }),
        '--id-attr:Id',
        'urn:h:h',
      ),
    refused: NOT_BODY,
  },
  {
    name: 'the signature in a header of its own',
    document: () => shaped({ headers: soapFilled(), security: '' }),
    refused: 'FORMAT_FAILURE: no signature',
  },
  {
    name: 'a signature more in another header',
    document: soapReplaced('<s:Header>', `<s:Header><ds:Signature xmlns:ds="${xmlUris.ds}"/>`),
    refused: 'SIG_CONSTRAINTS_FAILURE: a signature outside its place',
  },
  {
    name: 'two wsse:Security',
    document: soapReplaced('<s:Header>', `<s:Header><wsse:Security xmlns:wsse="${xmlUris.wsse}"/>`),
    refused: 'SIG_CONSTRAINTS_FAILURE: more than one wsse:Security',
  },
  {
    name: 'two signatures in wsse:Security',
    document: () => goodSoap().replace('</wsse:Security>', `${signatureOf(goodSoap())}</wsse:Security>`),
    refused: 'SIG_CONSTRAINTS_FAILURE: more than one signature',
  },
  {
    name: 'wsse:Security that need not be understood',
    document: soapReplaced('mustUnderstand="1"', 'mustUnderstand="0"'),
    refused: NOT_MANDATORY,
  },
  {
    name: 'wsse:Security without mustUnderstand',
    document: soapReplaced(' s:mustUnderstand="1"', ''),
    refused: NOT_MANDATORY,
  },
  {
    name: 'a timestamp that nothing covers',
    document: soapReplaced(
      '</wsse:Security>',
      '<wsu:Timestamp><wsu:Created>2026-06-01T00:00:00Z</wsu:Created></wsu:Timestamp></wsse:Security>',
    ),
    refused: unexpected('Security'),
  },
  {
    name: 'a user name',
    document: soapReplaced('</wsse:Security>', '<wsse:UsernameToken/></wsse:Security>'),
    refused: unexpected('Security'),
  },
  {
    name: 'inclusive canonicalisation of the Body',
    document: () => shaped({ signature: soapFilled({ transforms: transform(xmlUris.c14n) }) }),
    refused: NOT_THE_FORM,
  },
  {
    name: 'the transforms of the enveloped form',
    document: () => shaped({ signature: soapFilled({ transforms: envelopedTransforms }) }),
    refused: NOT_THE_FORM,
  },
  {
    name: "the transform that replaces a token's reference",
    document: () =>
      shaped({
        signature: soapFilled({
          transforms: transform(
            'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform',
          ),
        }),
      }),
    refused: NOT_THE_FORM,
  },
  {
    name: 'more prefixes than anybody needs',
    document: () => {
      const list = Array.from({ length: 65 }, (_, i) => `p${i}`).join(' ')
      const inclusive = `<ec:InclusiveNamespaces xmlns:ec="${xmlUris.exclusive}" PrefixList="${list}"/>`
      return shaped({ signature: soapFilled({ transforms: transform(xmlUris.exclusive, inclusive) }) })
    },
    refused: unexpected('InclusiveNamespaces'),
  },
  {
    name: 'a key identifier that is no certificate',
    document: () =>
      shaped({
        signature: soapFilled({ keyInfo: keyIdentifier(signer).replace('#X509v3', '#X509SubjectKeyIdentifier') }),
      }),
    refused: 'NO_SIGNING_CERTIFICATE_FOUND: the token is no X.509 certificate',
  },
  {
    name: 'a reference to a token that is absent',
    document: () => shaped({ signature: soapFilled({ keyInfo: tokenReference(signer).keyInfo }) }),
    refused: NO_CERTIFICATE,
  },
  {
    name: 'a token that nothing refers to',
    document: () => shaped({ signature: tokenReference(other).token + soapFilled() }),
    refused: 'SIG_CONSTRAINTS_FAILURE: a token that nothing refers to',
  },
  {
    name: 'a reference to the Body as a token',
    document: () => {
      const { keyInfo, token } = tokenReference(signer)
      return shaped({ signature: token + soapFilled({ keyInfo: keyInfo.replace('#token-1', '#id-1') }) })
    },
    refused: NO_CERTIFICATE,
  },
  {
    name: 'the KeyInfo of the enveloped form',
    document: () => shaped({ signature: soapFilled({ keyInfo: certificateInfo() }) }),
    refused: NO_CERTIFICATE,
  },
  {
    name: 'the certificate of somebody else',
    document: () => goodSoap().replace(signer.der.toString('base64'), other.der.toString('base64')),
    refused: 'SIG_CRYPTO_FAILURE: the signature value does not match',
  },
  {
    name: 'an envelope of SOAP 1.2',
    document: () => goodSoap().replaceAll(xmlUris.soap, 'http://www.w3.org/2003/05/soap-envelope'),
    refused: NOT_AT_END,
  },
]

const groups: Readonly<Record<string, readonly HostileXml[]>> = {
  'XML document': documentTricks,
  'XML content': changedDocuments,
  'XML wrapping': wrappings,
  'XML reference': references,
  'XML transform': transforms,
  'XML algorithm': algorithms,
  'XML KeyInfo': keyInfos,
  'XML value': values,
  'wsse:Security': soap,
}

/** Hostile XML, each refused for exactly its own reason; none where there is no xmlsec1, which makes most of it. */
export const xmlCases: readonly HostileCase[] = xmlsecMissing
  ? []
  : Object.entries(groups).flatMap(([group, cases]) =>
      cases.map((one) => ({
        group,
        name: one.name,
        expected: one.refused.split(':')[0] as SubIndication,
        judge: () => judgeCase(one, group === 'wsse:Security' ? xmlsecWithCertificate : xmlsec),
      })),
    )

function judgeCase({ document, refused, verifies }: HostileXml, judge: Xmlsec): JudgedCase {
  const hostile = document()
  const refusal = refusalOf(hostile)
  expect(`${refusal?.subIndication}: ${refusal?.reason}`).toBe(refused)
  if (verifies === true) expect(judge.complaint(hostile)).toMatch(/^OK/m)
  return refusal ?? { indication: 'TOTAL-PASSED' }
}

/** The signed document without an XML declaration, before which something can be put. */
export function bare(): string {
  return good().replace(/^<\?xml[^>]*\?>\s*/, '')
}

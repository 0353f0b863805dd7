import { afterAll, describe, expect, test } from 'vitest'
import { parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { pass } from '../../../src/main/adapters/x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import { type JudgedXmlSignature, judgeSignedXml } from '../../../src/main/adapters/xml-signature/judge-signed-xml.ts'
import { signEnveloped } from '../../../src/main/adapters/xml-signature/sign-enveloped.ts'
import { signSoapBody } from '../../../src/main/adapters/xml-signature/sign-soap-body.ts'
import { drawFrom, generatedXml } from '../../support/generated-xml.ts'
import { createTestPki, issueCertificate, moments, signerExtensions } from '../../support/pki-certificate.ts'
import {
  rsaIdentity,
  signatureTemplate,
  soapSignature,
  soapTemplate,
  tokenReference,
  transform,
  xmlUris,
} from '../../support/xml-templates.ts'
import { createXmlsec, xmlsecMissing } from '../../support/xmlsec.ts'

const { authority, signer } = createTestPki()
const second = issueCertificate({ subject: 'Второй подписавший', issuer: authority, extensions: signerExtensions() })
const xmlsec = createXmlsec({ signer })
const xmlsecWithCertificate = createXmlsec({ signer, certificateFromSettings: true })
afterAll(() => {
  xmlsec.remove()
  xmlsecWithCertificate.remove()
})

const anchor = parseCertificate(Uint8Array.from(authority.der))
if (anchor === undefined) throw new Error('the test authority was refused')
const policy = {
  trust: { anchors: [anchor], intermediates: [], policy: ANY_POLICY_WILL_DO },
  checkSigner: () => pass(undefined),
  checkTimestampAuthority: () => pass(undefined),
  now: moments.now,
}

function judged(document: Uint8Array): readonly JudgedXmlSignature[] {
  const outcome = judgeSignedXml(document, policy)
  if (!outcome.ok) throw new Error(outcome.refusal.reason)
  return outcome.value
}

/** What the only signature covered. @throws where it does not pass. */
function contentOf(document: Uint8Array): string {
  const [only, ...others] = judged(document)
  if (only?.content === undefined || others.length > 0) throw new Error(only?.refusal?.reason ?? 'several signatures')
  return Buffer.from(only.content.octets).toString('utf8')
}

async function signed(result: ReturnType<typeof signEnveloped>): Promise<Buffer> {
  const done = await result
  if (!done.ok) throw new Error(done.failure.detail ?? done.failure.code)
  return done.value
}

const documents = [
  '<a/>',
  '<a>текст<!-- заметка --><b xmlns="urn:b" c="1&#10;2"/></a><!-- после -->',
  '<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- до -->\r\n<p:a xmlns:p="urn:p" xml:lang="kk">\r\n  <p:b>&#13;</p:b>\r\n</p:a>\r\n',
  '<a xmlns="urn:a" xmlns:ds="urn:not-a-signature"><ds:Signature/><?pi data?><![CDATA[<x>]]></a>',
  ...Array.from({ length: 12 }, (_, i) => generatedXml(drawFrom([i, 7 * i + 3, i * i, 11, 2 * i]))),
]

describe.skipIf(xmlsecMissing)('xmlsec1 as the peer (skipped without xmlsec1)', () => {
  test.each(documents.map((document) => [document]))('it verifies our enveloped signature of %j', async (document) => {
    const ours = await signed(signEnveloped({ document: Buffer.from(document), identity: rsaIdentity(signer) }))
    expect(xmlsec.complaint(ours)).toContain('SignedInfo References (ok/all): 1/1')
    expect(xmlsec.accepts(ours)).toBe(true)
    expect(contentOf(ours)).not.toContain(xmlUris.ds)
  })

  test.each(documents.map((document) => [document]))(
    'it verifies our signature over the Body with %j',
    async (document) => {
      const ours = await signed(signSoapBody({ document: Buffer.from(document), identity: rsaIdentity(signer) }))
      expect(xmlsecWithCertificate.complaint(ours)).toContain('SignedInfo References (ok/all): 1/1')
      expect(xmlsecWithCertificate.accepts(ours)).toBe(true)
      expect(contentOf(ours)).toMatch(/^<soapenv:Body [^>]*wsu:Id="id-[-0-9a-f]{36}"/)
    },
  )

  test('it refuses both when one octet of the content is another', async () => {
    const enveloped = await signed(signEnveloped({ document: Buffer.from('<a>1</a>'), identity: rsaIdentity(signer) }))
    const soap = await signed(signSoapBody({ document: Buffer.from('<a>1</a>'), identity: rsaIdentity(signer) }))
    for (const [ours, judge] of [
      [enveloped, xmlsec],
      [soap, xmlsecWithCertificate],
    ] as const) {
      const changed = Buffer.from(ours.toString('utf8').replace('<a>1</a>', '<a>2</a>').replace('<a>1<', '<a>2<'))
      expect(judge.accepts(changed)).toBe(false)
      expect(judged(changed)).toMatchObject([{ intact: false, refusal: { subIndication: 'HASH_FAILURE' } }])
    }
  })

  // A template has its place before the last end tag; an empty root has none.
  const places = documents.flatMap((document) => {
    const [end] = /<\/[^<>]*>(?:\s|<!--[^<]*-->|<\?[^<]*\?>)*$/.exec(document) ?? []
    return end === undefined ? [] : [[document, document.slice(0, -end.length), end] as const]
  })

  test.each(places)('its enveloped signature of %j passes', (_, start, end) => {
    expect(places.length).toBeGreaterThan(8)
    expect(contentOf(xmlsec.sign(start + signatureTemplate() + end))).not.toContain(xmlUris.ds)
  })

  test('what it signs over the Body passes, with the certificate as key identifier', () => {
    const theirs = xmlsec.sign(soapTemplate({ signature: soapSignature(signer) }))
    expect(contentOf(theirs)).toBe(
      `<s:Body xmlns:s="${xmlUris.soap}" xmlns:wsu="${xmlUris.wsu}" wsu:Id="id-1"><x:reply xmlns:x="urn:x">жауап</x:reply></s:Body>`,
    )
  })

  test('with a reference to a BinarySecurityToken', () => {
    const { keyInfo, token } = tokenReference(signer)
    const template = soapTemplate({ signature: token + soapSignature(signer, { keyInfo }) })
    expect(contentOf(xmlsec.sign(template))).toContain('жауап')
  })

  test('with prefixes that exclusive canonicalisation includes', () => {
    const inclusive = (list: string) => `<ec:InclusiveNamespaces xmlns:ec="${xmlUris.exclusive}" PrefixList="${list}"/>`
    const template = soapTemplate({
      signature: soapSignature(signer, {
        transforms: transform(xmlUris.exclusive, inclusive('xs wsu #default absent')),
      }),
      body: '<data xmlns="urn:d" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">текст</data>',
    })
      .replace('<s:Envelope ', '<s:Envelope xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:default" ')
      .replace(
        `<ds:CanonicalizationMethod Algorithm="${xmlUris.exclusive}"/>`,
        `<ds:CanonicalizationMethod Algorithm="${xmlUris.exclusive}">${inclusive('s xs')}</ds:CanonicalizationMethod>`,
      )
    expect(contentOf(xmlsec.sign(template))).toContain('<s:Body xmlns="urn:default" ')
  })

  test('several signatures are judged one by one, each over the document with those before it', async () => {
    const document = Buffer.from('<a>текст</a>')
    const once = await signed(signEnveloped({ document, identity: rsaIdentity(second) }))
    const twice = xmlsec.sign(
      once.toString('utf8').replace('</a>', `${signatureTemplate()}</a>`),
      '--node-xpath',
      '(//*[local-name()="Signature"])[2]',
    )
    const [first, last] = judged(twice)
    expect(first?.signer?.subject.text).toContain('Второй')
    expect(Buffer.from(first?.content?.octets ?? []).toString()).toBe('<a>текст</a>')
    expect(last?.signer?.subject.text).toContain('Портал')
    expect(Buffer.from(last?.content?.octets ?? []).toString()).toContain('<a>текст<ds:Signature')
    // With the last one taken away, xmlsec1 verifies the first.
    expect(xmlsec.accepts(once)).toBe(true)
  })

  test('the first of two signatures changed: it fails, and the last one with it', async () => {
    const document = Buffer.from('<a>текст</a>')
    const once = await signed(signEnveloped({ document, identity: rsaIdentity(second) }))
    const twice = await signed(signEnveloped({ document: once, identity: rsaIdentity(signer) }))
    expect(judged(twice)).toMatchObject([{ intact: true }, { intact: true }])
    const changed = Buffer.from(twice.toString().replace(/<ds:SignatureValue>.{8}/, '<ds:SignatureValue>AAAAAAAA'))
    expect(judged(changed)).toMatchObject([
      { intact: false, refusal: { subIndication: 'SIG_CRYPTO_FAILURE' } },
      { intact: false, refusal: { subIndication: 'HASH_FAILURE' } },
    ])
    const lastChanged = Buffer.from(twice.toString().replace(/(.*<ds:SignatureValue>).{8}/s, '$1AAAAAAAA'))
    expect(judged(lastChanged)).toMatchObject([{ intact: true }, { intact: false }])
  })

  test('a carriage return written inside base64 is white space', async () => {
    const ours = await signed(signEnveloped({ document: Buffer.from('<a/>'), identity: rsaIdentity(signer) }))
    const lines = (text: string) => text.replace(/.{76}/g, '$&&#13;\n')
    const broken = ours
      .toString()
      .replace(
        /(<ds:(?:SignatureValue|X509Certificate)>)([^<]*)/g,
        (_, tag: string, base64: string) => tag + lines(base64),
      )
    expect(broken).toContain('&#13;')
    expect(xmlsec.accepts(broken)).toBe(true)
    expect(contentOf(Buffer.from(broken))).toBe('<a></a>')
  })
})

import { afterAll, describe, expect, test } from 'vitest'
import { parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { pass } from '../../../src/main/adapters/x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import { judgeSignedXml } from '../../../src/main/adapters/xml-signature/judge-signed-xml.ts'
import { createTestPki, moments } from '../../support/pki-certificate.ts'
import { signatureTemplate, soapSignature, soapTemplate } from '../../support/xml-templates.ts'
import { createXmlsec, type Xmlsec, xmlsecMissing } from '../../support/xmlsec.ts'
import { type Mutant, mutantsOfSignedXml } from './signed-xml-mutants.ts'

const { authority, signer } = createTestPki()
const xmlsec = createXmlsec({ signer })
const xmlsecWithCertificate = createXmlsec({ signer, certificateFromSettings: true })
afterAll(() => {
  xmlsec.remove()
  xmlsecWithCertificate.remove()
})

const long = process.env['ARM_TEST_LONG'] === '1'
const TIMEOUT_MS = 15 * 60_000
/** Of each of the two documents. */
const SHORT_RUN = 151

const anchor = parseCertificate(Uint8Array.from(authority.der))
if (anchor === undefined) throw new Error('the test authority was refused')
const policy = {
  trust: { anchors: [anchor], intermediates: [], policy: ANY_POLICY_WILL_DO },
  checkSigner: () => pass(undefined),
  checkTimestampAuthority: () => pass(undefined),
  now: moments.now,
}

/** undefined where every signature passes. */
function refusalOf(document: Uint8Array): string | undefined {
  const outcome = judgeSignedXml(document, policy)
  const refusal = outcome.ok ? outcome.value.find((one) => one.refusal !== undefined)?.refusal : outcome.refusal
  return refusal && `${refusal.subIndication}: ${refusal.reason}`
}

/** Where we are stricter than xmlsec1, and why. Every mutant that it alone accepts must be one of these. */
const EXPLAINED: readonly (readonly [refusal: RegExp, why: string])[] = [
  [/^FORMAT_FAILURE: unexpected XML at/, 'xmlsec1 passes over comments, attributes and elements that it does not know'],
  [/^SIG_CONSTRAINTS_FAILURE: something stands beside or after a signature$/, 'xmlsec1 takes a signature anywhere'],
  [/^SIG_CONSTRAINTS_FAILURE: a signature is not at the end of the root$/, 'xmlsec1 takes a signature anywhere'],
  [/^SIG_CONSTRAINTS_FAILURE: a signature outside its place$/, 'xmlsec1 takes the first signature of the file'],
  [/^SIG_CONSTRAINTS_FAILURE: the reference does not mean the Body$/, 'xmlsec1 takes any attribute Id of a Body'],
  [/^SIG_CONSTRAINTS_FAILURE: an identifier stands twice$/, 'xmlsec1 knows only the identifiers that it is told of'],
  [/^SIG_CONSTRAINTS_FAILURE: wsse:Security without mustUnderstand$/, 'xmlsec1 knows nothing of SOAP'],
  [/^SIG_CONSTRAINTS_FAILURE: more than one wsse:Security$/, 'xmlsec1 knows nothing of SOAP'],
  [/^FORMAT_FAILURE: no signature$/, 'xmlsec1 knows nothing of SOAP, and finds the signature outside wsse:Security'],
  [
    /^(?:FORMAT_FAILURE: what should be a certificate is none|(?:NO_CERTIFICATE_CHAIN_FOUND|CERTIFICATE_CHAIN_GENERAL_FAILURE|EXPIRED|NOT_YET_VALID): )/,
    'xmlsec1 judges no path here, and takes certificates that are not quite DER',
  ],
  [
    /^FORMAT_FAILURE: not XML: (?:not-utf-8|xml-version|not-well-formed)$/,
    'libxml2 takes version numbers of the future and names of namespaces with spaces',
  ],
]
/** For wsse xmlsec1 is given the certificate, and never looks at the one in the message, by which we judge. */
const EXPLAINED_OF_SOAP: typeof EXPLAINED = [
  [/^NO_SIGNING_CERTIFICATE_FOUND: /, 'the reference to the certificate was changed'],
  [/^SIG_CRYPTO_FAILURE: the signature value does not match$/, 'the key in the certificate was changed'],
  [/^CRYPTO_CONSTRAINTS_FAILURE: .*(?:public key|public exponent|RSA key)/, 'the key in the certificate was changed'],
]

interface Disagreement {
  readonly change: string
  readonly refusal: string | undefined
}

function compare(mutants: readonly Mutant[], judge: Xmlsec) {
  const explained = judge === xmlsec ? EXPLAINED : [...EXPLAINED, ...EXPLAINED_OF_SOAP]
  const ours: Disagreement[] = []
  const unexplained: Disagreement[] = []
  let bothAccept = 0
  let bothRefuse = 0
  for (const { change, document } of mutants) {
    const refusal = refusalOf(document)
    const theirs = judge.accepts(document)
    if (refusal === undefined && theirs) bothAccept += 1
    else if (refusal !== undefined && !theirs) bothRefuse += 1
    else if (refusal === undefined) ours.push({ change, refusal })
    else if (!explained.some(([pattern]) => pattern.test(refusal))) unexplained.push({ change, refusal })
  }
  return { ours, unexplained, bothAccept, bothRefuse }
}

/** Spread evenly over the whole list in the short run. */
function chosen(mutants: readonly Mutant[]): readonly Mutant[] {
  const step = long ? 1 : mutants.length / SHORT_RUN
  return mutants.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
}

const content = '<b c="1" a="2">жүз<!-- заметка --> 100</b><e xmlns="urn:e" xmlns:p="urn:p"><p:f/></e>'
const forms: readonly (readonly [string, string, Xmlsec])[] = xmlsecMissing
  ? []
  : [
      [
        'an enveloped signature',
        sign(`<a xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${content}${signatureTemplate()}</a>`),
        xmlsec,
      ],
      [
        'a signature over the Body',
        sign(soapTemplate({ signature: soapSignature(signer), body: content, headers: '<h xmlns="urn:h">1</h>' })),
        xmlsecWithCertificate,
      ],
    ]

function sign(template: string): string {
  return xmlsec.sign(`<?xml version="1.0" encoding="UTF-8"?>\n${template}`).toString()
}

describe.skipIf(xmlsecMissing)('mutants of signed XML, judged by us and by xmlsec1 (skipped without xmlsec1)', () => {
  test.each(forms)(
    'of %s none passes that xmlsec1 refuses, and every difference is explained',
    (_, document, judge) => {
      expect(refusalOf(Buffer.from(document))).toBeUndefined()
      const mutants = chosen(mutantsOfSignedXml(document, 16))
      const { ours, unexplained, bothAccept, bothRefuse } = compare(mutants, judge)
      expect({ ours, unexplained }).toEqual({ ours: [], unexplained: [] })
      expect(mutants.length).toBeGreaterThanOrEqual(long ? 600 : 150)
      // A run that compares only what both refuse, or nothing at all, proves nothing.
      expect(bothAccept).toBeGreaterThan(mutants.length / 100)
      expect(bothRefuse).toBeGreaterThan(mutants.length / 4)
    },
    TIMEOUT_MS,
  )
})

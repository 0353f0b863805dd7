import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSignedMessage } from '../../../src/main/adapters/cms/build-signed-message.ts'
import { importSigningIdentity } from '../../../src/main/adapters/keystore/import-signing-identity.ts'
import { openPkcs12 } from '../../../src/main/adapters/keystore/open-pkcs12.ts'
import type { SigningIdentity } from '../../../src/main/adapters/keystore/signing-identity.ts'
import { checkEnvelopedSignatures } from '../../../src/main/adapters/xml-signature/check-enveloped-signatures.ts'
import { checkSoapSignature } from '../../../src/main/adapters/xml-signature/check-soap-signature.ts'
import { signEnveloped } from '../../../src/main/adapters/xml-signature/sign-enveloped.ts'
import { signSoapBody } from '../../../src/main/adapters/xml-signature/sign-soap-body.ts'
import { readSignedDocument } from '../../../src/main/adapters/xml-signature/signed-document.ts'
import { portalMessages } from '../../../src/shared/domain/reference-data.ts'
import { type StandFault, trainingKeyPin } from '../../../src/shared/domain/training.ts'
import { succeed } from '../../../src/shared/result.ts'
import { makeUpPeople } from '../../../src/stand/population-register/make-up-people.ts'
import { type Stand, startStand, writeStandFault } from '../../../src/stand/start-stand.ts'
import { askTimestamp } from '../../support/http-exchange.ts'
import { runArm } from '../../support/run-arm.ts'
import {
  elementText,
  type HttpAnswer,
  keyFileBeside,
  openKeyFile,
  openssl,
  requestDocument,
  type SigningKey,
  sendSoap,
  signCades,
  soapMessage,
} from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { signatureTemplate, transform, xmlUris } from '../../support/xml-templates.ts'

type Algorithm = 'rsa' | 'gost2015'
type Form = 'cms' | 'xmldsig'

/** RSA is signed and judged by OpenSSL and xmlsec1; ГОСТ, which they cannot, by the workstation's own adapters. */
const temp = makeTempDir()
const dataDir = join(temp.path, 'stand')
const iin = makeUpPeople().at(-1)?.iin ?? ''
const BODY_ID = ['--id-attr:Id', 'http://schemas.xmlsoap.org/soap/envelope/:Body']

let stand: Stand
const opened = new Map<string, SigningKey>()
const identities = new Map<string, SigningIdentity>()
beforeAll(async () => {
  stand = await startStand({ dataDir })
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

function rsaKey(name: string): SigningKey {
  const key = opened.get(name) ?? openKeyFile(keyFileBeside(stand, name), temp.path)
  opened.set(name, key)
  return key
}

async function gostIdentity(name: string): Promise<SigningIdentity> {
  const known = identities.get(name)
  if (known !== undefined) return known
  const file = readFileSync(keyFileBeside(stand, `${name}-gost`))
  const key = await openPkcs12({ file, pin: Buffer.from(trainingKeyPin) })
  const identity = key.ok ? await importSigningIdentity(key.value) : key
  if (!identity.ok) throw new Error(identity.failure.code)
  identities.set(name, identity.value)
  return identity.value
}

let files = 0
const file = (content: string | Uint8Array): string => {
  files += 1
  const place = join(temp.path, `file-${files}`)
  writeFileSync(place, content)
  return place
}

function xmlsecSign(template: string, key: SigningKey): string {
  const args = ['--sign', ...BODY_ID, '--privkey-pem', `${key.privateKey},${key.certificate}`, file(template)]
  const { status, stdout, stderr } = spawnSync('xmlsec1', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

const certificateBase64 = (key: SigningKey): string =>
  new X509Certificate(readFileSync(key.certificate)).raw.toString('base64')

const value = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result.value
}

async function signDocument(options: {
  form: Form
  algorithm: Algorithm
  document: string
  key?: string
  timestamp?: (signature: Uint8Array) => Promise<Uint8Array>
}): Promise<string> {
  const { form, algorithm, document, key = 'workstation', timestamp } = options
  if (form === 'cms' && algorithm === 'rsa' && timestamp === undefined) {
    return signCades(document, rsaKey(key)).toString('base64')
  }
  if (form === 'cms') {
    const identity = await gostIdentity(key)
    const message = await buildSignedMessage({
      content: Buffer.from(document),
      identity,
      chain: [],
      signingTime: new Date(),
      ...(timestamp === undefined
        ? {}
        : { timestamp: async (signature: Uint8Array) => succeed(await timestamp(signature)) }),
    })
    return Buffer.from(value(message)).toString('base64')
  }
  if (algorithm === 'rsa') {
    const template = document.replace('</registrationRequest>', `${signatureTemplate()}</registrationRequest>`)
    return xmlsecSign(template, rsaKey(key))
  }
  return value(await signEnveloped({ document: Buffer.from(document), identity: await gostIdentity(key) })).toString()
}

async function secure(envelope: string, algorithm: Algorithm, key = 'workstation'): Promise<string> {
  if (algorithm === 'gost2015') {
    return value(await signSoapBody({ document: Buffer.from(envelope), identity: await gostIdentity(key) })).toString()
  }
  return xmlsecSign(securityTemplate(envelope, rsaKey(key)), rsaKey(key))
}

/** An envelope with a signature to be filled in. */
function securityTemplate(envelope: string, key: SigningKey): string {
  const keyInfo = `<ds:KeyInfo><wsse:SecurityTokenReference><wsse:KeyIdentifier EncodingType="${xmlUris.base64Binary}" ValueType="${xmlUris.x509v3}">${certificateBase64(key)}</wsse:KeyIdentifier></wsse:SecurityTokenReference></ds:KeyInfo>`
  const signature = signatureTemplate({
    uri: ' URI="#id-1"',
    canonicalisation: xmlUris.exclusive,
    transforms: transform(xmlUris.exclusive),
    keyInfo,
  })
  const security = `<wsse:Security xmlns:wsse="${xmlUris.wsse}" soapenv:mustUnderstand="1">${signature}</wsse:Security>`
  return envelope.replace(
    '<soapenv:Body>',
    `<soapenv:Header>${security}</soapenv:Header><soapenv:Body xmlns:wsu="${xmlUris.wsu}" wsu:Id="id-1">`,
  )
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')

const dataOf = (answer: HttpAnswer): string => {
  const envelope = answer.body.toString('utf8')
  if (answer.status !== 200 || elementText(envelope, 'code') !== 'SCSS001') throw new Error(`no reply: ${envelope}`)
  return elementText(envelope, 'data') ?? ''
}

/** @returns the text of a reply that an independent tool, or for ГОСТ the workstation, verified as the portal's. */
async function verifiedReply(data: string, form: Form, algorithm: Algorithm): Promise<string> {
  if (form === 'cms') {
    const der = Buffer.from(data, 'base64')
    if (algorithm === 'gost2015') {
      await expectPassed(der)
      return der.toString('utf8')
    }
    const trust = ['-CAfile', join(stand.trustDir, 'root.pem'), '-purpose', 'any']
    return openssl(['cms', '-verify', '-cades', '-binary', '-inform', 'DER', ...trust], der).toString()
  }
  const signers = data.match(/<ds:X509Certificate>[^<]*</g) ?? []
  expect(signers).toHaveLength(1)
  if (algorithm === 'gost2015') {
    const signatures = value(checkEnvelopedSignatures(value(readSignedDocument(Buffer.from(data)))))
    expect(signatures).toHaveLength(1)
    const [signature] = signatures
    if (signature === undefined) throw new Error('no signature')
    expect(Buffer.from(value(signature).certificate.der)).toEqual(portalCertificate('gost2015'))
    return Buffer.from(value(signature).content.octets).toString()
  }
  const untrusted = ['--untrusted-pem', join(stand.intermediatesDir, 'issuing.pem')]
  const trusted = ['--trusted-pem', join(stand.trustDir, 'root.pem')]
  const { status, stderr } = spawnSync('xmlsec1', ['--verify', ...trusted, ...untrusted, file(data)], {
    encoding: 'utf8',
  })
  expect(stderr).toMatch(/^OK\n/)
  expect(status).toBe(0)
  expect(signers[0]).toContain(portalCertificate('rsa').toString('base64'))
  return data
}

function portalCertificate(algorithm: Algorithm): Buffer {
  const name = algorithm === 'rsa' ? 'portal.pem' : 'portal-gost.pem'
  return new X509Certificate(readFileSync(join(stand.portalCertificatesDir, name))).raw
}

/** The workstation's console judges path and signature. */
async function expectPassed(message: Uint8Array): Promise<void> {
  const trust = ['--trust', stand.trustDir, '--with', stand.intermediatesDir, '--no-revocation', '--json']
  const run = await runArm(['verify', file(message), ...trust])
  expect([run.stdout.includes('"verdict":"TOTAL-PASSED"'), run.stderr]).toEqual([true, expect.any(String)])
}

function expectSecured(envelope: Buffer, algorithm: Algorithm): void {
  if (algorithm === 'gost2015') {
    const signature = value(checkSoapSignature(value(readSignedDocument(envelope))))
    expect(Buffer.from(signature.certificate.der)).toEqual(portalCertificate('gost2015'))
    return
  }
  const certificate = join(stand.portalCertificatesDir, 'portal.pem')
  const args = ['--verify', ...BODY_ID, '--pubkey-cert-pem', certificate, file(envelope)]
  expect(spawnSync('xmlsec1', args, { encoding: 'utf8' }).stderr).toMatch(/^OK\n/)
}

async function under<T>(fault: StandFault, work: () => Promise<T>, minutes?: number): Promise<T> {
  await writeStandFault({ dataDir, fault, ...(minutes === undefined ? {} : { minutes }) })
  try {
    return await work()
  } finally {
    await writeStandFault({ dataDir, fault: undefined })
  }
}

const profiles = (['cms', 'xmldsig'] as const).flatMap((form) =>
  (['rsa', 'gost2015'] as const).flatMap((algorithm) =>
    (['none', 'wsse'] as const).map((transport) => [form, algorithm, transport] as const),
  ),
)

describe('every profile is served and answered in kind', () => {
  test.each(profiles)('%s, %s, transport %s', async (form, algorithm, transport) => {
    const data = await signDocument({ form, algorithm, document: requestDocument({ iin }) })
    const envelope = soapMessage(escaped(data))
    const answer = await sendSoap(stand, transport === 'wsse' ? await secure(envelope, algorithm) : envelope)
    const reply = await verifiedReply(dataOf(answer), form, algorithm)
    expect(reply).toContain('<registrationStatus>')
    expect(elementText(reply, 'iin')).toBe(iin)
    if (transport === 'wsse') expectSecured(answer.body, algorithm)
    else expect(answer.body.toString()).not.toContain('Security')
  })

  test('the two signatures of a message may differ in their algorithms', async () => {
    const data = await signDocument({ form: 'xmldsig', algorithm: 'gost2015', document: requestDocument({ iin }) })
    const answer = await sendSoap(stand, await secure(soapMessage(escaped(data)), 'rsa'))
    expect(await verifiedReply(dataOf(answer), 'xmldsig', 'gost2015')).toContain('<registrationStatus>')
    expectSecured(answer.body, 'rsa')
  })
})

describe('timestamps', () => {
  const imprintQuery = (signature: Uint8Array): Buffer =>
    openssl(['ts', '-query', '-data', file(signature), '-sha256', '-cert', '-out', '-'])
  async function token(signature: Uint8Array): Promise<Uint8Array> {
    const { body } = await askTimestamp(stand.services.timestampUrls.gost2015, imprintQuery(signature))
    return openssl(['ts', '-reply', '-in', file(body), '-token_out'])
  }
  const ask = async (timestamp: (signature: Uint8Array) => Promise<Uint8Array>): Promise<string> =>
    dataOf(
      await sendSoap(
        stand,
        soapMessage(
          await signDocument({ form: 'cms', algorithm: 'gost2015', document: requestDocument({ iin }), timestamp }),
        ),
      ),
    )

  test('a CAdES-T is served, and its reply is one too', async () => {
    const reply = Buffer.from(await ask(token), 'base64')
    const args = ['verify', file(reply), '--trust', stand.trustDir, '--with', stand.intermediatesDir]
    const run = await runArm([...args, '--no-revocation', '--json'])
    expect(JSON.parse(run.stdout)).toMatchObject({
      verdict: 'TOTAL-PASSED',
      signatures: [{ timestamp: { verdict: 'TOTAL-PASSED' } }],
    })
  })

  test('a timestamp over something else is refused', async () => {
    const reply = Buffer.from(await ask(() => token(Buffer.from('something else'))), 'base64')
    expect(reply.toString()).toContain(portalMessages.signatureRejected('метка времени неверна'))
  })
})

describe('a business signature that fails a check gets a signed refusal in the same form', () => {
  const reasons = [
    ['workstation-expired', 'сертификат просрочен'],
    ['workstation-revoked', 'сертификат отозван'],
    ['workstation-not-for-signing', 'ключ не для подписи'],
    ['foreign', 'чужой удостоверяющий центр'],
  ] as const
  const cases = reasons.flatMap(([key, reason]) =>
    (
      [
        ['xmldsig', 'rsa'],
        ['xmldsig', 'gost2015'],
        ['cms', 'gost2015'],
      ] as const
    ).map(([form, algorithm]) => [key, form, algorithm, reason] as const),
  )
  test.each(cases)('%s, %s, %s', async (key, form, algorithm, reason) => {
    const data = await signDocument({ form, algorithm, key, document: requestDocument({ iin }) })
    const reply = await verifiedReply(dataOf(await sendSoap(stand, soapMessage(escaped(data)))), form, algorithm)
    expect(reply).toContain(portalMessages.signatureRejected(reason))
  })

  test('the workstation’s certificate revoked by the authority', async () => {
    const data = await signDocument({ form: 'xmldsig', algorithm: 'gost2015', document: requestDocument({ iin }) })
    const refused = await under('workstation-certificate-revoked', () => sendSoap(stand, soapMessage(escaped(data))))
    expect(dataOf(refused)).toContain(portalMessages.signatureRejected('сертификат отозван'))
    expect(dataOf(await sendSoap(stand, soapMessage(escaped(data))))).toContain('<registrationStatus>')
  })

  const signed = async (): Promise<string> =>
    signDocument({ form: 'xmldsig', algorithm: 'rsa', document: requestDocument({ iin }) })
  const signatureOf = (xml: string): string => /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(xml)?.[0] ?? ''
  const inner = (xml: string): string => xml.replace(/<\?xml[^>]*>\s*/, '')
  test.each([
    ['unsigned', (xml: string) => xml.replace(signatureOf(xml), '')],
    ['one letter of the content changed', (xml: string) => xml.replace('TEST-01', 'TEST-02')],
    ['the signature twice', (xml: string) => xml.replace(signatureOf(xml), signatureOf(xml) + signatureOf(xml))],
    [
      'the signature before the last element',
      (xml: string) => xml.replace(signatureOf(xml), '').replace('<iin>', `${signatureOf(xml)}<iin>`),
    ],
    [
      'an Object beside the signed content',
      (xml: string) => xml.replace('</ds:Signature>', '<ds:Object><x xmlns="">1</x></ds:Object></ds:Signature>'),
    ],
    [
      'SHA-1 named as the digest',
      (xml: string) => xml.replace(xmlUris.sha256, 'http://www.w3.org/2000/09/xmldsig#sha1'),
    ],
    [
      'an HMAC keyed with the certificate',
      (xml: string) => xml.replace(xmlUris.rsaSha256, 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
    ],
    [
      'another algorithm’s name over the same value',
      (xml: string) =>
        xml.replace(
          xmlUris.rsaSha256,
          'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512',
        ),
    ],
    ['a reference to one element', (xml: string) => xml.replace('URI=""', 'URI="#a"').replace('<iin>', '<iin Id="a">')],
    [
      'an XPath transform',
      (xml: string) => xml.replace(xmlUris.enveloped, 'http://www.w3.org/TR/1999/REC-xpath-19991116'),
    ],
    [
      'two references',
      (xml: string) => {
        const reference = /<ds:Reference[\s\S]*<\/ds:Reference>/.exec(xml)?.[0] ?? ''
        return xml.replace(reference, reference + reference)
      },
    ],
    [
      'an empty DigestValue with a comment',
      (xml: string) => xml.replace('<ds:DigestValue>', '<ds:DigestValue><!-- x -->'),
    ],
    [
      'the signed document moved into the signature',
      (xml: string) => {
        const original = inner(xml).replace(signatureOf(xml), '')
        const moved = signatureOf(xml).replace('</ds:Signature>', `<ds:Object>${original}</ds:Object></ds:Signature>`)
        return original
          .replace('TEST-01', 'TEST-02')
          .replace('</registrationRequest>', `${moved}</registrationRequest>`)
      },
    ],
  ])('%s', async (_, change) => {
    const original = await signed()
    const changed = change(original)
    expect(changed).not.toBe(original)
    const answer = await sendSoap(stand, soapMessage(escaped(changed)))
    const envelope = answer.body.toString()
    expect(envelope).not.toContain('registrationStatus')
    // What cannot even be read as a document has nothing to bind a refusal to.
    const refused = elementText(envelope, 'data')?.includes('подпись неверна') === true
    expect(refused || elementText(envelope, 'code') === 'SCSE001').toBe(true)
  })
})

describe('a transport signature that fails a check gets a SOAP fault', () => {
  const envelope = async (): Promise<string> =>
    soapMessage(escaped(await signDocument({ form: 'cms', algorithm: 'rsa', document: requestDocument({ iin }) })))
  async function expectFault(secured: string, reason: string): Promise<void> {
    const answer = await sendSoap(stand, secured)
    expect(answer.status).toBe(500)
    const body = answer.body.toString()
    expect(elementText(body, 'faultcode')).toBe('wsse:FailedCheck')
    expect(elementText(body, 'faultstring')).toContain(reason)
  }

  test.each([
    ['workstation-expired', 'rsa', 'сертификат просрочен'],
    ['workstation-revoked', 'gost2015', 'сертификат отозван'],
    ['workstation-not-for-signing', 'gost2015', 'ключ не для подписи'],
    ['foreign', 'rsa', 'чужой удостоверяющий центр'],
  ] as const)('%s, %s', async (key, algorithm, reason) => {
    await expectFault(await secure(await envelope(), algorithm, key), reason)
  })

  const moved = (xml: string): string => {
    const body = /<soapenv:Body [\s\S]*<\/soapenv:Body>/.exec(xml)?.[0] ?? ''
    const other = body.replace('wsu:Id="id-1"', 'wsu:Id="id-2"').replace('TEST-01', 'TEST-02')
    return xml.replace(body, () => other).replace('</soapenv:Header>', () => `<x>${body}</x></soapenv:Header>`)
  }
  test.each([
    ['the Body changed', (xml: string) => xml.replace('<senderId>TEST-01', '<senderId>TEST-02')],
    ['the signed Body moved into the Header', moved],
    ['the same id on another element', (xml: string) => xml.replace('<request>', '<request Id="id-1">')],
    ['no signature in wsse:Security', (xml: string) => xml.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, '')],
    [
      'a reference to another element',
      (xml: string) => xml.replace('URI="#id-1"', 'URI="#id-3"').replace('<request>', '<request Id="id-3">'),
    ],
  ])('%s', async (_, change) => {
    const right = await secure(await envelope(), 'rsa')
    const wrong = change(right)
    expect(wrong).not.toBe(right)
    await expectFault(wrong, 'подпись неверна')
  })
})

describe('a signature by another key under the workstation’s certificate', () => {
  const swapped = (xml: string): string =>
    xml.replace(certificateBase64(rsaKey('workstation-revoked')), certificateBase64(rsaKey('workstation')))
  /** xmlsec1 breaks the certificate into lines; the document itself has none. */
  const unbroken = (xml: string): string => xml.replaceAll(/[\r\n]/g, '')

  test('on the document', async () => {
    const options = { form: 'xmldsig', algorithm: 'rsa', document: requestDocument({ iin }) } as const
    const right = await signDocument({ ...options, key: 'workstation' })
    expect(dataOf(await sendSoap(stand, soapMessage(escaped(unbroken(right)))))).toContain('<registrationStatus>')
    const wrong = swapped(unbroken(await signDocument({ ...options, key: 'workstation-revoked' })))
    expect(wrong).toContain(certificateBase64(rsaKey('workstation')))
    expect(dataOf(await sendSoap(stand, soapMessage(escaped(wrong))))).toContain('подпись неверна')
  })

  test('on the envelope', async () => {
    const data = await signDocument({ form: 'cms', algorithm: 'rsa', document: requestDocument({ iin }) })
    const wrong = swapped(await secure(soapMessage(data), 'rsa', 'workstation-revoked'))
    expect(wrong).toContain(certificateBase64(rsaKey('workstation')))
    expect(elementText((await sendSoap(stand, wrong)).body.toString(), 'faultstring')).toContain('подпись неверна')
  })
})

describe('faults of signatures', () => {
  test('xmldsig-wrapped: a wrapped reply, whose signature value is right and which the workstation refuses', async () => {
    const data = await signDocument({ form: 'xmldsig', algorithm: 'rsa', document: requestDocument({ iin }) })
    const reply = dataOf(await under('xmldsig-wrapped', () => sendSoap(stand, soapMessage(escaped(data)))))
    // A verifier that looks at the arithmetic alone is taken in.
    const ids = ['--id-attr:Id', 'urn:arm-tson:registration:v1:registrationReply']
    const certificate = join(stand.portalCertificatesDir, 'portal.pem')
    const args = ['--verify', ...ids, '--pubkey-cert-pem', certificate, file(reply)]
    expect(spawnSync('xmlsec1', args, { encoding: 'utf8' }).stderr).toMatch(/^OK$/m)
    const document = readSignedDocument(Buffer.from(reply))
    const checked = document.ok ? checkEnvelopedSignatures(document.value) : document
    expect(checked.ok && checked.value.every((signature) => signature.ok)).toBe(false)
  })

  test('wsse-other-body: the signature is right for a Body that is not in its place', async () => {
    const data = await signDocument({ form: 'xmldsig', algorithm: 'gost2015', document: requestDocument({ iin }) })
    const secured = await secure(soapMessage(escaped(data)), 'gost2015')
    const answer = await under('wsse-other-body', () => sendSoap(stand, secured))
    const document = readSignedDocument(answer.body)
    expect(document.ok && checkSoapSignature(document.value).ok).toBe(false)
    expect(dataOf(answer)).toContain('registrationStatus')
  })

  test.each([7, -7])('portal-clock: %i minutes', async (minutes) => {
    const data = await signDocument({ form: 'cms', algorithm: 'rsa', document: requestDocument({ iin }) })
    const answer = await under('portal-clock', () => sendSoap(stand, soapMessage(data)), minutes)
    const repliedAt = Date.parse(elementText(Buffer.from(dataOf(answer), 'base64').toString('utf8'), 'repliedAt') ?? '')
    expect(Math.round((repliedAt - Date.now()) / 60_000)).toBe(minutes)
  })
})

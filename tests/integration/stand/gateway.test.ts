import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeUpPeople } from '../../../src/stand/population-register/make-up-people.ts'
import { type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { shepSchemaMissing, writeSoapSchema } from '../../support/stand-schema.ts'
import {
  elementText,
  exchange,
  type HttpAnswer,
  openKeyFile,
  replyOf,
  requestDocument,
  type SigningKey,
  sendSoap,
  signCades,
  soapMessage,
  verifyReply,
} from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { xmllintAccepts, xmllintComplaint, xmllintMissing } from '../../support/xmllint.ts'

const temp = makeTempDir()
const iin = makeUpPeople()[0]?.iin ?? ''
/** Every message that the gateway sent in these tests, for the schema at the end. */
const sent: string[] = []

let stand: Stand
let key: SigningKey
beforeAll(async () => {
  stand = await startStand({ dataDir: `${temp.path}/stand` })
  key = openKeyFile(stand.workstationKeyFile, temp.path)
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

const signedCheck = (): string => signCades(requestDocument({ iin }), key).toString('base64')

async function send(envelope: string | Buffer): Promise<HttpAnswer> {
  const answer = await sendSoap(stand, envelope)
  if (answer.body.includes('<')) sent.push(answer.body.toString())
  return answer
}

async function expectFault(envelope: string | Buffer, code: string, message: RegExp): Promise<void> {
  const answer = await send(envelope)
  const body = answer.body.toString()
  expect(answer.status).toBe(500)
  expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8')
  expect(elementText(body, 'faultcode')).toBe(`soap:${code}`)
  expect(body).toContain('<ns:SendMessageFault1_SendMessageFault')
  expect(elementText(body, 'errorMessage')).toMatch(message)
}

describe('SendMessage', () => {
  test('carries the reply as xs:string, with a session id in braces', async () => {
    const answer = await send(soapMessage(signedCheck()))
    const body = answer.body.toString()
    expect(answer.status).toBe(200)
    expect(elementText(body, 'code')).toBe('SCSS001')
    expect(elementText(body, 'sessionId')).toMatch(/^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/)
    expect(body).toMatch(/<data [^>]*xsi:type="xs:string"/)
    expect(verifyReply(replyOf(answer), stand)).toContain('<registrationStatus>')
  })

  test('repeats the correlation id, escaped', async () => {
    const message = soapMessage(signedCheck()).replace(
      '<serviceId>',
      '<correlationId>a &lt;b&gt; &amp; c</correlationId><serviceId>',
    )
    expect(elementText((await send(message)).body.toString(), 'correlationId')).toBe('a <b> & c')
  })

  test('accepts the optional members in their order', async () => {
    const more = ['k1', 'k2'].map((k) => `<properties><key>${k}</key><value>v</value></properties>`).join('')
    const message = soapMessage(signedCheck(), { more })
      .replace('</serviceId>', '</serviceId>')
      .replace('<sender>', '<routeId>r</routeId><sender>')
      .replace('</senderId>', '</senderId><password>p</password>')
    expect((await send(message)).status).toBe(200)
  })

  test('accepts base64 in lines, as OpenSSL writes it', async () => {
    const data = signedCheck().replace(/.{64}/g, '$&\n')
    expect((await send(soapMessage(data))).status).toBe(200)
  })

  test('ignores a header that need not be understood', async () => {
    const header = '<soapenv:Header><h xmlns="urn:x">1</h></soapenv:Header>'
    expect((await send(soapMessage(signedCheck(), { header }))).status).toBe(200)
  })
})

describe('a message that the gateway cannot take ends in a SOAP fault', () => {
  const data = Buffer.from('x').toString('base64')
  test.each([
    ['no XML', 'hello', 'Client', /XML/],
    ['an unknown operation', soapMessage(data, { operation: 'SendOther' }), 'Client', /операция/],
    ['another namespace', soapMessage(data).replaceAll('/SyncChannel/v10/', '/SyncChannel/v11/'), 'Client', /операция/],
    ['an empty service id', soapMessage(data, { serviceId: ' ' }), 'Client', /схеме/],
    ['an empty sender id', soapMessage(data, { senderId: '' }), 'Client', /схеме/],
    ['an empty message id', soapMessage(data, { messageId: '' }), 'Client', /схеме/],
    ['a date that is none', soapMessage(data, { messageDate: 'today' }), 'Client', /схеме/],
    [
      'a session id, which the gateway sets',
      soapMessage(data, { more: '<sessionId>{}</sessionId>' }),
      'Client',
      /схеме/,
    ],
    ['a qualified child', soapMessage(data).replaceAll('requestInfo>', 'typ:requestInfo>'), 'Client', /схеме/],
    ['data of another type', soapMessage(data, { type: 'xs:base64Binary' }), 'Client', /схеме/],
    ['data with elements', soapMessage('<a/>'), 'Client', /схеме/],
    ['no data', soapMessage(data).replace(/<data .*<\/data>/, ''), 'Client', /схеме/],
    [
      'members out of order',
      soapMessage(data).replace(/(<messageId>.*<\/messageId>)\s*(<serviceId>.*<\/serviceId>)/, '$2$1'),
      'Client',
      /схеме/,
    ],
    [
      'a key of 31 characters',
      soapMessage(data, { more: `<properties><key>${'k'.repeat(31)}</key><value/></properties>` }),
      'Client',
      /схеме/,
    ],
    [
      'SOAP 1.2',
      soapMessage(data).replaceAll(
        'http://schemas.xmlsoap.org/soap/envelope/',
        'http://www.w3.org/2003/05/soap-envelope',
      ),
      'VersionMismatch',
      /1\.1/,
    ],
    [
      'a header that must be understood',
      soapMessage(data, { header: '<soapenv:Header><h xmlns="urn:x" soapenv:mustUnderstand="1"/></soapenv:Header>' }),
      'MustUnderstand',
      /заголовок/,
    ],
    ['a DOCTYPE', soapMessage(data).replace('?>', '?><!DOCTYPE x [<!ENTITY e "boom">]>'), 'Client', /XML/],
    ['an entity of its own', soapMessage('&e;'), 'Client', /XML/],
    ['elements nested deeply', '<a>'.repeat(100) + '</a>'.repeat(100), 'Client', /XML/],
    ['ten thousand elements', `<a>${'<b/>'.repeat(10_000)}</a>`, 'Client', /XML/],
    ['nothing', ' ', 'Client', /XML/],
  ])('%s', async (_, envelope, code, message) => {
    await expectFault(envelope, code, message)
  })

  test('bytes that are not UTF-8', async () => {
    await expectFault(Buffer.from(soapMessage(data), 'utf16le'), 'Client', /XML/)
  })
})

describe('over HTTP', () => {
  test('a message of more than 256 KiB is refused with 413', async () => {
    const answer = await sendSoap(stand, soapMessage('A'.repeat(300_000))).catch((error: Error) => error)
    // The gateway answers and hangs up; which of the two a client that still writes sees first is a race.
    expect(answer instanceof Error ? 413 : answer.status).toBe(413)
    expect((await send(soapMessage(signedCheck()))).status).toBe(200)
  })

  test('the WSDL is served on ?wsdl, and other methods are not', async () => {
    const wsdl = await exchange(`${stand.gatewayUrl}?wsdl`, stand)
    expect(wsdl.status).toBe(200)
    expect(wsdl.body.toString()).toContain(`<soap:address location="${stand.gatewayUrl}"/>`)
    expect(wsdl.body.toString()).toContain('soapAction=""')
    expect((await exchange(stand.gatewayUrl, stand)).status).toBe(405)
    expect((await exchange(stand.gatewayUrl, stand, { method: 'PUT', body: 'x' })).status).toBe(405)
  })

  test('a client that trusts another authority does not connect', async () => {
    const port = Number(new URL(stand.gatewayUrl).port)
    const failure = await new Promise<Error>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, servername: 'localhost' }, () => reject(new Error('connected')))
      socket.on('error', resolve)
    })
    expect(failure.message).toMatch(/certificate/)
  })

  test('a taken port is the system’s error', async () => {
    const port = Number(new URL(stand.gatewayUrl).port)
    await expect(startStand({ dataDir: `${temp.path}/stand`, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('afterwards', () => {
  test.skipIf(shepSchemaMissing || xmllintMissing)(
    'every message that the gateway sent is valid against ШЭП’s schema (needs ../shared/shep and xmllint)',
    async () => {
      await send(soapMessage('AAAA'))
      expect(sent.some((message) => message.includes('SCSE001</code>'))).toBe(true)
      expect(sent.length).toBeGreaterThan(25)
      const schema = writeSoapSchema(temp.path)
      const verdicts = xmllintAccepts({ documents: sent, schema })
      const refused = sent.find((_, index) => !verdicts[index])
      expect(refused && xmllintComplaint(refused, schema)).toBeUndefined()
      const broken = sent[0]?.replace('<sessionId>{', '<sessionId>') ?? ''
      expect(xmllintAccepts({ documents: [broken], schema })).toEqual([false])
    },
  )
})

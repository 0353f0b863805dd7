import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { decodeSendMessageResponse } from '../../src/main/adapters/shep/decode-send-message-response.ts'
import { encodeSendMessage } from '../../src/main/adapters/shep/encode-send-message.ts'
import { shepEnvelope, shepFault, shepMessageId, shepResponse, shepSessionId } from '../support/shep-messages.ts'
import { mutantsOf } from '../support/xml-mutants.ts'
import { xmllintAccepts, xmllintComplaint, xmllintMissing } from '../support/xmllint.ts'

const ours = fileURLToPath(new URL('../../resources/xsd/shep-envelope.xsd', import.meta.url))
const merged = fileURLToPath(new URL('../../../shared/shep/merged/', import.meta.url))
const mergedMissing = !existsSync(merged)
const xmllintTitle = (text: string) => (xmllintMissing ? `${text} (skipped: xmllint is not installed)` : text)
const mergedTitle = (text: string) =>
  mergedMissing ? `${text} (skipped: no ../shared/shep beside the project)` : xmllintTitle(text)

const printable = fc
  .array(fc.oneof(fc.constantFrom('<', '>', '&', ']]>', '\r\n', '"'), fc.string({ unit: 'grapheme' })), {
    maxLength: 12,
  })
  .map((parts) => parts.join('').replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '?'))

const requests = fc.sample(
  fc.record(
    {
      messageId: fc.uuid(),
      messageDate: fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      serviceId: printable,
      senderId: printable,
      senderPassword: printable.map((text) => Buffer.from(text)),
      data: printable,
    },
    { requiredKeys: ['messageId', 'messageDate', 'serviceId', 'senderId', 'data'] },
  ),
  200,
)
const sent = requests.map((request) => encodeSendMessage(request))
const replies = [
  shepResponse(),
  shepResponse({ correlationId: shepMessageId, sessionId: shepSessionId }),
  shepResponse({ code: 'SCSE001' }),
  shepFault('SCSE003'),
]

/** The gateway's schema says nothing of SOAP: a driver puts an envelope of any kind around it. */
const folder = mkdtempSync(join(tmpdir(), 'shep-'))
const driver = join(folder, 'driver.xsd')
writeFileSync(
  driver,
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://schemas.xmlsoap.org/soap/envelope/">
  <xs:import namespace="http://bip.bee.kz/SyncChannel/v10/Types" schemaLocation="${pathToFileURL(join(merged, 'bip-bee-kz-SyncChannel-v10-Types.xsd'))}"/>
  <xs:element name="Envelope"><xs:complexType><xs:sequence>
    <xs:any namespace="##targetNamespace" processContents="strict"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Body"><xs:complexType><xs:sequence>
    <xs:any namespace="##any" processContents="strict"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Fault"><xs:complexType><xs:sequence>
    <xs:element name="faultcode"/><xs:element name="faultstring"/>
    <xs:element name="detail"><xs:complexType><xs:sequence>
      <xs:any namespace="##any" processContents="strict"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`,
)
afterAll(() => rmSync(folder, { recursive: true }))

function expectAllValid(documents: readonly (string | Uint8Array)[], schema: string) {
  const verdicts = xmllintAccepts({ documents, schema })
  const refused = documents.find((_, index) => !verdicts[index])
  expect(refused && xmllintComplaint(refused, schema)).toBeUndefined()
}

test('a request is written byte for byte as the wire format says', () => {
  const bytes = encodeSendMessage({
    messageId: shepMessageId,
    messageDate: new Date('2026-03-01T04:05:06.007Z'),
    serviceId: 'EGOV_TSON_REGISTRATION',
    senderId: 'ARM_TSON',
    senderPassword: Buffer.from('p<ss'),
    data: '<signed/>',
  })
  expect(bytes.toString()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
      '<typ:SendMessage xmlns:typ="http://bip.bee.kz/SyncChannel/v10/Types"><request><requestInfo>' +
      `<messageId>${shepMessageId}</messageId><serviceId>EGOV_TSON_REGISTRATION</serviceId>` +
      '<messageDate>2026-03-01T04:05:06.007Z</messageDate>' +
      '<sender><senderId>ARM_TSON</senderId><password>p&lt;ss</password></sender></requestInfo>' +
      '<requestData><data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      'xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string">&lt;signed/&gt;</data></requestData>' +
      '</request></typ:SendMessage></soapenv:Body></soapenv:Envelope>\n',
  )
})

test.skipIf(xmllintMissing)(xmllintTitle('every request that we write is valid against our schema'), () => {
  expectAllValid(sent, ours)
})

test.skipIf(xmllintMissing)(xmllintTitle('the replies of our tests are valid against our schema'), () => {
  expectAllValid(replies, ours)
})

test.skipIf(xmllintMissing)(xmllintTitle('our schema refuses what the gateway would'), () => {
  const request = sent[0]?.toString() ?? ''
  const wrong = [
    request.replace('<requestInfo>', '<requestInfo><sessionId/>'),
    request.replace('<request>', '<request xmlns="http://bip.bee.kz/SyncChannel/v10/Types">'),
    request.replace(/<messageDate>[^<]*/, '<messageDate>01.03.2026'),
    request.replace(/<messageId>.*<\/messageId>/, ''),
    shepResponse({ statusMessage: 'x'.repeat(251) }),
    shepResponse({ sessionId: shepSessionId.slice(1, -1) }),
    shepEnvelope('<other/>'),
  ]
  expect(xmllintAccepts({ documents: wrong, schema: ours })).toEqual(wrong.map(() => false))
})

test.skipIf(xmllintMissing || mergedMissing)(
  mergedTitle('every message is valid against the gateway’s own schema'),
  () => {
    expectAllValid([...sent, ...replies], driver)
  },
)

test.skipIf(xmllintMissing || mergedMissing)(
  mergedTitle('our schema and the gateway’s agree about mutants of every message, save for what only ours asks'),
  () => {
    const documents = [...replies, sent[0]?.toString() ?? ''].flatMap((document) => mutantsOf(document))
    const byOurs = xmllintAccepts({ documents, schema: ours })
    const byTheirs = xmllintAccepts({ documents, schema: driver })
    const onlyByOurs = documents.filter((_, index) => byOurs[index] && !byTheirs[index])
    expect(onlyByOurs.map((document) => Buffer.from(document).toString())).toEqual([])
    expect(byTheirs.filter((valid) => !valid).length).toBeGreaterThan(200)
  },
)

test.skipIf(xmllintMissing || mergedMissing)(
  mergedTitle('we take no data out of a reply that the gateway’s schema refuses, save where a value is not used'),
  () => {
    const whole = shepResponse({
      correlationId: shepMessageId,
      sessionId: shepSessionId,
      responseData: '<data>MIIB</data>',
    })
    const documents = mutantsOf(whole)
    const byTheirs = xmllintAccepts({ documents, schema: driver })
    const taken = documents.filter(
      (bytes, index) => !byTheirs[index] && decodeSendMessageResponse({ bytes, messageId: shepMessageId }).ok,
    )
    const withoutUnused = (document: string) =>
      document.replace(/<(messageId|responseDate|message|sessionId)(?:\/>|>[^<]*<\/\1>)/g, '<$1/>')
    const different = taken
      .map((document) => withoutUnused(Buffer.from(document).toString()))
      .filter((document) => document !== withoutUnused(whole))
    expect(different).toEqual([])
    expect(taken.length).toBeGreaterThan(5)
  },
)

import { describe, expect, test } from 'vitest'
import { decodeSendMessageResponse } from '../../../../../src/main/adapters/shep/decode-send-message-response.ts'
import {
  shepEnvelope,
  shepFault,
  shepMessageId,
  shepResponse,
  shepSessionId,
} from '../../../../support/shep-messages.ts'

const decode = (document: string) =>
  decodeSendMessageResponse({ bytes: new TextEncoder().encode(document), messageId: shepMessageId })

describe('a response is read', () => {
  test.each<[string, string, string]>([
    ['with a typed text in data', shepResponse(), 'MIIB'],
    ['with the correlation id of the request', shepResponse({ correlationId: shepMessageId }), 'MIIB'],
    ['with a session of the gateway', shepResponse({ sessionId: shepSessionId }), 'MIIB'],
    [
      'with a document in data, escaped',
      shepResponse({ responseData: '<data>&lt;a&gt;ә&lt;/a&gt;</data>' }),
      '<a>ә</a>',
    ],
    [
      'with a document in data, as CDATA',
      shepResponse({ responseData: '<data><![CDATA[<a>ә</a>]]></data>' }),
      '<a>ә</a>',
    ],
    ['indented', shepResponse().replaceAll('><', '>\n  <'), 'MIIB'],
    ['with digits that are no number', shepResponse({ responseData: '<data>000101500012</data>' }), '000101500012'],
    [
      'behind headers that need not be understood',
      shepEnvelope('', '<S:Header><x S:mustUnderstand="0" xmlns="u"/></S:Header>').replace(
        '<S:Body></S:Body>',
        /<S:Body>.*<\/S:Body>/.exec(shepResponse())?.[0] ?? '',
      ),
      'MIIB',
    ],
    ['with an identified body', shepResponse().replace('<S:Body>', '<S:Body xmlns:w="urn:w" w:Id="id-1">'), 'MIIB'],
  ])('%s', (_name, document, data) => {
    expect(decode(document)).toEqual({ ok: true, value: data })
  })
})

describe('a status other than success is a failure with its code', () => {
  test.each(['SCSE001', 'SCSS002', 'scss001', '', ' SCSS001', 'SCSS001 '])('%j', (code) => {
    const detail = /^[A-Za-z0-9]+$/.test(code) ? { detail: code } : {}
    expect(decode(shepResponse({ code, statusMessage: 'personal data' }))).toEqual({
      ok: false,
      failure: { code: 'gateway.status', ...detail },
    })
  })

  test('even where it brings no data', () => {
    expect(decode(shepResponse({ code: 'SCSE001', responseData: '' }))).toMatchObject({
      failure: { code: 'gateway.status' },
    })
  })

  test('a code that looks like none is not repeated', () => {
    const failure = decode(shepResponse({ code: 'Иванов Иван 000101500012' }))
    expect(failure).toEqual({ ok: false, failure: { code: 'gateway.status' } })
    expect(decode(shepResponse({ code: 'A'.repeat(65) }))).toEqual(failure)
  })
})

describe('a fault is a failure with its code', () => {
  test('of the gateway', () => {
    expect(decode(shepFault('SCSE003'))).toEqual({ ok: false, failure: { code: 'gateway.fault', detail: 'SCSE003' } })
  })

  test('of SOAP, where the gateway gives none', () => {
    const fault = shepEnvelope('<S:Fault><faultcode>S:Client</faultcode><faultstring>x</faultstring></S:Fault>')
    expect(decode(fault)).toEqual({ ok: false, failure: { code: 'gateway.fault', detail: 'S:Client' } })
  })

  test('that looks like one, and otherwise no code', () => {
    expect(decode(shepFault('Иванов Иван'))).toEqual({ ok: false, failure: { code: 'gateway.fault' } })
    expect(decode(shepEnvelope('<S:Fault/>'))).toEqual({ ok: false, failure: { code: 'gateway.fault' } })
  })
})

describe('a message is refused as malformed', () => {
  const good = shepResponse({ correlationId: shepMessageId })
  test.each<[string, string | RegExp, string, string]>([
    ['another envelope', /schemas.xmlsoap.org\/soap\/envelope\//, 'www.w3.org/2003/05/soap-envelope', 'Envelope'],
    ['no body', /<S:Body>.*<\/S:Body>/, '', 'Body'],
    ['two bodies', '</S:Envelope>', '<S:Body/></S:Envelope>', 'Envelope'],
    ['an empty body', /<S:Body>.*<\/S:Body>/, '<S:Body/>', 'SendMessageResponse'],
    ['two messages in the body', '</S:Body>', '<x/></S:Body>', 'Body'],
    ['a mandatory header', '<S:Body>', '<S:Header><x S:mustUnderstand="1" xmlns="u"/></S:Header><S:Body>', 'Header'],
    ['a header behind the body', '</S:Envelope>', '<S:Header/></S:Envelope>', 'Envelope'],
    ['the request sent back', /SendMessageResponse/g, 'SendMessage', 'SendMessageResponse'],
    ['another namespace', 'SyncChannel/v10', 'SyncChannel/v11', 'SendMessageResponse'],
    ['qualified children', '<response>', '<response xmlns="http://bip.bee.kz/SyncChannel/v10/Types">', 'response'],
    ['the reply to another message', shepMessageId, 'b7a3c0de-0000-4d3c-8b4a-5e6f708192a3', 'correlationId'],
    ['a status twice', /<status>.*<\/status>/, '$&$&', 'responseInfo'],
    ['a code split by a comment', 'SCSS001', 'SCSS<!-- -->001', 'code'],
    ['no code', '<code>SCSS001</code>', '', 'code'],
    ['no data', /<data .*<\/data>/, '', 'data'],
    ['empty data', 'MIIB', ' ', 'data'],
    ['data split by a comment', 'MIIB', 'MI<!-- -->IB', 'data'],
    ['data with elements in it', 'MIIB', '<a/>', 'data'],
    ['data twice', /<data .*<\/data>/, '$&$&', 'responseData'],
    ['an element behind the data', '</response>', '<x/></response>', 'response'],
    ['a second response', /<response>.*<\/response>/, '$&$&', 'SendMessageResponse'],
    ['an attribute of no schema', '<code>', '<code x="1">', 'code'],
    ['a DOCTYPE', '<S:Envelope', '<!DOCTYPE x [<!ENTITY a "b">]><S:Envelope', 'doctype'],
    [
      'more elements than any message has',
      '<S:Body>',
      `<S:Header>${'<x/>'.repeat(300)}</S:Header><S:Body>`,
      'too-many-elements',
    ],
    [
      'deeper nesting than any message has',
      '<S:Body>',
      `<S:Header>${'<x>'.repeat(40)}${'</x>'.repeat(40)}</S:Header><S:Body>`,
      'too-deep',
    ],
    ['HTML', /[\s\S]*/, '<html><body>502</body></html>', 'Envelope'],
    ['nothing', /[\s\S]*/, '', 'not-well-formed'],
  ])('%s', (_name, from, to, detail) => {
    const changed = good.replace(from, to)
    expect(changed).not.toBe(good)
    expect(decode(changed)).toEqual({ ok: false, failure: { code: 'gateway.malformed', detail } })
  })
})

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { createShepGateway, type ShepGatewayOptions } from '../../../src/main/adapters/shep/create-shep-gateway.ts'
import type { Gateway } from '../../../src/main/ports/gateway.ts'
import type { FailureCode } from '../../../src/shared/contract/failure.ts'
import { shepFault, shepMessageId, shepResponse } from '../../support/shep-messages.ts'
import { createTlsKeys } from '../../support/tls-keys.ts'

const keys = createTlsKeys()
const authority = keys.newAuthority()
const foreignAuthority = keys.newAuthority()
const goodKey = authority.issue({ san: 'DNS:localhost', days: 30 })
const LONG_DEADLINE = 20_000
const SHORT_DEADLINE = 400

const toClose: (() => void)[] = []
afterEach(() => {
  vi.unstubAllEnvs()
  for (const close of toClose.splice(0)) close()
})
afterAll(() => keys.remove())

/** In the body of every reply and request: nothing of them may turn up in a failure. */
const MARK = 'Citizen-000101500012'
const message = {
  messageId: shepMessageId,
  messageDate: new Date('2026-03-01T04:05:06.007Z'),
  data: `<signed>${MARK}</signed>`,
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  })
  toClose.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

interface Received {
  readonly request: IncomingMessage
  readonly body: string
}
type Answer = (response: ServerResponse, received: Received) => void

/** A gateway over real TLS that answers as told and counts what reaches it. */
async function serve(answer: Answer, tls: ServerOptions = {}) {
  const received: Received[] = []
  const server = createHttpsServer({ ...goodKey, ...tls }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ request, body: Buffer.concat(chunks).toString() })
      answer(response, { request, body: Buffer.concat(chunks).toString() })
    })
  })
  server.on('tlsClientError', () => {})
  const port = await listen(server)
  return { port, url: `https://localhost:${port}/shep`, received, server }
}

function gatewayTo(url: string, options: Partial<ShepGatewayOptions> = {}): Gateway {
  const gateway = createShepGateway({
    url,
    authorityPem: authority.pem,
    serviceId: 'SERVICE',
    senderId: 'SENDER',
    deadlineMs: LONG_DEADLINE,
    ...options,
  })
  toClose.push(() => gateway.close())
  return gateway
}

async function failureOf(gateway: Gateway): Promise<{ code: FailureCode; detail: string; mayHaveArrived: boolean }> {
  const outcome = await gateway.send(message)
  expect(JSON.stringify(outcome)).not.toContain(MARK)
  expect(JSON.stringify(outcome)).not.toContain('personal data')
  if (outcome.ok) throw new Error('the message went through')
  expect(Object.keys(outcome.failure).every((key) => key === 'code' || key === 'detail')).toBe(true)
  return { code: outcome.failure.code, detail: outcome.failure.detail ?? '', mayHaveArrived: outcome.mayHaveArrived }
}

const xml = { 'Content-Type': 'text/xml; charset=utf-8' }
const answerXml =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { ...xml, ...headers })
    response.end(body)
  }
const goodReply = shepResponse({ correlationId: shepMessageId, responseData: `<data>${MARK}</data>` })

const onlyTls11 = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const

describe('a message that goes through', () => {
  test('brings back the text of data', async () => {
    const { url, received } = await serve(answerXml(goodReply))
    expect(await gatewayTo(url).send(message)).toEqual({ ok: true, data: MARK })
    expect(received).toHaveLength(1)
  })

  test('is an HTTP request of SOAP 1.1, and asks for no compression', async () => {
    const { url, received } = await serve(answerXml(goodReply))
    await gatewayTo(url, { senderPassword: Buffer.from('s&cret') }).send(message)
    const [{ request, body } = { request: undefined, body: '' }] = received
    expect(request).toMatchObject({ method: 'POST', url: '/shep' })
    expect(request?.headers).toEqual({
      accept: 'text/xml',
      connection: 'keep-alive',
      'content-length': String(Buffer.byteLength(body)),
      'content-type': 'text/xml; charset=utf-8',
      host: new URL(url).host,
      soapaction: '""',
      'user-agent': 'arm-tson',
    })
    expect(body).toContain('<serviceId>SERVICE</serviceId><messageDate>2026-03-01T04:05:06.007Z</messageDate>')
    expect(body).toContain('<sender><senderId>SENDER</senderId><password>s&amp;cret</password></sender>')
    expect(body).toContain(`&lt;signed&gt;${MARK}&lt;/signed&gt;`)
  })

  test('names the host in the handshake', async () => {
    const names: string[] = []
    const { url } = await serve(answerXml(goodReply), {
      SNICallback: (name, done) => {
        names.push(name)
        done(null)
      },
    })
    const gateway = gatewayTo(url)
    expect(await gateway.send(message)).toEqual({ ok: true, data: MARK })
    await gateway.probe()
    expect(names).toEqual(['localhost', 'localhost'])
  })

  test('leaves its connection to the next one', async () => {
    const { url, received } = await serve(answerXml(goodReply))
    const gateway = gatewayTo(url)
    await gateway.send(message)
    await gateway.send(message)
    const [first, second] = received.map(({ request }) => request.socket)
    expect(second).toBe(first)
  })

  test('may take its time, as long as the deadline allows', async () => {
    const { url } = await serve((response) => setTimeout(() => answerXml(goodReply)(response), 4500))
    expect(await gatewayTo(url).send(message)).toEqual({ ok: true, data: MARK })
  })

  test.each(['text/xml', 'text/xml;charset=UTF-8', 'Text/XML; charset="utf-8"'])(
    'is answered as %s',
    async (contentType) => {
      const { url } = await serve(answerXml(goodReply, { 'Content-Type': contentType }))
      expect(await gatewayTo(url).send(message)).toEqual({ ok: true, data: MARK })
    },
  )

  test('is answered with several trusted authorities to choose from', async () => {
    const { url } = await serve(answerXml(goodReply))
    const gateway = gatewayTo(url, { authorityPem: [foreignAuthority.pem, authority.pem] })
    expect(await gateway.send(message)).toEqual({ ok: true, data: MARK })
  })
})

describe('a reply that is not one', () => {
  test.each<[string, Answer, FailureCode, string]>([
    ['a fault', answerXml(shepFault('SCSE003'), {}, 500), 'gateway.fault', 'SCSE003'],
    ['a fault with the status of success', answerXml(shepFault('SCSE003')), 'gateway.fault', 'SCSE003'],
    [
      'a status of failure',
      answerXml(shepResponse({ code: 'SCSE001', statusMessage: MARK })),
      'gateway.status',
      'SCSE001',
    ],
    [
      'a reply to another message',
      answerXml(shepResponse({ correlationId: MARK })),
      'gateway.malformed',
      'correlationId',
    ],
    ['an error without a fault', answerXml(goodReply, {}, 500), 'gateway.http-status', 'HTTP 500'],
    ['an error in HTML', answerXml(MARK, { 'Content-Type': 'text/html' }, 500), 'gateway.http-status', 'HTTP 500'],
    ['not found, in HTML', answerXml(MARK, { 'Content-Type': 'text/html' }, 404), 'gateway.http-status', 'HTTP 404'],
    ['not authorised', answerXml(MARK, { 'WWW-Authenticate': 'Basic' }, 401), 'gateway.http-status', 'HTTP 401'],
    ['another success', answerXml(goodReply, {}, 202), 'gateway.http-status', 'HTTP 202'],
    ['plain text', answerXml(goodReply, { 'Content-Type': 'text/plain' }), 'gateway.malformed', 'content-type'],
    ['SOAP 1.2', answerXml(goodReply, { 'Content-Type': 'application/soap+xml' }), 'gateway.malformed', 'content-type'],
    [
      'another encoding',
      answerXml(goodReply, { 'Content-Type': 'text/xml; charset=windows-1251' }),
      'gateway.malformed',
      'content-type',
    ],
    [
      'compressed',
      answerXml(gzipSync(goodReply), { 'Content-Encoding': 'gzip' }),
      'gateway.malformed',
      'content-encoding',
    ],
    ['empty', answerXml(''), 'gateway.malformed', 'not-well-formed'],
    ['garbage', answerXml(`<<<${MARK}`), 'gateway.malformed', 'not-well-formed'],
    ['no UTF-8', answerXml(Buffer.from([0x3c, 0xff])), 'gateway.malformed', 'not-utf-8'],
    ['a DOCTYPE bomb', answerXml(doctypeBomb()), 'gateway.malformed', 'doctype'],
    ['ten thousand deep', answerXml('<a>'.repeat(10_000)), 'gateway.malformed', 'too-deep'],
    [
      'a hundred thousand elements',
      answerXml(`<a>${'<b/>'.repeat(100_000)}</a>`),
      'gateway.malformed',
      'too-many-elements',
    ],
    ['cut short', (response) => cutShort(response), 'gateway.interrupted', ' ECONNRESET'],
    ['cut short in chunks', (response) => cutShortInChunks(response), 'gateway.interrupted', ' ECONNRESET'],
    ['a closed connection', (response) => response.destroy(), 'gateway.interrupted', ' ECONNRESET'],
  ])('%s is a failure after which the message may have arrived', async (_name, answer, code, detail) => {
    const { url, received } = await serve(answer)
    const failure = await failureOf(gatewayTo(url))
    expect(failure).toEqual({
      code,
      detail: detail.startsWith(' ') ? expect.stringContaining(new URL(url).host) : detail,
      mayHaveArrived: true,
    })
    expect(received).toHaveLength(1)
  })

  test.each([301, 302, 303, 307, 308])('a redirect by %i is not followed', async (status) => {
    const target = await serve(answerXml(goodReply))
    const { url, received } = await serve(answerXml('', { Location: target.url }, status))
    expect(await failureOf(gatewayTo(url))).toEqual({
      code: 'gateway.http-status',
      detail: `HTTP ${status}`,
      mayHaveArrived: true,
    })
    expect([received.length, target.received.length]).toEqual([1, 0])
  })

  test('longer than allowed, and saying so, is not waited for', async () => {
    const { url } = await serve((response) => {
      response.writeHead(200, { ...xml, 'Content-Length': '1000000000' })
      response.write(MARK)
    })
    expect(await failureOf(gatewayTo(url))).toMatchObject({ code: 'gateway.too-large', mayHaveArrived: true })
  })

  test('longer than allowed without saying so is cut off', async () => {
    const { url } = await serve((response) => {
      response.writeHead(200, xml)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', more)
      more()
    })
    const failure = await failureOf(gatewayTo(url, { maxReplyBytes: 200_000 }))
    expect(failure).toMatchObject({ code: 'gateway.too-large', mayHaveArrived: true })
  })

  test('exactly as long as allowed is read, one byte longer is not', async () => {
    const length = Buffer.byteLength(goodReply)
    const { url } = await serve(answerXml(goodReply))
    expect(await gatewayTo(url, { maxReplyBytes: length }).send(message)).toEqual({ ok: true, data: MARK })
    expect(await failureOf(gatewayTo(url, { maxReplyBytes: length - 1 }))).toMatchObject({ code: 'gateway.too-large' })
  })

  test('that never begins ends at the deadline', async () => {
    const { url, received } = await serve(() => {})
    expect(await failureOf(gatewayTo(url, { deadlineMs: SHORT_DEADLINE }))).toMatchObject({
      code: 'gateway.timeout',
      mayHaveArrived: true,
    })
    expect(received).toHaveLength(1)
  })

  test('that drips for ever ends at the deadline', async () => {
    const { url } = await serve((response) => {
      response.writeHead(200, xml)
      const drip = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect(await failureOf(gatewayTo(url, { deadlineMs: SHORT_DEADLINE }))).toMatchObject({
      code: 'gateway.timeout',
      mayHaveArrived: true,
    })
  })

  test('that is no HTTP at all is malformed', async () => {
    const server = createTlsServer(goodKey, (socket) => {
      socket.on('error', () => {})
      socket.end(`${MARK}\r\n\r\n`)
    })
    const port = await listen(server)
    expect(await failureOf(gatewayTo(`https://localhost:${port}/`))).toMatchObject({
      code: 'gateway.malformed',
      mayHaveArrived: true,
    })
  })

  test('on a connection that was kept and is now dropped leaves doubt', async () => {
    const { url, received } = await serve((response, { request }) => {
      if (received.length === 1) answerXml(goodReply)(response)
      else request.socket.destroy()
    })
    const gateway = gatewayTo(url)
    expect(await gateway.send(message)).toMatchObject({ ok: true })
    expect(await failureOf(gateway)).toMatchObject({ code: 'gateway.interrupted', mayHaveArrived: true })
    expect(received).toHaveLength(2)
  })

  test('of a server that hangs up right after the handshake leaves doubt', async () => {
    const server = createTlsServer(goodKey, (socket) => socket.destroy())
    const port = await listen(server)
    expect(await failureOf(gatewayTo(`https://localhost:${port}/`))).toMatchObject({
      code: 'gateway.interrupted',
      mayHaveArrived: true,
    })
  })
})

describe('nothing of a message leaves', () => {
  test('where the name is unknown', async () => {
    expect(await failureOf(gatewayTo('https://gateway.invalid/'))).toMatchObject({
      code: 'gateway.unreachable',
      mayHaveArrived: false,
    })
  })

  test('where nobody listens', async () => {
    const { url, server } = await serve(answerXml(goodReply))
    server.close()
    await once(server, 'close')
    expect(await failureOf(gatewayTo(url))).toEqual({
      code: 'gateway.unreachable',
      detail: `${new URL(url).host} ECONNREFUSED`,
      mayHaveArrived: false,
    })
  })

  test('where the connection is dropped before the handshake', async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()))
    expect(await failureOf(gatewayTo(`https://localhost:${port}/`))).toMatchObject({
      code: 'gateway.unreachable',
      mayHaveArrived: false,
    })
  })

  test('where the handshake is never answered', async () => {
    const port = await listen(createTcpServer(() => {}))
    expect(await failureOf(gatewayTo(`https://localhost:${port}/`, { deadlineMs: SHORT_DEADLINE }))).toEqual({
      code: 'gateway.timeout',
      detail: expect.stringContaining(`localhost:${port}`),
      mayHaveArrived: false,
    })
  })

  test('where the server speaks HTTP without TLS', async () => {
    const port = await listen(createTcpServer((socket) => socket.end(`HTTP/1.1 400 Bad Request\r\n\r\n${MARK}`)))
    expect(await failureOf(gatewayTo(`https://localhost:${port}/`))).toMatchObject({
      code: 'gateway.tls-untrusted',
      mayHaveArrived: false,
    })
  })

  test('where it is too long itself', async () => {
    const { url, received } = await serve(answerXml(goodReply))
    const outcome = await gatewayTo(url).send({ ...message, data: 'A'.repeat(1024 * 1024) })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'gateway.too-large' }, mayHaveArrived: false })
    expect(received).toHaveLength(0)
  })

  const versions = ['TLSv1.2', 'TLSv1.3'] as const
  describe.each(versions)('over %s', (version) => {
    const tls = { minVersion: version, maxVersion: version }

    test.each([
      [
        'of another authority',
        foreignAuthority.issue({ san: 'DNS:localhost', days: 30 }),
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      ],
      ['out of date', authority.issue({ san: 'DNS:localhost', days: -1 }), 'CERT_HAS_EXPIRED'],
      ['of another host', authority.issue({ san: 'DNS:other.example', days: 30 }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ])('where the certificate is %s', async (_name, key, reason) => {
      const { url, received } = await serve(answerXml(goodReply), { ...key, ...tls })
      expect(await failureOf(gatewayTo(url))).toEqual({
        code: 'gateway.tls-untrusted',
        detail: `${new URL(url).host} ${reason}`,
        mayHaveArrived: false,
      })
      expect(received).toHaveLength(0)
    })
  })

  test('where the certificate is for a name and the address is a number', async () => {
    const { port, received } = await serve(answerXml(goodReply))
    expect(await failureOf(gatewayTo(`https://127.0.0.1:${port}/`))).toMatchObject({
      code: 'gateway.tls-untrusted',
      detail: `127.0.0.1:${port} ERR_TLS_CERT_ALTNAME_INVALID`,
      mayHaveArrived: false,
    })
    expect(received).toHaveLength(0)
  })

  test('where the server knows only TLS 1.1', async () => {
    const { url, received } = await serve(answerXml(goodReply), onlyTls11)
    expect(await failureOf(gatewayTo(url))).toMatchObject({ code: 'gateway.tls-untrusted', mayHaveArrived: false })
    expect(received).toHaveLength(0)
  })
})

describe('the environment has no say', () => {
  async function trapProxy() {
    const caught: Socket[] = []
    const port = await listen(createTcpServer((socket) => caught.push(socket)))
    const url = `http://127.0.0.1:${port}`
    const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']
    return {
      caught,
      variables: { ...Object.fromEntries(names.map((name) => [name, url])), NO_PROXY: '', no_proxy: '' },
    }
  }

  test('a proxy named in it is left alone', async () => {
    const { url } = await serve(answerXml(goodReply))
    const trap = await trapProxy()
    for (const [name, value] of Object.entries(trap.variables)) vi.stubEnv(name, value)
    const gateway = gatewayTo(url)
    expect(await gateway.send(message)).toEqual({ ok: true, data: MARK })
    expect(await gateway.probe()).toMatchObject({ ok: true })
    expect(trap.caught).toHaveLength(0)
  })

  test('a process started with every such variable trusts and reaches what is configured, and nothing else', async () => {
    const trap = await trapProxy()
    const right = await serve(answerXml(goodReply))
    const wrong = await serve(answerXml(goodReply), foreignAuthority.issue({ san: 'DNS:localhost', days: 30 }))
    const old = await serve(answerXml(goodReply), onlyTls11)
    const env = {
      ...process.env,
      ...trap.variables,
      NODE_USE_ENV_PROXY: '1',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      NODE_EXTRA_CA_CERTS: foreignAuthority.file,
      NODE_OPTIONS: '--tls-min-v1.0 --tls-cipher-list=ALL:@SECLEVEL=0',
    }
    const script = fileURLToPath(new URL('../../support/send-one-message.ts', import.meta.url))
    const send = async (url: string) => {
      const { stdout } = await promisify(execFile)(process.execPath, [script, url, authority.file], { env })
      return JSON.parse(stdout)
    }
    const refused = { ok: false, failure: { code: 'gateway.tls-untrusted' }, mayHaveArrived: false }
    expect(await send(right.url)).toEqual({ ok: true, data: MARK })
    expect(await send(wrong.url)).toMatchObject(refused)
    expect(await send(old.url)).toMatchObject(refused)
    expect([right, wrong, old].map(({ received }) => received.length)).toEqual([1, 0, 0])
    expect(trap.caught).toHaveLength(0)
  })
})

describe('a probe', () => {
  test('reaches a trusted gateway and sends it nothing', async () => {
    const { url, received } = await serve(answerXml(goodReply))
    expect(await gatewayTo(url).probe()).toEqual({ ok: true, value: undefined })
    expect(received).toHaveLength(0)
  })

  test('does not trust another authority', async () => {
    const { url } = await serve(answerXml(goodReply))
    const gateway = gatewayTo(url, { authorityPem: foreignAuthority.pem })
    expect(await gateway.probe()).toMatchObject({ ok: false, failure: { code: 'gateway.tls-untrusted' } })
  })

  test('does not trust another host', async () => {
    const { port } = await serve(answerXml(goodReply))
    expect(await gatewayTo(`https://127.0.0.1:${port}/`).probe()).toMatchObject({
      ok: false,
      failure: { code: 'gateway.tls-untrusted', detail: '127.0.0.1 ERR_TLS_CERT_ALTNAME_INVALID' },
    })
  })

  test('finds nobody', async () => {
    const { url, server } = await serve(answerXml(goodReply))
    server.close()
    await once(server, 'close')
    expect(await gatewayTo(url).probe()).toMatchObject({ ok: false, failure: { code: 'gateway.unreachable' } })
  })

  test('does not wait for ever', async () => {
    const port = await listen(createTcpServer(() => {}))
    const gateway = gatewayTo(`https://localhost:${port}/`, { deadlineMs: SHORT_DEADLINE })
    expect(await gateway.probe()).toMatchObject({ ok: false, failure: { code: 'gateway.timeout' } })
  })
})

test('closing drops the kept connection', async () => {
  const { url, received } = await serve(answerXml(goodReply))
  const gateway = gatewayTo(url)
  await gateway.send(message)
  const socket = received[0]?.request.socket
  if (socket === undefined) throw new Error('nothing received')
  gateway.close()
  await once(socket, 'close')
})

function doctypeBomb(): string {
  const entities = Array.from({ length: 20 }, (_, index) => `<!ENTITY e${index + 1} "&e${index};&e${index};">`).join('')
  return `<!DOCTYPE a [<!ENTITY e0 "${MARK}">${entities}]><a>&e20;</a>`
}

function cutShort(response: ServerResponse): void {
  response.writeHead(200, { ...xml, 'Content-Length': String(Buffer.byteLength(goodReply)) })
  response.write(goodReply.slice(0, 100), () => response.destroy())
}

function cutShortInChunks(response: ServerResponse): void {
  response.writeHead(200, xml)
  response.write(goodReply, () => response.destroy())
}

import { readFileSync } from 'node:fs'
import { createServer, request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listPeople, type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { timesIssued } from '../../support/issued-passwords.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { createTlsKeys } from '../../support/tls-keys.ts'
import { issueInput, openTrainingWorkstation, operator } from '../../support/training-workstation.ts'

/** What of a repeat is the same octets, and what is not, seen on the wire behind TLS (docs/adr: the envelope of a repeat). */
const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
const keys = createTlsKeys()
let stand: Stand
beforeAll(async () => {
  stand = await startStand({ dataDir: standData })
})
afterAll(async () => {
  await stand.close()
  keys.remove()
  temp.remove()
})

/** Ends TLS, writes down each message and hands it on; the first that asks for a password never arrives. */
async function startRecorder() {
  const authority = keys.newAuthority()
  const messages: string[] = []
  let dropped = false
  const server = createServer(authority.issue({ san: 'IP:127.0.0.1', days: 5 }), (incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      messages.push(body.toString('utf8'))
      if (!dropped) {
        dropped = true
        incoming.socket.destroy()
        return
      }
      const { url, method, headers } = incoming
      const ca = readFileSync(stand.tlsAuthorityFile)
      const onward = httpsRequest(
        new URL(url ?? '', stand.gatewayUrl),
        { method: method ?? 'POST', headers: { ...headers, host: new URL(stand.gatewayUrl).host }, ca, agent: false },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(outgoing)
        },
      )
      onward.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, authority, messages, server }
}

const bodyOf = (message: string): string => /<soapenv:Body[\s\S]*<\/soapenv:Body>/.exec(message)?.[0] ?? ''
const dataOf = (message: string): string => /<data [^>]*>([\s\S]*)<\/data>/.exec(message)?.[1] ?? ''

const transports = process.env['ARM_TEST_LONG'] === '1' ? (['wsse', 'none'] as const) : (['wsse'] as const)

test.each(transports)('a repeat with transport %s', async (transport) => {
  const recorder = await startRecorder()
  const { workstation } = await openTrainingWorkstation({
    stand,
    dataDir: path.join(temp.path, transport),
    profile: { form: 'xmldsig', algorithm: 'gost2015', transport, timestamp: false },
    change: (document) => ({
      ...document,
      gateway: {
        ...document.gateway,
        url: document.gateway.url.replace(/:\d+\//, `:${recorder.port}/`),
        authority: recorder.authority.file,
      },
    }),
  })
  const people = await listPeople({ dataDir: standData })
  const iin = people.find((person) => person.expect.outcome === 'issued')?.iin ?? ''
  const issued = await workstation.issueCredentials(issueInput(iin))
  if (!issued.ok || issued.value.outcome !== 'unknown') throw new Error(JSON.stringify(issued))
  const input = { requestId: issued.value.requestId, operator, onStep: () => undefined }
  expect(await workstation.resolveRequest.resolve(input)).toMatchObject({ value: { outcome: 'not-received' } })
  expect(await workstation.resolveRequest.repeat(input)).toMatchObject({ value: { outcome: 'issued' } })
  expect(timesIssued(standData, iin)).toBe(1)

  const [first = '', second = '', ...others] = recorder.messages.filter((message) =>
    message.includes(`<messageId>${input.requestId}</messageId>`),
  )
  expect(others).toEqual([])
  expect(dataOf(first).length).toBeGreaterThan(500)
  // What the portal sees and binds to the request's number: every octet.
  expect(dataOf(second)).toBe(dataOf(first))
  const withoutId = (message: string): string => bodyOf(message).replace(/wsu:Id="[^"]*"/, 'wsu:Id=""')
  expect(withoutId(second)).toBe(withoutId(first))
  if (transport === 'none') expect(second).toBe(first)
  else {
    // The gateway's signature is made anew over the same message.
    expect(second).not.toBe(first)
    expect(second).toContain('<wsse:Security')
  }
  await workstation.close()
  recorder.server.closeAllConnections()
  recorder.server.close()
})

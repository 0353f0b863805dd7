import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkstationPorts } from '../../../src/main/compose.ts'
import type { Gateway } from '../../../src/main/ports/gateway.ts'
import { portalMessages } from '../../../src/shared/domain/reference-data.ts'
import { type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { issueInput, openTrainingWorkstation, type TestWorkstation } from '../../support/training-workstation.ts'

/**
 * A portal made of OpenSSL and text: neither our verifier nor the stand's code judges the workstation's signature or
 * signs the reply here.
 */
const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
const iin = '910101300019'
let stand: Stand
let open: TestWorkstation
/** Changes the DER of a reply on its way back. */
let tamper: (der: Buffer) => Buffer
let verifiedRequests: string[]

beforeAll(async () => {
  stand = await startStand({ dataDir: standData })
  open = await openTrainingWorkstation({
    stand,
    dataDir: path.join(temp.path, 'data'),
    profile: { form: 'cms', algorithm: 'rsa', transport: 'none', timestamp: false },
    change: (document) => ({ ...document, passwordDelivery: 'plain' }),
    wrap: (ports): WorkstationPorts => ({ ...ports, gateway: { ...ports.gateway, ...opensslPortal() } }),
  })
})
afterAll(async () => {
  await open.workstation.close()
  await stand.close()
  temp.remove()
})

function opensslPortal(): Gateway {
  return {
    async send({ data }) {
      const request = inTemp('request.der', Buffer.from(data, 'base64'))
      // Exits with an error, and so fails the test, where the workstation's CMS is wrong.
      const document = execFileSync(
        'openssl',
        [
          ...['cms', '-verify', '-cades', '-inform', 'DER', '-in', request, '-purpose', 'any'],
          ...['-CAfile', path.join(stand.trustDir, 'root.pem'), '-certfile', stand.portalCertificateFile],
        ],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      ).toString('utf8')
      verifiedRequests.push(document)
      const element = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(document)?.[1] ?? ''
      const reply = [
        '<registrationReply xmlns="urn:arm-tson:registration:v1">',
        `<requestId>${element('requestId')}</requestId><nonce>${element('nonce')}</nonce>`,
        `<repliedAt>${new Date().toISOString()}</repliedAt><iin>${element('iin')}</iin>`,
        `<accountIssued><action>created</action><login>${element('iin')}</login>`,
        `<plainPassword>aB3$efgh1jkl</plainPassword><message>${portalMessages.registered.replaceAll('"', '&quot;')}</message>`,
        '</accountIssued></registrationReply>',
      ].join('')
      const signed = execFileSync('openssl', [
        ...['cms', '-sign', '-cades', '-binary', '-nodetach', '-outform', 'DER', '-md', 'sha256'],
        ...['-in', inTemp('reply.xml', Buffer.from(reply)), '-signer', stand.portalCertificateFile],
        ...[
          '-inkey',
          path.join(standData, 'authority', 'signers', 'portal.key'),
          '-certfile',
          path.join(stand.intermediatesDir, 'issuing.pem'),
        ],
      ])
      return { ok: true, data: tamper(signed).toString('base64') }
    },
    probe: async () => ({ ok: true, value: undefined }),
    close: () => undefined,
  }
}

function inTemp(name: string, bytes: Buffer): string {
  const file = path.join(temp.path, `${randomUUID()}-${name}`)
  writeFileSync(file, bytes)
  return file
}

test("OpenSSL verifies the workstation's request, and the workstation accepts OpenSSL's reply", async () => {
  tamper = (der) => der
  verifiedRequests = []
  const issued = await open.workstation.issueCredentials(issueInput(iin))
  expect(issued).toMatchObject({ ok: true, value: { outcome: 'issued', message: portalMessages.registered } })
  expect(verifiedRequests).toHaveLength(1)
  execFileSync(
    'xmllint',
    [
      ...['--noout', '--schema', path.resolve(import.meta.dirname, '../../../resources/xsd/registration-v1.xsd')],
      inTemp('request.xml', Buffer.from(verifiedRequests[0] ?? '')),
    ],
    { stdio: 'ignore' },
  )
})

test("OpenSSL's reply, altered in one byte, is refused", async () => {
  verifiedRequests = []
  // A byte of the content, of the signature at the end, and of what lies between.
  for (const position of [0.12, 0.3, 0.5, 0.7, 0.9, 0.999]) {
    tamper = (der) => {
      const altered = Buffer.from(der)
      const at = Math.floor(der.length * position)
      altered[at] = (altered[at] ?? 0) ^ 0x01
      return altered
    }
    const issued = await open.workstation.issueCredentials(issueInput(iin))
    expect(issued, String(position)).toMatchObject({ ok: true, value: { outcome: 'unknown' } })
  }
})

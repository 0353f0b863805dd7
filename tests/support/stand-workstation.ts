import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { OutgoingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { dirname, join } from 'node:path'
import { trainingKeyPin } from '../../src/shared/domain/training.ts'
import type { Stand } from '../../src/stand/start-stand.ts'
import { makeTempDir } from './temp-dir.ts'

/** A workstation made of OpenSSL and node:https alone: it shares no code with the product and none with the stand. */

/** Runs OpenSSL and returns its standard output. Throws with its messages where it fails. */
export function openssl(args: readonly string[], input?: Uint8Array): Buffer {
  return execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** A key file opened by OpenSSL: PEM files of the certificate, the key and the rest of the chain. */
export interface SigningKey {
  readonly certificate: string
  readonly privateKey: string
  readonly chain: string
}

/** @param folder where the PEM files go. */
export function openKeyFile(p12: string, folder: string): SigningKey {
  const part = (name: string, ...selection: readonly string[]): string => {
    const file = join(folder, `${randomUUID()}-${name}.pem`)
    const pin = `pass:${trainingKeyPin}`
    writeFileSync(file, openssl(['pkcs12', '-in', p12, '-passin', pin, '-nodes', ...selection]), { mode: 0o600 })
    return file
  }
  return {
    certificate: part('certificate', '-clcerts', '-nokeys'),
    privateKey: part('key', '-nocerts'),
    chain: part('chain', '-cacerts', '-nokeys'),
  }
}

/** The key file of one of the authority's other workstation keys. */
export function keyFileBeside(stand: Stand, name: string): string {
  return join(dirname(stand.workstationKeyFile), `${name}.p12`)
}

/** @returns attached CAdES-BES, DER. */
export function signCades(content: string | Buffer, key: SigningKey, ...more: readonly string[]): Buffer {
  const args = ['cms', '-sign', '-cades', '-binary', '-nodetach', '-outform', 'DER', '-md', 'sha256']
  const who = ['-signer', key.certificate, '-inkey', key.privateKey]
  return openssl([...args, ...who, ...more], Buffer.from(content))
}

/**
 * @returns the content that the portal's certificate signed, as OpenSSL verified it.
 * @throws where OpenSSL refuses, or where somebody else signed.
 */
export function verifyReply(reply: Buffer, stand: Stand): string {
  const temp = makeTempDir()
  try {
    const signer = join(temp.path, 'signer.pem')
    const trust = ['-CAfile', join(stand.trustDir, 'root.pem'), '-purpose', 'any']
    const content = openssl(
      ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-signer', signer, ...trust],
      reply,
    )
    if (fingerprint(signer) !== fingerprint(stand.portalCertificateFile)) {
      throw new Error('signed by somebody else')
    }
    return content.toString('utf8')
  } finally {
    temp.remove()
  }
}

function fingerprint(pemFile: string): string {
  return new X509Certificate(readFileSync(pemFile)).fingerprint256
}

export interface RequestFields {
  readonly requestId?: string
  readonly nonce?: string
  readonly createdAt?: Date
  readonly iin: string
  readonly operation?: string
}

export const checkOperation = '<checkRegistration/>'

/** `registrationRequest` as text. */
export function requestDocument(fields: RequestFields): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<registrationRequest xmlns="urn:arm-tson:registration:v1">',
    `<requestId>${fields.requestId ?? randomUUID()}</requestId>`,
    `<nonce>${fields.nonce ?? randomBytes(32).toString('base64')}</nonce>`,
    `<createdAt>${(fields.createdAt ?? new Date()).toISOString()}</createdAt>`,
    '<workstation>TEST-01</workstation><operator>operator</operator>',
    `<iin>${fields.iin}</iin>${fields.operation ?? checkOperation}</registrationRequest>`,
  ].join('')
}

/** SendMessage as ШЭП's schema has it. */
export function soapMessage(data: string, changes: Readonly<Record<string, string>> = {}): string {
  const info = {
    messageId: randomUUID(),
    serviceId: 'TRAINING-REGISTRATION',
    messageDate: new Date().toISOString(),
    senderId: 'TEST-01',
    type: 'xs:string',
    operation: 'SendMessage',
    header: '',
    more: '',
    ...changes,
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:typ="http://bip.bee.kz/SyncChannel/v10/Types" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  ${info.header}
  <soapenv:Body>
    <typ:${info.operation}>
      <request>
        <requestInfo>
          <messageId>${info.messageId}</messageId>
          <serviceId>${info.serviceId}</serviceId>
          <messageDate>${info.messageDate}</messageDate>
          <sender><senderId>${info.senderId}</senderId></sender>
          ${info.more}
        </requestInfo>
        <requestData><data xsi:type="${info.type}">${data}</data></requestData>
      </request>
    </typ:${info.operation}>
  </soapenv:Body>
</soapenv:Envelope>`
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** One HTTPS exchange in which only the stand's authority is trusted. */
export function exchange(
  url: string,
  stand: Stand,
  options: { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer; timeoutMs?: number } = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      url,
      {
        method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
        ca: readFileSync(stand.tlsAuthorityFile),
        agent: false,
        servername: 'localhost',
        headers: options.headers ?? {},
        ...(options.timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(options.timeoutMs) }),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        )
      },
    )
    request.on('error', reject)
    request.end(options.body)
  })
}

export function sendSoap(stand: Stand, envelope: string | Buffer, timeoutMs?: number): Promise<HttpAnswer> {
  return exchange(stand.gatewayUrl, stand, {
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body: envelope,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
}

/** What came back in `data`, DER. Throws where the gateway did not answer SCSS001. */
export function replyOf(answer: HttpAnswer): Buffer {
  const envelope = answer.body.toString('utf8')
  if (answer.status !== 200 || elementText(envelope, 'code') !== 'SCSS001') throw new Error(`no reply: ${envelope}`)
  return Buffer.from(elementText(envelope, 'data') ?? '', 'base64')
}

/** Signs a document, sends it and returns the verified reply's text. */
export async function askPortal(stand: Stand, key: SigningKey, document: string): Promise<string> {
  const data = signCades(document, key).toString('base64')
  return verifyReply(replyOf(await sendSoap(stand, soapMessage(data))), stand)
}

/** Text of the first element of a name, whatever its prefix; enough for documents whose form was validated. */
export function elementText(document: string, name: string): string | undefined {
  const text = new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)<`).exec(document)?.[1]
  return text?.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

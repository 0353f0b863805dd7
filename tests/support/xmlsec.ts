import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestCertificate, toPem } from './pki-certificate.ts'

/** Says in a skipped test why it was skipped. */
export const xmlsecMissing = spawnSync('xmlsec1', ['--version']).error !== undefined

/** Attributes that xmlsec1 takes for identifiers: of the Body, and of the token. */
const IDS = [
  '--id-attr:Id',
  'http://schemas.xmlsoap.org/soap/envelope/:Body',
  '--id-attr:Id',
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd:BinarySecurityToken',
] as const

export interface Xmlsec {
  /** Whether xmlsec1 verifies a document's first signature; of the path it is not asked. */
  readonly accepts: (document: string | Uint8Array) => boolean
  /** What xmlsec1 says of a refused document. */
  readonly complaint: (document: string | Uint8Array) => string
  /** Fills in the signature template of a document. */
  readonly sign: (template: string, ...options: readonly string[]) => Buffer
  readonly remove: () => void
}

/**
 * xmlsec1 with one RSA key and its certificate.
 * @param options.certificateFromSettings takes the certificate from a file, as wsse needs it, not from KeyInfo.
 */
export function createXmlsec(options: {
  readonly signer: TestCertificate
  readonly certificateFromSettings?: boolean
}): Xmlsec {
  const { signer } = options
  const folder = mkdtempSync(path.join(tmpdir(), 'arm-xmlsec-'))
  const file = (name: string, content: string | Uint8Array) => {
    const place = path.join(folder, name)
    writeFileSync(place, content)
    return place
  }
  const certificate = file('certificate.pem', toPem('CERTIFICATE', signer.der))
  const key = file('key.pem', signer.keys.privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const known = options.certificateFromSettings === true ? ['--pubkey-cert-pem', certificate] : []
  const verify = (document: string | Uint8Array) =>
    spawnSync('xmlsec1', ['--verify', '--insecure', ...IDS, ...known, file('judged.xml', document)], {
      encoding: 'utf8',
    })
  return {
    accepts: (document) => verify(document).status === 0,
    complaint: (document) => verify(document).stderr,
    sign(template, ...more) {
      const output = path.join(folder, 'signed.xml')
      const args = ['--sign', ...IDS, '--privkey-pem', `${key},${certificate}`, ...more, '--output', output]
      const { status, stderr } = spawnSync('xmlsec1', [...args, file('template.xml', template)], { encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      return readFileSync(output)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

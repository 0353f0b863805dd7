import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestCertificate, toPem } from './pki-certificate.ts'

/** A folder for OpenSSL to work in. */
export interface OpensslFolder {
  readonly file: (name: string, content?: string | Uint8Array) => string
  readonly certificateFile: (name: string, certificates: readonly TestCertificate[]) => string
  readonly keyFile: (name: string, certificate: TestCertificate) => string
  /** @returns stdout. @throws where OpenSSL refuses. */
  readonly openssl: (...args: readonly string[]) => Buffer
  readonly opensslAccepts: (...args: readonly string[]) => boolean
  readonly remove: () => void
}

export function createOpensslFolder(): OpensslFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'arm-cms-'))
  const file = (name: string, content?: string | Uint8Array) => {
    const place = path.join(folder, name)
    if (content !== undefined) writeFileSync(place, content)
    return place
  }
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  return {
    file,
    openssl,
    certificateFile: (name, certificates) =>
      file(name, certificates.map((item) => toPem('CERTIFICATE', item.der)).join('')),
    keyFile: (name, { keys }) => file(name, keys.privateKey.export({ format: 'pem', type: 'pkcs8' })),
    opensslAccepts: (...args) => {
      try {
        openssl(...args)
        return true
      } catch {
        return false
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

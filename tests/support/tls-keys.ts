import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TlsKey {
  readonly key: Buffer
  readonly cert: Buffer
}

export interface TlsAuthority {
  readonly pem: string
  /** Of the PEM file, for environment variables that want one. */
  readonly file: string
  /** @param options.san as OpenSSL writes it, e.g. `DNS:localhost`; @param options.days of validity from now. */
  issue(options: { readonly san: string; readonly days: number }): TlsKey
}

/** Certification authorities for TLS tests, made by OpenSSL in a folder of their own. */
export function createTlsKeys(): { newAuthority(): TlsAuthority; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'))
  let count = 0

  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const newKey = (name: string) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`)

  const newAuthority = (): TlsAuthority => {
    count += 1
    const name = `ca${count}`
    newKey(name)
    openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      `${name}.key`,
      '-subj',
      `/CN=Test ${name}`,
      '-days',
      '30',
      '-out',
      `${name}.pem`,
    )
    return {
      pem: readFileSync(join(folder, `${name}.pem`), 'utf8'),
      file: join(folder, `${name}.pem`),
      issue: ({ san, days }) => {
        count += 1
        const leaf = `leaf${count}`
        newKey(leaf)
        writeFileSync(join(folder, `${leaf}.ext`), `subjectAltName=${san}\nbasicConstraints=CA:FALSE\n`)
        openssl('req', '-new', '-key', `${leaf}.key`, '-subj', '/CN=gateway', '-out', `${leaf}.csr`)
        const signer = ['-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-set_serial', String(count)]
        openssl(
          'x509',
          '-req',
          '-in',
          `${leaf}.csr`,
          ...signer,
          '-days',
          String(days),
          '-extfile',
          `${leaf}.ext`,
          '-out',
          `${leaf}.pem`,
        )
        return { key: readFileSync(join(folder, `${leaf}.key`)), cert: readFileSync(join(folder, `${leaf}.pem`)) }
      },
    }
  }

  return { newAuthority, remove: () => rmSync(folder, { recursive: true }) }
}

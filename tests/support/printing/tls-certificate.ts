import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { makeTempDir } from '../temp-dir.ts'

/** A self-signed certificate, as printers make for themselves. @param name a host or an address. */
export function makeCertificate(name: string): { readonly key: string; readonly cert: string } {
  const temp = makeTempDir()
  try {
    const [key, cert] = [path.join(temp.path, 'key.pem'), path.join(temp.path, 'cert.pem')]
    const alternative = /^[0-9.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${alternative}`]
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', ['req', '-x509', ...made, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    temp.remove()
  }
}

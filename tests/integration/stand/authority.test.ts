import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { iinCheckDigit } from '../../../src/shared/domain/iin.ts'
import { trainingKeyPin } from '../../../src/shared/domain/training.ts'
import { workstationKeys } from '../../../src/stand/certification-authority/authority-files.ts'
import { openAuthority } from '../../../src/stand/certification-authority/open-authority.ts'
import { openKeyFile, openssl } from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const temp = makeTempDir()
const servicesBase = 'http://127.0.0.1:47480'
let files: Awaited<ReturnType<typeof openAuthority>>
beforeAll(async () => {
  files = await openAuthority({ dataDir: join(temp.path, 'stand'), now: new Date(), servicesBase })
})
afterAll(() => temp.remove())

const verify = (...certificates: readonly string[]): Buffer =>
  openssl(['verify', '-x509_strict', '-CAfile', files.root, '-untrusted', files.issuing, ...certificates])
const text = (certificate: string): string =>
  openssl(['x509', '-in', certificate, '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus']).toString()

describe('certificates, judged by OpenSSL', () => {
  test('the chain of each valid certificate is right under strict rules', () => {
    const workstation = openKeyFile(files.key('workstation'), temp.path).certificate
    expect(() =>
      verify(files.portalCertificate, files.certificate('other-signer', 'rsa'), files.tlsChain, workstation),
    ).not.toThrow()
  })

  test('the expired one fails by its date alone', () => {
    const { certificate } = openKeyFile(files.key('workstation-expired'), temp.path)
    expect(() => verify(certificate)).toThrow(/certificate has expired/)
    expect(() => verify('-no_check_time', certificate)).not.toThrow()
  })

  test('the foreign one has the names of ours and another root', () => {
    const foreign = openKeyFile(files.key('foreign'), temp.path)
    const ours = openKeyFile(files.key('workstation'), temp.path)
    expect(() => verify(foreign.certificate)).toThrow()
    const names = (file: string): readonly string[] => {
      const { subject, issuer } = new X509Certificate(readFileSync(file))
      return [subject, issuer]
    }
    expect(names(foreign.certificate)).toEqual(names(ours.certificate))
  })

  test('the revoked one, and no other, is in the revocation list', () => {
    const list = ['-crl_check', '-CRLfile', pemList()]
    const key = (name: Parameters<typeof files.key>[0]): string => openKeyFile(files.key(name), temp.path).certificate
    expect(() => verify(...list, key('workstation-revoked'))).toThrow(/certificate revoked/)
    expect(() => verify(...list, key('workstation'), files.portalCertificate)).not.toThrow()
  })

  test('a signing certificate has НУЦ’s profile of an information system', () => {
    const printed = text(files.portalCertificate)
    expect(printed).toMatch(/Subject: UID=1\.2\.398\.6\.10\.1\.1,CN=ИС "[^"]+",C=KZ,O=[^,]+,OU=BIN[0-9]{12}\n/)
    expect(printed).toMatch(/X509v3 Key Usage: critical\s+Digital Signature, Non Repudiation\n/)
    expect(printed).toMatch(/X509v3 Extended Key Usage: \s+1\.2\.398\.3\.3\.4\.1\.2, 1\.2\.398\.3\.3\.4\.1\.2\.6\n/)
    expect(printed).toMatch(/Policy: 1\.2\.398\.3\.3\.2\n/)
    expect(printed).toMatch(/Public-Key: \(2048 bit\)/)
    expect(printed.match(/Signature Algorithm: sha256WithRSAEncryption/g)).toHaveLength(2)
    const bin = /BIN([0-9]{12})/.exec(printed)?.[1] ?? ''
    expect(iinCheckDigit(bin.slice(0, 11))).toBe(Number(bin[11]))
  })

  test('the issuing authority may issue no further authority', () => {
    expect(text(files.issuing)).toMatch(/X509v3 Basic Constraints: critical\s+CA:TRUE, pathlen:0\n/)
    expect(text(files.issuing)).toMatch(/X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/)
  })

  test('the key that is not for signing lacks nonRepudiation', () => {
    const { certificate } = openKeyFile(files.key('workstation-not-for-signing'), temp.path)
    expect(text(certificate)).toMatch(/X509v3 Key Usage: critical\s+Digital Signature, Key Encipherment\n/)
  })

  test('the TLS certificate names this machine only', () => {
    expect(new X509Certificate(readFileSync(files.tlsChain)).subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    )
  })

  test('serial numbers are positive, 20 octets and never the same', () => {
    const certificates = [
      files.root,
      files.issuing,
      files.portalCertificate,
      files.certificate('other-signer', 'rsa'),
      files.tlsChain,
    ]
    const serials = certificates.map((file) => new X509Certificate(readFileSync(file)).serialNumber)
    expect(new Set(serials).size).toBe(serials.length)
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{39}$/)
  })
})

describe('key files', () => {
  test.each(workstationKeys)('%s.p12 is PBES2 with AES-256 and a MAC by SHA-256, and holds its chain', (name) => {
    const pin = `pass:${trainingKeyPin}`
    // OpenSSL prints how the file is protected on its standard error.
    const script = 'openssl pkcs12 -info -in "$1" -passin "$2" -nokeys 2>&1'
    const printed = shell(script, files.key(name), pin)
    expect(printed).toMatch(/MAC: sha256/)
    expect(printed.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 2048, PRF hmacWithSHA256/g)).toHaveLength(2)
    expect(printed.match(/BEGIN CERTIFICATE/g)).toHaveLength(3)
    const opened = openKeyFile(files.key(name), temp.path)
    const certificate = new X509Certificate(readFileSync(opened.certificate))
    expect(openssl(['pkey', '-in', opened.privateKey, '-pubout']).toString()).toBe(
      certificate.publicKey.export({ format: 'pem', type: 'spki' }),
    )
  })

  test.skipIf(process.platform === 'win32')('private keys are readable by their owner only', () => {
    const keys = [files.keysDir, files.signersDir, files.authorityKeysDir].flatMap((folder) =>
      readdirSync(folder).map((name) => join(folder, name)),
    )
    expect(keys.length).toBe(14 + 8 + 4)
    for (const file of [files.tlsKey, ...keys]) {
      expect(statSync(file).mode & 0o077).toBe(0)
    }
  })
})

describe('the folder', () => {
  test('opened again is the same authority', async () => {
    const before = readFileSync(files.root)
    const again = await openAuthority({ dataDir: join(temp.path, 'stand'), now: new Date(), servicesBase })
    expect(readFileSync(again.root)).toEqual(before)
  })

  test('opened first by several at once is one authority, and no draft is left', async () => {
    const dataDir = join(temp.path, 'contested')
    const opened = await Promise.all(
      Array.from({ length: 3 }, () => openAuthority({ dataDir, now: new Date(), servicesBase })),
    )
    const roots = opened.map(({ root }) => readFileSync(root, 'utf8'))
    expect(new Set(roots).size).toBe(1)
    expect(readdirSync(dataDir)).toEqual(['authority'])
    expect(() =>
      openssl([
        'verify',
        '-CAfile',
        opened[0]?.root ?? '',
        '-untrusted',
        opened[1]?.issuing ?? '',
        opened[2]?.portalCertificate ?? '',
      ]),
    ).not.toThrow()
  })

  test('that cannot be written is an error, not a stand', async () => {
    await expect(
      openAuthority({ dataDir: join(files.root, 'below-a-file'), now: new Date(), servicesBase }),
    ).rejects.toThrow()
  })
})

function pemList(): string {
  const file = join(dirname(files.issuingRevocationList), 'issuing.pem')
  openssl(['crl', '-inform', 'DER', '-in', files.issuingRevocationList, '-out', file])
  return file
}

function shell(script: string, ...args: readonly string[]): string {
  return execFileSync('sh', ['-c', script, 'sh', ...args]).toString()
}

import { X509Certificate } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Certificate } from 'pkijs'
import type { KeyAlgorithm } from '../crypto/signature-suites.ts'
import { importSigningKey, type SigningKey } from '../crypto/signing-key.ts'
import type { AuthorityFiles, StandSigner } from './authority-files.ts'
import type { Issuer } from './issue-certificate.ts'

/** The authority of one algorithm, its keys in memory. */
export interface AuthorityBranch {
  readonly algorithm: KeyAlgorithm
  readonly root: Issuer
  readonly issuing: Issuer
  readonly signers: Readonly<Record<StandSigner, Issuer>>
  /** Whether the issuing authority ever gave out a certificate of this serial number. */
  isIssued(serialNumber: Uint8Array): boolean
}

export async function readAuthorityBranch(files: AuthorityFiles, algorithm: KeyAlgorithm): Promise<AuthorityBranch> {
  const signer = async (name: StandSigner): Promise<Issuer> =>
    readIssuer(files.certificate(name, algorithm), files.signerKey(name, algorithm), algorithm)
  const [root, issuing, portal, other, ocsp, tsa, issued] = await Promise.all([
    readIssuer(files.rootOf(algorithm), files.rootKey(algorithm), algorithm),
    readIssuer(files.issuingOf(algorithm), files.issuingKey(algorithm), algorithm),
    signer('portal'),
    signer('other-signer'),
    signer('ocsp'),
    signer('tsa'),
    issuedSerialNumbers(files, algorithm),
  ])
  return {
    algorithm,
    root,
    issuing,
    signers: { portal, 'other-signer': other, ocsp, tsa },
    isIssued: (serialNumber) => issued.has(Buffer.from(serialNumber).toString('hex')),
  }
}

export async function readCertificate(path: string): Promise<Certificate> {
  return Certificate.fromBER(new X509Certificate(await readFile(path)).raw)
}

async function readIssuer(certificate: string, keyFile: string, algorithm: KeyAlgorithm): Promise<Issuer> {
  return { certificate: await readCertificate(certificate), key: await readKey(keyFile, algorithm) }
}

async function readKey(path: string, algorithm: KeyAlgorithm): Promise<SigningKey> {
  const pkcs8 = await readFile(path)
  try {
    return importSigningKey(algorithm, pkcs8)
  } finally {
    pkcs8.fill(0)
  }
}

/** The serial numbers of all certificates in the folder, which belong to the algorithm by their files' names. */
async function issuedSerialNumbers(files: AuthorityFiles, algorithm: KeyAlgorithm): Promise<ReadonlySet<string>> {
  const names = (await readdir(files.certificatesDir)).filter(
    (name) => name.endsWith('-gost.pem') === (algorithm === 'gost2015'),
  )
  const pems = await Promise.all(names.map((name) => readFile(join(files.certificatesDir, name))))
  return new Set(pems.map((pem) => new X509Certificate(pem).serialNumber.toLowerCase()))
}

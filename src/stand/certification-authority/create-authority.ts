import type { webcrypto } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Certificate, CryptoEngine, Extension, RelativeDistinguishedNames } from 'pkijs'
import { trainingKeyPin } from '../../shared/domain/training.ts'
import { type AuthorityFiles, authorityFiles, type WorkstationKey } from './authority-files.ts'
import {
  basicConstraints,
  certificatePolicies,
  extendedKeyUsage,
  type KeyUsageBit,
  keyUsage,
  subjectAltName,
} from './certificate-extensions.ts'
import { createPkcs12 } from './create-pkcs12.ts'
import { createCryptoEngine } from './crypto-engine.ts'
import { distinguishedName, informationSystemName } from './distinguished-name.ts'
import { certificatesPem, type Issuer, issueCertificate, type Validity } from './issue-certificate.ts'
import { issueRevocationList } from './issue-revocation-list.ts'
import { nucProfile } from './nuc-profile.ts'
import { exportPkcs8, generateRsaKeyPair } from './rsa-key-pair.ts'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000
/** A workstation's clock may be behind the authority's. */
const CLOCK_SKEW_MS = 30 * 60 * 1000

const SIGNING: readonly KeyUsageBit[] = ['digitalSignature', 'nonRepudiation']
const AUTHENTICATION: readonly KeyUsageBit[] = ['digitalSignature', 'keyEncipherment']
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

/** A certificate with its keys and the certificates above it. */
interface Holder {
  readonly certificate: Certificate
  readonly keys: webcrypto.CryptoKeyPair
  readonly chain: readonly [Certificate, ...Certificate[]]
}

interface Authority {
  readonly root: Issuer
  readonly issuing: Issuer
}

/**
 * Makes a certification authority and everything it issues, in a new folder. The authority's own private keys are
 * forgotten at the end: what the stand needs for three years exists then.
 */
export async function createAuthority(options: { readonly folder: string; readonly now: Date }): Promise<void> {
  const engine = createCryptoEngine()
  const files = authorityFiles(options.folder)
  const leafValidity = period({ now: options.now, sinceMs: CLOCK_SKEW_MS, untilMs: 3 * YEAR_MS })
  const pastValidity = period({ now: options.now, sinceMs: 2 * YEAR_MS, untilMs: -YEAR_MS })
  const workstationName = informationSystemName({
    system: 'АРМ ЦОН (учебный)',
    organization: 'НАО "Учебный центр обслуживания"',
    elevenDigits: '16044000001',
  })
  const portalName = informationSystemName({
    system: 'Портал электронного правительства (учебный)',
    organization: 'АО "Учебный оператор портала"',
    elevenDigits: '08034000002',
  })
  const otherName = informationSystemName({
    system: 'Другая система (учебная)',
    organization: 'АО "Учебный оператор портала"',
    elevenDigits: '08034000002',
  })

  const [own, foreign] = await Promise.all([createIssuers(engine, options.now), createIssuers(engine, options.now)])
  const signer = (authority: Authority, subject: RelativeDistinguishedNames, details: Partial<LeafDetails> = {}) =>
    issueLeaf({
      engine,
      authority,
      subject,
      validity: leafValidity,
      extensions: informationSystemExtensions(SIGNING),
      ...details,
    })
  const [workstation, expired, revoked, notForSigning, stranger, portal, otherSigner, server] = await Promise.all([
    signer(own, workstationName),
    signer(own, workstationName, { validity: pastValidity }),
    signer(own, workstationName),
    signer(own, workstationName, { extensions: informationSystemExtensions(AUTHENTICATION) }),
    signer(foreign, workstationName),
    signer(own, portalName),
    signer(own, otherName),
    signer(own, serverName(), { extensions: serverExtensions() }),
  ])

  const { notBefore: thisUpdate, notAfter: nextUpdate } = leafValidity
  const [issuingList, rootList] = await Promise.all([
    issueRevocationList({ engine, issuer: own.issuing, revoked: [revoked.certificate], thisUpdate, nextUpdate }),
    issueRevocationList({ engine, issuer: own.root, revoked: [], thisUpdate, nextUpdate }),
  ])

  await makeFolders(files)
  const keyFile = (name: WorkstationKey, holder: Holder) =>
    writeKeyFile({ engine, path: files.key(name), name, holder })
  await Promise.all([
    writeFile(files.root, certificatesPem(own.root.certificate)),
    writeFile(files.issuing, certificatesPem(own.issuing.certificate)),
    writeFile(files.issuingRevocationList, issuingList),
    writeFile(files.rootRevocationList, rootList),
    writeFile(files.portalCertificate, certificatesPem(portal.certificate)),
    writePrivateKey(files.portalKey, portal),
    writeFile(files.otherSignerCertificate, certificatesPem(otherSigner.certificate)),
    writePrivateKey(files.otherSignerKey, otherSigner),
    writeFile(files.tlsChain, certificatesPem(server.certificate, own.issuing.certificate)),
    writePrivateKey(files.tlsKey, server),
    keyFile('workstation', workstation),
    keyFile('workstation-expired', expired),
    keyFile('workstation-revoked', revoked),
    keyFile('workstation-not-for-signing', notForSigning),
    keyFile('foreign', stranger),
  ])
}

/** A root and an issuing authority under it. The names are always the same: the keys tell authorities apart. */
async function createIssuers(engine: CryptoEngine, now: Date): Promise<Authority> {
  const [rootKeys, issuingKeys] = await Promise.all([generateRsaKeyPair(), generateRsaKeyPair()])
  const root = await issueCertificate({
    engine,
    subject: distinguishedName([
      ['CN', 'УЧЕБНЫЙ КОРНЕВОЙ УДОСТОВЕРЯЮЩИЙ ЦЕНТР (RSA)'],
      ['C', 'KZ'],
    ]),
    subjectKeys: rootKeys,
    validity: period({ now, sinceMs: 5 * YEAR_MS, untilMs: 10 * YEAR_MS }),
    extensions: [basicConstraints({}), keyUsage(['keyCertSign', 'cRLSign'])],
  })
  const rootIssuer = { certificate: root, privateKey: rootKeys.privateKey }
  const issuing = await issueCertificate({
    engine,
    subject: distinguishedName([
      ['CN', 'УЧЕБНЫЙ УДОСТОВЕРЯЮЩИЙ ЦЕНТР (RSA)'],
      ['C', 'KZ'],
    ]),
    subjectKeys: issuingKeys,
    issuer: rootIssuer,
    validity: period({ now, sinceMs: 3 * YEAR_MS, untilMs: 5 * YEAR_MS }),
    extensions: [basicConstraints({ pathLength: 0 }), keyUsage(['keyCertSign', 'cRLSign'])],
  })
  return { root: rootIssuer, issuing: { certificate: issuing, privateKey: issuingKeys.privateKey } }
}

interface LeafDetails {
  readonly validity: Validity
  readonly extensions: readonly Extension[]
}

async function issueLeaf(
  options: LeafDetails & {
    readonly engine: CryptoEngine
    readonly authority: Authority
    readonly subject: RelativeDistinguishedNames
  },
): Promise<Holder> {
  const keys = await generateRsaKeyPair()
  const { root, issuing } = options.authority
  const certificate = await issueCertificate({ ...options, subjectKeys: keys, issuer: issuing })
  return { certificate, keys, chain: [certificate, issuing.certificate, root.certificate] }
}

function informationSystemExtensions(usage: readonly KeyUsageBit[]): readonly Extension[] {
  return [
    keyUsage(usage),
    extendedKeyUsage([nucProfile.legalEntityPurpose, nucProfile.informationSystemPurpose]),
    certificatePolicies([nucProfile.signingPolicy]),
  ]
}

function serverName(): RelativeDistinguishedNames {
  return distinguishedName([
    ['CN', 'localhost'],
    ['C', 'KZ'],
    ['O', 'АО "Учебный оператор портала"'],
  ])
}

function serverExtensions(): readonly Extension[] {
  const ipv6Loopback = new Uint8Array(16)
  ipv6Loopback[15] = 1
  return [
    keyUsage(AUTHENTICATION),
    extendedKeyUsage([SERVER_AUTH]),
    subjectAltName({ dnsNames: ['localhost'], addresses: [Uint8Array.of(127, 0, 0, 1), ipv6Loopback] }),
  ]
}

function period(options: { readonly now: Date; readonly sinceMs: number; readonly untilMs: number }): Validity {
  return {
    notBefore: new Date(options.now.getTime() - options.sinceMs),
    notAfter: new Date(options.now.getTime() + options.untilMs),
  }
}

async function makeFolders(files: AuthorityFiles): Promise<void> {
  const folders = [
    files.trustDir,
    files.intermediatesDir,
    files.revocationListsDir,
    dirname(files.portalKey),
    dirname(files.tlsKey),
    files.keysDir,
  ]
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })))
}

async function writePrivateKey(path: string, holder: Holder): Promise<void> {
  const pkcs8 = await exportPkcs8(holder.keys.privateKey)
  await writeFile(path, pkcs8, { mode: 0o600 })
  pkcs8.fill(0)
}

async function writeKeyFile(options: {
  readonly engine: CryptoEngine
  readonly path: string
  readonly name: WorkstationKey
  readonly holder: Holder
}): Promise<void> {
  const pkcs8 = await exportPkcs8(options.holder.keys.privateKey)
  const pfx = await createPkcs12({
    engine: options.engine,
    pkcs8,
    chain: options.holder.chain,
    friendlyName: options.name,
    pin: trainingKeyPin,
  })
  pkcs8.fill(0)
  await writeFile(options.path, pfx, { mode: 0o600 })
}

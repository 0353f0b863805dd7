import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Sequence } from 'asn1js'
import type { Certificate } from 'pkijs'
import { trainingAccounts, trainingIins, trainingKeyPin } from '../../shared/domain/training.ts'
import { type KeyAlgorithm, keyAlgorithms } from '../crypto/signature-suites.ts'
import { generateSigningKey, type SigningKey } from '../crypto/signing-key.ts'
import { authorityForm, writeAuthorityDescription } from './authority-description.ts'
import {
  type AuthorityFiles,
  authorityFiles,
  type PersonKey,
  personKeys,
  type StandSigner,
  type Subscriber,
  standSigners,
  type WorkstationKey,
  workstationKeys,
} from './authority-files.ts'
import {
  authorityInformationAccess,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoint,
  type ExtensionNode,
  extendedKeyUsage,
  freshestCrl,
  type KeyUsageBit,
  keyUsage,
  ocspNoCheck,
  subjectAltName,
} from './certificate-extensions.ts'
import { createPkcs12 } from './create-pkcs12.ts'
import { createCryptoEngine } from './crypto-engine.ts'
import { distinguishedName, informationSystemName, personName } from './distinguished-name.ts'
import { certificatesPem, type Issuer, issueCertificate, serialNumberOf, type Validity } from './issue-certificate.ts'
import { issueRevocationList } from './issue-revocation-list.ts'
import { nucProfile } from './nuc-profile.ts'
import { createRevocationBook } from './revocation-book.ts'
import { servicePaths } from './service-urls.ts'

const HOUR_MS = 60 * 60 * 1000
const YEAR_MS = 365 * 24 * HOUR_MS
/** A workstation's clock may be behind the authority's. */
const CLOCK_SKEW_MS = HOUR_MS / 2

const AUTHENTICATION: readonly KeyUsageBit[] = ['digitalSignature', 'keyEncipherment']
const PURPOSES = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocsp: '1.3.6.1.5.5.7.3.9',
} as const
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4'

const ALGORITHM_NAMES: Readonly<Record<KeyAlgorithm, string>> = { rsa: 'RSA', gost2015: 'GOST' }

/** A certificate with its key and the certificates above it. */
interface Holder {
  readonly certificate: Certificate
  readonly key: SigningKey
  readonly chain: readonly [Certificate, ...Certificate[]]
}

interface Authority {
  readonly algorithm: KeyAlgorithm
  readonly root: Issuer
  readonly issuing: Issuer
}

/** What stands in a certificate besides its issuer. */
interface Profile {
  readonly subject: Sequence
  readonly extensions: readonly ExtensionNode[]
  readonly validity?: Validity
  /** The addresses of revocation services; a responder and a TLS server have none. */
  readonly revocable?: boolean
}

/**
 * Makes a certification authority and everything it issues, in a new folder: once in RSA, once in ГОСТ. The
 * authorities' own keys stay in the folder, for lists and answers, and to issue later.
 * @param options.servicesBase `http://host:port` of the authority's services, as it will stand in certificates.
 */
export async function createAuthority(options: {
  readonly folder: string
  readonly now: Date
  readonly servicesBase: string
}): Promise<void> {
  const files = authorityFiles(options.folder)
  await makeFolders(files)
  await Promise.all(keyAlgorithms.map((algorithm) => createBranch({ ...options, files, algorithm })))
  await writeAuthorityDescription(files, { form: authorityForm, servicesBase: options.servicesBase })
}

/** Everything of one algorithm. */
async function createBranch(options: {
  readonly algorithm: KeyAlgorithm
  readonly files: AuthorityFiles
  readonly now: Date
  readonly servicesBase: string
}): Promise<void> {
  const { algorithm, files, now, servicesBase } = options
  const [own, foreign] = await Promise.all([createIssuers(options), createIssuers(options)])
  const valid = period({ now, sinceMs: CLOCK_SKEW_MS, untilMs: 3 * YEAR_MS })
  const past = period({ now, sinceMs: 2 * YEAR_MS, untilMs: -YEAR_MS })
  const issue = (authority: Authority, profile: Profile, key: SigningKey): Holder => {
    const { root, issuing } = authority
    const services = profile.revocable === false ? [] : serviceExtensions(algorithm, servicesBase)
    const extensions = [...profile.extensions, ...services]
    const certificate = issueCertificate({ validity: valid, ...profile, extensions, key, issuer: issuing })
    return { certificate, key, chain: [certificate, issuing.certificate, root.certificate] }
  }

  const workstation = workstationProfile(algorithm)
  // The keys that are refused anyway share one: RSA keys are what a first start waits for.
  const [workstationKey, refusedKey, ...otherKeys] = await Promise.all(
    Array.from({ length: 2 + personKeys.length + standSigners.length }, () => generateSigningKey(algorithm)),
  )
  if (workstationKey === undefined || refusedKey === undefined) throw new Error('no keys were made')
  const keyFiles: Record<WorkstationKey | PersonKey, Holder> = {
    workstation: issue(own, workstation, workstationKey),
    'workstation-expired': issue(own, { ...workstation, validity: past }, refusedKey),
    'workstation-revoked': issue(own, workstation, refusedKey),
    'workstation-not-for-signing': issue(
      own,
      { ...workstation, extensions: informationSystemExtensions(AUTHENTICATION) },
      refusedKey,
    ),
    foreign: issue(foreign, workstation, refusedKey),
    operator: issue(own, personProfile('operator'), take(otherKeys)),
    supervisor: issue(own, personProfile('supervisor'), take(otherKeys)),
  }
  const signers: Record<StandSigner, Holder> = {
    portal: issue(own, portalProfile(algorithm), take(otherKeys)),
    'other-signer': issue(own, otherSignerProfile(algorithm), take(otherKeys)),
    ocsp: issue(own, responderProfile(algorithm), take(otherKeys)),
    tsa: issue(own, timestampAuthorityProfile(algorithm), take(otherKeys)),
  }

  const revoked = {
    serialNumber: serialNumberOf(keyFiles['workstation-revoked'].certificate),
    revokedAt: valid.notBefore,
    reason: 'keyCompromise',
  } as const
  const { notBefore: thisUpdate, notAfter: nextUpdate } = valid
  await Promise.all([
    createRevocationBook({ folder: files.revocationsDir }).revoke(revoked),
    writeFile(
      files.issuingRevocationListOf(algorithm),
      issueRevocationList({ issuer: own.issuing, revoked: [revoked], thisUpdate, nextUpdate }),
    ),
    writeFile(
      files.rootRevocationListOf(algorithm),
      issueRevocationList({ issuer: own.root, revoked: [], thisUpdate, nextUpdate }),
    ),
    writeFile(files.rootOf(algorithm), certificatesPem(own.root.certificate)),
    writeFile(files.issuingOf(algorithm), certificatesPem(own.issuing.certificate)),
    writePrivateKey(files.rootKey(algorithm), own.root.key),
    writePrivateKey(files.issuingKey(algorithm), own.issuing.key),
    writeFile(files.portalCertificateOf(algorithm), certificatesPem(signers.portal.certificate)),
    ...standSigners.flatMap((name) => [
      writeFile(files.certificate(name, algorithm), certificatesPem(signers[name].certificate)),
      writePrivateKey(files.signerKey(name, algorithm), signers[name].key),
    ]),
    ...[...workstationKeys, ...personKeys].flatMap((name) => [
      writeKeyFile({ path: files.key(name, algorithm), name, holder: keyFiles[name] }),
      ...(name === 'foreign'
        ? []
        : [writeFile(files.certificate(name, algorithm), certificatesPem(keyFiles[name].certificate))]),
    ]),
    ...(algorithm === 'rsa'
      ? [writeTlsFiles(files, issue(own, serverProfile(), await generateSigningKey('rsa')))]
      : []),
  ])
}

function take(keys: SigningKey[]): SigningKey {
  const key = keys.pop()
  if (key === undefined) throw new Error('too few keys were made')
  return key
}

/** A root and an issuing authority under it. The names are always the same: the keys tell authorities apart. */
async function createIssuers(options: {
  readonly algorithm: KeyAlgorithm
  readonly now: Date
  readonly servicesBase: string
}): Promise<Authority> {
  const { algorithm, now, servicesBase } = options
  const [rootKey, issuingKey] = await Promise.all([generateSigningKey(algorithm), generateSigningKey(algorithm)])
  const root = issueCertificate({
    subject: authorityName('УЧЕБНЫЙ КОРНЕВОЙ УДОСТОВЕРЯЮЩИЙ ЦЕНТР', algorithm),
    key: rootKey,
    validity: period({ now, sinceMs: 5 * YEAR_MS, untilMs: 10 * YEAR_MS }),
    extensions: [basicConstraints({}), keyUsage(['keyCertSign', 'cRLSign'])],
  })
  const rootIssuer = { certificate: root, key: rootKey }
  const issuing = issueCertificate({
    subject: authorityName('УЧЕБНЫЙ УДОСТОВЕРЯЮЩИЙ ЦЕНТР', algorithm),
    key: issuingKey,
    issuer: rootIssuer,
    validity: period({ now, sinceMs: 3 * YEAR_MS, untilMs: 5 * YEAR_MS }),
    extensions: [
      basicConstraints({ pathLength: 0 }),
      keyUsage(['keyCertSign', 'cRLSign']),
      crlDistributionPoint(servicesBase + servicePaths.rootRevocationList(algorithm)),
      authorityInformationAccess({ issuerUrl: servicesBase + servicePaths.rootCertificate(algorithm) }),
    ],
  })
  return { algorithm, root: rootIssuer, issuing: { certificate: issuing, key: issuingKey } }
}

function authorityName(name: string, algorithm: KeyAlgorithm): Sequence {
  return distinguishedName([
    ['CN', `${name} (${ALGORITHM_NAMES[algorithm]})`],
    ['C', 'KZ'],
  ])
}

/** НУЦ's signing certificates of ГОСТ keys carry keyAgreement besides. */
function signingUsage(algorithm: KeyAlgorithm): readonly KeyUsageBit[] {
  return ['digitalSignature', 'nonRepudiation', ...(algorithm === 'gost2015' ? (['keyAgreement'] as const) : [])]
}

/** Where the certificate's status is to be asked, as in НУЦ's certificates. */
function serviceExtensions(algorithm: KeyAlgorithm, base: string): readonly ExtensionNode[] {
  return [
    authorityInformationAccess({
      ocspUrl: base + servicePaths.ocsp,
      issuerUrl: base + servicePaths.issuingCertificate(algorithm),
    }),
    crlDistributionPoint(base + servicePaths.revocationList(algorithm)),
    freshestCrl(base + servicePaths.deltaRevocationList(algorithm)),
  ]
}

function informationSystemExtensions(usage: readonly KeyUsageBit[]): readonly ExtensionNode[] {
  return [
    keyUsage(usage),
    extendedKeyUsage([nucProfile.legalEntityPurpose, nucProfile.informationSystemPurpose]),
    certificatePolicies([nucProfile.signingPolicy]),
  ]
}

function workstationProfile(algorithm: KeyAlgorithm): Profile {
  const subject = informationSystemName({
    system: 'АРМ ЦОН (учебный)',
    organization: 'НАО "Учебный центр обслуживания"',
    elevenDigits: '16044000001',
  })
  return { subject, extensions: informationSystemExtensions(signingUsage(algorithm)) }
}

function portalProfile(algorithm: KeyAlgorithm): Profile {
  const subject = informationSystemName({
    system: 'Портал электронного правительства (учебный)',
    organization: 'АО "Учебный оператор портала"',
    elevenDigits: '08034000002',
  })
  return { subject, extensions: informationSystemExtensions(signingUsage(algorithm)) }
}

function otherSignerProfile(algorithm: KeyAlgorithm): Profile {
  const subject = informationSystemName({
    system: 'Другая система (учебная)',
    organization: 'АО "Учебный оператор портала"',
    elevenDigits: '08034000002',
  })
  return { subject, extensions: informationSystemExtensions(signingUsage(algorithm)) }
}

/** The key with which a person signs in: for authentication. */
function personProfile(person: PersonKey): Profile {
  const account = trainingAccounts.find(({ login }) => login === person)
  if (account === undefined) throw new Error(`no training account ${person}`)
  return {
    subject: personName({ name: account.name, iin: trainingIins[person] }),
    extensions: [
      keyUsage(AUTHENTICATION),
      extendedKeyUsage([EMAIL_PROTECTION, nucProfile.personPurpose]),
      certificatePolicies([nucProfile.signingPolicy]),
    ],
  }
}

function serviceName(name: string): Sequence {
  return distinguishedName([
    ['CN', name],
    ['C', 'KZ'],
    ['O', 'УЧЕБНЫЙ УДОСТОВЕРЯЮЩИЙ ЦЕНТР'],
  ])
}

function responderProfile(_algorithm: KeyAlgorithm): Profile {
  return {
    subject: serviceName('OCSP RESPONDER'),
    extensions: [keyUsage(['digitalSignature']), ocspNoCheck(), extendedKeyUsage([PURPOSES.ocsp])],
    revocable: false,
  }
}

function timestampAuthorityProfile(_algorithm: KeyAlgorithm): Profile {
  return {
    subject: serviceName('TIMESTAMP AUTHORITY'),
    extensions: [
      keyUsage(['digitalSignature', 'nonRepudiation']),
      extendedKeyUsage([PURPOSES.timeStamping], { critical: true }),
      certificatePolicies([nucProfile.timestampPolicy]),
    ],
  }
}

function serverProfile(): Profile {
  const ipv6Loopback = new Uint8Array(16)
  ipv6Loopback[15] = 1
  return {
    subject: distinguishedName([
      ['CN', 'localhost'],
      ['C', 'KZ'],
      ['O', 'АО "Учебный оператор портала"'],
    ]),
    extensions: [
      keyUsage(AUTHENTICATION),
      extendedKeyUsage([PURPOSES.serverAuth]),
      subjectAltName({ dnsNames: ['localhost'], addresses: [Uint8Array.of(127, 0, 0, 1), ipv6Loopback] }),
    ],
    // A TLS client that was told of a list would have to fetch it.
    revocable: false,
  }
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
    files.authorityKeysDir,
    files.certificatesDir,
    files.revocationsDir,
    files.revocationListsDir,
    files.portalCertificatesDir,
    files.signersDir,
    dirname(files.tlsKey),
    files.keysDir,
  ]
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })))
}

async function writeTlsFiles(files: AuthorityFiles, server: Holder): Promise<void> {
  const [certificate, issuing] = server.chain
  await Promise.all([
    writeFile(files.tlsChain, certificatesPem(certificate, ...(issuing === undefined ? [] : [issuing]))),
    writeFile(files.certificate('tls' satisfies Subscriber, 'rsa'), certificatesPem(certificate)),
    writePrivateKey(files.tlsKey, server.key),
  ])
}

async function writePrivateKey(path: string, key: SigningKey): Promise<void> {
  const pkcs8 = key.toPkcs8()
  await writeFile(path, pkcs8, { mode: 0o600 })
  pkcs8.fill(0)
}

async function writeKeyFile(options: {
  readonly path: string
  readonly name: WorkstationKey | PersonKey
  readonly holder: Holder
}): Promise<void> {
  const pkcs8 = options.holder.key.toPkcs8()
  const pfx = await createPkcs12({
    engine: createCryptoEngine(),
    pkcs8,
    chain: options.holder.chain,
    friendlyName: options.name,
    pin: trainingKeyPin,
  })
  pkcs8.fill(0)
  await writeFile(options.path, pfx, { mode: 0o600 })
}

import { join } from 'node:path'
import type { KeyAlgorithm } from '../crypto/signature-suites.ts'

/** The key files that the authority makes for workstations: the right one, and one for each way to be refused. */
export const workstationKeys = [
  'workstation',
  'workstation-expired',
  'workstation-revoked',
  'workstation-not-for-signing',
  'foreign',
] as const
export type WorkstationKey = (typeof workstationKeys)[number]

/** People who work at the training counter and may sign in with their own ЭЦП. */
export const personKeys = ['operator', 'supervisor'] as const
export type PersonKey = (typeof personKeys)[number]

/** Who signs inside the stand: the portal, somebody else of the same authority, the OCSP responder, the TSA. */
export const standSigners = ['portal', 'other-signer', 'ocsp', 'tsa'] as const
export type StandSigner = (typeof standSigners)[number]

/** Whatever has a certificate of the issuing authorities. */
export type Subscriber = Exclude<WorkstationKey, 'foreign'> | PersonKey | StandSigner | 'tls'
export const subscribers: readonly Subscriber[] = [
  ...workstationKeys.filter((name) => name !== 'foreign'),
  ...personKeys,
  ...standSigners,
  'tls',
]

/** Where the authority keeps what it made. Private keys outside `keys` are PKCS#8, DER. */
export function authorityFiles(folder: string) {
  const named = (subfolder: string, name: string, algorithm: KeyAlgorithm, extension: string): string =>
    join(folder, subfolder, `${name}${algorithm === 'rsa' ? '' : '-gost'}.${extension}`)
  return {
    trustDir: join(folder, 'trust'),
    root: join(folder, 'trust', 'root.pem'),
    rootOf: (algorithm: KeyAlgorithm): string => named('trust', 'root', algorithm, 'pem'),
    intermediatesDir: join(folder, 'intermediates'),
    issuing: join(folder, 'intermediates', 'issuing.pem'),
    issuingOf: (algorithm: KeyAlgorithm): string => named('intermediates', 'issuing', algorithm, 'pem'),
    /** Keys of the authorities themselves. */
    authorityKeysDir: join(folder, 'authority-keys'),
    rootKey: (algorithm: KeyAlgorithm): string => named('authority-keys', 'root', algorithm, 'key'),
    issuingKey: (algorithm: KeyAlgorithm): string => named('authority-keys', 'issuing', algorithm, 'key'),
    /** Every certificate that the issuing authorities have given out, PEM. */
    certificatesDir: join(folder, 'certificates'),
    certificate: (name: Subscriber, algorithm: KeyAlgorithm): string => named('certificates', name, algorithm, 'pem'),
    /** Who was revoked when, one record a serial number. */
    revocationsDir: join(folder, 'revocations'),
    /** Revocation lists as of the making of the authority, for tools without the network. */
    revocationListsDir: join(folder, 'crl'),
    issuingRevocationList: join(folder, 'crl', 'issuing.crl'),
    issuingRevocationListOf: (algorithm: KeyAlgorithm): string => named('crl', 'issuing', algorithm, 'crl'),
    rootRevocationListOf: (algorithm: KeyAlgorithm): string => named('crl', 'root', algorithm, 'crl'),
    /** The portal's certificates alone: what a workstation is told to expect. */
    portalCertificatesDir: join(folder, 'portal-certificates'),
    portalCertificate: join(folder, 'portal-certificates', 'portal.pem'),
    portalCertificateOf: (algorithm: KeyAlgorithm): string => named('portal-certificates', 'portal', algorithm, 'pem'),
    signersDir: join(folder, 'signers'),
    signerKey: (name: StandSigner, algorithm: KeyAlgorithm): string => named('signers', name, algorithm, 'key'),
    /** The server's certificate and the issuing authority's, as a TLS server sends them. */
    tlsChain: join(folder, 'tls', 'server.pem'),
    tlsKey: join(folder, 'tls', 'server.key'),
    keysDir: join(folder, 'keys'),
    key: (name: WorkstationKey | PersonKey, algorithm: KeyAlgorithm = 'rsa'): string =>
      named('keys', name, algorithm, 'p12'),
    /** What the authority was made with: its form's version and where its services were to be found. */
    description: join(folder, 'authority.json'),
  } as const
}

export type AuthorityFiles = ReturnType<typeof authorityFiles>

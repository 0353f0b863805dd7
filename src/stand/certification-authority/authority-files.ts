import { join } from 'node:path'

/** The key files that the authority makes for workstations: the right one, and one for each way to be refused. */
export const workstationKeys = [
  'workstation',
  'workstation-expired',
  'workstation-revoked',
  'workstation-not-for-signing',
  'foreign',
] as const
export type WorkstationKey = (typeof workstationKeys)[number]

/** Where the authority keeps what it made. Private keys of the portal and the TLS server are PKCS#8, DER. */
export function authorityFiles(folder: string) {
  return {
    trustDir: join(folder, 'trust'),
    root: join(folder, 'trust', 'root.pem'),
    intermediatesDir: join(folder, 'intermediates'),
    issuing: join(folder, 'intermediates', 'issuing.pem'),
    revocationListsDir: join(folder, 'crl'),
    issuingRevocationList: join(folder, 'crl', 'issuing.crl'),
    rootRevocationList: join(folder, 'crl', 'root.crl'),
    portalCertificate: join(folder, 'portal', 'portal.pem'),
    portalKey: join(folder, 'portal', 'portal.key'),
    otherSignerCertificate: join(folder, 'portal', 'other-signer.pem'),
    otherSignerKey: join(folder, 'portal', 'other-signer.key'),
    /** The server's certificate and the issuing authority's, as a TLS server sends them. */
    tlsChain: join(folder, 'tls', 'server.pem'),
    tlsKey: join(folder, 'tls', 'server.key'),
    keysDir: join(folder, 'keys'),
    key: (name: WorkstationKey): string => join(folder, 'keys', `${name}.p12`),
  } as const
}

export type AuthorityFiles = ReturnType<typeof authorityFiles>

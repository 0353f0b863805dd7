import type { KeyAlgorithm } from '../crypto/signature-suites.ts'

/** Paths of the authority's services, with names like those of НУЦ. */
export const servicePaths = {
  ocsp: '/ocsp',
  timestamps: (algorithm: KeyAlgorithm) => `/tsp/${algorithm}`,
  revocationList: (algorithm: KeyAlgorithm) => `/crl/nca_${algorithm}.crl`,
  deltaRevocationList: (algorithm: KeyAlgorithm) => `/crl/nca_d_${algorithm}.crl`,
  rootRevocationList: (algorithm: KeyAlgorithm) => `/crl/root_${algorithm}.crl`,
  issuingCertificate: (algorithm: KeyAlgorithm) => `/cert/nca_${algorithm}.cer`,
  rootCertificate: (algorithm: KeyAlgorithm) => `/cert/root_${algorithm}.cer`,
} as const

/** Addresses of the services of a running stand, plain HTTP. */
export interface ServiceUrls {
  /** OCSP, RFC 6960; for certificates of both issuing authorities. */
  readonly ocspUrl: string
  /** RFC 3161, by the algorithm of the token's signature. */
  readonly timestampUrls: Readonly<Record<KeyAlgorithm, string>>
  /** The full list and the delta of each issuing authority. */
  readonly revocationListUrls: Readonly<Record<KeyAlgorithm, { readonly base: string; readonly delta: string }>>
  readonly rootRevocationListUrls: Readonly<Record<KeyAlgorithm, string>>
}

/** @param base `http://host:port`. */
export function serviceUrls(base: string): ServiceUrls {
  const both = <T>(of: (algorithm: KeyAlgorithm) => T): Record<KeyAlgorithm, T> => ({
    rsa: of('rsa'),
    gost2015: of('gost2015'),
  })
  return {
    ocspUrl: base + servicePaths.ocsp,
    timestampUrls: both((algorithm) => base + servicePaths.timestamps(algorithm)),
    revocationListUrls: both((algorithm) => ({
      base: base + servicePaths.revocationList(algorithm),
      delta: base + servicePaths.deltaRevocationList(algorithm),
    })),
    rootRevocationListUrls: both((algorithm) => base + servicePaths.rootRevocationList(algorithm)),
  }
}

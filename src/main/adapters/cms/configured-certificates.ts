import { type Certificate, parseCertificate } from '../x509/certificate.ts'

/** Certificates that the settings' loader has already read. @throws where one is no certificate: that is a bug there. */
export function configuredCertificates(files: readonly Uint8Array[]): readonly Certificate[] {
  return files.map((der) => {
    const certificate = parseCertificate(Uint8Array.from(der))
    if (certificate === undefined) throw new Error('a configured certificate is not DER')
    return certificate
  })
}

import { randomBytes, type webcrypto } from 'node:crypto'
import { Integer } from 'asn1js'
import { Certificate, type CryptoEngine, type Extension, type RelativeDistinguishedNames, Time } from 'pkijs'
import { authorityKeyIdentifier, subjectKeyIdentifier } from './certificate-extensions.ts'

export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

/** Who signs certificates and revocation lists. */
export interface Issuer {
  readonly certificate: Certificate
  readonly privateKey: webcrypto.CryptoKey
}

/**
 * Signs a certificate with SHA-256.
 * @param options.issuer absent for a root, which signs itself with `subjectKeys`.
 * @param options.extensions besides the key identifiers, which every certificate gets.
 */
export async function issueCertificate(options: {
  readonly engine: CryptoEngine
  readonly subject: RelativeDistinguishedNames
  readonly subjectKeys: webcrypto.CryptoKeyPair
  readonly issuer?: Issuer
  readonly validity: Validity
  readonly extensions: readonly Extension[]
}): Promise<Certificate> {
  const certificate = new Certificate()
  const issuer = options.issuer ?? { certificate, privateKey: options.subjectKeys.privateKey }
  certificate.version = 2
  certificate.serialNumber = new Integer({ valueHex: randomSerialNumber() })
  certificate.subject = options.subject
  certificate.issuer = options.issuer?.certificate.subject ?? options.subject
  certificate.notBefore = new Time({ type: 0, value: options.validity.notBefore })
  certificate.notAfter = new Time({ type: 0, value: options.validity.notAfter })
  await certificate.subjectPublicKeyInfo.importKey(options.subjectKeys.publicKey, options.engine)
  certificate.extensions = [
    ...options.extensions,
    subjectKeyIdentifier(certificate),
    authorityKeyIdentifier(issuer.certificate),
  ]
  await certificate.sign(issuer.privateKey, 'SHA-256', options.engine)
  return certificate
}

/** @returns the certificate's DER, with the very bytes that were signed. */
export function certificateDer(certificate: Certificate): Buffer {
  return Buffer.from(certificate.toSchema().toBER(false))
}

/** @returns the certificates as PEM, in the given order. */
export function certificatesPem(...certificates: readonly Certificate[]): string {
  return certificates
    .map((certificate) => {
      const lines =
        certificateDer(certificate)
          .toString('base64')
          .match(/.{1,64}/g) ?? []
      return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
    })
    .join('')
}

/** 20 octets, positive, the first one never zero: RFC 5280, section 4.1.2.2. */
function randomSerialNumber(): ArrayBuffer {
  const serial = new Uint8Array(randomBytes(20))
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial.buffer
}

import { randomBytes } from 'node:crypto'
import type { AsnType, Sequence } from 'asn1js'
import { Certificate } from 'pkijs'
import {
  bitString,
  copy,
  decoded,
  encode,
  integer,
  nullValue,
  objectIdentifier,
  sequence,
  tagged,
  time,
} from '../asn1/der.ts'
import type { SignatureSuite } from '../crypto/signature-suites.ts'
import type { SigningKey } from '../crypto/signing-key.ts'
import { authorityKeyIdentifier, type ExtensionNode, subjectKeyIdentifier } from './certificate-extensions.ts'

export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

/** Who signs certificates, revocation lists and answers. */
export interface Issuer {
  readonly certificate: Certificate
  readonly key: SigningKey
}

/**
 * Signs a certificate with the issuer's algorithm.
 * @param options.issuer absent for a root, which signs itself with `key`.
 * @param options.key the subject's.
 * @param options.extensions besides the key identifiers, which every certificate gets.
 */
export function issueCertificate(options: {
  readonly subject: Sequence
  readonly key: SigningKey
  readonly issuer?: Issuer
  readonly validity: Validity
  readonly extensions: readonly ExtensionNode[]
}): Certificate {
  const { key, validity } = options
  const issuerKey = options.issuer?.key ?? key
  const extensions = [
    ...options.extensions,
    subjectKeyIdentifier(key.publicKeyInfo),
    authorityKeyIdentifier(issuerKey.publicKeyInfo),
  ]
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(randomSerialNumber()),
    signatureAlgorithm(issuerKey.suite),
    options.issuer === undefined ? options.subject : subjectOf(options.issuer.certificate),
    sequence(time(validity.notBefore), time(validity.notAfter)),
    options.subject,
    decoded(key.publicKeyInfo),
    tagged(3, sequence(...extensions)),
  )
  return Certificate.fromBER(copy(signed(tbs, issuerKey)))
}

/** SEQUENCE { what is signed, algorithm, signature }: the form of certificates, lists and OCSP answers, DER. */
export function signed(tbs: AsnType, key: SigningKey, ...more: readonly AsnType[]): Buffer {
  const der = encode(tbs)
  return encode(sequence(decoded(der), signatureAlgorithm(key.suite), bitString(key.sign(der)), ...more))
}

/** НУЦ writes a NULL as parameters for ГОСТ too. */
export function signatureAlgorithm({ signatureOid }: SignatureSuite): Sequence {
  return sequence(objectIdentifier(signatureOid), nullValue())
}

export function subjectOf(certificate: Certificate): AsnType {
  return decoded(Buffer.from(certificate.subject.valueBeforeDecode))
}

/** The subject's SubjectPublicKeyInfo, DER. */
export function publicKeyInfoOf(certificate: Certificate): Buffer {
  return Buffer.from(certificate.subjectPublicKeyInfo.toSchema().toBER(false))
}

/** @returns the serial number's content octets. */
export function serialNumberOf(certificate: Certificate): Buffer {
  return Buffer.from(certificate.serialNumber.valueBlock.valueHexView)
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
export function randomSerialNumber(): Buffer {
  const serial = randomBytes(20)
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0)
  return serial
}

import { createHash } from 'node:crypto'
import { Constructed, Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import type { Certificate } from '../x509/certificate.ts'
import { NONCE } from './ocsp-response.ts'
import { publicKeyBits } from './public-key-bits.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'

/** A request as it is sent, and what the response's nonce extension must then hold. */
export interface OcspRequest {
  /** OCSPRequest, DER. */
  readonly der: Uint8Array
  readonly nonceExtension: Uint8Array
}

/**
 * Asks about one certificate (RFC 6960, 4.1): CertID with SHA-256, as НУЦ's responders expect, and a nonce (RFC 8954).
 * @param options.issuer the certificate whose key signed `certificate`.
 */
export function encodeOcspRequest(options: {
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly nonce: Uint8Array
}): OcspRequest {
  const { certificate, issuer } = options
  const hashed = (data: Uint8Array) => octets(createHash('sha256').update(data).digest())
  const certId = new Sequence({
    value: [
      new Sequence({ value: [new ObjectIdentifier({ value: SHA256 }), new Null()] }),
      hashed(certificate.issuer.der),
      hashed(publicKeyBits(issuer)),
      new Integer({ valueHex: Uint8Array.from(certificate.serialNumber) }),
    ],
  })
  const nonceExtension = new Uint8Array(octets(options.nonce).toBER())
  const extension = new Sequence({ value: [new ObjectIdentifier({ value: NONCE }), octets(nonceExtension)] })
  const extensions = new Constructed({
    idBlock: { tagClass: 3, tagNumber: 2 },
    value: [new Sequence({ value: [extension] })],
  })
  const list = new Sequence({ value: [new Sequence({ value: [certId] })] })
  const request = new Sequence({ value: [new Sequence({ value: [list, extensions] })] })
  return { der: new Uint8Array(request.toBER()), nonceExtension }
}

function octets(value: Uint8Array): OctetString {
  return new OctetString({ valueHex: Uint8Array.from(value) })
}

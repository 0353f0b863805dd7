import { createHash } from 'node:crypto'
import { BitString, OctetString } from 'asn1js'
import {
  AltName,
  AuthorityKeyIdentifier,
  BasicConstraints,
  type Certificate,
  CertificatePolicies,
  Extension,
  ExtKeyUsage,
  GeneralName,
  PolicyInformation,
} from 'pkijs'

/** Bits of KeyUsage, RFC 5280, section 4.2.1.3. */
const KEY_USAGE_BITS = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyEncipherment: 0x20,
  keyCertSign: 0x04,
  cRLSign: 0x02,
} as const
export type KeyUsageBit = keyof typeof KEY_USAGE_BITS

export function keyUsage(bits: readonly KeyUsageBit[]): Extension {
  const octet = bits.reduce((sum, bit) => sum | KEY_USAGE_BITS[bit], 0)
  // DER drops the trailing zero bits of a named bit list.
  const unusedBits = Math.log2(octet & -octet)
  const value = new BitString({ valueHex: Uint8Array.of(octet).buffer, unusedBits })
  return new Extension({ extnID: '2.5.29.15', critical: true, extnValue: value.toBER(false) })
}

export function basicConstraints(options: { readonly pathLength?: number }): Extension {
  const value = new BasicConstraints({
    cA: true,
    ...(options.pathLength === undefined ? {} : { pathLenConstraint: options.pathLength }),
  })
  return new Extension({ extnID: '2.5.29.19', critical: true, extnValue: value.toSchema().toBER(false) })
}

export function extendedKeyUsage(purposes: readonly string[]): Extension {
  const value = new ExtKeyUsage({ keyPurposes: [...purposes] })
  return new Extension({ extnID: '2.5.29.37', critical: false, extnValue: value.toSchema().toBER(false) })
}

export function certificatePolicies(policies: readonly string[]): Extension {
  const value = new CertificatePolicies({
    certificatePolicies: policies.map((policyIdentifier) => new PolicyInformation({ policyIdentifier })),
  })
  return new Extension({ extnID: '2.5.29.32', critical: false, extnValue: value.toSchema().toBER(false) })
}

/** DNS names and IP addresses (4 or 16 octets) of a TLS server. */
export function subjectAltName(options: {
  readonly dnsNames: readonly string[]
  readonly addresses: readonly Uint8Array<ArrayBuffer>[]
}): Extension {
  const value = new AltName({
    altNames: [
      ...options.dnsNames.map((name) => new GeneralName({ type: 2, value: name })),
      ...options.addresses.map(
        (address) => new GeneralName({ type: 7, value: new OctetString({ valueHex: address.buffer }) }),
      ),
    ],
  })
  return new Extension({ extnID: '2.5.29.17', critical: false, extnValue: value.toSchema().toBER(false) })
}

export function subjectKeyIdentifier(subject: Certificate): Extension {
  const value = new OctetString({ valueHex: keyIdentifier(subject) })
  return new Extension({ extnID: '2.5.29.14', critical: false, extnValue: value.toBER(false) })
}

export function authorityKeyIdentifier(issuer: Certificate): Extension {
  const value = new AuthorityKeyIdentifier({ keyIdentifier: new OctetString({ valueHex: keyIdentifier(issuer) }) })
  return new Extension({ extnID: '2.5.29.35', critical: false, extnValue: value.toSchema().toBER(false) })
}

/** RFC 7093, method 1: the leftmost 160 bits of SHA-256 over the public key's bits. */
function keyIdentifier(certificate: Certificate): ArrayBuffer {
  const publicKey = certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView
  return new Uint8Array(createHash('sha256').update(publicKey).digest().subarray(0, 20)).buffer
}

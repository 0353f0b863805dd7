import { createHash } from 'node:crypto'
import { type AsnType, BitString, fromBER, Sequence } from 'asn1js'
import {
  copy,
  encode,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
  taggedOctets,
} from '../asn1/der.ts'

/** Bits of KeyUsage, RFC 5280, section 4.2.1.3. */
const KEY_USAGE_BITS = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyEncipherment: 0x20,
  keyAgreement: 0x08,
  keyCertSign: 0x04,
  cRLSign: 0x02,
} as const
export type KeyUsageBit = keyof typeof KEY_USAGE_BITS

/** One extension of a certificate or a list, RFC 5280, section 4.1: a SEQUENCE. */
export type ExtensionNode = Sequence

/** @param options.value an element, or octets that are one already. */
export function extension(options: {
  readonly oid: string
  readonly critical?: boolean
  readonly value: AsnType | Uint8Array
}): ExtensionNode {
  const value = octetString(options.value instanceof Uint8Array ? options.value : encode(options.value))
  const id = objectIdentifier(options.oid)
  return options.critical === true ? sequence(id, trueValue(), value) : sequence(id, value)
}

/** BOOLEAN TRUE in DER. */
function trueValue(): AsnType {
  return fromBER(Uint8Array.of(0x01, 0x01, 0xff).buffer).result
}

export function keyUsage(bits: readonly KeyUsageBit[]): ExtensionNode {
  const octet = bits.reduce((sum, bit) => sum | KEY_USAGE_BITS[bit], 0)
  // DER drops the trailing zero bits of a named bit list.
  const unusedBits = Math.log2(octet & -octet)
  const value = new BitString({ valueHex: Uint8Array.of(octet).buffer, unusedBits })
  return extension({ oid: '2.5.29.15', critical: true, value })
}

export function basicConstraints(options: { readonly pathLength?: number }): ExtensionNode {
  const pathLength = options.pathLength === undefined ? [] : [integer(options.pathLength)]
  return extension({ oid: '2.5.29.19', critical: true, value: sequence(trueValue(), ...pathLength) })
}

/** @param options.critical as RFC 3161, section 2.3, wants it for a timestamp authority. */
export function extendedKeyUsage(
  purposes: readonly string[],
  options: { readonly critical?: boolean } = {},
): ExtensionNode {
  return extension({ oid: '2.5.29.37', value: sequence(...purposes.map(objectIdentifier)), ...options })
}

export function certificatePolicies(policies: readonly string[]): ExtensionNode {
  const information = policies.map((policy) => sequence(objectIdentifier(policy)))
  return extension({ oid: '2.5.29.32', value: sequence(...information) })
}

/** DNS names and IP addresses (4 or 16 octets) of a TLS server. */
export function subjectAltName(options: {
  readonly dnsNames: readonly string[]
  readonly addresses: readonly Uint8Array[]
}): ExtensionNode {
  const names = [
    ...options.dnsNames.map((name) => taggedOctets(2, Buffer.from(name, 'ascii'))),
    ...options.addresses.map((address) => taggedOctets(7, address)),
  ]
  return extension({ oid: '2.5.29.17', value: sequence(...names) })
}

/** Authority information access: where OCSP is asked and the issuer's certificate fetched (RFC 5280, 4.2.2.1). */
export function authorityInformationAccess(options: {
  readonly ocspUrl?: string
  readonly issuerUrl: string
}): ExtensionNode {
  const ocsp = options.ocspUrl === undefined ? [] : [accessDescription('1.3.6.1.5.5.7.48.1', options.ocspUrl)]
  const issuer = accessDescription('1.3.6.1.5.5.7.48.2', options.issuerUrl)
  return extension({ oid: '1.3.6.1.5.5.7.1.1', value: sequence(...ocsp, issuer) })
}

function accessDescription(method: string, url: string): Sequence {
  return sequence(objectIdentifier(method), uri(url))
}

/** Where the list of revoked certificates is. */
export function crlDistributionPoint(url: string): ExtensionNode {
  return extension({ oid: '2.5.29.31', value: distributionPoints(url) })
}

/** Where the newest changes to that list are (RFC 5280, section 4.2.1.15). */
export function freshestCrl(url: string): ExtensionNode {
  return extension({ oid: '2.5.29.46', value: distributionPoints(url) })
}

function distributionPoints(url: string): Sequence {
  return sequence(sequence(tagged(0, tagged(0, uri(url)))))
}

function uri(url: string): AsnType {
  return taggedOctets(6, Buffer.from(url, 'ascii'))
}

/** The responder's own certificate is not to be asked about: RFC 6960, section 4.2.2.2.1. */
export function ocspNoCheck(): ExtensionNode {
  return extension({ oid: '1.3.6.1.5.5.7.48.1.5', value: nullValue() })
}

export function subjectKeyIdentifier(publicKeyInfo: Uint8Array): ExtensionNode {
  return extension({ oid: '2.5.29.14', value: octetString(keyIdentifier(publicKeyInfo)) })
}

export function authorityKeyIdentifier(issuerPublicKeyInfo: Uint8Array): ExtensionNode {
  return extension({ oid: '2.5.29.35', value: sequence(taggedOctets(0, keyIdentifier(issuerPublicKeyInfo))) })
}

/** RFC 7093, method 1: the leftmost 160 bits of SHA-256 over the public key's bits. */
function keyIdentifier(publicKeyInfo: Uint8Array): Buffer {
  return createHash('sha256').update(publicKeyBits(publicKeyInfo)).digest().subarray(0, 20)
}

/** What key identifiers and CertID hash: the octets inside the BIT STRING of a SubjectPublicKeyInfo. */
export function publicKeyBits(publicKeyInfo: Uint8Array): Buffer {
  const { result } = fromBER(copy(publicKeyInfo))
  const bits = result instanceof Sequence ? result.valueBlock.value[1] : undefined
  if (!(bits instanceof BitString)) throw new Error('not a SubjectPublicKeyInfo')
  return Buffer.from(bits.valueBlock.valueHexView)
}

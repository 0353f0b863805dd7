import { Integer, OctetString, Sequence } from 'asn1js'
import { type Asn1Node, encoding, octetString, sequence, smallInteger } from '../asn1/asn1-node.ts'
import { readAsn1, unlessMalformed } from '../asn1/read-asn1.ts'
import { type Gost3410PrivateKey, readGost3410Scalar } from './gost-3410-private-key.ts'
import type { GostAlgorithm } from './gost-algorithms.ts'
import { encodeKeyAlgorithm, readKeyAlgorithm } from './key-algorithm-identifier.ts'

export interface GostPrivateKey {
  readonly algorithm: GostAlgorithm
  readonly privateKey: Gost3410PrivateKey
}

const MAX_OCTETS = 1024

/**
 * Reads a PKCS#8 PrivateKeyInfo of НУЦ: version 0, OCTET STRING holding OCTET STRING holding the scalar,
 * little-endian. Attributes are ignored. The result is a copy: the caller wipes both it and `pkcs8`.
 * @returns undefined for anything that is not a valid key of one of `gostAlgorithms`; never throws.
 */
export function parseGostPrivateKey(pkcs8: Uint8Array): GostPrivateKey | undefined {
  if (pkcs8.length > MAX_OCTETS) return undefined
  const key = unlessMalformed(() =>
    withElements(pkcs8, (info) => {
      const [version, identifier, outer] = sequence(info)
      const algorithm = readKeyAlgorithm(identifier)
      if (smallInteger(version) !== 0) return undefined
      const scalar = withElements(octetString(outer), (inner) => Uint8Array.from(octetString(inner)))
      return { algorithm, privateKey: { parameters: algorithm.parameters, scalar } }
    }),
  )
  return key === undefined || readGost3410Scalar(key.privateKey) === undefined ? undefined : key
}

/** @returns the PKCS#8 PrivateKeyInfo, DER. It is secret: the caller wipes it. */
export function encodeGostPrivateKey({ algorithm, privateKey }: GostPrivateKey): Uint8Array {
  const { scalar } = privateKey
  // The key goes in last, so that the encoder keeps no copy of it.
  const inner = new OctetString({ valueHex: new Uint8Array(scalar.length) })
  const outer = new OctetString({ valueHex: inner.toBER() })
  const info = new Sequence({ value: [new Integer({ value: 0 }), encodeKeyAlgorithm(algorithm), outer] })
  const pkcs8 = new Uint8Array(info.toBER())
  pkcs8.set(scalar, pkcs8.length - scalar.length)
  return pkcs8
}

/** The parser works on a copy of its own, of which every element is a view: it is wiped with the outermost one. */
function withElements<T>(secret: Uint8Array, read: (root: Asn1Node) => T): T {
  const root = readAsn1(secret, { encoding: 'ber' })
  try {
    return read(root)
  } finally {
    encoding(root).fill(0)
  }
}

import { BitString, OctetString, Sequence } from 'asn1js'
import { bitStringOctets, octetString, sequence } from '../asn1/asn1-node.ts'
import { readDer, unlessMalformed } from '../asn1/read-asn1.ts'
import { decodeGost3410PublicKey, encodeGost3410PublicKey, type Gost3410PublicKey } from './gost-3410-public-key.ts'
import type { GostAlgorithm } from './gost-algorithms.ts'
import { encodeKeyAlgorithm, readKeyAlgorithm } from './key-algorithm-identifier.ts'

export interface GostPublicKey {
  readonly algorithm: GostAlgorithm
  readonly publicKey: Gost3410PublicKey
}

const MAX_OCTETS = 1024

/**
 * Reads a SubjectPublicKeyInfo of НУЦ, DER: BIT STRING holding OCTET STRING holding X ‖ Y, little-endian.
 * @returns undefined for anything that is not a valid key of one of `gostAlgorithms`; never throws.
 */
export function parseGostPublicKey(spki: Uint8Array): GostPublicKey | undefined {
  if (spki.length > MAX_OCTETS) return undefined
  const read = unlessMalformed(() => {
    const [identifier, bits, ...surplus] = sequence(readDer(spki))
    const algorithm = readKeyAlgorithm(identifier)
    const bytes = octetString(readDer(bitStringOctets(bits)))
    return surplus.length > 0 ? undefined : { algorithm, bytes }
  })
  if (read === undefined) return undefined
  const { algorithm, bytes } = read
  const publicKey = decodeGost3410PublicKey({ parameters: algorithm.parameters, bytes })
  return publicKey === undefined ? undefined : { algorithm, publicKey }
}

/** @returns the SubjectPublicKeyInfo, DER. */
export function encodeGostPublicKey({ algorithm, publicKey }: GostPublicKey): Uint8Array {
  const octets = new OctetString({ valueHex: encodeGost3410PublicKey(publicKey) })
  const bits = new BitString({ valueHex: octets.toBER() })
  return new Uint8Array(new Sequence({ value: [encodeKeyAlgorithm(algorithm), bits] }).toBER())
}

import {
  type AsnType,
  BitString,
  Constructed,
  fromBER,
  GeneralizedTime,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
  Set as SetOf,
  UTCTime,
} from 'asn1js'

/** Short words for writing DER. A value is an asn1js node; `encode` gives its octets. */

export function sequence(...value: readonly AsnType[]): Sequence {
  return new Sequence({ value: [...value] })
}

export function objectIdentifier(value: string): ObjectIdentifier {
  return new ObjectIdentifier({ value })
}

export function octetString(bytes: Uint8Array): OctetString {
  return new OctetString({ valueHex: copy(bytes) })
}

/** A bit string of whole octets. */
export function bitString(bytes: Uint8Array): BitString {
  return new BitString({ valueHex: copy(bytes) })
}

/** @param value a whole number, or the content octets of a positive INTEGER. */
export function integer(value: number | Uint8Array): Integer {
  return typeof value === 'number' ? Integer.fromBigInt(BigInt(value)) : new Integer({ valueHex: copy(value) })
}

export function nullValue(): Null {
  return new Null()
}

/** SET OF: DER orders its elements by their encodings. */
export function setOf(...value: readonly AsnType[]): SetOf {
  return new SetOf({ value: value.toSorted((a, b) => Buffer.compare(encode(a), encode(b))) })
}

/** A context tag around whole elements: EXPLICIT, or IMPLICIT in place of SEQUENCE and SET. */
export function tagged(tagNumber: number, ...value: readonly AsnType[]): Constructed {
  return new Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [...value] })
}

/** A context tag in place of a primitive type's own. */
export function taggedOctets(tagNumber: number, bytes: Uint8Array): Primitive {
  return new Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: copy(bytes) })
}

/** Time of certificates and lists: UTCTime until 2049, whole seconds (RFC 5280, section 4.1.2.5). */
export function time(value: Date): UTCTime | GeneralizedTime {
  return value.getUTCFullYear() < 2050 ? new UTCTime({ valueDate: value }) : generalizedTime(value)
}

/** Whole seconds. */
export function generalizedTime(value: Date): GeneralizedTime {
  return new GeneralizedTime({ valueDate: new Date(Math.floor(value.getTime() / 1000) * 1000) })
}

export function encode(node: AsnType): Buffer {
  return Buffer.from(node.toBER(false))
}

/** An element that exists as octets already. @throws where they are none. */
export function decoded(der: Uint8Array): AsnType {
  const { result, offset } = fromBER(copy(der))
  if (offset !== der.length) throw new Error('not one DER element')
  return result
}

export function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

import {
  Boolean as Asn1Boolean,
  Set as Asn1Set,
  type BaseBlock,
  BitString,
  Constructed,
  EndOfContent,
  Integer,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
} from 'asn1js'
import { MalformedAsn1 } from './read-asn1.ts'

export type { BaseBlock as Asn1Node } from 'asn1js'

const UNIVERSAL = 1
const CONTEXT_SPECIFIC = 3
const INTEGER = 2
const ENUMERATED = 10
const MAX_OBJECT_IDENTIFIER_OCTETS = 64

/** The element exactly as it was encoded, tag and length included. */
export function encoding(node: BaseBlock): Uint8Array {
  return node.valueBeforeDecodeView
}

export function sequence(node: BaseBlock | undefined): readonly BaseBlock[] {
  if (!(node instanceof Sequence)) throw new MalformedAsn1('SEQUENCE expected')
  return childrenOf(node)
}

export function setOf(node: BaseBlock | undefined): readonly BaseBlock[] {
  if (!(node instanceof Asn1Set)) throw new MalformedAsn1('SET expected')
  return childrenOf(node)
}

/** Whether the element carries the context-specific tag. */
export function isContext(node: BaseBlock | undefined, tag: number): node is BaseBlock {
  return node !== undefined && node.idBlock.tagClass === CONTEXT_SPECIFIC && node.idBlock.tagNumber === tag
}

/** Elements inside a constructed context-specific tag. */
export function contextChildren(node: BaseBlock | undefined, tag: number): readonly BaseBlock[] {
  if (!isContext(node, tag) || !(node instanceof Constructed)) throw new MalformedAsn1(`[${tag}] expected`)
  return childrenOf(node)
}

/** Content octets of a primitive context-specific tag (IMPLICIT tagging). */
export function contextPrimitive(node: BaseBlock | undefined, tag: number): Uint8Array {
  if (!isContext(node, tag) || !(node instanceof Primitive)) throw new MalformedAsn1(`[${tag}] expected`)
  return node.valueBlock.valueHexView
}

export function objectIdentifier(node: BaseBlock | undefined): string {
  if (!(node instanceof ObjectIdentifier)) throw new MalformedAsn1('OBJECT IDENTIFIER expected')
  if (encoding(node).length > MAX_OBJECT_IDENTIFIER_OCTETS) throw new MalformedAsn1('OBJECT IDENTIFIER too long')
  if (!isWholeIdentifier(contentOctets(node))) throw new MalformedAsn1('OBJECT IDENTIFIER malformed')
  return node.valueBlock.toString()
}

/** X.690, 8.19: at least one number, each in as few octets as it needs, the last one ended. */
function isWholeIdentifier(octets: Uint8Array): boolean {
  const last = octets.at(-1)
  if (last === undefined || last >= 0x80) return false
  return octets.every((octet, i) => octet !== 0x80 || (i > 0 && (octets[i - 1] ?? 0) >= 0x80))
}

/** Content octets of an INTEGER, two's complement, big-endian; DER's minimal form is required. */
export function integerOctets(node: BaseBlock | undefined): Uint8Array {
  if (!isNumber(node, INTEGER)) throw new MalformedAsn1('INTEGER expected')
  return minimalOctets(node)
}

/** An ENUMERATED of one octet, as every list of names here has. */
export function enumerated(node: BaseBlock | undefined): number {
  if (!isNumber(node, ENUMERATED)) throw new MalformedAsn1('ENUMERATED expected')
  const octets = minimalOctets(node)
  if (octets.length !== 1) throw new MalformedAsn1('ENUMERATED out of range')
  return smallUnsigned(octets)
}

/** asn1js derives ENUMERATED from INTEGER: the class alone does not tell them apart, the tag does. */
function isNumber(node: BaseBlock | undefined, tag: number): node is Integer {
  return node instanceof Integer && node.idBlock.tagClass === UNIVERSAL && node.idBlock.tagNumber === tag
}

function minimalOctets(node: Integer): Uint8Array {
  const octets = contentOctets(node)
  const [first, second] = octets
  if (first === undefined) throw new MalformedAsn1('empty INTEGER')
  const padded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  if (padded) throw new MalformedAsn1('INTEGER not minimal')
  return octets
}

/** A small non-negative INTEGER, up to 2³¹−1. */
export function smallInteger(node: BaseBlock | undefined): number {
  return smallUnsigned(integerOctets(node))
}

/** The same from content octets, for IMPLICIT tagging. */
export function smallUnsigned(octets: Uint8Array): number {
  if (octets.length === 0 || octets.length > 4 || (octets[0] ?? 0) >= 0x80) {
    throw new MalformedAsn1('INTEGER out of range')
  }
  return octets.reduce((value, octet) => value * 256 + octet, 0)
}

export function boolean(node: BaseBlock | undefined): boolean {
  if (!(node instanceof Asn1Boolean)) throw new MalformedAsn1('BOOLEAN expected')
  return booleanOf(contentOctets(node))
}

/** The same from content octets, for IMPLICIT tagging. */
export function booleanOf(octets: Uint8Array): boolean {
  if (octets.length !== 1 || (octets[0] !== 0 && octets[0] !== 0xff)) throw new MalformedAsn1('BOOLEAN not in DER')
  return octets[0] === 0xff
}

export function isBoolean(node: BaseBlock | undefined): boolean {
  return node instanceof Asn1Boolean
}

/** An OCTET STRING in one piece, or, as BER allows, in pieces one level deep. */
export function octetString(node: BaseBlock | undefined): Uint8Array {
  if (!(node instanceof OctetString)) throw new MalformedAsn1('OCTET STRING expected')
  return node.idBlock.isConstructed ? joinPieces(childrenOf(node)) : node.valueBlock.valueHexView
}

/** The pieces of a constructed OCTET STRING, also where an IMPLICIT tag hides its own. */
export function joinPieces(pieces: readonly BaseBlock[]): Uint8Array {
  return Buffer.concat(
    pieces.map((piece) => {
      if (!(piece instanceof OctetString) || piece.idBlock.isConstructed) {
        throw new MalformedAsn1('pieces of an OCTET STRING expected')
      }
      return piece.valueBlock.valueHexView
    }),
  )
}

/** A BIT STRING of whole octets. */
export function bitStringOctets(node: BaseBlock | undefined): Uint8Array {
  const { octets, unusedBits } = bitString(node)
  if (unusedBits !== 0) throw new MalformedAsn1('BIT STRING of whole octets expected')
  return octets
}

/** The numbers of the bits that are set in a named-bit list. */
export function namedBits(node: BaseBlock | undefined): ReadonlySet<number> {
  return setBits(bitString(node))
}

/** The same from content octets, for IMPLICIT tagging. */
export function namedBitsOf(content: Uint8Array): ReadonlySet<number> {
  return setBits(bitStringOf(content))
}

function setBits({ octets, unusedBits }: { octets: Uint8Array; unusedBits: number }): ReadonlySet<number> {
  const set = new Set<number>()
  for (let bit = 0; bit < octets.length * 8 - unusedBits; bit++) {
    if (((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) set.add(bit)
  }
  return set
}

/** Content octets of a primitive element of any type: strings, times. */
export function contentOctets(node: BaseBlock): Uint8Array {
  if (node.idBlock.isConstructed) throw new MalformedAsn1('primitive expected')
  const whole = encoding(node)
  return whole.subarray(whole.length - node.lenBlock.length)
}

function bitString(node: BaseBlock | undefined): { octets: Uint8Array; unusedBits: number } {
  if (!(node instanceof BitString)) throw new MalformedAsn1('BIT STRING expected')
  return bitStringOf(contentOctets(node))
}

function bitStringOf(content: Uint8Array): { octets: Uint8Array; unusedBits: number } {
  const unusedBits = content[0]
  const octets = content.subarray(1)
  if (unusedBits === undefined || unusedBits > 7 || (unusedBits > 0 && octets.length === 0)) {
    throw new MalformedAsn1('BIT STRING malformed')
  }
  if (((octets.at(-1) ?? 0) & ((1 << unusedBits) - 1)) !== 0) throw new MalformedAsn1('BIT STRING not in DER')
  return { octets, unusedBits }
}

function childrenOf(node: Constructed): readonly BaseBlock[] {
  return node.valueBlock.value.filter((child) => !(child instanceof EndOfContent)) as readonly BaseBlock[]
}

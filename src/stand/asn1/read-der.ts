import { type AsnType, fromBER, Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import { copy } from './der.ts'

/** Reading requests of strangers: whatever is not as expected throws `MalformedRequest`. */
export class MalformedRequest extends Error {}

const LIMITS = { maxDepth: 16, maxNodes: 1000 }

/** @returns the one element that the bytes are. */
export function parseDer(bytes: Uint8Array): AsnType {
  const { result, offset } = fromBER(copy(bytes), LIMITS)
  if (offset !== bytes.length || result.error !== '') throw new MalformedRequest('not one DER element')
  return result
}

export function elementsOf(node: AsnType | undefined): AsnType[] {
  if (!(node instanceof Sequence)) throw new MalformedRequest('a SEQUENCE is expected')
  return [...node.valueBlock.value]
}

export function oidOf(node: AsnType | undefined): string {
  if (!(node instanceof ObjectIdentifier)) throw new MalformedRequest('an OBJECT IDENTIFIER is expected')
  return node.getValue()
}

export function octetsOf(node: AsnType | undefined): Buffer {
  if (!(node instanceof OctetString) || node.idBlock.isConstructed) {
    throw new MalformedRequest('an OCTET STRING is expected')
  }
  return Buffer.from(node.getValue())
}

/** @returns the content octets of an INTEGER. */
export function integerOctetsOf(node: AsnType | undefined): Buffer {
  if (!(node instanceof Integer)) throw new MalformedRequest('an INTEGER is expected')
  return Buffer.from(node.valueBlock.valueHexView)
}

/** @returns the elements under a context tag, or undefined where the node has another tag. */
export function taggedElements(node: AsnType | undefined, tagNumber: number): AsnType[] | undefined {
  if (node === undefined || node.idBlock.tagClass !== 3 || node.idBlock.tagNumber !== tagNumber) return undefined
  const { value } = node.valueBlock as { readonly value?: unknown }
  if (!Array.isArray(value)) throw new MalformedRequest('a constructed element is expected')
  return [...value]
}

export interface RequestExtension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Buffer
}

/** Extensions, RFC 5280, section 4.1: the elements of their SEQUENCE. */
export function extensionsOf(nodes: readonly AsnType[]): readonly RequestExtension[] {
  return nodes.map((node) => {
    const [oid, ...rest] = elementsOf(node)
    const value = rest.pop()
    const [critical, ...surplus] = rest
    if (surplus.length > 0) throw new MalformedRequest('not an Extension')
    const isCritical = critical !== undefined && Buffer.from(critical.toBER(false)).at(-1) !== 0
    return { oid: oidOf(oid), critical: isCritical, value: octetsOf(value) }
  })
}

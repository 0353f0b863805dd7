import { type Asn1Node, contextChildren, contextPrimitive, isContext } from '../asn1/asn1-node.ts'
import { MalformedAsn1 } from '../asn1/read-asn1.ts'
import { type DistinguishedName, distinguishedName } from './distinguished-name.ts'

/** GeneralName (RFC 5280, 4.2.1.6). Kinds that no rule here understands keep only their tag. */
export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly value: string }
  | { readonly kind: 'directory'; readonly value: DistinguishedName }
  | { readonly kind: 'ip'; readonly value: Uint8Array }
  | { readonly kind: 'other'; readonly tag: number }

/** @throws MalformedAsn1 */
export function generalName(node: Asn1Node | undefined): GeneralName {
  if (isContext(node, 1)) return { kind: 'email', value: ia5(contextPrimitive(node, 1)) }
  if (isContext(node, 2)) return { kind: 'dns', value: ia5(contextPrimitive(node, 2)) }
  if (isContext(node, 6)) return { kind: 'uri', value: ia5(contextPrimitive(node, 6)) }
  if (isContext(node, 7)) return { kind: 'ip', value: contextPrimitive(node, 7) }
  if (isContext(node, 4)) {
    const [name, ...rest] = contextChildren(node, 4)
    if (rest.length > 0) throw new MalformedAsn1('directoryName malformed')
    return { kind: 'directory', value: distinguishedName(name) }
  }
  for (const tag of [0, 3, 5, 8]) if (isContext(node, tag)) return { kind: 'other', tag }
  throw new MalformedAsn1('GeneralName expected')
}

function ia5(octets: Uint8Array): string {
  if (octets.some((octet) => octet > 0x7f)) throw new MalformedAsn1('IA5String expected')
  return Buffer.from(octets).toString('latin1')
}

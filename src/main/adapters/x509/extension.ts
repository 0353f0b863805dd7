import { type Asn1Node, boolean, isBoolean, objectIdentifier, octetString, sequence } from '../asn1/asn1-node.ts'
import { MalformedAsn1 } from '../asn1/read-asn1.ts'

/** One extension of a certificate, a CRL, an entry of one, or an OCSP response. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** What the OCTET STRING holds. */
  readonly value: Uint8Array
}

/**
 * Reads Extensions (RFC 5280, 4.1). None may occur twice (4.2).
 * @throws MalformedAsn1
 */
export function extensionList(nodes: readonly Asn1Node[]): readonly Extension[] {
  const seen = new Set<string>()
  return nodes.map((node) => {
    const fields = sequence(node)
    const oid = objectIdentifier(fields[0])
    const critical = isBoolean(fields[1]) && boolean(fields[1])
    if (fields.length !== (isBoolean(fields[1]) ? 3 : 2)) throw new MalformedAsn1('Extension malformed')
    if (seen.has(oid)) throw new MalformedAsn1(`extension ${oid} occurs twice`)
    seen.add(oid)
    return { oid, critical, value: octetString(fields.at(-1)) }
  })
}

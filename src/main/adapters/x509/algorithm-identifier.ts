import { type Asn1Node, encoding, objectIdentifier, sequence } from '../asn1/asn1-node.ts'
import { MalformedAsn1 } from '../asn1/read-asn1.ts'

export interface AlgorithmIdentifier {
  readonly oid: string
  /** DER of the parameters, absent where there are none. */
  readonly parameters?: Uint8Array
}

/** @throws MalformedAsn1 */
export function algorithmIdentifier(node: Asn1Node | undefined): AlgorithmIdentifier {
  const [oid, parameters, ...rest] = sequence(node)
  if (rest.length > 0) throw new MalformedAsn1('AlgorithmIdentifier too long')
  return { oid: objectIdentifier(oid), ...(parameters === undefined ? {} : { parameters: encoding(parameters) }) }
}

/** RFC 4055 and RFC 5754: parameters are NULL, and their absence means the same. */
export function hasNoParameters(algorithm: AlgorithmIdentifier): boolean {
  const { parameters } = algorithm
  return parameters === undefined || (parameters.length === 2 && parameters[0] === 0x05 && parameters[1] === 0x00)
}

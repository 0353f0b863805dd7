import {
  type Asn1Node,
  contextChildren,
  contextPrimitive,
  isContext,
  namedBitsOf,
  sequence,
} from '../asn1/asn1-node.ts'
import { MalformedAsn1 } from '../asn1/read-asn1.ts'
import { type DistinguishedName, relativeName, sameName } from './distinguished-name.ts'
import { type GeneralName, generalName } from './general-name.ts'

/** DistributionPointName (RFC 5280, 4.2.1.13): whole names, or one relative name below the CRL issuer's. */
export type DistributionPointName =
  | { readonly kind: 'full'; readonly names: readonly GeneralName[] }
  | { readonly kind: 'relative'; readonly canonical: string }

export interface DistributionPoint {
  readonly name?: DistributionPointName
  /** Bit numbers of ReasonFlags; absent means all. */
  readonly reasons?: ReadonlySet<number>
  readonly crlIssuer?: readonly GeneralName[]
}

/** @throws MalformedAsn1 */
export function distributionPoint(node: Asn1Node): DistributionPoint {
  const fields = [...sequence(node)]
  const name = isContext(fields[0], 0) ? distributionPointName(fields.shift()) : undefined
  const reasons = isContext(fields[0], 1) ? namedBitsOf(contextPrimitive(fields.shift(), 1)) : undefined
  const crlIssuer = isContext(fields[0], 2) ? contextChildren(fields.shift(), 2).map(generalName) : undefined
  if (fields.length > 0 || (name === undefined && crlIssuer === undefined)) throw new MalformedAsn1('DistributionPoint')
  return { ...(name && { name }), ...(reasons && { reasons }), ...(crlIssuer && { crlIssuer }) }
}

/** The CHOICE inside `[0] EXPLICIT`. @throws MalformedAsn1 */
export function distributionPointName(node: Asn1Node | undefined): DistributionPointName {
  const [choice, ...surplus] = contextChildren(node, 0)
  if (surplus.length > 0) throw new MalformedAsn1('DistributionPointName')
  if (isContext(choice, 0)) return { kind: 'full', names: contextChildren(choice, 0).map(generalName) }
  return { kind: 'relative', canonical: relativeName(contextChildren(choice, 1)) }
}

/** A distribution point's name as comparable texts: a relative name is completed with each possible issuer. */
export function distributionPointTexts(
  name: DistributionPointName,
  issuers: readonly DistinguishedName[],
): readonly string[] {
  if (name.kind === 'relative') return issuers.map(({ canonical }) => directoryText([...canonical, name.canonical]))
  return name.names.flatMap(generalNameText)
}

/** Addresses at which a distribution point's CRL is found, as they are written. */
export function distributionPointUris({ name }: DistributionPoint): readonly string[] {
  if (name?.kind !== 'full') return []
  return name.names.flatMap((one) => (one.kind === 'uri' ? [one.value] : []))
}

/** Names that can be compared letter for letter; kinds that no rule here understands give none, and match nothing. */
export function generalNameText(name: GeneralName): readonly string[] {
  if (name.kind === 'directory') return [directoryText(name.value.canonical)]
  return name.kind === 'uri' || name.kind === 'dns' || name.kind === 'email' ? [`${name.kind}:${name.value}`] : []
}

export function namesDirectory(names: readonly GeneralName[], directory: DistinguishedName): boolean {
  return names.some((name) => name.kind === 'directory' && sameName(name.value, directory))
}

function directoryText(canonical: readonly string[]): string {
  return `directory:${JSON.stringify(canonical)}`
}

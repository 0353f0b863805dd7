import { type BaseBlock, BmpString, IA5String, PrintableString, TeletexString, Utf8String } from 'asn1js'
import { type Asn1Node, contentOctets, encoding, objectIdentifier, sequence, setOf } from '../asn1/asn1-node.ts'
import { MalformedAsn1 } from '../asn1/read-asn1.ts'

/** A directory name (RFC 5280, 4.1.2.4), read once so that comparing is comparing texts. */
export interface DistinguishedName {
  readonly der: Uint8Array
  /** One canonical text for each relative name: RFC 5280, 7.1 makes two names equal where these are. */
  readonly canonical: readonly string[]
  /** RFC 4514, for people. */
  readonly text: string
  readonly emailAddresses: readonly string[]
  /** Every attribute whose value is text. */
  readonly attributes: readonly { readonly type: string; readonly value: string }[]
}

interface Attribute {
  readonly type: string
  readonly value: string | undefined
  readonly der: Uint8Array
}

const EMAIL_ADDRESS = '1.2.840.113549.1.9.1'
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  [EMAIL_ADDRESS]: 'E',
}
const MAX_TEXT = 500
const UNIVERSAL = 1
/** Strings of every kind, BIT STRING for unique identifiers, SEQUENCE for what X.520 structures. */
const VALUE_TAGS: ReadonlySet<number> = new Set([3, 12, 16, 18, 19, 20, 22, 28, 30])

/** @throws MalformedAsn1 */
export function distinguishedName(node: Asn1Node | undefined): DistinguishedName {
  const names = sequence(node).map((relative) => {
    const attributes = setOf(relative).map(attribute)
    if (attributes.length === 0) throw new MalformedAsn1('empty RelativeDistinguishedName')
    return attributes
  })
  const attributes = names.flat()
  return {
    der: encoding(node as Asn1Node),
    canonical: names.map(canonicalRelativeName),
    text: [...names]
      .reverse()
      .map((relative) => relative.map(attributeText).join('+'))
      .join(',')
      .slice(0, MAX_TEXT),
    emailAddresses: attributes.flatMap(({ type, value }) => (type === EMAIL_ADDRESS && value ? [value] : [])),
    attributes: attributes.flatMap(({ type, value }) => (value === undefined ? [] : [{ type, value }])),
  }
}

/** The canonical text of one RelativeDistinguishedName that stands alone. @throws MalformedAsn1 */
export function relativeName(nodes: readonly Asn1Node[]): string {
  if (nodes.length === 0) throw new MalformedAsn1('empty RelativeDistinguishedName')
  return canonicalRelativeName(nodes.map(attribute))
}

function canonicalRelativeName(attributes: readonly Attribute[]): string {
  return JSON.stringify(attributes.map(canonicalAttribute).sort())
}

export function sameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return a.canonical.length === b.canonical.length && isWithin(a, b)
}

/** Whether `name` is `subtree` or lies below it. */
export function isWithin(name: DistinguishedName, subtree: DistinguishedName): boolean {
  return subtree.canonical.every((relative, position) => relative === name.canonical[position])
}

export function isEmptyName(name: DistinguishedName): boolean {
  return name.canonical.length === 0
}

function attribute(node: Asn1Node): Attribute {
  const [type, value, ...rest] = sequence(node)
  if (value === undefined || rest.length > 0) throw new MalformedAsn1('AttributeTypeAndValue malformed')
  const { tagClass, tagNumber } = value.idBlock
  if (tagClass !== UNIVERSAL || !VALUE_TAGS.has(tagNumber)) throw new MalformedAsn1('a value of no name')
  return { type: objectIdentifier(type), value: directoryText(value), der: encoding(value) }
}

/** Texts are equal whatever their string type, case and inner spacing; anything else byte for byte. */
function canonicalAttribute({ type, value, der }: Attribute): string {
  const text = value?.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ')
  return text === undefined ? `${type}#${Buffer.from(der).toString('hex')}` : `${type}=${text}`
}

function attributeText({ type, value, der }: Attribute): string {
  const name = SHORT_NAMES[type] ?? type
  return value === undefined ? `${name}=#${Buffer.from(der).toString('hex')}` : `${name}=${escapeText(value)}`
}

function escapeText(value: string): string {
  return value
    .replace(/["+,;<>\\]/g, '\\$&')
    .replace(/^[ #]| $/g, '\\$&')
    .replace(/\p{Cc}/gu, (control) => `\\${Buffer.from(control).toString('hex')}`)
}

function directoryText(node: BaseBlock): string | undefined {
  const octets = () => Buffer.from(contentOctets(node))
  if (node instanceof Utf8String) return decodeUtf8(octets())
  if (node instanceof PrintableString || node instanceof IA5String || node instanceof TeletexString) {
    return octets().toString('latin1')
  }
  if (node instanceof BmpString) return decodeUtf16(octets())
  return undefined
}

function decodeUtf8(octets: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
  } catch {
    throw new MalformedAsn1('UTF8String malformed')
  }
}

function decodeUtf16(octets: Buffer): string {
  if (octets.length % 2 !== 0) throw new MalformedAsn1('BMPString malformed')
  return octets.swap16().toString('utf16le')
}

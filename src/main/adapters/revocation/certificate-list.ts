import { createHash } from 'node:crypto'
import {
  type Asn1Node,
  bitStringOctets,
  booleanOf,
  contextChildren,
  contextPrimitive,
  encoding,
  enumerated,
  integerOctets,
  isContext,
  namedBitsOf,
  sequence,
  smallInteger,
} from '../asn1/asn1-node.ts'
import { asn1Time } from '../asn1/asn1-time.ts'
import { MalformedAsn1, readAsn1, readDer, unlessMalformed } from '../asn1/read-asn1.ts'
import { type AlgorithmIdentifier, algorithmIdentifier } from '../x509/algorithm-identifier.ts'
import { type DistinguishedName, distinguishedName, sameName } from '../x509/distinguished-name.ts'
import {
  type DistributionPoint,
  type DistributionPointName,
  distributionPoint,
  distributionPointName,
} from '../x509/distribution-point.ts'
import { extensionList } from '../x509/extension.ts'
import { generalName } from '../x509/general-name.ts'

export interface IssuingDistributionPoint {
  readonly name?: DistributionPointName
  readonly onlyUserCerts: boolean
  readonly onlyCaCerts: boolean
  readonly onlyAttributeCerts: boolean
  readonly onlySomeReasons?: ReadonlySet<number>
  readonly indirect: boolean
}

export interface RevokedEntry {
  /** Who issued the certificate; in a direct CRL that is the CRL's issuer. */
  readonly issuer: DistinguishedName
  readonly revocationDate: Date
  /** CRLReason's number; 0 (unspecified) where none is given. */
  readonly reason: number
}

/** The facts of a CRL (RFC 5280, 5.1); whether it may be relied on is decided elsewhere. */
export interface CertificateList {
  /** Of the whole CRL, hex. */
  readonly sha256: string
  /** TBSCertList, DER. */
  readonly tbs: Uint8Array
  readonly issuer: DistinguishedName
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly crlNumber?: bigint
  /** BaseCRLNumber: the CRL is a delta. */
  readonly deltaBase?: bigint
  readonly issuingDistributionPoint?: IssuingDistributionPoint
  /** Where its deltas are found (5.2.6). */
  readonly freshestCrl?: readonly DistributionPoint[]
  /** DER of the two extensions that a delta must share with its base, hex; empty where absent. */
  readonly scope: string
  readonly unknownCritical: readonly string[]
  /** By serial number, hex of the INTEGER's content octets. */
  readonly entries: ReadonlyMap<string, readonly RevokedEntry[]>
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

const MAX_OCTETS = 32 * 1024 * 1024
const MAX_ELEMENTS = 2_000_000
const SEQUENCE_TAG = 0x10
const UNIVERSAL = 1
const oids = {
  crlNumber: '2.5.29.20',
  reason: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  authorityKeyIdentifier: '2.5.29.35',
  freshestCrl: '2.5.29.46',
} as const

/** @returns undefined where the bytes are not exactly one CRL in DER, of at most 32 MB. */
export function parseCertificateList(der: Uint8Array): CertificateList | undefined {
  return der.length > MAX_OCTETS ? undefined : unlessMalformed(() => readCertificateList(der))
}

function readCertificateList(der: Uint8Array): CertificateList {
  const [tbs, outerAlgorithm, signature, ...beyond] = sequence(
    readAsn1(der, { encoding: 'der', maxElements: MAX_ELEMENTS }),
  )
  if (tbs === undefined || outerAlgorithm === undefined || beyond.length > 0) throw new MalformedAsn1('CertificateList')
  const fields = [...sequence(tbs)]
  const versioned = fields[0]?.idBlock.tagNumber !== SEQUENCE_TAG
  if (versioned && smallInteger(fields.shift()) !== 1) throw new MalformedAsn1('Version')
  const innerAlgorithm = fields.shift()
  if (innerAlgorithm === undefined || !Buffer.from(encoding(innerAlgorithm)).equals(encoding(outerAlgorithm))) {
    throw new MalformedAsn1('the two signature algorithms differ')
  }
  const issuer = distinguishedName(fields.shift())
  const thisUpdate = asn1Time(fields.shift())
  const hasNextUpdate = fields[0] !== undefined && !isContext(fields[0], 0) && !isSequence(fields[0])
  const nextUpdate = hasNextUpdate ? asn1Time(fields.shift()) : undefined
  const revoked = isSequence(fields[0]) ? sequence(fields.shift()) : []
  const extensions = listExtensions(fields.shift())
  if (fields.length > 0 || (!versioned && extensions.present)) throw new MalformedAsn1('TBSCertList')
  const { entries, unknownCritical } = revokedEntries(revoked, {
    issuer,
    indirect: extensions.known.issuingDistributionPoint?.indirect === true,
  })
  return {
    sha256: createHash('sha256').update(der).digest('hex'),
    tbs: encoding(tbs),
    issuer,
    thisUpdate,
    ...(nextUpdate && { nextUpdate }),
    ...extensions.known,
    unknownCritical: [...extensions.unknownCritical, ...unknownCritical],
    entries,
    signatureAlgorithm: algorithmIdentifier(outerAlgorithm),
    signature: bitStringOctets(signature),
  }
}

function isSequence(node: Asn1Node | undefined): boolean {
  return node?.idBlock.tagClass === UNIVERSAL && node.idBlock.tagNumber === SEQUENCE_TAG
}

type KnownExtensions = Pick<
  CertificateList,
  'crlNumber' | 'deltaBase' | 'issuingDistributionPoint' | 'freshestCrl' | 'scope'
>

function listExtensions(node: Asn1Node | undefined): {
  readonly present: boolean
  readonly known: KnownExtensions
  readonly unknownCritical: readonly string[]
} {
  if (node === undefined) return { present: false, known: { scope: ':' }, unknownCritical: [] }
  const [list, ...surplus] = contextChildren(node, 0)
  if (surplus.length > 0) throw new MalformedAsn1('crlExtensions')
  let known: Omit<KnownExtensions, 'scope'> = {}
  let [point, keyIdentifier] = ['', '']
  const unknownCritical: string[] = []
  for (const { oid, critical, value } of extensionList(sequence(list))) {
    const hex = Buffer.from(value).toString('hex')
    if (oid === oids.crlNumber) known = { ...known, crlNumber: crlNumber(value) }
    else if (oid === oids.deltaIndicator) known = { ...known, deltaBase: crlNumber(value) }
    else if (oid === oids.issuingDistributionPoint) {
      known = { ...known, issuingDistributionPoint: issuingDistributionPoint(readDer(value)) }
      point = hex
    } else if (oid === oids.freshestCrl)
      known = { ...known, freshestCrl: sequence(readDer(value)).map(distributionPoint) }
    else if (oid === oids.authorityKeyIdentifier) keyIdentifier = hex
    else if (critical) unknownCritical.push(oid)
  }
  return { present: true, known: { ...known, scope: `${point}:${keyIdentifier}` }, unknownCritical }
}

/** RFC 5280, 5.2.3: up to 20 octets, not negative. */
function crlNumber(value: Uint8Array): bigint {
  const octets = integerOctets(readDer(value))
  if (octets.length > 21 || (octets[0] ?? 0) >= 0x80) throw new MalformedAsn1('CRLNumber')
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`)
}

function issuingDistributionPoint(node: Asn1Node): IssuingDistributionPoint {
  const fields = [...sequence(node)]
  const flag = (tag: number) => isContext(fields[0], tag) && booleanOf(contextPrimitive(fields.shift(), tag))
  const name = isContext(fields[0], 0) ? distributionPointName(fields.shift()) : undefined
  const onlyUserCerts = flag(1)
  const onlyCaCerts = flag(2)
  const onlySomeReasons = isContext(fields[0], 3) ? namedBitsOf(contextPrimitive(fields.shift(), 3)) : undefined
  const indirect = flag(4)
  const onlyAttributeCerts = flag(5)
  if (fields.length > 0) throw new MalformedAsn1('IssuingDistributionPoint')
  return {
    ...(name && { name }),
    onlyUserCerts,
    onlyCaCerts,
    ...(onlySomeReasons && { onlySomeReasons }),
    indirect,
    onlyAttributeCerts,
  }
}

/**
 * An entry of an indirect CRL may name another issuer, who then stands for the entries after it too (5.3.3). A
 * direct CRL that does so contradicts itself.
 */
function revokedEntries(
  nodes: readonly Asn1Node[],
  { issuer, indirect }: { readonly issuer: DistinguishedName; readonly indirect: boolean },
): Pick<CertificateList, 'entries' | 'unknownCritical'> {
  const entries = new Map<string, RevokedEntry[]>()
  const unknownCritical = new Set<string>()
  let certificateIssuer = issuer
  for (const node of nodes) {
    const [serialNumber, revocationDate, extensions, ...surplus] = sequence(node)
    if (surplus.length > 0) throw new MalformedAsn1('revokedCertificates')
    let reason = 0
    for (const { oid, critical, value } of extensions === undefined ? [] : extensionList(sequence(extensions))) {
      if (oid === oids.reason) reason = enumerated(readDer(value))
      else if (oid === oids.certificateIssuer) certificateIssuer = directoryName(readDer(value))
      else if (oid !== oids.invalidityDate && critical) unknownCritical.add(oid)
    }
    if (!indirect && !sameName(certificateIssuer, issuer)) throw new MalformedAsn1('certificateIssuer in a direct CRL')
    const serial = Buffer.from(integerOctets(serialNumber)).toString('hex')
    const entry = { issuer: certificateIssuer, revocationDate: asn1Time(revocationDate), reason }
    const same = entries.get(serial)
    if (same === undefined) entries.set(serial, [entry])
    else same.push(entry)
  }
  return { entries, unknownCritical: [...unknownCritical] }
}

function directoryName(node: Asn1Node): DistinguishedName {
  const [name] = sequence(node)
    .map(generalName)
    .filter(({ kind }) => kind === 'directory')
  if (name?.kind !== 'directory') throw new MalformedAsn1('certificateIssuer')
  return name.value
}

import { createHash } from 'node:crypto'
import * as der from './pki-der.ts'
import { type RsaDigest, rsaKeys, signatureAlgorithm, signatureBy, type TestKeys } from './pki-keys.ts'

export interface TestCertificate {
  readonly der: Buffer
  /** Subject, DER. */
  readonly name: Buffer
  readonly serial: number
  /** Issuer, DER. */
  readonly issuerName: Buffer
  readonly keys: TestKeys
}

export interface CertificateRecipe {
  /** A common name, or a whole Name in DER. */
  readonly subject: string | Buffer
  readonly keys?: TestKeys
  /** Self-signed without one. */
  readonly issuer?: TestCertificate
  /** Signs instead of the issuer's key. */
  readonly signedBy?: TestKeys
  readonly serial?: number
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly extensions?: readonly Buffer[]
  readonly digest?: RsaDigest
  /** The algorithm named inside the signed part, where it is to differ. */
  readonly innerDigest?: RsaDigest
  readonly version?: 1 | 3
}

/** The moment at which the tests judge, and a validity around it. */
export const moments = {
  now: new Date('2026-06-01T12:00:00Z'),
  earlier: new Date('2026-01-01T00:00:00Z'),
  later: new Date('2027-01-01T00:00:00Z'),
  longAgo: new Date('2020-01-01T00:00:00Z'),
  past: new Date('2026-05-31T00:00:00Z'),
  future: new Date('2026-06-02T00:00:00Z'),
} as const

let serials = 1000

export function issueCertificate(recipe: CertificateRecipe): TestCertificate {
  const { digest = 'sha256', version = 3, serial = ++serials } = recipe
  const name = typeof recipe.subject === 'string' ? commonName(recipe.subject) : recipe.subject
  const keys = recipe.keys ?? rsaKeys(name.toString('hex'))
  const issuerName = recipe.issuer?.name ?? name
  const signer = recipe.signedBy ?? recipe.issuer?.keys ?? keys
  const tbs = der.sequence(
    ...(version === 3 ? [der.explicit(0, der.integer(2))] : []),
    der.integer(serial),
    signatureAlgorithm(signer, recipe.innerDigest ?? digest),
    issuerName,
    der.sequence(der.timeOf(recipe.notBefore ?? moments.earlier), der.timeOf(recipe.notAfter ?? moments.later)),
    name,
    keys.publicKeyInfo,
    ...(version === 3 && recipe.extensions?.length ? [der.explicit(3, der.sequence(...recipe.extensions))] : []),
  )
  const signature = signatureBy(signer, tbs, digest)
  return {
    der: der.sequence(tbs, signatureAlgorithm(signer, digest), der.bits(signature)),
    name,
    serial,
    issuerName,
    keys,
  }
}

/** One relative name of one attribute each. */
export function nameOf(...attributes: readonly (readonly [type: string, value: Buffer])[]): Buffer {
  return der.sequence(...attributes.map(([type, value]) => der.setOf(der.sequence(der.oid(type), value))))
}

export function commonName(text: string): Buffer {
  return nameOf(['2.5.4.6', der.printable('KZ')], ['2.5.4.3', der.utf8(text)])
}

export const keyUsages = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyCertSign: 5,
  cRLSign: 6,
} as const

export const extension = {
  raw: (oid: string, value: Buffer, critical = false) =>
    der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octets(value)),
  basicConstraints: (ca: boolean, pathLength?: number) =>
    extension.raw(
      '2.5.29.19',
      der.sequence(...(ca ? [der.boolean(true)] : []), ...(pathLength === undefined ? [] : [der.integer(pathLength)])),
      true,
    ),
  keyUsage: (...usages: readonly (keyof typeof keyUsages)[]) => {
    const highest = Math.max(...usages.map((usage) => keyUsages[usage]))
    const octet = usages.reduce((value, usage) => value | (0x80 >> keyUsages[usage]), 0)
    return extension.raw('2.5.29.15', der.bits(Buffer.from([octet]), 7 - highest), true)
  },
  extendedKeyUsage: (...oids: readonly string[]) => extension.raw('2.5.29.37', der.sequence(...oids.map(der.oid))),
  subjectKeyIdentifier: (keys: TestKeys) => extension.raw('2.5.29.14', der.octets(keyIdentifier(keys))),
  authorityKeyIdentifier: (keys: TestKeys) =>
    extension.raw('2.5.29.35', der.sequence(der.implicit(0, keyIdentifier(keys)))),
  subjectAltNames: (...names: readonly Buffer[]) => extension.raw('2.5.29.17', der.sequence(...names)),
  nameConstraints: ({
    permitted = [],
    excluded = [],
  }: {
    permitted?: readonly Buffer[]
    excluded?: readonly Buffer[]
  }) => {
    const subtrees = (tag: number, bases: readonly Buffer[]) =>
      bases.length === 0 ? [] : [der.explicit(tag, ...bases.map((base) => der.sequence(base)))]
    return extension.raw('2.5.29.30', der.sequence(...subtrees(0, permitted), ...subtrees(1, excluded)), true)
  },
  policies: (...oids: readonly string[]) =>
    extension.raw('2.5.29.32', der.sequence(...oids.map((policy) => der.sequence(der.oid(policy))))),
  policyMappings: (...pairs: readonly (readonly [string, string])[]) =>
    extension.raw('2.5.29.33', der.sequence(...pairs.map(([a, b]) => der.sequence(der.oid(a), der.oid(b)))), true),
  policyConstraints: ({ requireExplicit, inhibitMapping }: { requireExplicit?: number; inhibitMapping?: number }) =>
    extension.raw(
      '2.5.29.36',
      der.sequence(
        ...(requireExplicit === undefined ? [] : [der.implicit(0, Buffer.from([requireExplicit]))]),
        ...(inhibitMapping === undefined ? [] : [der.implicit(1, Buffer.from([inhibitMapping]))]),
      ),
      true,
    ),
  inhibitAnyPolicy: (skip: number) => extension.raw('2.5.29.54', der.integer(skip), true),
}

/** GeneralName, RFC 5280, 4.2.1.6. */
export const general = {
  email: (address: string) => der.implicit(1, Buffer.from(address)),
  dns: (host: string) => der.implicit(2, Buffer.from(host)),
  directory: (name: Buffer) => der.explicit(4, name),
  uri: (uri: string) => der.implicit(6, Buffer.from(uri)),
  ip: (...addressOctets: readonly number[]) => der.implicit(7, Buffer.from(addressOctets)),
}

export const authorityExtensions = (pathLength?: number) => [
  extension.basicConstraints(true, pathLength),
  extension.keyUsage('keyCertSign', 'cRLSign'),
]
export const signerExtensions = () => [extension.keyUsage('digitalSignature', 'nonRepudiation')]

export interface TestPki {
  readonly root: TestCertificate
  readonly authority: TestCertificate
  readonly signer: TestCertificate
}

/** A root, an issuing authority under it, and a signer of documents. */
export function createTestPki(): TestPki {
  const root = issueCertificate({ subject: 'Test root', extensions: authorityExtensions() })
  const authority = issueCertificate({
    subject: 'Test issuing authority',
    issuer: root,
    extensions: authorityExtensions(0),
  })
  const signer = issueCertificate({ subject: 'ИС «Портал»', issuer: authority, extensions: signerExtensions() })
  return { root, authority, signer }
}

export function toPem(label: string, content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

function keyIdentifier(keys: TestKeys): Buffer {
  return createHash('sha1').update(keys.publicKeyInfo).digest()
}

import { createHash } from 'node:crypto'
import { extension, moments, type TestCertificate } from './pki-certificate.ts'
import * as der from './pki-der.ts'
import { type RsaDigest, signatureAlgorithm, signatureBy, type TestKeys } from './pki-keys.ts'

const enumerated = (value: number) => der.tlv(0x0a, Buffer.from([value]))
const signed = (tbs: Buffer, keys: TestKeys, digest?: RsaDigest) => der.bits(signatureBy(keys, tbs, digest))

export interface CrlEntryRecipe {
  readonly certificate: TestCertificate
  readonly date?: Date
  /** CRLReason's number. */
  readonly reason?: number
  readonly extensions?: readonly Buffer[]
}

export interface CrlRecipe {
  readonly issuer: TestCertificate
  /** Signs instead of the issuer's key. */
  readonly signedBy?: TestKeys
  readonly thisUpdate?: Date
  /** null leaves it out. */
  readonly nextUpdate?: Date | null
  readonly entries?: readonly CrlEntryRecipe[]
  readonly number?: number
  readonly digest?: RsaDigest
  /** Makes the CRL a delta. */
  readonly base?: number
  readonly extensions?: readonly Buffer[]
}

/** A CRL in DER, fresh at `moments.now` unless told otherwise. */
export function issueCrl(recipe: CrlRecipe): Buffer {
  const { issuer, entries = [], number = 1, base, nextUpdate = moments.future } = recipe
  const signer = recipe.signedBy ?? issuer.keys
  const algorithm = signatureAlgorithm(signer, recipe.digest)
  const extensions = [
    extension.raw('2.5.29.20', der.integer(number)),
    ...(base === undefined ? [] : [extension.raw('2.5.29.27', der.integer(base), true)]),
    ...(recipe.extensions ?? []),
  ]
  const tbs = der.sequence(
    der.integer(1),
    algorithm,
    issuer.name,
    der.utcTime(recipe.thisUpdate ?? moments.past),
    ...(nextUpdate === null ? [] : [der.utcTime(nextUpdate)]),
    ...(entries.length === 0 ? [] : [der.sequence(...entries.map(crlEntry))]),
    der.explicit(0, der.sequence(...extensions)),
  )
  return der.sequence(tbs, algorithm, signed(tbs, signer, recipe.digest))
}

function crlEntry({ certificate, date = moments.past, reason, extensions = [] }: CrlEntryRecipe): Buffer {
  const all = [...(reason === undefined ? [] : [extension.raw('2.5.29.21', enumerated(reason))]), ...extensions]
  return der.sequence(
    der.integer(certificate.serial),
    der.utcTime(date),
    ...(all.length === 0 ? [] : [der.sequence(...all)]),
  )
}

/** IssuingDistributionPoint: flags by their tags, a whole name as a URI. */
export function issuingDistributionPoint(options: {
  readonly uri?: string
  readonly flags?: readonly (1 | 2 | 4 | 5)[]
  /** Octet of ReasonFlags. */
  readonly reasons?: number
}): Buffer {
  const { uri, flags = [], reasons } = options
  const flag = (tag: number) => der.implicit(tag, Buffer.from([0xff]))
  return extension.raw(
    '2.5.29.28',
    der.sequence(
      ...(uri === undefined ? [] : [der.explicit(0, der.explicit(0, der.implicit(6, Buffer.from(uri))))]),
      ...flags.filter((tag) => tag < 3).map(flag),
      ...(reasons === undefined ? [] : [der.implicit(3, Buffer.from([0, reasons]))]),
      ...flags.filter((tag) => tag > 3).map(flag),
    ),
    true,
  )
}

export interface OcspRecipe {
  readonly certificate: TestCertificate
  readonly issuer: TestCertificate
  /** The responder; the issuer itself unless told otherwise. */
  readonly responder?: TestCertificate
  readonly signedBy?: TestKeys
  readonly status?: 'good' | 'unknown' | { readonly revoked: Date; readonly reason?: number }
  readonly thisUpdate?: Date
  readonly producedAt?: Date
  readonly nextUpdate?: Date
  readonly hash?: 'sha1' | 'sha256'
  readonly digest?: RsaDigest
  readonly certIdIssuer?: TestCertificate
  readonly responseExtensions?: readonly Buffer[]
}

const hashOids = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const

/** An OCSP response in DER, produced within a day before `moments.now` unless told otherwise. */
export function issueOcspResponse(recipe: OcspRecipe): Buffer {
  const { certificate, issuer, responder = issuer, hash = 'sha1', status = 'good' } = recipe
  const named = recipe.certIdIssuer ?? issuer
  const signer = recipe.signedBy ?? responder.keys
  const hashed = (data: Buffer) => der.octets(createHash(hash).update(data).digest())
  const keyBits = der.contentOf(der.childrenOf(named.keys.publicKeyInfo)[1] ?? Buffer.alloc(0)).subarray(1)
  const certId = der.sequence(
    der.sequence(der.oid(hashOids[hash]), der.nothing()),
    hashed(named.name),
    hashed(keyBits),
    der.integer(certificate.serial),
  )
  const thisUpdate = recipe.thisUpdate ?? moments.past
  const single = der.sequence(
    certId,
    certStatus(status),
    der.generalizedTime(thisUpdate),
    ...(recipe.nextUpdate === undefined ? [] : [der.explicit(0, der.generalizedTime(recipe.nextUpdate))]),
  )
  const tbs = der.sequence(
    der.explicit(1, responder.name),
    der.generalizedTime(recipe.producedAt ?? thisUpdate),
    der.sequence(single),
    ...(recipe.responseExtensions ? [der.explicit(1, der.sequence(...recipe.responseExtensions))] : []),
  )
  const basic = der.sequence(
    tbs,
    signatureAlgorithm(signer, recipe.digest),
    signed(tbs, signer, recipe.digest),
    der.explicit(0, der.sequence(responder.der)),
  )
  const bytes = der.sequence(der.oid('1.3.6.1.5.5.7.48.1.1'), der.octets(basic))
  return der.sequence(enumerated(0), der.explicit(0, bytes))
}

function certStatus(status: NonNullable<OcspRecipe['status']>): Buffer {
  if (status === 'good') return der.implicit(0, Buffer.alloc(0))
  if (status === 'unknown') return der.implicit(2, Buffer.alloc(0))
  const { revoked, reason } = status
  return der.explicit(
    1,
    der.generalizedTime(revoked),
    ...(reason === undefined ? [] : [der.explicit(0, enumerated(reason))]),
  )
}

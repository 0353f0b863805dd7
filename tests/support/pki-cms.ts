import { createHash } from 'node:crypto'
import { gost2004, gost2015With256, gost2015With512 } from '../../src/main/adapters/gost/gost-algorithms.ts'
import { moments, type TestCertificate } from './pki-certificate.ts'
import * as der from './pki-der.ts'
import { hashOf, rsaWithDigest, signatureBy } from './pki-keys.ts'

export const cmsOids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  rsaEncryption: '1.2.840.113549.1.1.1',
} as const

export const digestOids = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  'gost2015-512': gost2015With512.digestOid,
  'gost2015-256': gost2015With256.digestOid,
  gost2004: gost2004.digestOid,
} as const

const signatureOids: Readonly<Record<TestDigest, string>> = {
  ...rsaWithDigest,
  'gost2015-512': gost2015With512.signatureOid,
  'gost2015-256': gost2015With256.signatureOid,
  gost2004: gost2004.signatureOid,
}
export type TestDigest = keyof typeof digestOids

/** The values of the signed attributes; a list of another length makes a wrong attribute, no list leaves it out. */
export type AttributeValues = {
  [name in 'contentType' | 'messageDigest' | 'signingTime' | 'signingCertificateV2']?: readonly Buffer[]
}

export interface SignerRecipe {
  /** 1, or 3 where a key identifier names the signer. */
  readonly version?: number
  readonly signer: TestCertificate
  readonly content: Uint8Array
  readonly digest?: TestDigest
  readonly contentType?: string
  readonly signingTime?: Date
  /** Changes the attributes before they are signed. */
  readonly attributes?: (values: AttributeValues) => AttributeValues
  /** More attributes, each a whole element. */
  readonly moreAttributes?: readonly Buffer[]
  /** How the attributes are put together. */
  readonly order?: (...items: readonly Buffer[]) => Buffer
  readonly withoutAttributes?: boolean
  readonly signatureOid?: string
  readonly signatureDigest?: TestDigest
  readonly sid?: Buffer
  /** Replaces the signature value. */
  readonly signature?: (covered: Buffer) => Buffer
  readonly unsignedAttributes?: readonly Buffer[]
}

export function signerInfo(recipe: SignerRecipe): Buffer {
  const {
    signer,
    content,
    digest = signer.keys.gost?.algorithm.name ?? 'sha256',
    contentType = cmsOids.data,
    signingTime = moments.now,
  } = recipe
  const values: AttributeValues = {
    contentType: [der.oid(contentType)],
    messageDigest: [der.octets(hashOf(digest, content))],
    signingTime: [der.timeOf(signingTime)],
    signingCertificateV2: [signingCertificateV2(signer)],
  }
  const chosen = Object.entries(recipe.attributes?.(values) ?? values)
  const attributes = chosen.map(([name, list]) => attribute(cmsOids[name as keyof AttributeValues], ...list))
  const signedAttributes = (recipe.order ?? der.setOf)(...attributes, ...(recipe.moreAttributes ?? []))
  const covered = recipe.withoutAttributes ? Buffer.from(content) : signedAttributes
  const signature = recipe.signature?.(covered) ?? signatureBy(signer.keys, covered, recipe.signatureDigest ?? digest)
  return der.sequence(
    der.integer(recipe.version ?? (recipe.sid === undefined ? 1 : 3)),
    recipe.sid ?? issuerAndSerial(signer),
    algorithm(digestOids[digest]),
    ...(recipe.withoutAttributes ? [] : [retagged(0xa0, signedAttributes)]),
    algorithm(recipe.signatureOid ?? signatureOids[digest]),
    der.octets(signature),
    ...(recipe.unsignedAttributes ? [retagged(0xa1, der.setOf(...recipe.unsignedAttributes))] : []),
  )
}

export interface MessageRecipe {
  readonly version?: number
  readonly signerInfos: readonly Buffer[]
  readonly content?: Uint8Array
  readonly contentType?: string
  readonly certificates?: readonly TestCertificate[]
  readonly digests?: readonly TestDigest[]
  readonly revocation?: readonly Buffer[]
}

export function signedData(recipe: MessageRecipe): Buffer {
  const { content, contentType = cmsOids.data, certificates = [], digests = ['sha256'] } = recipe
  const body = der.sequence(
    der.integer(recipe.version ?? 1),
    der.setOf(...digests.map((digest) => algorithm(digestOids[digest]))),
    der.sequence(der.oid(contentType), ...(content === undefined ? [] : [der.explicit(0, der.octets(content))])),
    ...(certificates.length > 0
      ? [retagged(0xa0, der.setOf(...certificates.map((certificate) => certificate.der)))]
      : []),
    ...(recipe.revocation ? [retagged(0xa1, der.setOf(...recipe.revocation))] : []),
    der.unsortedSet(...recipe.signerInfos),
  )
  return der.sequence(der.oid(cmsOids.signedData), der.explicit(0, body))
}

/** The ordinary message: one signer, attached content, certificates as given or the signer's alone. */
export function signMessage(recipe: SignerRecipe & { readonly certificates?: readonly TestCertificate[] }): Buffer {
  return signedData({
    ...(recipe.sid === undefined ? {} : { version: 3 }),
    signerInfos: [signerInfo(recipe)],
    content: recipe.content,
    contentType: recipe.contentType ?? cmsOids.data,
    certificates: recipe.certificates ?? [recipe.signer],
    digests: [recipe.digest ?? recipe.signer.keys.gost?.algorithm.name ?? 'sha256'],
  })
}

export function attribute(type: string, ...values: readonly Buffer[]): Buffer {
  return der.sequence(der.oid(type), der.setOf(...values))
}

export function signingCertificateV2(
  certificate: TestCertificate,
  options: { digest?: 'sha1' | 'sha256' | 'sha512'; issuerSerial?: Buffer } = {},
): Buffer {
  const { digest = 'sha256', issuerSerial } = options
  const hash = der.octets(createHash(digest).update(certificate.der).digest())
  const hashAlgorithm = digest === 'sha256' ? [] : [algorithm(digestOids[digest])]
  return der.sequence(der.sequence(der.sequence(...hashAlgorithm, hash, ...(issuerSerial ? [issuerSerial] : []))))
}

export function issuerAndSerial(certificate: TestCertificate): Buffer {
  return der.sequence(certificate.issuerName, der.integer(certificate.serial))
}

export function algorithm(oid: string, parameters = der.nothing()): Buffer {
  return der.sequence(der.oid(oid), parameters)
}

/** The same content under another tag. */
export function retagged(tag: number, element: Uint8Array): Buffer {
  const copy = Buffer.from(element)
  copy[0] = tag
  return copy
}

import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { SigningIdentity } from '../keystore/signing-identity.ts'
import { digest } from '../x509/digest-algorithms.ts'
import type { Refusal } from '../x509/outcome.ts'
import type { XmlDocument } from '../xml/xml-tree.ts'
import { canonicalise } from './canonicalise.ts'
import { isSignature, readSignature, type SignatureForm } from './read-signature.ts'
import { elementsBelow } from './signature-elements.ts'
import { dsNamespace } from './signature-namespaces.ts'
import { xmlAlgorithmUris } from './xml-algorithms.ts'

/** What a signature needs of a key. */
export type XmlSigningIdentity = Pick<SigningIdentity, 'certificate' | 'algorithm' | 'sign'>

const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** Writes ds:Signature as text; every prefix that is used is declared there, `wsse` apart. */
export function signatureText(options: {
  readonly identity: XmlSigningIdentity
  readonly uri: string
  readonly canonicalisation: string
  readonly transforms: readonly string[]
  /** The canonical octets that `uri` means. */
  readonly covered: Uint8Array
  /** Content of KeyInfo. */
  readonly keyInfo: string
  /** base64; empty while SignedInfo is being digested. */
  readonly value: string
}): string {
  const { identity, uri, canonicalisation, transforms, covered, keyInfo, value } = options
  const uris = xmlAlgorithmUris(identity.algorithm)
  const digestValue = digest(identity.algorithm.digest, covered).toString('base64')
  return [
    `<ds:Signature xmlns:ds="${dsNamespace}"><ds:SignedInfo>`,
    `<ds:CanonicalizationMethod Algorithm="${canonicalisation}"/>`,
    `<ds:SignatureMethod Algorithm="${uris.signature}"/>`,
    `<ds:Reference URI="${uri}"><ds:Transforms>`,
    ...transforms.map((transform) => `<ds:Transform Algorithm="${transform}"/>`),
    '</ds:Transforms>',
    `<ds:DigestMethod Algorithm="${uris.digest}"/><ds:DigestValue>${digestValue}</ds:DigestValue>`,
    `</ds:Reference></ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue>`,
    `<ds:KeyInfo>${keyInfo}</ds:KeyInfo></ds:Signature>`,
  ].join('')
}

/**
 * Signs SignedInfo where it stands, because its canonical form inherits from what is around it.
 * @param options.build the whole document around a signature with this value.
 * @returns the signed document, UTF-8. Failures: those of the identity.
 */
export async function signInPlace(options: {
  readonly identity: XmlSigningIdentity
  readonly form: SignatureForm
  readonly build: (value: string) => XmlDocument
}): Promise<Result<Buffer>> {
  const { identity, form, build } = options
  // Any base64 will do: SignatureValue is not in SignedInfo.
  const unsigned = build('AAAA')
  const element = [...elementsBelow(unsigned.root)].filter(isSignature).at(form === 'enveloped' ? -1 : 0)
  if (element === undefined) throw new Error('the document was built without its signature')
  const { signedInfo, signedInfoMethod } = readSignature(element, form)
  const octets = canonicalise({ document: unsigned, apex: signedInfo, method: signedInfoMethod })
  const signed = await identity.sign(octets)
  return signed.ok ? succeed(documentOctets(build(Buffer.from(signed.value).toString('base64')))) : signed
}

/** A document that cannot be signed so that it would verify. */
export function unfitToSign({ subIndication, reason }: Refusal): Result<never> {
  return fail({ code: 'sign.failed', detail: `${subIndication}: ${reason}` })
}

function documentOctets(document: XmlDocument): Buffer {
  const canonical = canonicalise({ document, method: { exclusive: false, comments: true } })
  return Buffer.concat([Buffer.from(XML_DECLARATION), canonical])
}

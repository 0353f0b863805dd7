import { sign } from 'node:crypto'
import type { SigningIdentity } from '../../src/main/adapters/keystore/signing-identity.ts'
import { parseCertificate } from '../../src/main/adapters/x509/certificate.ts'
import { succeed } from '../../src/shared/result.ts'
import type { TestCertificate } from './pki-certificate.ts'

/** URIs as the standards spell them, written out once more: the product's own constants judge nothing here. */
export const xmlUris = {
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  x509v3: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3',
  base64Binary: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary',
  c14n: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  c14nWithComments: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
} as const

export interface SignatureTemplate {
  readonly uri?: string
  readonly canonicalisation?: string
  readonly signatureMethod?: string
  readonly digestMethod?: string
  /** Content of ds:Transforms; without any the element is left out. */
  readonly transforms?: string
  readonly digestValue?: string
  readonly signatureValue?: string
  readonly keyInfo?: string
  /** Beside the one Reference. */
  readonly moreReferences?: string
  /** After KeyInfo. */
  readonly objects?: string
}

export const transform = (uri: string, content = '') => `<ds:Transform Algorithm="${uri}">${content}</ds:Transform>`
export const envelopedTransforms = transform(xmlUris.enveloped) + transform(xmlUris.c14nWithComments)

/** A ds:Signature in the enveloped form unless told otherwise, for xmlsec1 or a test to fill in. */
export function signatureTemplate(options: SignatureTemplate = {}): string {
  const {
    uri = ' URI=""',
    transforms = envelopedTransforms,
    keyInfo = '<ds:KeyInfo><ds:X509Data/></ds:KeyInfo>',
    moreReferences = '',
    objects = '',
  } = options
  const method = (name: string, algorithm: string) => `<ds:${name} Algorithm="${algorithm}"/>`
  return [
    `<ds:Signature xmlns:ds="${xmlUris.ds}"><ds:SignedInfo>`,
    method('CanonicalizationMethod', options.canonicalisation ?? xmlUris.c14n),
    method('SignatureMethod', options.signatureMethod ?? xmlUris.rsaSha256),
    `<ds:Reference${uri}>${transforms === '' ? '' : `<ds:Transforms>${transforms}</ds:Transforms>`}`,
    method('DigestMethod', options.digestMethod ?? xmlUris.sha256),
    `<ds:DigestValue>${options.digestValue ?? ''}</ds:DigestValue></ds:Reference>${moreReferences}</ds:SignedInfo>`,
    `<ds:SignatureValue>${options.signatureValue ?? ''}</ds:SignatureValue>${keyInfo}${objects}</ds:Signature>`,
  ].join('')
}

export interface SoapTemplate {
  readonly signature?: string
  readonly security?: string
  readonly headers?: string
  readonly bodyAttributes?: string
  readonly body?: string
  readonly afterBody?: string
}

/** A SOAP envelope with `wsse:Security` over the Body `id-1`. */
export function soapTemplate(options: SoapTemplate = {}): string {
  const { body = '<x:reply xmlns:x="urn:x">жауап</x:reply>', bodyAttributes = ` wsu:Id="id-1"` } = options
  const security =
    options.security ??
    `<wsse:Security xmlns:wsse="${xmlUris.wsse}" s:mustUnderstand="1">${options.signature ?? ''}</wsse:Security>`
  return [
    `<s:Envelope xmlns:s="${xmlUris.soap}" xmlns:wsu="${xmlUris.wsu}">`,
    `<s:Header>${options.headers ?? ''}${security}</s:Header>`,
    `<s:Body${bodyAttributes}>${body}</s:Body>${options.afterBody ?? ''}</s:Envelope>`,
  ].join('')
}

/** ds:Signature as `wsse:Security` holds it. */
export function soapSignature(signer: TestCertificate, options: SignatureTemplate = {}): string {
  return signatureTemplate({
    uri: ' URI="#id-1"',
    canonicalisation: xmlUris.exclusive,
    transforms: transform(xmlUris.exclusive),
    keyInfo: keyIdentifier(signer),
    ...options,
  })
}

export function keyIdentifier(signer: TestCertificate): string {
  const attributes = `EncodingType="${xmlUris.base64Binary}" ValueType="${xmlUris.x509v3}"`
  const identifier = `<wsse:KeyIdentifier ${attributes}>${signer.der.toString('base64')}</wsse:KeyIdentifier>`
  return `<ds:KeyInfo><wsse:SecurityTokenReference xmlns:wsse="${xmlUris.wsse}">${identifier}</wsse:SecurityTokenReference></ds:KeyInfo>`
}

/** KeyInfo that refers to a token, and the token. */
export function tokenReference(signer: TestCertificate): { readonly keyInfo: string; readonly token: string } {
  const reference = `<wsse:Reference URI="#token-1" ValueType="${xmlUris.x509v3}"/>`
  return {
    keyInfo: `<ds:KeyInfo><wsse:SecurityTokenReference xmlns:wsse="${xmlUris.wsse}">${reference}</wsse:SecurityTokenReference></ds:KeyInfo>`,
    token: `<wsse:BinarySecurityToken EncodingType="${xmlUris.base64Binary}" ValueType="${xmlUris.x509v3}" wsu:Id="token-1">${signer.der.toString('base64')}</wsse:BinarySecurityToken>`,
  }
}

/** An RSA key of the tests as the signer of ours takes it. */
export function rsaIdentity(signer: TestCertificate): SigningIdentity {
  const certificate = parseCertificate(Uint8Array.from(signer.der))
  if (certificate === undefined) throw new Error('the test certificate was refused')
  return {
    certificate,
    others: [],
    algorithm: { kind: 'rsa', digest: 'sha256' },
    sign: async (data) => succeed(Uint8Array.from(sign('sha256', data, signer.keys.privateKey))),
    close: () => undefined,
  }
}

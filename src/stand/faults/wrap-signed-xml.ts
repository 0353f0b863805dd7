import { certificateDer, type Issuer } from '../certification-authority/issue-certificate.ts'
import { createXmlSigner } from '../xml-signature/create-xml-signer.ts'
import { xmlSignatureNames as names } from '../xml-signature/xml-signature-names.ts'

/**
 * Signature wrapping: the document that the portal signed, by an id of its own, moves into the signature, and a
 * document that nobody signed takes its place. The signature value and the digest stay right.
 * @param options.content the reply without its signature.
 */
export function wrapSignedXml(options: { readonly content: Buffer; readonly signer: Issuer }): Buffer {
  const { signer } = options
  const content = options.content.toString('utf8')
  const id = 'signed'
  const identified = content.replace(/^<([\w:]+)/, `<$1 Id="${id}"`)
  const signed = createXmlSigner(signer, names.canonical)
  const certificate = certificateDer(signer.certificate).toString('base64')
  signed.getKeyInfoContent = () => `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`
  // Signed where the signature does not stand inside the document: it will be inside the signature.
  const namespace = /xmlns="[^"]*"/.exec(content)?.[0] ?? ''
  signed.addReference({
    xpath: `//*[@Id='${id}']`,
    transforms: [names.exclusive],
    digestAlgorithm: signer.key.suite.xmlDigestUri,
  })
  signed.computeSignature(`<beside ${namespace}>${identified}</beside>`, {
    prefix: 'ds',
    location: { reference: '/*', action: 'append' },
  })
  const signature = signed
    .getSignatureXml()
    .replace(/<\/ds:Signature>$/, `<ds:Object>${identified}</ds:Object></ds:Signature>`)
  return Buffer.from(content.replace(/(<\/[\w:]+>)\s*$/, `${signature}$1`), 'utf8')
}

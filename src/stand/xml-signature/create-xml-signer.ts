import { SignedXml } from 'xml-crypto'
import type { Issuer } from '../certification-authority/issue-certificate.ts'
import { hashAlgorithm } from './check-xml-signature.ts'

/** A signer of xml-crypto that signs with a key of the stand. */
export function createXmlSigner({ key }: Issuer, canonicalizationAlgorithm: string): SignedXml {
  const { suite } = key
  const signed = new SignedXml({
    canonicalizationAlgorithm,
    signatureAlgorithm: suite.xmlSignatureUri,
    privateKey: 'the key is in the algorithm',
  })
  signed.HashAlgorithms = { [suite.xmlDigestUri]: hashAlgorithm(suite) }
  signed.SignatureAlgorithms = {
    [suite.xmlSignatureUri]: class {
      getAlgorithmName = (): string => suite.xmlSignatureUri
      getSignature = (signedInfo: unknown): string =>
        key.sign(Buffer.from(String(signedInfo), 'utf8')).toString('base64')
      verifySignature = (): boolean => false
    },
  }
  return signed
}

import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import type { XmlElement } from '../xml/xml-tree.ts'
import { RefusedSignature } from './refused-signature.ts'
import { base64Octets } from './signature-elements.ts'

const MAX_CERTIFICATE_OCTETS = 64 * 1024

/** A certificate as base64 of its DER. @throws UnexpectedXml, RefusedSignature */
export function certificateOf(element: XmlElement): Certificate {
  const certificate = parseCertificate(base64Octets(element, MAX_CERTIFICATE_OCTETS))
  if (certificate === undefined) throw new RefusedSignature('FORMAT_FAILURE', 'what should be a certificate is none')
  return certificate
}

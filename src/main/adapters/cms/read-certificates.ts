import { parseCertificate } from '../x509/certificate.ts'
import { readDerBlocks } from './read-der-blocks.ts'

const MAX_FILE_OCTETS = 1024 * 1024

/**
 * Reads the certificates of one file of a trust folder: DER, base64, or PEM with any number of certificates and
 * other text around them.
 * @returns them in DER, in the file's order; none where the file is something else.
 */
export function readCertificates(file: Uint8Array): readonly Uint8Array[] {
  return readDerBlocks(file, { labels: ['CERTIFICATE', 'X509 CERTIFICATE'], maxOctets: MAX_FILE_OCTETS }).filter(
    (der) => parseCertificate(der) !== undefined,
  )
}

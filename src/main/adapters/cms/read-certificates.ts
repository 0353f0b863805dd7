import { parseCertificate } from '../x509/certificate.ts'
import { decodeBase64 } from './decode-base64.ts'

const MAX_FILE_OCTETS = 1024 * 1024
const PEM_BLOCK = /-----BEGIN (?:X509 )?CERTIFICATE-----([^-]*)-----END (?:X509 )?CERTIFICATE-----/g

/**
 * Reads the certificates of one file of a trust folder: DER, base64, or PEM with any number of certificates and
 * other text around them.
 * @returns them in DER, in the file's order; none where the file is something else.
 */
export function readCertificates(file: Uint8Array): readonly Uint8Array[] {
  if (file.length > MAX_FILE_OCTETS) return []
  return candidates(file).filter((der) => parseCertificate(der) !== undefined)
}

function candidates(file: Uint8Array): readonly Uint8Array[] {
  if (file[0] === 0x30 && file[1] !== undefined && file[1] >= 0x80) return [file]
  const text = Buffer.from(file)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
  const blocks = [...text.matchAll(PEM_BLOCK)].map(([, body = '']) => body)
  return (blocks.length > 0 ? blocks : [text]).flatMap((block) => {
    const der = decodeBase64(block.replace(/[ \t]/g, ''), MAX_FILE_OCTETS)
    return der === undefined ? [] : [der]
  })
}

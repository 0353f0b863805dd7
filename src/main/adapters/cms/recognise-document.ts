import { objectIdentifier, sequence } from '../asn1/asn1-node.ts'
import { readAsn1, unlessMalformed } from '../asn1/read-asn1.ts'
import { readDerBlocks } from './read-der-blocks.ts'
import { readSignedMessage, type SignedMessage } from './read-signed-message.ts'

/** What a file that is to be verified turns out to be. */
export type RecognisedDocument =
  | { readonly form: 'cms'; readonly message: SignedMessage }
  | { readonly form: 'timestamp' }
  | { readonly form: 'xml' }
  | { readonly form: 'unknown' }

const MAX_OCTETS = 32 * 1024 * 1024
const ID_CT_TST_INFO = '1.2.840.113549.1.9.16.1.4'
const SIGNED_DATA = '1.2.840.113549.1.7.2'

/** Tells forms apart by content: CMS in DER, BER, base64 or PEM; a timestamp token or response; XML. */
export function recogniseDocument(file: Uint8Array): RecognisedDocument {
  if (looksLikeXml(file)) return { form: 'xml' }
  const [octets, ...others] = readDerBlocks(file, { labels: ['CMS', 'PKCS7'], maxOctets: MAX_OCTETS })
  if (octets === undefined || others.length > 0) return { form: 'unknown' }
  const message = readSignedMessage(octets)
  if (message !== undefined) {
    return message.contentType === ID_CT_TST_INFO ? { form: 'timestamp' } : { form: 'cms', message }
  }
  return { form: isTimestampResponse(octets) ? 'timestamp' : 'unknown' }
}

function looksLikeXml(file: Uint8Array): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(Buffer.from(file.subarray(0, 1024)).toString('latin1'))
}

/** TimeStampResp (RFC 3161, 2.4.2): a status, then a ContentInfo. */
function isTimestampResponse(octets: Uint8Array): boolean {
  const type = unlessMalformed(() => {
    const [, token] = sequence(readAsn1(octets, { encoding: 'ber' }))
    return objectIdentifier(sequence(token)[0])
  })
  return type === SIGNED_DATA
}

import { encoding, objectIdentifier, sequence, smallInteger } from '../asn1/asn1-node.ts'
import { readAsn1, unlessMalformed } from '../asn1/read-asn1.ts'
import { readDerBlocks } from './read-der-blocks.ts'
import { readSignedMessage, type SignedMessage } from './read-signed-message.ts'

/** What a file that is to be verified turns out to be. */
export type RecognisedDocument =
  | { readonly form: 'cms'; readonly message: SignedMessage }
  /** The token, out of its response where there is one. */
  | { readonly form: 'timestamp'; readonly token: Uint8Array }
  | { readonly form: 'xml' }
  | { readonly form: 'unknown' }

const MAX_OCTETS = 32 * 1024 * 1024
const ID_CT_TST_INFO = '1.2.840.113549.1.9.16.1.4'
const GRANTED: readonly number[] = [0, 1]
const SIGNED_DATA = '1.2.840.113549.1.7.2'

/** Tells forms apart by content: CMS in DER, BER, base64 or PEM; a timestamp token or response; XML. */
export function recogniseDocument(file: Uint8Array): RecognisedDocument {
  if (looksLikeXml(file)) return { form: 'xml' }
  const [octets, ...others] = readDerBlocks(file, { labels: ['CMS', 'PKCS7'], maxOctets: MAX_OCTETS })
  if (octets === undefined || others.length > 0) return { form: 'unknown' }
  const message = readSignedMessage(octets)
  if (message !== undefined) {
    return message.contentType === ID_CT_TST_INFO ? { form: 'timestamp', token: octets } : { form: 'cms', message }
  }
  const token = tokenOfResponse(octets)
  return token === undefined ? { form: 'unknown' } : { form: 'timestamp', token }
}

function looksLikeXml(file: Uint8Array): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(Buffer.from(file.subarray(0, 1024)).toString('latin1'))
}

/** TimeStampResp (RFC 3161, 2.4.2): a status that grants, then a ContentInfo. */
function tokenOfResponse(octets: Uint8Array): Uint8Array | undefined {
  return unlessMalformed(() => {
    const [status, token, ...surplus] = sequence(readAsn1(octets, { encoding: 'ber' }))
    if (token === undefined || surplus.length > 0 || !GRANTED.includes(smallInteger(sequence(status)[0])))
      return undefined
    return objectIdentifier(sequence(token)[0]) === SIGNED_DATA ? encoding(token) : undefined
  })
}

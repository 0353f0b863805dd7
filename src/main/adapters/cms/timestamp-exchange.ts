import { Boolean as Asn1Boolean, Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import { encoding, sequence, smallInteger } from '../asn1/asn1-node.ts'
import { MalformedAsn1, readAsn1, unlessMalformed } from '../asn1/read-asn1.ts'
import { type DigestName, digest, digestOid } from '../x509/digest-algorithms.ts'

/** granted and grantedWithMods, RFC 3161, 2.4.2. */
const GRANTED = [0, 1]

/**
 * TimeStampReq (RFC 3161, 2.4.1) over `covered`, with a nonce, asking for the authority's certificate.
 * @param options.nonce content octets of an INTEGER, positive and minimal.
 */
export function encodeTimestampRequest(options: {
  readonly covered: Uint8Array
  readonly digestName: DigestName
  readonly nonce: Uint8Array
}): Uint8Array {
  const algorithm = new Sequence({
    value: [new ObjectIdentifier({ value: digestOid(options.digestName) }), new Null()],
  })
  const imprint = new OctetString({ valueHex: Uint8Array.from(digest(options.digestName, options.covered)) })
  const request = new Sequence({
    value: [
      new Integer({ value: 1 }),
      new Sequence({ value: [algorithm, imprint] }),
      new Integer({ valueHex: Uint8Array.from(options.nonce) }),
      new Asn1Boolean({ value: true }),
    ],
  })
  return new Uint8Array(request.toBER())
}

/** @returns DER of the token; undefined where the bytes are no TimeStampResp, or one that grants nothing. */
export function readTimestampResponse(response: Uint8Array): Uint8Array | undefined {
  return unlessMalformed(() => {
    const [statusInfo, token, ...surplus] = sequence(readAsn1(response, { encoding: 'ber' }))
    const [status] = sequence(statusInfo)
    if (surplus.length > 0) throw new MalformedAsn1('TimeStampResp')
    return token !== undefined && GRANTED.includes(smallInteger(status)) ? Uint8Array.from(encoding(token)) : undefined
  })
}

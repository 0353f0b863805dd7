import { Boolean as Asn1Boolean, type AsnType, BitString, Utf8String } from 'asn1js'
import {
  decoded,
  encode,
  generalizedTime,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
} from '../asn1/der.ts'
import {
  elementsOf,
  integerOctetsOf,
  MalformedRequest,
  octetsOf,
  oidOf,
  parseDer,
  taggedElements,
} from '../asn1/read-der.ts'
import { type Issuer, randomSerialNumber } from '../certification-authority/issue-certificate.ts'
import { nucProfile } from '../certification-authority/nuc-profile.ts'
import { cmsOids, writeSignedData } from '../cms/write-signed-data.ts'

export interface TimestampAuthority {
  /**
   * Answers a TimeStampReq.
   * @param otherHash a token over a digest that nobody asked about.
   * @returns TimeStampResp, DER, for any bytes whatever.
   */
  respond(request: Uint8Array, otherHash?: boolean): Promise<Buffer>
  /** A token over data, for the stand's own use: the imprint is the authority's own digest. */
  tokenOver(data: Uint8Array): Promise<Buffer>
}

/** Digests that an imprint may be made with: object identifier to octets. SHA-1 is refused. */
const IMPRINT_OCTETS: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.2.1': 32,
  '2.16.840.1.101.3.4.2.2': 48,
  '2.16.840.1.101.3.4.2.3': 64,
  '1.2.398.3.10.1.3.2': 32,
  '1.2.398.3.10.1.3.3': 64,
}
/** PKIFailureInfo, RFC 3161, section 2.4.2. */
const FAILURES = { badAlg: 0, badRequest: 2, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 } as const
const REJECTION = 2

class Rejection extends Error {
  readonly failure: keyof typeof FAILURES
  constructor(failure: keyof typeof FAILURES) {
    super(failure)
    this.failure = failure
  }
}

interface TimestampRequest {
  /** MessageImprint as it came. */
  readonly imprint: AsnType
  readonly nonce?: Buffer
  readonly wantsCertificate: boolean
}

/** RFC 3161; the policy is of НУЦ's form, the token's signature in the authority's algorithm. */
export function createTimestampAuthority(options: {
  readonly signer: Issuer
  readonly now: () => Date
}): TimestampAuthority {
  const { signer, now } = options

  async function token(request: TimestampRequest): Promise<Buffer> {
    const at = now()
    const info = sequence(
      integer(1),
      objectIdentifier(nucProfile.timestampPolicy),
      request.imprint,
      integer(randomSerialNumber()),
      generalizedTime(at),
      ...(request.nonce === undefined ? [] : [integer(request.nonce)]),
    )
    return writeSignedData({
      signer,
      certificates: request.wantsCertificate ? [signer.certificate] : [],
      contentType: cmsOids.tstInfo,
      content: encode(info),
      signingTime: at,
    })
  }

  return {
    async respond(bytes, otherHash = false) {
      try {
        const request = readRequest(bytes)
        const imprint = otherHash ? otherImprint(request.imprint) : request.imprint
        return encode(sequence(sequence(integer(0)), decoded(await token({ ...request, imprint }))))
      } catch (error) {
        return rejection(error instanceof Rejection ? error.failure : 'badDataFormat')
      }
    },
    tokenOver(data) {
      const { suite } = signer.key
      const imprint = messageImprint(suite.digestOid, suite.digest(data))
      return token({ imprint, wantsCertificate: true })
    },
  }
}

/** @throws Rejection or MalformedRequest */
function readRequest(bytes: Uint8Array): TimestampRequest {
  const [version, imprint, ...fields] = elementsOf(parseDer(bytes))
  if (!integerOctetsOf(version).equals(Uint8Array.of(1))) throw new Rejection('badRequest')
  const [algorithm, digest, ...surplus] = elementsOf(imprint)
  const [oid] = elementsOf(algorithm)
  if (imprint === undefined || surplus.length > 0) throw new MalformedRequest('not a MessageImprint')
  const digestOid = oidOf(oid)
  if (!Object.hasOwn(IMPRINT_OCTETS, digestOid)) throw new Rejection('badAlg')
  if (octetsOf(digest).length !== IMPRINT_OCTETS[digestOid]) throw new Rejection('badDataFormat')
  const rest = [...fields]
  const policy = takeIf(rest, (node) => node.idBlock.tagClass === 1 && node.idBlock.tagNumber === 6)
  if (policy !== undefined && oidOf(policy) !== nucProfile.timestampPolicy) throw new Rejection('unacceptedPolicy')
  const nonce = takeIf(rest, (node) => node.idBlock.tagClass === 1 && node.idBlock.tagNumber === 2)
  const nonceOctets = nonce === undefined ? undefined : integerOctetsOf(nonce)
  if (nonceOctets !== undefined && nonceOctets.length > 64) throw new Rejection('badRequest')
  const certReq = takeIf(rest, (node) => node instanceof Asn1Boolean)
  if (rest.some((node) => taggedElements(node, 0) !== undefined)) throw new Rejection('unacceptedExtension')
  if (rest.length > 0) throw new MalformedRequest('not a TimeStampReq')
  return {
    imprint,
    wantsCertificate: certReq instanceof Asn1Boolean && certReq.getValue(),
    ...(nonceOctets === undefined ? {} : { nonce: nonceOctets }),
  }
}

/** Takes the first element away if it is what may stand there. */
function takeIf(nodes: AsnType[], is: (node: AsnType) => boolean): AsnType | undefined {
  const [first] = nodes
  return first !== undefined && is(first) ? nodes.shift() : undefined
}

function messageImprint(digestOid: string, digest: Uint8Array): AsnType {
  return sequence(sequence(objectIdentifier(digestOid), nullValue()), octetString(digest))
}

function otherImprint(imprint: AsnType): AsnType {
  const [algorithm, digest] = elementsOf(imprint)
  const other = octetsOf(digest)
  other.writeUInt8(other.readUInt8(0) ^ 1, 0)
  return sequence(...(algorithm === undefined ? [] : [algorithm]), octetString(other))
}

function rejection(failure: keyof typeof FAILURES): Buffer {
  const bit = FAILURES[failure]
  const octets = new Uint8Array(Math.floor(bit / 8) + 1)
  octets[octets.length - 1] = 0x80 >> (bit % 8)
  const failureInfo = new BitString({ valueHex: octets.buffer, unusedBits: 7 - (bit % 8) })
  const text = sequence(new Utf8String({ value: failure }))
  return encode(sequence(sequence(integer(REJECTION), text, failureInfo)))
}

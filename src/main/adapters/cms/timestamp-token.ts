import {
  type Asn1Node,
  contentOctets,
  contextChildren,
  encoding,
  integerOctets,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
} from '../asn1/asn1-node.ts'
import { MalformedAsn1, readAsn1, readDer, unlessMalformed } from '../asn1/read-asn1.ts'
import { type AlgorithmIdentifier, algorithmIdentifier } from '../x509/algorithm-identifier.ts'
import type { Certificate } from '../x509/certificate.ts'
import { allowedDigest, type DigestName, digest } from '../x509/digest-algorithms.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import { checkSignerInfo } from './check-message-signature.ts'
import { type MessageSigner, readSignedMessage } from './read-signed-message.ts'
import { attributeTypes, readMessageAttributes } from './signed-attributes.ts'

/** A timestamp that is right by itself and covers what it should; who made it has not been judged. */
export interface IntactTimestamp {
  readonly time: Date
  readonly authority: Certificate
  readonly certificates: readonly Certificate[]
  /** What was stamped. */
  readonly imprint: { readonly digest: DigestName; readonly octets: Uint8Array }
  /** The authority's policy. */
  readonly policy: string
  /** Content octets of the INTEGER that the asker sent, where the token repeats one. */
  readonly nonce?: Uint8Array
}

interface TimestampInfo {
  readonly imprintAlgorithm: AlgorithmIdentifier
  readonly imprint: Uint8Array
  readonly time: Date
  readonly policy: string
  readonly nonce?: Uint8Array
}

const ID_CT_TST_INFO = '1.2.840.113549.1.9.16.1.4'
const GENERALIZED_TIME = 0x18
const INTEGER = 0x02
const MAX_TIMESTAMPS = 8

/**
 * The signature timestamps of a SignerInfo (CAdES-T, ETSI EN 319 122-1, 5.3).
 * @returns the tokens; undefined where the unsigned attributes are malformed.
 */
export function signatureTimestamps({ unsignedAttributes }: MessageSigner): readonly Uint8Array[] | undefined {
  if (unsignedAttributes === undefined) return []
  return unlessMalformed(() => {
    const attributes = contextChildren(readAsn1(unsignedAttributes, { encoding: 'ber' }), 1)
    const tokens = attributes.flatMap((attribute) => {
      const [type, values, ...surplus] = sequence(attribute)
      const list = setOf(values)
      if (surplus.length > 0) throw new MalformedAsn1('Attribute')
      return objectIdentifier(type) === attributeTypes.signatureTimeStampToken
        ? list.map((token) => encoding(token))
        : []
    })
    if (tokens.length > MAX_TIMESTAMPS) throw new MalformedAsn1('too many timestamps')
    return tokens
  })
}

/**
 * Checks the cryptographic half of a timestamp token (RFC 3161, 2.4.2) over `covered`, where that is given.
 * Refusals: FORMAT_FAILURE, HASH_FAILURE where it covers something else, CRYPTO_CONSTRAINTS_FAILURE, and those of
 * `checkSignerInfo`.
 */
export function checkTimestampToken(token: Uint8Array, covered: Uint8Array | undefined): Outcome<IntactTimestamp> {
  const message = readSignedMessage(token)
  const [signer, ...others] = message?.signers ?? []
  if (message === undefined || signer === undefined || others.length > 0) {
    return refuse('FORMAT_FAILURE', 'the timestamp is no SignedData of one signer')
  }
  const intact = checkSignerInfo({
    message,
    signer,
    contentType: ID_CT_TST_INFO,
    readAttributes: readMessageAttributes,
  })
  if (!intact.ok) return intact
  const info = timestampInfo(intact.value.content)
  if (info === undefined) return refuse('FORMAT_FAILURE', 'the timestamp holds no TSTInfo')
  const imprintDigest = allowedDigest(info.imprintAlgorithm)
  if (imprintDigest === undefined) {
    return refuse('CRYPTO_CONSTRAINTS_FAILURE', "the digest of the timestamp's imprint is outside the list")
  }
  if (covered !== undefined && !digest(imprintDigest, covered).equals(info.imprint)) {
    return refuse('HASH_FAILURE', 'the timestamp covers something else')
  }
  return pass({
    time: info.time,
    authority: intact.value.certificate,
    certificates: message.certificates,
    imprint: { digest: imprintDigest, octets: info.imprint },
    policy: info.policy,
    ...(info.nonce && { nonce: info.nonce }),
  })
}

function timestampInfo(der: Uint8Array): TimestampInfo | undefined {
  return unlessMalformed(() => {
    const [version, policy, imprint, , time, ...optional] = sequence(readDer(der))
    if (smallInteger(version) !== 1) throw new MalformedAsn1('TSTInfo')
    const [algorithm, hash, ...surplus] = sequence(imprint)
    if (surplus.length > 0) throw new MalformedAsn1('MessageImprint')
    // Accuracy and ordering may stand before it; of its kind it is alone.
    const nonce = optional.find(isInteger)
    return {
      imprintAlgorithm: algorithmIdentifier(algorithm),
      imprint: octetString(hash),
      time: genTime(time),
      policy: objectIdentifier(policy),
      ...(nonce && { nonce: integerOctets(nonce) }),
    }
  })
}

function isInteger(node: Asn1Node): boolean {
  return encoding(node)[0] === INTEGER
}

/** GeneralizedTime in UTC, which may have a fraction here, kept to the millisecond. */
function genTime(node: Asn1Node | undefined): Date {
  if (node === undefined || encoding(node)[0] !== GENERALIZED_TIME) throw new MalformedAsn1('genTime')
  const text = Buffer.from(contentOctets(node)).toString('latin1')
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(text)
  if (parts === null) throw new MalformedAsn1('genTime')
  const [, year, month, day, hour, minute, second, fraction = ''] = parts
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = new Date(`${iso}.${fraction.slice(0, 3).padEnd(3, '0')}Z`)
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(iso)) throw new MalformedAsn1('genTime')
  return time
}

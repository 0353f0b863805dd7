import type { AsnType } from 'asn1js'
import { encode } from '../asn1/der.ts'
import {
  elementsOf,
  extensionsOf,
  integerOctetsOf,
  MalformedRequest,
  octetsOf,
  oidOf,
  parseDer,
  taggedElements,
} from '../asn1/read-der.ts'

/** One question of an OCSP request. */
export interface OcspQuestion {
  /** CertID as it came, DER: the answer repeats it. */
  readonly certId: Buffer
  readonly hashOid: string
  readonly issuerNameHash: Buffer
  readonly issuerKeyHash: Buffer
  /** Content octets. */
  readonly serialNumber: Buffer
}

export interface OcspRequest {
  readonly questions: readonly OcspQuestion[]
  /** Value of the nonce extension as it came, DER; the answer repeats it. */
  readonly nonce?: Buffer
}

export const OCSP_NONCE = '1.3.6.1.5.5.7.48.1.2'
const MAX_QUESTIONS = 16
const NONCE_OCTETS = { min: 1, max: 128 } as const

/**
 * Reads OCSPRequest, RFC 6960, section 4.1.1. A signature on it is not looked at: answers are for everybody. The nonce
 * has 1 to 128 octets (RFC 9654).
 * @throws MalformedRequest
 */
export function readOcspRequest(der: Uint8Array): OcspRequest {
  const [tbs] = elementsOf(parseDer(der))
  const fields = elementsOf(tbs)
  if (taggedElements(fields[0], 0) !== undefined) fields.shift()
  if (taggedElements(fields[0], 1) !== undefined) fields.shift()
  const questions = elementsOf(fields.shift()).map(readQuestion)
  if (questions.length === 0 || questions.length > MAX_QUESTIONS) throw new MalformedRequest('too many questions')
  const [extensions] = taggedElements(fields.shift(), 2) ?? []
  if (fields.length > 0) throw new MalformedRequest('not a TBSRequest')
  const [nonce, ...others] = (extensions === undefined ? [] : extensionsOf(elementsOf(extensions))).filter(
    ({ oid }) => oid === OCSP_NONCE,
  )
  if (nonce === undefined) return { questions }
  if (others.length > 0 || !isNonce(nonce.value)) throw new MalformedRequest('not a nonce')
  return { questions, nonce: nonce.value }
}

/** Old clients write the octets without their own OCTET STRING: both forms are repeated as they came. */
function isNonce(value: Buffer): boolean {
  return value.length >= NONCE_OCTETS.min && value.length <= NONCE_OCTETS.max + 3
}

function readQuestion(node: AsnType): OcspQuestion {
  const [certId] = elementsOf(node)
  const [algorithm, issuerNameHash, issuerKeyHash, serialNumber, ...surplus] = elementsOf(certId)
  const [hashOid] = elementsOf(algorithm)
  if (certId === undefined || surplus.length > 0) throw new MalformedRequest('not a CertID')
  return {
    certId: encode(certId),
    hashOid: oidOf(hashOid),
    issuerNameHash: octetsOf(issuerNameHash),
    issuerKeyHash: octetsOf(issuerKeyHash),
    serialNumber: integerOctetsOf(serialNumber),
  }
}

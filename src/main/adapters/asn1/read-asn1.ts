import { type BaseBlock, fromBER } from 'asn1js'
import { type BerLimits, scanBer } from './scan-ber.ts'

/** Bytes that are not what a format says. Thrown and caught inside the readers of one adapter, never beyond them. */
export class MalformedAsn1 extends Error {}

/**
 * Reads exactly one element with nothing after it.
 * @throws MalformedAsn1
 */
export function readAsn1(bytes: Uint8Array, limits: BerLimits): BaseBlock {
  const fault = scanBer(bytes, limits)
  if (fault !== undefined) throw new MalformedAsn1(fault)
  // Octet strings stay opaque: what is inside is read by whoever knows what it is.
  const { offset, result } = fromBER(bytes as Uint8Array<ArrayBuffer>, { parseEmbedded: false })
  if (offset !== bytes.length) throw new MalformedAsn1(result.error || 'not ASN.1')
  return result
}

/** Reads one DER element. @throws MalformedAsn1 */
export function readDer(bytes: Uint8Array): BaseBlock {
  return readAsn1(bytes, { encoding: 'der' })
}

/** Runs a reader; undefined where the bytes are malformed. Any other exception is a bug and passes. */
export function unlessMalformed<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof MalformedAsn1) return undefined
    throw error
  }
}

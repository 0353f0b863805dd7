import type { SignatureVerdict, SubIndication } from '../../ports/signature-verifier.ts'

/** A verdict that is not TOTAL-PASSED. */
export type Refusal = Exclude<SignatureVerdict, { readonly indication: 'TOTAL-PASSED' }>

/** What one check says: its finding, or the verdict that ends the validation. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** Missing evidence, as ETSI EN 319 102-1 sees it; every other refusal is a failure. */
const INDETERMINATE: ReadonlySet<SubIndication> = new Set([
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'SIGNED_DATA_NOT_FOUND',
  'TRY_LATER',
  'GENERIC',
])

export function pass<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

/** @param reason one short technical line: which rule, which certificate. */
export function refusalOf(subIndication: SubIndication, reason: string): Refusal {
  const indication = INDETERMINATE.has(subIndication) ? 'INDETERMINATE' : 'TOTAL-FAILED'
  return { indication, subIndication, reason }
}

export function refuse<T = never>(subIndication: SubIndication, reason: string): Outcome<T> {
  return { ok: false, refusal: refusalOf(subIndication, reason) }
}

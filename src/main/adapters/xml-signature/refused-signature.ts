import type { SubIndication } from '../../ports/signature-verifier.ts'
import { type Outcome, type Refusal, refusalOf, refuse } from '../x509/outcome.ts'
import { UnexpectedXml } from '../xml/sequence-reader.ts'

/** Leaves the reading of a signature at the first rule that it breaks; never leaves this folder. */
export class RefusedSignature extends Error {
  readonly refusal: Refusal

  constructor(subIndication: SubIndication, reason: string) {
    super(reason)
    this.refusal = refusalOf(subIndication, reason)
  }
}

/** Turns the ways in which a signature is refused while it is read into an outcome. */
export function refusingSignatures<T>(read: () => Outcome<T>): Outcome<T> {
  try {
    return read()
  } catch (error) {
    if (error instanceof RefusedSignature) return { ok: false, refusal: error.refusal }
    if (error instanceof UnexpectedXml) return refuse('FORMAT_FAILURE', `unexpected XML at ${error.element}`)
    throw error
  }
}

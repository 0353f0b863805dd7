import type { RegistrationReply, RegistrationRequest } from '../../shared/domain/registration.ts'
import type { Result } from '../../shared/result.ts'

/** The one place that knows the portal's payload; the customer's schema replaces the adapter, and nothing else. */
export interface RegistrationCodec {
  /** @returns the document in UTF-8, ready to be signed. */
  encodeRequest(request: RegistrationRequest): Uint8Array
  /** Reads a verified document. Failure: `reply.payload-invalid`. */
  decodeReply(document: Uint8Array): Result<RegistrationReply>
}

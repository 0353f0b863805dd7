import type { RegistrationCodec } from '../../ports/registration-codec.ts'
import { decodeReply } from './decode-reply.ts'
import { encodeRequest } from './encode-request.ts'

/** The payload `urn:arm-tson:registration:v1` in XML, as resources/xsd/registration-v1.xsd defines it. */
export function createRegistrationXmlCodec(): RegistrationCodec {
  return { encodeRequest, decodeReply }
}

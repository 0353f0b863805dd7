import { type Result, succeed } from '../../../shared/result.ts'
import { buildSignedMessage } from '../cms/build-signed-message.ts'
import type { DigestName } from '../x509/digest-algorithms.ts'
import { signEnveloped } from '../xml-signature/sign-enveloped.ts'
import { signSoapBody } from '../xml-signature/sign-soap-body.ts'
import type { WriteSignature } from './create-signer.ts'

/** Asks for a timestamp over a signature value: DER of the token. */
export type AskTimestamp = (signature: Uint8Array, digestName: DigestName) => Promise<Result<Uint8Array>>

/** Attached CAdES-BES in base64, or CAdES-T where a timestamp is asked for. */
export function cmsForm({ timestamp }: { readonly timestamp?: AskTimestamp } = {}): WriteSignature {
  return async (question) => {
    const { digest } = question.identity.algorithm
    const signed = await buildSignedMessage({
      ...question,
      ...(timestamp && { timestamp: (signature) => timestamp(signature, digest) }),
    })
    return signed.ok ? succeed(Buffer.from(Buffer.from(signed.value).toString('base64'))) : signed
  }
}

/** Enveloped XMLDSig on the root of the document. */
export const xmldsigForm: WriteSignature = ({ content, identity }) => signEnveloped({ document: content, identity })

/** `wsse:Security` over the Body of a SOAP envelope. */
export const wsseForm: WriteSignature = ({ content, identity }) => signSoapBody({ document: content, identity })

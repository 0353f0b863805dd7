import { randomUUID } from 'node:crypto'
import type { Issuer } from '../certification-authority/issue-certificate.ts'
import type { KeyAlgorithm } from '../crypto/signature-suites.ts'
import type { SignerJudge } from '../portal/judge-signer.ts'
import { signatureRejections } from '../portal/signature-rejection.ts'
import type { XmlDocument } from '../xml/parse-xml.ts'
import { checkSoapSignature, writeSoapSignature } from '../xml-signature/soap-signature.ts'
import type { SoapProblem } from './read-send-message.ts'

/** `wsse:Security` over the SOAP Body, of requests and of responses. */
export interface TransportSecurity {
  /** @returns the covered Body's canonical octets, or the fault to answer with. */
  check(
    document: XmlDocument,
    at: Date,
  ): Promise<
    | { readonly ok: true; readonly content: Buffer; readonly algorithm: KeyAlgorithm }
    | { readonly ok: false; readonly problem: SoapProblem }
  >
  /** @param options.overAnotherBody the signature stays right, for a Body that is not the one to be read. */
  sign(options: {
    readonly envelope: string
    readonly algorithm: KeyAlgorithm
    readonly overAnotherBody: boolean
  }): string
}

export function createTransportSecurity(options: {
  readonly judgeSigner: SignerJudge
  readonly signers: Readonly<Record<KeyAlgorithm, Issuer>>
}): TransportSecurity {
  const { judgeSigner, signers } = options
  return {
    async check(document, at) {
      const checked = checkSoapSignature(document)
      const rejection = checked === undefined ? 'signature-wrong' : await judgeSigner(checked.certificate, at)
      if (checked === undefined || rejection !== undefined) {
        const reason = signatureRejections[rejection ?? 'signature-wrong']
        const message = `Подпись конверта SOAP не прошла проверку (${reason})`
        return { ok: false, problem: { code: 'wsse:FailedCheck', message } }
      }
      return { ok: true, content: checked.content, algorithm: checked.suite.algorithm }
    },
    sign({ envelope, algorithm, overAnotherBody }) {
      const signed = writeSoapSignature({ envelope, signer: signers[algorithm] })
      return overAnotherBody ? moveSignedBody(signed) : signed
    },
  }
}

/** Wrapping: the signed Body goes into the Header, a copy with another id is in its place. */
function moveSignedBody(envelope: string): string {
  const body = /<soap:Body [\s\S]*<\/soap:Body>/.exec(envelope)?.[0]
  if (body === undefined) throw new Error('the envelope has no signed Body')
  const other = body.replace(/wsu:Id="[^"]*"/, `wsu:Id="id-${randomUUID()}"`)
  return envelope.replace(body, () => other).replace('</soap:Header>', () => `<moved>${body}</moved></soap:Header>`)
}

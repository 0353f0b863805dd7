import { portalMessages } from '../../shared/domain/reference-data.ts'
import type { PortalRefusal, RegistrationResult } from '../../shared/domain/registration.ts'
import type { SignerJudge } from './judge-signer.ts'
import { portalTexts } from './portal-texts.ts'
import { writeRegistrationReply } from './registration-reply-document.ts'
import {
  type ReceivedRequest,
  type RequestIdentity,
  readClaimedIdentity,
  readRegistrationRequest,
} from './registration-request-document.ts'
import type { ReplyBook } from './reply-book.ts'
import type { RegistrationService } from './serve-registration.ts'
import type { ReplySigner } from './sign-reply.ts'
import { type SignatureRejection, signatureRejections } from './signature-rejection.ts'
import { isSignatureRight, readSignedDocument, type SignedDocument } from './signed-document.ts'
import type { WitnessBook } from './witness-book.ts'

/** How far a request's time may be from the portal's. */
const FRESHNESS_MS = 10 * 60 * 1000

/** The portal (ПЭП) as the gateway sees it. */
export interface Portal {
  /**
   * @param data the gateway's `data`: an attached CMS in base64.
   * @returns the signed reply, DER; undefined where nothing in the data can be answered.
   */
  answer(data: string): Promise<Buffer | undefined>
}

/**
 * Checks the workstation's signature, then serves each request once. Everything that claims a request id, a nonce and
 * an ИИН gets a signed reply, refusals too.
 */
export function createPortal(options: {
  readonly judgeSigner: SignerJudge
  readonly serve: RegistrationService
  readonly replies: ReplyBook
  readonly witness: WitnessBook
  readonly sign: ReplySigner
  readonly now: () => Date
}): Portal {
  const { judgeSigner, serve, replies, witness, sign, now } = options

  async function judge(document: SignedDocument): Promise<SignatureRejection | undefined> {
    if (document.signer === undefined || !isSignatureRight(document)) return 'signature-wrong'
    return judgeSigner(document.signer.certificate, now())
  }

  async function reply(identity: RequestIdentity, result: RegistrationResult): Promise<Buffer> {
    const repliedAt = now()
    const { requestId, nonceBase64, iin } = identity
    const document = writeRegistrationReply({ requestId, nonceBase64, iin, repliedAt, result })
    const signed = await sign(document, repliedAt)
    document.fill(0)
    return signed
  }

  async function refuse(identity: RequestIdentity | undefined, refusal: PortalRefusal): Promise<Buffer | undefined> {
    return identity === undefined ? undefined : reply(identity, { kind: 'Refused', refusal })
  }

  async function serveFresh(request: ReceivedRequest): Promise<{ readonly reply: Buffer; readonly keep: boolean }> {
    const fresh = Math.abs(now().getTime() - request.createdAt.getTime()) <= FRESHNESS_MS
    const result: RegistrationResult = fresh
      ? await serve(request)
      : { kind: 'Refused', refusal: { reason: 'failed', message: portalTexts.requestStale } }
    const signed = await reply(request, result)
    const plain = result.kind === 'AccountIssued' && result.password.profile === 'plain' ? result.password : undefined
    plain?.password.fill(0)
    // A password in the clear is never stored: such a reply cannot be given twice.
    return { reply: signed, keep: plain === undefined }
  }

  return {
    async answer(data) {
      const der = decodeBase64(data)
      const document = der === undefined ? undefined : readSignedDocument(der)
      if (document === undefined) return undefined
      const { content } = document
      const rejection = await judge(document)
      if (rejection !== undefined) {
        const message = portalMessages.signatureRejected(signatureRejections[rejection])
        return refuse(readClaimedIdentity(content), { reason: 'signature-rejected', message })
      }
      const request = readRegistrationRequest(content)
      if (request === undefined) {
        return refuse(readClaimedIdentity(content), { reason: 'failed', message: portalTexts.requestInvalid })
      }
      if (request.auditHead !== undefined) await witness.keep(request.auditHead)
      const { requestId } = request
      const remembered = await replies.once({ requestId, content }, () => serveFresh(request))
      if (remembered.kind === 'reply') return remembered.reply
      const message = remembered.kind === 'id-reused' ? portalTexts.requestReused : portalTexts.replyNotKept
      return refuse(request, { reason: 'failed', message })
    },
  }
}

/** Base64 with padding; line breaks are allowed as OpenSSL and MIME write them. */
function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/[\r\n]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined
  return Buffer.from(compact, 'base64')
}

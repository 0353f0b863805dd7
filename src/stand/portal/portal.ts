import type { TreeHead } from '../../shared/domain/audit-head.ts'
import { portalMessages } from '../../shared/domain/reference-data.ts'
import type { PortalRefusal, RegistrationResult } from '../../shared/domain/registration.ts'
import { type BusinessDocument, bytesOfData, readBusinessDocument, type SignatureProfile } from './business-document.ts'
import type { SignerJudge } from './judge-signer.ts'
import type { PortalLog } from './portal-log.ts'
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
import type { WitnessBook } from './witness-book.ts'

/** How far a request's time may be from the portal's. */
const FRESHNESS_MS = 10 * 60 * 1000

/** The portal (ПЭП) as the gateway sees it. */
export interface Portal {
  /**
   * @param data the gateway's `data`: an attached CMS in base64, or an XML document with an enveloped signature.
   * @returns the reply, signed in the same profile: DER or XML; undefined where nothing in the data can be answered.
   */
  answer(data: string): Promise<Buffer | undefined>
}

/**
 * Checks the workstation's signature, then serves each request once. Everything that claims a request id, a nonce and
 * an ИИН gets a signed reply, refusals too.
 */
export function createPortal(options: {
  readonly judgeSigner: SignerJudge
  /** Whether a token is right over a signature value, and at what time. */
  readonly timeOf: (token: Buffer, signature: Buffer) => Date | undefined
  readonly serve: RegistrationService
  readonly replies: ReplyBook
  readonly witness: WitnessBook
  readonly log: PortalLog
  readonly sign: ReplySigner
  readonly now: () => Date
}): Portal {
  const { judgeSigner, timeOf, serve, replies, sign, now } = options

  async function judge({ signature }: BusinessDocument): Promise<SignatureRejection | undefined> {
    if (signature === undefined) return 'signature-wrong'
    const at = now()
    const times = signature.timestamps.map((token) => timeOf(token, signature.value)?.getTime())
    if (!times.every((time) => time !== undefined && Math.abs(at.getTime() - time) <= FRESHNESS_MS))
      return 'timestamp-wrong'
    return judgeSigner(signature.certificate, at)
  }

  async function reply(
    identity: RequestIdentity,
    result: RegistrationResult,
    profile: SignatureProfile,
  ): Promise<Buffer> {
    const repliedAt = now()
    const { requestId, nonceBase64, iin } = identity
    const document = writeRegistrationReply({ requestId, nonceBase64, iin, repliedAt, result })
    const signed = await sign(document, repliedAt, profile)
    document.fill(0)
    return signed
  }

  async function refuse(
    identity: RequestIdentity | undefined,
    refusal: PortalRefusal,
    profile: SignatureProfile,
  ): Promise<Buffer | undefined> {
    return identity === undefined ? undefined : reply(identity, { kind: 'Refused', refusal }, profile)
  }

  const failed = (message: string): RegistrationResult => ({ kind: 'Refused', refusal: { reason: 'failed', message } })

  function isFresh({ createdAt }: ReceivedRequest): boolean {
    return Math.abs(now().getTime() - createdAt.getTime()) <= FRESHNESS_MS
  }

  /** A contradiction refuses nobody: the citizen has no part in it. It is written where the workstation has no hand. */
  async function bearWitness(head: TreeHead): Promise<void> {
    const { logId: log, workstation, size, epoch } = head
    for (const { finding, kept } of await options.witness.keep(head)) {
      const against = { keptSize: kept.size, keptEpoch: kept.epoch, keptAt: kept.at }
      await options.log({ event: 'log-contradicts', finding, log, workstation, size, epoch, ...against })
    }
  }

  /** Changes nothing, so it is answered each time anew and never remembered. */
  async function statusOf(workstation: string, of: string): Promise<RegistrationResult> {
    const state = await replies.find({ requestId: of, workstation })
    return state.name === 'other-workstation'
      ? failed(portalTexts.otherWorkstation)
      : { kind: 'RequestStatus', of, state }
  }

  async function serveFresh(
    request: ReceivedRequest,
    profile: SignatureProfile,
  ): Promise<{ readonly reply: Buffer; readonly keep: boolean }> {
    const result = isFresh(request) ? await serve(request) : failed(portalTexts.requestStale)
    const signed = await reply(request, result, profile)
    const plain = result.kind === 'AccountIssued' && result.password.profile === 'plain' ? result.password : undefined
    plain?.password.fill(0)
    // A password in the clear is never stored: such a reply cannot be given twice.
    return { reply: signed, keep: plain === undefined }
  }

  return {
    async answer(data) {
      const bytes = bytesOfData(data)
      const document = bytes === undefined ? undefined : readBusinessDocument(bytes)
      if (document === undefined) return undefined
      const { content, profile } = document
      const rejection = await judge(document)
      if (rejection !== undefined) {
        const message = portalMessages.signatureRejected(signatureRejections[rejection])
        return refuse(readClaimedIdentity(content), { reason: 'signature-rejected', message }, profile)
      }
      const request = readRegistrationRequest(content)
      if (request === undefined) {
        return refuse(readClaimedIdentity(content), { reason: 'failed', message: portalTexts.requestInvalid }, profile)
      }
      if (request.auditHead !== undefined) await bearWitness(request.auditHead)
      const { requestId, workstation, operation } = request
      if (operation.kind === 'RequestStatus') {
        const result = isFresh(request) ? await statusOf(workstation, operation.of) : failed(portalTexts.requestStale)
        return reply(request, result, profile)
      }
      const remembered = await replies.once({ requestId, workstation, content }, () => serveFresh(request, profile))
      if (remembered.kind === 'reply') return remembered.reply
      const message = remembered.kind === 'id-reused' ? portalTexts.requestReused : portalTexts.replyNotKept
      return refuse(request, { reason: 'failed', message }, profile)
    },
  }
}

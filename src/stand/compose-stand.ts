import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StandFault } from '../shared/domain/training.ts'
import type { AuthorityFiles } from './certification-authority/authority-files.ts'
import { serialNumberOf } from './certification-authority/issue-certificate.ts'
import { type AuthorityBranch, readAuthorityBranch, readCertificate } from './certification-authority/read-authority.ts'
import { createRevocationBook, type Revocation } from './certification-authority/revocation-book.ts'
import { type KeyAlgorithm, keyAlgorithms, suiteOfSignature } from './crypto/signature-suites.ts'
import { createPortalsUnderFault } from './faults/portal-under-fault.ts'
import { createSyncChannel } from './gateway/sync-channel.ts'
import { createTransportSecurity } from './gateway/transport-security.ts'
import { createPopulationRegister } from './population-register/population-register.ts'
import { createAccountBook } from './portal/account-book.ts'
import { checkTimestamp } from './portal/check-timestamp.ts'
import { createSignerJudge, type SignerJudge } from './portal/judge-signer.ts'
import { createLogIn } from './portal/log-in.ts'
import { createMobileBook } from './portal/mobile-book.ts'
import { createPortal } from './portal/portal.ts'
import { createPortalLog } from './portal/portal-log.ts'
import { createReplyBook } from './portal/reply-book.ts'
import { createRevocationCheck } from './portal/revocation-check.ts'
import { createRegistrationService } from './portal/serve-registration.ts'
import { createReplySigner } from './portal/sign-reply.ts'
import { createWitnessBook } from './portal/witness-book.ts'
import { createPortalWeb } from './portal-web/portal-web.ts'
import { createSmsInbox, type SmsMessage } from './sms/sms-inbox.ts'
import { standFiles } from './stand-files.ts'
import { createRevocationLists } from './trust-services/revocation-lists.ts'
import { createTimestampAuthority } from './trust-services/timestamp-authority.ts'
import { createTrustServices } from './trust-services/trust-services.ts'

export const gatewayPath = '/shep/SyncChannel'

/** Answers one request of a server of the stand. Never rejects: what goes wrong is logged, and the connection ends. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Builds the gateway, the portal and its page over one folder, sharing one server by path, and the authority's services
 * for another.
 */
export async function composeStand(options: {
  readonly dataDir: string
  readonly authority: AuthorityFiles
  readonly fault: () => Promise<StandFault | undefined>
  readonly clockOffsetMs: () => Promise<number>
  readonly slowMs: number
  readonly stopping: AbortSignal
  readonly now: () => Date
}): Promise<{ readonly site: RequestHandler; readonly services: RequestHandler }> {
  const { authority, fault, slowMs, stopping, now } = options
  const files = standFiles(options.dataDir)
  const register = createPopulationRegister()
  const accounts = createAccountBook({ folder: files.accountsDir, register, now })
  const sms = createSmsInbox({ folder: files.smsDir })
  // The portal believes that it sent a message which no network delivers.
  const network = {
    deliver: async (message: SmsMessage) => ((await fault()) === 'sms-lost' ? undefined : sms.deliver(message)),
  }
  const mobiles = createMobileBook({ folder: files.mobilesDir, accounts, sms: network, now })
  const log = createPortalLog({ file: files.log, now })
  const witness = createWitnessBook({ folder: files.witnessDir })
  const logIn = createLogIn({ folder: files.loginAttemptsDir, register, accounts, log, now })

  const [rsa, gost2015] = await Promise.all([
    readAuthorityBranch(authority, 'rsa'),
    readAuthorityBranch(authority, 'gost2015'),
  ])
  const revocations = await readRevocations({ authority, fault, now })
  const trustServices = createTrustServices({ branches: [rsa, gost2015], revocations, fault, now })

  const branches = { rsa, gost2015 }
  const judgeSigner = judgeByAlgorithm({
    rsa: judgeOf({ branch: rsa, revocations, now }),
    gost2015: judgeOf({ branch: gost2015, revocations, now }),
  })
  const timestampAuthorities = {
    rsa: createTimestampAuthority({ signer: rsa.signers.tsa, now }),
    gost2015: createTimestampAuthority({ signer: gost2015.signers.tsa, now }),
  }
  const authorities = [rsa.signers.tsa.certificate, gost2015.signers.tsa.certificate]
  const sign = createReplySigner({ as: 'portal', branches, timestampAuthorities })
  const portal = createPortalsUnderFault({
    createPortal: (parts) =>
      createPortal({
        judgeSigner,
        timeOf: (token, signature) => checkTimestamp({ token, signature, authorities }),
        witness,
        log,
        sign,
        ...parts,
      }),
    clockOffsetMs: options.clockOffsetMs,
    serve: createRegistrationService({ register, accounts, mobiles }),
    replies: createReplyBook({ folder: files.repliesDir, now }),
    register,
    sign,
    signAsOther: createReplySigner({ as: 'other-signer', branches, timestampAuthorities }),
    portal: (algorithm) => branches[algorithm].signers.portal,
    now,
  })
  const signers = { rsa: rsa.signers.portal, gost2015: gost2015.signers.portal }
  const security = createTransportSecurity({ judgeSigner, signers })
  const syncChannel = createSyncChannel({ portal, security, fault, slowMs, stopping, now })
  const portalWeb = createPortalWeb({ register, accounts, logIn, sms, now })

  const guarded =
    (handle: RequestHandler): RequestHandler =>
    async (request, response) => {
      try {
        await handle(request, response)
      } catch (error) {
        response.destroy()
        if (stopping.aborted) return
        const message = error instanceof Error ? error.message : 'unknown'
        await log({ event: 'error', message }).catch(() => undefined)
      }
    }
  return {
    site: guarded((request, response) => {
      const [path] = (request.url ?? '').split('?')
      return (path === gatewayPath ? syncChannel : portalWeb)(request, response)
    }),
    services: guarded(trustServices),
  }
}

function judgeOf(options: {
  readonly branch: AuthorityBranch
  readonly revocations: () => Promise<readonly Revocation[]>
  readonly now: () => Date
}): SignerJudge {
  const { root, issuing } = options.branch
  const { base } = createRevocationLists(options)
  const create = (): SignerJudge =>
    createSignerJudge({
      authorities: { root: root.certificate, issuing: issuing.certificate },
      isRevoked: createRevocationCheck({ list: base, authority: issuing.certificate, now: options.now }),
    })
  // At the first signature: the authorities' own chain is checked then, which takes a while in ГОСТ.
  let judge: SignerJudge | undefined
  return (certificate, at) => {
    judge ??= create()
    return judge(certificate, at)
  }
}

/** A certificate is judged under the authorities of the algorithm that signed it. */
function judgeByAlgorithm(judges: Readonly<Record<KeyAlgorithm, SignerJudge>>): SignerJudge {
  return async (certificate, at) => {
    const suite = suiteOfSignature(certificate.signatureAlgorithm.algorithmId)
    return suite === undefined ? 'foreign-authority' : judges[suite.algorithm](certificate, at)
  }
}

/** What is revoked now: the authority's book, and whom a fault declares revoked while it lasts. */
async function readRevocations(options: {
  readonly authority: AuthorityFiles
  readonly fault: () => Promise<StandFault | undefined>
  readonly now: () => Date
}): Promise<() => Promise<readonly Revocation[]>> {
  const { authority, fault, now } = options
  const book = createRevocationBook({ folder: authority.revocationsDir })
  const serialNumbers = async (name: 'portal' | 'workstation'): Promise<readonly Buffer[]> =>
    Promise.all(
      keyAlgorithms.map(async (algorithm) =>
        serialNumberOf(await readCertificate(authority.certificate(name, algorithm))),
      ),
    )
  const [portal, workstation] = await Promise.all([serialNumbers('portal'), serialNumbers('workstation')])
  return async () => {
    const told = await fault()
    const victims =
      told === 'portal-certificate-revoked' ? portal : told === 'workstation-certificate-revoked' ? workstation : []
    const declared = victims.map((serialNumber) => ({
      serialNumber,
      revokedAt: now(),
      reason: 'keyCompromise' as const,
    }))
    return [...(await book.all()), ...declared]
  }
}

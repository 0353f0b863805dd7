import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StandFault } from '../shared/domain/training.ts'
import type { AuthorityFiles } from './certification-authority/authority-files.ts'
import { serialNumberOf } from './certification-authority/issue-certificate.ts'
import { readAuthorityBranch, readCertificate } from './certification-authority/read-authority.ts'
import { createRevocationBook, type Revocation } from './certification-authority/revocation-book.ts'
import { keyAlgorithms } from './crypto/signature-suites.ts'
import { createPortalsUnderFault } from './faults/portal-under-fault.ts'
import { createSyncChannel } from './gateway/sync-channel.ts'
import { createPopulationRegister } from './population-register/population-register.ts'
import { createAccountBook } from './portal/account-book.ts'
import { createSignerJudge } from './portal/judge-signer.ts'
import { createLogIn } from './portal/log-in.ts'
import { createPortal } from './portal/portal.ts'
import { createPortalLog } from './portal/portal-log.ts'
import { createReplyBook } from './portal/reply-book.ts'
import { createRevocationCheck } from './portal/revocation-check.ts'
import { createRegistrationService } from './portal/serve-registration.ts'
import { createReplySigner } from './portal/sign-reply.ts'
import { createWitnessBook } from './portal/witness-book.ts'
import { createPortalWeb } from './portal-web/portal-web.ts'
import { standFiles } from './stand-files.ts'
import { createRevocationLists } from './trust-services/revocation-lists.ts'
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
  readonly slowMs: number
  readonly stopping: AbortSignal
  readonly now: () => Date
}): Promise<{ readonly site: RequestHandler; readonly services: RequestHandler }> {
  const { authority, fault, slowMs, stopping, now } = options
  const files = standFiles(options.dataDir)
  const register = createPopulationRegister()
  const accounts = createAccountBook({ folder: files.accountsDir, register, now })
  const log = createPortalLog({ file: files.log, now })
  const witness = createWitnessBook({ folder: files.witnessDir })
  const logIn = createLogIn({ folder: files.loginAttemptsDir, register, accounts, log, now })

  const [rsa, gost2015] = await Promise.all([
    readAuthorityBranch(authority, 'rsa'),
    readAuthorityBranch(authority, 'gost2015'),
  ])
  const revocations = await readRevocations({ authority, fault, now })
  const trustServices = createTrustServices({ branches: [rsa, gost2015], revocations, fault, now })

  const lists = createRevocationLists({ branch: rsa, revocations, now })
  const isRevoked = createRevocationCheck({ list: lists.base, authority: rsa.issuing.certificate })
  const authorities = { root: rsa.root.certificate, issuing: rsa.issuing.certificate }
  const judgeSigner = createSignerJudge({ authorities, isRevoked })
  const sign = createReplySigner({ signer: rsa.signers.portal, issuing: rsa.issuing.certificate })
  const portal = createPortalsUnderFault({
    createPortal: (parts) => createPortal({ judgeSigner, witness, sign, now, ...parts }),
    serve: createRegistrationService({ register, accounts }),
    replies: createReplyBook({ folder: files.repliesDir, now }),
    register,
    sign,
    signAsOther: createReplySigner({ signer: rsa.signers['other-signer'], issuing: rsa.issuing.certificate }),
    now,
  })
  const syncChannel = createSyncChannel({ portal, fault, slowMs, stopping, now })
  const portalWeb = createPortalWeb({ register, accounts, logIn, now })

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

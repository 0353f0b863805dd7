import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Certificate } from 'pkijs'
import type { StandFault } from '../shared/domain/training.ts'
import type { AuthorityFiles } from './certification-authority/authority-files.ts'
import { createCryptoEngine } from './certification-authority/crypto-engine.ts'
import { importPkcs8 } from './certification-authority/rsa-key-pair.ts'
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
import { createReplySigner, type ReplySigner } from './portal/sign-reply.ts'
import { createPortalWeb } from './portal-web/portal-web.ts'
import { standFiles } from './stand-files.ts'

export const gatewayPath = '/shep/SyncChannel'

/** Answers one request of the stand's server. Never rejects: what goes wrong is logged, and the connection ends. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Builds the gateway, the portal and its page over one folder, and shares one server between them by path. */
export async function composeStand(options: {
  readonly dataDir: string
  readonly authority: AuthorityFiles
  readonly fault: () => Promise<StandFault | undefined>
  readonly slowMs: number
  readonly stopping: AbortSignal
  readonly now: () => Date
}): Promise<RequestHandler> {
  const { authority, now } = options
  const files = standFiles(options.dataDir)
  const register = createPopulationRegister()
  const accounts = createAccountBook({ folder: files.accountsDir, register, now })
  const log = createPortalLog({ file: files.log, now })
  const logIn = createLogIn({ folder: files.loginAttemptsDir, register, accounts, log, now })

  const [root, issuing] = await Promise.all([readCertificate(authority.root), readCertificate(authority.issuing)])
  const isRevoked = createRevocationCheck({ listFile: authority.issuingRevocationList, authority: issuing })
  const judgeSigner = createSignerJudge({ authorities: { root, issuing }, isRevoked })
  const sign = await readSigner({ certificate: authority.portalCertificate, key: authority.portalKey, issuing })
  const other = { certificate: authority.otherSignerCertificate, key: authority.otherSignerKey, issuing }
  const portal = createPortalsUnderFault({
    createPortal: (parts) => createPortal({ judgeSigner, sign, now, ...parts }),
    serve: createRegistrationService({ register, accounts }),
    replies: createReplyBook({ folder: files.repliesDir, now }),
    register,
    sign,
    signAsOther: await readSigner(other),
    now,
  })

  const { fault, slowMs, stopping } = options
  const syncChannel = createSyncChannel({ portal, fault, slowMs, stopping, now })
  const portalWeb = createPortalWeb({ register, accounts, logIn, now })
  return async (request, response) => {
    const [path] = (request.url ?? '').split('?')
    try {
      await (path === gatewayPath ? syncChannel : portalWeb)(request, response)
    } catch (error) {
      response.destroy()
      if (stopping.aborted) return
      await log({ event: 'error', message: error instanceof Error ? error.message : 'unknown' }).catch(() => undefined)
    }
  }
}

async function readCertificate(path: string): Promise<Certificate> {
  return Certificate.fromBER(new X509Certificate(await readFile(path)).raw)
}

async function readSigner(options: {
  readonly certificate: string
  readonly key: string
  readonly issuing: Certificate
}): Promise<ReplySigner> {
  const pkcs8 = await readFile(options.key)
  const privateKey = await importPkcs8(pkcs8)
  pkcs8.fill(0)
  return createReplySigner({
    engine: createCryptoEngine(),
    certificate: await readCertificate(options.certificate),
    issuing: options.issuing,
    privateKey,
  })
}

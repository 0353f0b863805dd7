import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https'
import { join } from 'node:path'
import type { StandFault } from '../shared/domain/training.ts'
import { readAuthorityDescription } from './certification-authority/authority-description.ts'
import { type AuthorityFiles, authorityFiles, type PersonKey } from './certification-authority/authority-files.ts'
import { openAuthority } from './certification-authority/open-authority.ts'
import { type ServiceUrls, serviceUrls } from './certification-authority/service-urls.ts'
import { composeStand, gatewayPath, type RequestHandler } from './compose-stand.ts'
import type { KeyAlgorithm } from './crypto/signature-suites.ts'
import { readClockMinutes, readStandFault } from './faults/fault-file.ts'

export type { ServiceUrls } from './certification-authority/service-urls.ts'
export { readStandFault, writeStandFault } from './faults/fault-file.ts'
export { listPeople, type PersonExpectation } from './list-people.ts'
export { changeRevocation, revocableCertificates } from './revoke-certificate.ts'
export { readSms } from './sms/read-sms.ts'

const ADDRESS = '127.0.0.1'
const DEFAULT_SLOW_MS = 8000
/** A client of the authority's services that dawdles is hung up on. */
const SERVICE_TIMEOUT_MS = 4000
const SERVICE_CHECK_MS = 1000

export interface StandOptions {
  /** The stand's own folder. Several processes may use it at once. */
  readonly dataDir: string
  /** 0, the default, is any free port. */
  readonly port?: number
  readonly now?: () => Date
  /** What to do wrongly; overrides the fault file. */
  readonly fault?: StandFault
  /** Delay of the fault `slow`, milliseconds. */
  readonly slowMs?: number
}

export interface Stand {
  readonly gatewayUrl: string
  /** The portal's web page. */
  readonly portalUrl: string
  /** PEM: what the gateway's client trusts for TLS. */
  readonly tlsAuthorityFile: string
  /** Folder with the roots for signatures, PEM. */
  readonly trustDir: string
  /** Folder with the issuing authorities, PEM. */
  readonly intermediatesDir: string
  /** PEM: the certificate with which the portal signs in RSA. */
  readonly portalCertificateFile: string
  /** Folder with the portal's certificates of both algorithms, PEM. */
  readonly portalCertificatesDir: string
  /** PKCS#12 of the workstation's RSA key, its PIN is `trainingKeyPin`. */
  readonly workstationKeyFile: string
  /** The workstation's key files by algorithm. */
  readonly keyFiles: Readonly<Record<KeyAlgorithm, string>>
  /** ЭЦП of the people who work at the training counter; the same PIN. */
  readonly personKeyFiles: Readonly<Record<PersonKey, Readonly<Record<KeyAlgorithm, string>>>>
  /** Where the authority's services listen: lists, OCSP, timestamps. */
  readonly services: ServiceUrls
  close(): Promise<void>
}

/**
 * Starts the training stand on the loopback address: gateway (ШЭП), portal (ПЭП) with its web page, population
 * register (ГБД ФЛ), certification authority with its services. The first start of a folder makes the authority's keys.
 * @throws the system's error where the port is taken (`EADDRINUSE`) or the folder cannot be written.
 */
export async function startStand(options: StandOptions): Promise<Stand> {
  const { dataDir } = options
  const now = options.now ?? (() => new Date())
  const stopping = new AbortController()
  const servicesServer = createServicesServer()
  const servicesBase = await listenForServices(servicesServer, dataDir)
  try {
    const authority = await openAuthority({ dataDir, now: now(), servicesBase })
    const handlers = await composeStand({
      dataDir,
      authority,
      fault: async () => options.fault ?? readStandFault({ dataDir }),
      clockOffsetMs: async () => (await readClockMinutes({ dataDir })) * 60_000,
      slowMs: options.slowMs ?? DEFAULT_SLOW_MS,
      stopping: stopping.signal,
      now,
    })
    const siteServer = await createSiteServer(authority)
    const pending = new Set<Promise<void>>()
    serve(siteServer, handlers.site, pending)
    serve(servicesServer, handlers.services, pending)
    const port = await listen(siteServer, options.port ?? 0)
    return {
      ...addresses(port),
      ...filesOf(authority),
      services: serviceUrls(servicesBase),
      async close() {
        stopping.abort()
        await Promise.all([shut(siteServer), shut(servicesServer)])
        // Work for clients that are gone is finished first: the folder is at rest when the stand is closed.
        await Promise.allSettled(pending)
      },
    }
  } catch (error) {
    await shut(servicesServer)
    throw error
  }
}

function addresses(port: number): Pick<Stand, 'gatewayUrl' | 'portalUrl'> {
  return { gatewayUrl: `https://${ADDRESS}:${port}${gatewayPath}`, portalUrl: `https://localhost:${port}/` }
}

function filesOf(authority: AuthorityFiles): Omit<Stand, 'gatewayUrl' | 'portalUrl' | 'services' | 'close'> {
  const keysOf = (name: 'workstation' | PersonKey): Record<KeyAlgorithm, string> => ({
    rsa: authority.key(name, 'rsa'),
    gost2015: authority.key(name, 'gost2015'),
  })
  return {
    tlsAuthorityFile: authority.root,
    trustDir: authority.trustDir,
    intermediatesDir: authority.intermediatesDir,
    portalCertificateFile: authority.portalCertificate,
    portalCertificatesDir: authority.portalCertificatesDir,
    workstationKeyFile: authority.key('workstation'),
    keyFiles: keysOf('workstation'),
    personKeyFiles: { operator: keysOf('operator'), supervisor: keysOf('supervisor') },
  }
}

function serve(server: HttpServer | HttpsServer, handle: RequestHandler, pending: Set<Promise<void>>): void {
  server.on('request', (request, response) => {
    const work = handle(request, response).finally(() => pending.delete(work))
    pending.add(work)
  })
}

async function shut(server: HttpServer | HttpsServer): Promise<void> {
  if (!server.listening) return
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

async function createSiteServer(authority: AuthorityFiles): Promise<HttpsServer> {
  const key = createPrivateKey({ key: await readFile(authority.tlsKey), format: 'der', type: 'pkcs8' })
  return createHttpsServer({
    cert: await readFile(authority.tlsChain),
    key: key.export({ format: 'pem', type: 'pkcs8' }),
    minVersion: 'TLSv1.2',
  })
}

function createServicesServer(): HttpServer {
  return createHttpServer({
    requestTimeout: SERVICE_TIMEOUT_MS,
    headersTimeout: SERVICE_TIMEOUT_MS,
    connectionsCheckingInterval: SERVICE_CHECK_MS,
  })
}

/**
 * Listens where the authority's certificates say; where that port is taken (by another process of this folder, most
 * likely, which answers the same), or for a new authority, on any other.
 * @returns `http://host:port`
 */
async function listenForServices(server: HttpServer, dataDir: string): Promise<string> {
  const description = await readAuthorityDescription(authorityFiles(join(dataDir, 'authority')))
  const preferred = description === undefined ? 0 : Number(new URL(description.servicesBase).port)
  const port = await listen(server, preferred).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && ['EADDRINUSE', 'EACCES'].includes(String(error.code))))
      throw error
    return listen(server, 0)
  })
  return `http://${ADDRESS}:${port}`
}

/** @returns the port. */
function listen(server: HttpServer | HttpsServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, ADDRESS, () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
      resolve(address.port)
    })
  })
}

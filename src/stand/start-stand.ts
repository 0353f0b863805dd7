import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { StandFault } from '../shared/domain/training.ts'
import type { AuthorityFiles } from './certification-authority/authority-files.ts'
import { openAuthority } from './certification-authority/open-authority.ts'
import { composeStand, gatewayPath } from './compose-stand.ts'
import { readStandFault } from './faults/fault-file.ts'

export { writeStandFault } from './faults/fault-file.ts'
export { listPeople, type PersonExpectation } from './list-people.ts'

const ADDRESS = '127.0.0.1'
const DEFAULT_SLOW_MS = 8000

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
  /** Folder with the root for signatures, PEM. */
  readonly trustDir: string
  /** Folder with the issuing authority, PEM. */
  readonly intermediatesDir: string
  /** PEM: the certificate with which the portal signs. */
  readonly portalCertificateFile: string
  /** PKCS#12, its PIN is `trainingKeyPin`. */
  readonly workstationKeyFile: string
  close(): Promise<void>
}

/**
 * Starts the training stand on the loopback address: gateway (ШЭП), portal (ПЭП) with its web page, population
 * register (ГБД ФЛ), certification authority. The first start of a folder makes the authority's keys.
 * @throws the system's error where the port is taken (`EADDRINUSE`) or the folder cannot be written.
 */
export async function startStand(options: StandOptions): Promise<Stand> {
  const { dataDir } = options
  const now = options.now ?? (() => new Date())
  const authority = await openAuthority({ dataDir, now: now() })
  const stopping = new AbortController()
  const handle = await composeStand({
    dataDir,
    authority,
    fault: async () => options.fault ?? readStandFault({ dataDir }),
    slowMs: options.slowMs ?? DEFAULT_SLOW_MS,
    stopping: stopping.signal,
    now,
  })
  const server = await createTlsServer(authority)
  const pending = new Set<Promise<void>>()
  server.on('request', (request, response) => {
    const work = handle(request, response).finally(() => pending.delete(work))
    pending.add(work)
  })
  const port = await listen(server, options.port ?? 0)
  return {
    gatewayUrl: `https://${ADDRESS}:${port}${gatewayPath}`,
    portalUrl: `https://localhost:${port}/`,
    tlsAuthorityFile: authority.root,
    trustDir: authority.trustDir,
    intermediatesDir: authority.intermediatesDir,
    portalCertificateFile: authority.portalCertificate,
    workstationKeyFile: authority.key('workstation'),
    async close() {
      stopping.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      // Work for clients that are gone is finished first: the folder is at rest when the stand is closed.
      await Promise.allSettled(pending)
    },
  }
}

async function createTlsServer(authority: AuthorityFiles): Promise<Server> {
  const key = createPrivateKey({ key: await readFile(authority.tlsKey), format: 'der', type: 'pkcs8' })
  return createServer({
    cert: await readFile(authority.tlsChain),
    key: key.export({ format: 'pem', type: 'pkcs8' }),
    minVersion: 'TLSv1.2',
  })
}

/** @returns the port. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, ADDRESS, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
      resolve(address.port)
    })
  })
}

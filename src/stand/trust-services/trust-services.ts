import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StandFault } from '../../shared/domain/training.ts'
import { certificateDer } from '../certification-authority/issue-certificate.ts'
import type { AuthorityBranch } from '../certification-authority/read-authority.ts'
import type { Revocation } from '../certification-authority/revocation-book.ts'
import { servicePaths } from '../certification-authority/service-urls.ts'
import { readBody } from '../http/read-body.ts'
import { createOcspResponder, type OcspFault } from './ocsp-responder.ts'
import { createRevocationLists } from './revocation-lists.ts'
import { createTimestampAuthority } from './timestamp-authority.ts'

const MAX_REQUEST_BYTES = 16 * 1024
const OCSP_FAULTS: readonly OcspFault[] = ['ocsp-stale', 'ocsp-other-certificate', 'ocsp-unauthorised']

/** Answers one request for a revocation list, a status or a timestamp. */
export type TrustServices = (request: IncomingMessage, response: ServerResponse) => Promise<void>

interface Answer {
  readonly contentType: string
  readonly body: Buffer
}

type Route =
  | { readonly method: 'GET'; readonly service: 'crl' | 'certificate'; readonly answer: () => Promise<Answer> }
  | {
      readonly method: 'POST'
      readonly service: 'ocsp' | 'tsa'
      readonly contentType: string
      readonly answer: (body: Buffer, fault: StandFault | undefined) => Promise<Answer>
    }

/**
 * The authority's services over plain HTTP, as НУЦ offers them: revocation lists and issuers' certificates by GET,
 * OCSP by POST and GET (RFC 6960, appendix A), timestamps by POST (RFC 3161, section 3.4).
 * @param options.revocations what is revoked now, faults included.
 */
export function createTrustServices(options: {
  readonly branches: readonly AuthorityBranch[]
  readonly revocations: () => Promise<readonly Revocation[]>
  readonly fault: () => Promise<StandFault | undefined>
  readonly now: () => Date
}): TrustServices {
  const { branches, revocations, now } = options
  const respond = createOcspResponder(options)
  const routes = new Map<string, Route>()
  for (const branch of branches) {
    const { algorithm } = branch
    const lists = createRevocationLists({ branch, revocations, now })
    const authority = createTimestampAuthority({ signer: branch.signers.tsa, now })
    const crl = (body: () => Promise<Buffer>): Route => ({
      method: 'GET',
      service: 'crl',
      answer: async () => ({ contentType: 'application/pkix-crl', body: await body() }),
    })
    const certificate = (der: Buffer): Route => ({
      method: 'GET',
      service: 'certificate',
      answer: async () => ({ contentType: 'application/pkix-cert', body: der }),
    })
    routes.set(servicePaths.revocationList(algorithm), crl(lists.base))
    routes.set(servicePaths.deltaRevocationList(algorithm), crl(lists.delta))
    routes.set(servicePaths.rootRevocationList(algorithm), crl(lists.root))
    routes.set(servicePaths.issuingCertificate(algorithm), certificate(certificateDer(branch.issuing.certificate)))
    routes.set(servicePaths.rootCertificate(algorithm), certificate(certificateDer(branch.root.certificate)))
    routes.set(servicePaths.timestamps(algorithm), {
      method: 'POST',
      service: 'tsa',
      contentType: 'application/timestamp-query',
      answer: async (body, fault) => ({
        contentType: 'application/timestamp-reply',
        body: await authority.respond(body, fault === 'tsa-other-hash'),
      }),
    })
  }
  const ocsp: Route & { readonly method: 'POST' } = {
    method: 'POST',
    service: 'ocsp',
    contentType: 'application/ocsp-request',
    answer: async (body, fault) => ({
      contentType: 'application/ocsp-response',
      body: await respond(
        body,
        OCSP_FAULTS.find((candidate) => candidate === fault),
      ),
    }),
  }
  routes.set(servicePaths.ocsp, ocsp)

  return async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const byGet = path.startsWith(`${servicePaths.ocsp}/`) && request.method === 'GET'
    const route = byGet ? ocsp : routes.get(path)
    if (route === undefined) return end(response, 404)
    const fault = await options.fault()
    if (fault === `${route.service}-unreachable`) {
      response.destroy()
      return
    }
    if (byGet) return send(response, await ocsp.answer(bodyOfGet(path), fault))
    if (request.method !== route.method) return end(response, 405, { allow: route.method })
    if (route.method === 'GET') return send(response, await route.answer())
    if (request.headers['content-type'] !== route.contentType) return end(response, 415)
    const body = await readBody(request, MAX_REQUEST_BYTES)
    if (body === undefined) return end(response, 413, { connection: 'close' })
    send(response, await route.answer(body, fault))
  }
}

/** RFC 6960, appendix A.1: the request's base64, URL-encoded. What is none becomes a malformed request. */
function bodyOfGet(path: string): Buffer {
  try {
    const text = decodeURIComponent(path.slice(servicePaths.ocsp.length + 1))
    return Buffer.from(text, 'base64')
  } catch {
    return Buffer.alloc(0)
  }
}

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, headers).end()
}

function send(response: ServerResponse, { contentType, body }: Answer): void {
  response.writeHead(200, { 'content-type': contentType, 'content-length': body.length, 'cache-control': 'no-store' })
  response.end(body)
}

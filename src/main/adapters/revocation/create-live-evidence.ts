import { createHash, randomBytes } from 'node:crypto'
import { readDerBlocks } from '../cms/read-der-blocks.ts'
import type { EvidenceHttp } from '../evidence-http/create-evidence-http.ts'
import type { CandidatePath } from '../x509/build-paths.ts'
import type { Certificate } from '../x509/certificate.ts'
import { distributionPointUris } from '../x509/distribution-point.ts'
import { type CertificateList, parseCertificateList } from './certificate-list.ts'
import type { RevocationEvidence } from './create-revocation-judge.ts'
import type { CrlStore } from './crl-store.ts'
import { createEvidenceCache, type Looked } from './evidence-cache.ts'
import { createFreshnessBook } from './freshness-book.ts'
import { encodeOcspRequest } from './ocsp-request.ts'
import { type OcspResponse, parseOcspResponse } from './ocsp-response.ts'

/** Where evidence is asked for, and within which limits. */
export interface RevocationSources {
  readonly crl?: {
    /** Asked instead of the addresses in the certificates, where there are any. Full lists and deltas. */
    readonly urls: readonly string[]
    /** A list is asked for anew after this time, though it counts through its nextUpdate. */
    readonly refreshMs: number
    readonly maxOctets: number
  }
  readonly ocsp?: {
    /** Asked instead of the address in the certificate. */
    readonly url?: string
    /** Whether a response without the nonce counts for nothing. One with another nonce never counts. */
    readonly nonceRequired: boolean
    /** For how long a response is relied on without asking again. */
    readonly reuseMs: number
  }
  /** For how long a response without nextUpdate is fresh. */
  readonly ocspMaxAgeMs: number
  /** For how long a service that did not answer is left alone. */
  readonly retryMs: number
}

export interface GatheredEvidence extends RevocationEvidence {
  /** What could not be had, each with its reason, for the log. */
  readonly missing: readonly string[]
  /** To be called when the evidence decided nothing: the next look asks anew. */
  readonly forget: () => void
}

export interface LiveEvidence {
  /** Asks for evidence about every certificate of a valid path. Never rejects. */
  about(path: CandidatePath, at: Date): Promise<GatheredEvidence>
}

const NONCE_OCTETS = 32
const MAX_OCSP_OCTETS = 64 * 1024
const MAX_URLS = 16
const CACHE = { maxEntries: 256, maxOctets: 64 * 1024 * 1024 } as const

interface FetchedList {
  readonly crl: CertificateList
  readonly octets: number
}

interface FetchedResponse {
  readonly response: OcspResponse
  readonly sha256: string
  readonly freshUntil: Date | undefined
  readonly octets: number
}

/**
 * Evidence from the services of the authorities, kept in memory within limits. Only certificates of a valid path are
 * asked about: an address in a certificate is used once an authority that is trusted has vouched for it.
 */
export function createLiveEvidence(options: {
  readonly http: EvidenceHttp
  readonly sources: RevocationSources
  readonly monotonicMs: () => number
  /** Lists outlive the process there. */
  readonly store?: CrlStore
}): LiveEvidence {
  const { http, sources, monotonicMs, store } = options
  const book = createFreshnessBook({ monotonicMs })
  const lists = createEvidenceCache<FetchedList>({
    ...CACHE,
    monotonicMs,
    reuseMs: sources.crl?.refreshMs ?? 0,
    retryMs: sources.retryMs,
    keepsWhenUnreachable: true,
    octetsOf: ({ octets }) => octets,
    replaces: (next, old) => next.crl.thisUpdate >= old.crl.thisUpdate,
  })
  const responses = createEvidenceCache<FetchedResponse>({
    ...CACHE,
    monotonicMs,
    reuseMs: sources.ocsp?.reuseMs ?? 0,
    retryMs: sources.retryMs,
    keepsWhenUnreachable: false,
    octetsOf: ({ octets }) => octets,
  })

  const isFreshList = ({ crl }: FetchedList, at: Date): boolean =>
    book.isFresh(crl.sha256, { at, freshUntil: crl.nextUpdate })

  const fetchList = async (url: string, maxOctets: number, at: Date): Promise<Looked<FetchedList>> => {
    const answer = await http.ask({ url, maxOctets })
    const fetched = answer.ok ? listOf(answer.body, maxOctets) : undefined
    if (fetched !== undefined && isFreshList(fetched, at)) {
      await store?.keep(url, answer.ok ? answer.body : Buffer.alloc(0))
      return { ok: true, value: fetched }
    }
    const stored = listOf((await store?.read(url, maxOctets)) ?? Buffer.alloc(0), maxOctets)
    if (stored !== undefined) {
      if (isFreshList(stored, at)) return { ok: true, value: stored }
      await store?.remove(url)
    }
    if (!answer.ok) return { ok: false, why: `CRL ${answer.why}` }
    return { ok: false, why: `CRL ${hostOf(url)} ${fetched === undefined ? 'is no CRL' : 'is stale'}` }
  }

  const listAt = (url: string, maxOctets: number, at: Date): Promise<Looked<FetchedList>> =>
    lists.get(url, { isUsable: (list) => isFreshList(list, at), ask: () => fetchList(url, maxOctets, at) })

  async function listsAbout(path: CandidatePath, at: Date, missing: string[]): Promise<readonly CertificateList[]> {
    const { crl } = sources
    if (crl === undefined) return []
    const load = async (urls: readonly string[]): Promise<readonly CertificateList[]> => {
      const looked = await Promise.all(urls.map((url) => listAt(url, crl.maxOctets, at)))
      for (const one of looked) if (!one.ok) missing.push(one.why)
      return looked.flatMap((one) => (one.ok ? [one.value.crl] : []))
    }
    if (crl.urls.length > 0) return load(crl.urls)
    const named = path.certificates.flatMap(({ extensions: { crlDistributionPoints = [], freshestCrl = [] } }) =>
      [...crlDistributionPoints, ...freshestCrl].flatMap(distributionPointUris),
    )
    const first = plainHttp(named)
    const found = await load(first)
    const deltas = found.flatMap(({ freshestCrl = [] }) => freshestCrl.flatMap(distributionPointUris))
    return [...found, ...(await load(plainHttp(deltas).filter((url) => !first.includes(url))))]
  }

  async function askOcsp(
    url: string,
    certificate: Certificate,
    issuer: Certificate,
    at: Date,
  ): Promise<Looked<FetchedResponse>> {
    const request = encodeOcspRequest({ certificate, issuer, nonce: randomBytes(NONCE_OCTETS) })
    const body = { type: 'application/ocsp-request', octets: request.der }
    const answer = await http.ask({ url, body, maxOctets: MAX_OCSP_OCTETS })
    if (!answer.ok) return { ok: false, why: `OCSP ${answer.why}` }
    const refused = (why: string) => ({ ok: false, why: `OCSP ${hostOf(url)} ${why}` }) as const
    const response = parseOcspResponse(answer.body)
    if (response === undefined) return refused('gave no successful response')
    if (response.nonce === undefined) {
      if (sources.ocsp?.nonceRequired !== false) return refused('left the nonce out')
    } else if (!Buffer.from(response.nonce).equals(request.nonceExtension)) {
      return refused('repeats another nonce')
    }
    const fetched = {
      response,
      sha256: createHash('sha256').update(answer.body).digest('hex'),
      freshUntil: freshUntilOf(response, sources.ocspMaxAgeMs),
      octets: answer.body.length,
    }
    return book.isFresh(fetched.sha256, { at, freshUntil: fetched.freshUntil })
      ? { ok: true, value: fetched }
      : refused('gave a stale response')
  }

  async function responsesAbout(path: CandidatePath, at: Date, missing: string[]): Promise<readonly OcspResponse[]> {
    const { ocsp } = sources
    if (ocsp === undefined) return []
    const last = path.certificates.at(-1)
    const looked = await Promise.all(
      path.certificates.map(async (certificate, place) => {
        // A configured responder is asked about those who sign; one for authorities stands in their certificates.
        const configured = certificate === last ? ocsp.url : undefined
        const [url] = configured === undefined ? plainHttp(certificate.extensions.ocspResponders ?? []) : [configured]
        const issuer = path.certificates[place - 1] ?? path.anchor
        if (url === undefined) return undefined
        return responses.get(keyOf(certificate, issuer), {
          isUsable: ({ sha256, freshUntil }) => book.isFresh(sha256, { at, freshUntil }),
          ask: () => askOcsp(url, certificate, issuer, at),
        })
      }),
    )
    for (const one of looked) if (one?.ok === false) missing.push(one.why)
    return looked.flatMap((one) => (one?.ok === true ? [one.value.response] : []))
  }

  return {
    async about(path, at) {
      const missing: string[] = []
      const [crls, ocspResponses] = await Promise.all([
        listsAbout(path, at, missing),
        responsesAbout(path, at, missing),
      ])
      return {
        crls,
        ocspResponses,
        missing,
        forget() {
          for (const [place, certificate] of path.certificates.entries()) {
            responses.forget(keyOf(certificate, path.certificates[place - 1] ?? path.anchor))
          }
          for (const url of sources.crl?.urls ?? []) lists.forget(url)
          for (const { extensions } of path.certificates) {
            const points = [...(extensions.crlDistributionPoints ?? []), ...(extensions.freshestCrl ?? [])]
            for (const url of points.flatMap(distributionPointUris)) lists.forget(url)
          }
        },
      }
    },
  }
}

function keyOf(certificate: Certificate, issuer: Certificate): string {
  return `${certificate.sha256}/${issuer.sha256}`
}

function plainHttp(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.filter((url) => url.startsWith('http://')))].slice(0, MAX_URLS)
}

/** DER or PEM, as authorities publish lists. */
function listOf(body: Uint8Array, maxOctets: number): FetchedList | undefined {
  const [der] = readDerBlocks(body, { labels: ['X509 CRL'], maxOctets })
  const crl = der === undefined ? undefined : parseCertificateList(der)
  return crl === undefined ? undefined : { crl, octets: body.length }
}

/** The earliest end of all that the response says. */
function freshUntilOf({ responses }: OcspResponse, maxAgeMs: number): Date | undefined {
  const ends = responses.map(({ thisUpdate, nextUpdate }) => {
    const oldest = thisUpdate.getTime() + maxAgeMs
    return nextUpdate === undefined ? oldest : nextUpdate.getTime()
  })
  return ends.length === 0 ? undefined : new Date(Math.min(...ends))
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'

export interface EvidenceQuestion {
  /** `http:` without user and password. */
  readonly url: string
  /** Sent with POST; without it GET. */
  readonly body?: { readonly type: string; readonly octets: Uint8Array }
  readonly maxOctets: number
}

/** `why` is one short technical line and never a part of the answer. */
export type EvidenceAnswer = { readonly ok: true; readonly body: Buffer } | { readonly ok: false; readonly why: string }

/** Asks the services of an authority: CRLs, OCSP, timestamps. */
export interface EvidenceHttp {
  /** One attempt. Never rejects. */
  ask(question: EvidenceQuestion): Promise<EvidenceAnswer>
}

/**
 * Plain HTTP, as these services speak it (RFC 5280, 4.2.1.13; RFC 6960, appendix A; RFC 3161, 3.4): what they answer
 * is signed. Nothing comes from the environment, no redirect is followed, no proxy used, nothing decompressed; size
 * and time are bounded.
 * @param options.deadlineMs for a whole exchange, from the name's look-up to the last byte.
 */
export function createEvidenceHttp(options: { readonly deadlineMs: number }): EvidenceHttp {
  // An agent of our own: the global one takes proxies from the environment where Node is told so.
  const agent = new Agent({ keepAlive: false })
  return {
    async ask(question) {
      const url = plainHttpUrl(question.url)
      if (url === undefined) return { ok: false, why: 'not a plain http: address' }
      try {
        return await exchange(url, question, agent, AbortSignal.timeout(options.deadlineMs))
      } catch (error) {
        return { ok: false, why: `${url.host} ${codeOf(error)}` }
      }
    },
  }
}

function plainHttpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'http:' && url.username === '' && url.password === '' ? url : undefined
}

function exchange(url: URL, question: EvidenceQuestion, agent: Agent, signal: AbortSignal): Promise<EvidenceAnswer> {
  const { body, maxOctets } = question
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        agent,
        signal,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          Connection: 'close',
          'User-Agent': 'arm-tson',
          ...(body && { 'Content-Type': body.type, 'Content-Length': body.octets.length }),
        },
      },
      (response) => {
        const refused = refusalOf(response, maxOctets)
        if (refused === undefined) collect(response, maxOctets).then(resolve, reject)
        else {
          request.destroy()
          resolve({ ok: false, why: `${url.host} ${refused}` })
        }
      },
    )
    request.on('error', reject)
    request.end(body?.octets)
  })
}

function refusalOf({ statusCode, headers }: IncomingMessage, maxOctets: number): string | undefined {
  if (statusCode !== 200) return `HTTP ${statusCode}`
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return 'content-encoding'
  return Number(headers['content-length'] ?? 0) > maxOctets ? 'too large' : undefined
}

async function collect(response: IncomingMessage, maxOctets: number): Promise<EvidenceAnswer> {
  const chunks: Buffer[] = []
  let octets = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    octets += chunk.length
    // Leaving the loop destroys the response and its connection.
    if (octets > maxOctets) return { ok: false, why: 'too large' }
    chunks.push(chunk)
  }
  return { ok: true, body: Buffer.concat(chunks) }
}

/** Node's code alone: messages quote addresses and more. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'did not answer in time'
  return 'code' in error && typeof error.code === 'string' ? error.code : 'failed'
}

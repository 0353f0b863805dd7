import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http'

export interface PlainAnswer {
  readonly status: number
  readonly contentType: string | undefined
  readonly body: Buffer
}

/** One exchange over plain HTTP. Rejects where the connection breaks. */
export function exchangeHttp(
  url: string,
  options: { method?: string; headers?: OutgoingHttpHeaders; body?: Uint8Array } = {},
): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const method = options.method ?? (options.body === undefined ? 'GET' : 'POST')
    const request = httpRequest(url, { method, agent: false, headers: options.headers ?? {} }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'],
          body: Buffer.concat(chunks),
        }),
      )
    })
    request.on('error', reject)
    request.end(options.body)
  })
}

export function askOcsp(url: string, body: Uint8Array): Promise<PlainAnswer> {
  return exchangeHttp(url, { body, headers: { 'content-type': 'application/ocsp-request' } })
}

export function askTimestamp(url: string, body: Uint8Array): Promise<PlainAnswer> {
  return exchangeHttp(url, { body, headers: { 'content-type': 'application/timestamp-query' } })
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface EvidenceServer {
  /** `http://127.0.0.1:port`. */
  readonly origin: string
  /** Paths in the order in which they were asked for. */
  readonly asked: readonly string[]
  /** Changes what a path answers; a function answers by itself, undefined breaks the connection. */
  serve(path: string, answer: EvidenceAnswerer | Uint8Array | undefined): void
  close(): Promise<void>
}

export type EvidenceAnswerer = (question: Buffer, response: ServerResponse, request: IncomingMessage) => void

/** An authority's services as a test wants them, over real HTTP. */
export async function startEvidenceServer(): Promise<EvidenceServer> {
  const answers = new Map<string, EvidenceAnswerer | Uint8Array>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      asked.push(path)
      const answer = answers.get(path)
      if (answer === undefined) response.destroy()
      else if (typeof answer === 'function') answer(Buffer.concat(chunks), response, request)
      else response.end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    serve(path, answer) {
      if (answer === undefined) answers.delete(path)
      else answers.set(path, answer)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

import { forbidCoreDumps } from '../../process-memory/forbid-core-dumps.ts'
import { type OpenToken, openToken } from './open-token.ts'
import type { TokenReply, TokenRequest } from './token-protocol.ts'

/**
 * The program of the process that holds a token's driver: it answers requests one by one, and ends with the
 * workstation. It runs as Electron's utility process or as a child of Node, and knows only which of the two channels
 * it has.
 */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort }
let token: OpenToken | undefined
// The PIN and what the driver makes of it.
forbidCoreDumps()

function answer(request: TokenRequest): TokenReply {
  if (request.op === 'open') return open(request)
  if (request.op === 'close') return close()
  return token?.sign(request.key, request.mechanism, request.data) ?? { ok: false, fault: 'gone', detail: 'not open' }
}

function open({ library, label, pin }: Extract<TokenRequest, { op: 'open' }>): TokenReply {
  const octets = Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength)
  try {
    const result = openToken({ library, ...(label === undefined ? {} : { label }), pin: octets })
    if ('ok' in result) return result
    token = result
    return { ok: true, value: result.contents }
  } finally {
    octets.fill(0)
  }
}

function close(): TokenReply {
  token?.close()
  token = undefined
  setImmediate(() => process.exit(0))
  return { ok: true, value: undefined }
}

if (parentPort !== undefined) {
  parentPort.on('message', ({ data }) => parentPort.postMessage(answer(data as TokenRequest)))
} else {
  process.on('message', (request) => process.send?.(answer(request as TokenRequest)))
  process.on('disconnect', () => process.exit(0))
}

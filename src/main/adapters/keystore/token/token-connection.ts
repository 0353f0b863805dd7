import type { SpawnTokenProcess, TokenFault, TokenReply, TokenRequest } from './token-protocol.ts'

/** Requests to one driver's process, each with a time limit. It ends with the first that the process does not answer. */
export interface TokenConnection {
  ask(request: TokenRequest, timeoutMs: number): Promise<TokenReply>
  close(): void
}

const CLOSE_MS = 1_000

export function connectToken(spawn: SpawnTokenProcess): TokenConnection {
  const child = spawn()
  let waiting: ((reply: TokenReply) => void) | undefined
  let ended: string | undefined
  const end = (detail: string): void => {
    ended ??= detail
    waiting?.({ ok: false, fault: 'failed', detail: ended })
  }
  child.onReply((reply) =>
    waiting?.(isReply(reply) ? reply : { ok: false, fault: 'failed', detail: 'no reply of ours' }),
  )
  child.onExit(() => end('the process with the driver ended'))

  const ask = (request: TokenRequest, timeoutMs: number): Promise<TokenReply> =>
    new Promise((resolve) => {
      const settle = (reply: TokenReply): void => {
        clearTimeout(timer)
        waiting = undefined
        resolve(reply)
      }
      const timer = setTimeout(() => {
        end('the driver does not answer')
        child.kill()
      }, timeoutMs)
      waiting = settle
      if (ended !== undefined) end(ended)
      else child.post(request)
    })

  return {
    ask,
    close() {
      if (ended !== undefined) return
      child.onExit(() => clearTimeout(timer))
      const timer = setTimeout(() => child.kill(), CLOSE_MS)
      child.post({ op: 'close' })
      ended = 'closed'
    },
  }
}

const FAULTS: ReadonlySet<TokenFault> = new Set(['absent', 'wrong-pin', 'last-try', 'pin-locked', 'gone', 'failed'])

/** The other process has a stranger's code in it: what it sends is looked at before it is believed. */
function isReply(value: unknown): value is TokenReply {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false
  if (value.ok === true) return 'value' in value
  if (value.ok !== false || !('fault' in value) || !('detail' in value)) return false
  return FAULTS.has(value.fault as TokenFault) && typeof value.detail === 'string'
}

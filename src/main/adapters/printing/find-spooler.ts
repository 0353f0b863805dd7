import { statSync } from 'node:fs'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { createIppClient, textOf } from './ipp-client.ts'
import type { IppEndpoint } from './ipp-transport.ts'

const SOCKETS = ['/run/cups/cups.sock', '/var/run/cups/cups.sock'] as const

/** The printing system of this machine, where it is CUPS. */
export interface Spooler {
  queue(name: string): IppEndpoint
}

/** @returns undefined where this machine has no CUPS: Windows, or a Linux without it. */
export function findSpooler(sockets: readonly string[] = SOCKETS): Spooler | undefined {
  const socketPath = sockets.find(isSocket)
  if (socketPath === undefined) return undefined
  return {
    queue: (name) => ({
      transport: 'socket',
      socketPath,
      uri: `ipp://localhost/printers/${encodeURIComponent(name)}`,
    }),
  }
}

export interface SystemQueue {
  readonly name: string
  readonly description?: string
}

/** Asks CUPS which queues it has. @param endpoint of any queue, or of the server itself. */
export async function listQueues(endpoint: IppEndpoint): Promise<Result<readonly SystemQueue[]>> {
  const answer = await createIppClient(endpoint).queues()
  if (!answer.ok) {
    // A server without a queue answers that it found none.
    return answer.failure.detail === 'IPP 0x0406' ? succeed([]) : fail(answer.failure)
  }
  return succeed(
    answer.value.flatMap((queue) => {
      const name = textOf(queue, 'printer-name')
      const description = textOf(queue, 'printer-info')
      if (name === undefined) return []
      return [{ name, ...(description === undefined || description === '' ? {} : { description }) }]
    }),
  )
}

function isSocket(path: string): boolean {
  try {
    return statSync(path).isSocket()
  } catch {
    return false
  }
}

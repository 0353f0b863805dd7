import { statSync } from 'node:fs'
import type { IppEndpoint } from './ipp-transport.ts'

const SOCKETS = ['/run/cups/cups.sock', '/var/run/cups/cups.sock'] as const

/** The printing system of this machine, where it is CUPS. */
export interface Spooler {
  queue(name: string): IppEndpoint
  /** The server itself, for what concerns no one queue. */
  server(): IppEndpoint
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
    server: () => ({ transport: 'socket', socketPath, uri: 'ipp://localhost/' }),
  }
}

function isSocket(path: string): boolean {
  try {
    return statSync(path).isSocket()
  } catch {
    return false
  }
}

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export const faultKinds = ['cut', 'stall', 'duplicate', 'delay', 'drip', 'flip'] as const
export type FaultKind = (typeof faultKinds)[number]

/** `up`: from the workstation to the gateway. `at`: how many octets of this direction pass unhurt first. */
export interface LineFault {
  readonly kind: FaultKind
  readonly direction: 'up' | 'down'
  readonly at: number
}

export type RecordPlace = readonly [first: number, last: number]

export interface FaultProxy {
  readonly port: number
  /** Ends every connection; the fault strikes the first one that comes then. Without one the line is good again. */
  arm(fault?: LineFault): Promise<void>
  /** Octets that the last connection carried each way. */
  carried(): { readonly up: number; readonly down: number }
  /** Where the TLS records of the last connection begin and end, each way: `[first octet, last octet]`. */
  records(): { readonly up: readonly RecordPlace[]; readonly down: readonly RecordPlace[] }
  /** Whether the armed fault has struck. */
  struck(): boolean
  /** Connections since the last `arm`. */
  connections(): number
  close(): Promise<void>
}

const DELAY_MS = 60
const DRIP_OCTETS = 7

/** A line between workstation and gateway that knows octets and nothing of TLS. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  let armed: LineFault | undefined
  let struck = false
  let connections = 0
  let carried = { up: 0, down: 0 }
  let octets: Record<'up' | 'down', Buffer[]> = { up: [], down: [] }

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1')
    const fault = armed
    armed = undefined
    connections += 1
    const counts = { up: 0, down: 0 }
    carried = counts
    const seen = { up: [], down: [] } as typeof octets
    octets = seen
    const end = (): void => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', end)
      socket.once('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    carry(near, far, 'up')
    carry(far, near, 'down')

    /** One octet after another in order, whatever happens to some of them. */
    function carry(from: Socket, to: Socket, direction: 'up' | 'down'): void {
      let line = Promise.resolve()
      let stalled = false
      from.on('data', (data: Buffer) => {
        line = line.then(async () => {
          if (stalled || to.destroyed) return
          const before = counts[direction]
          counts[direction] += data.length
          seen[direction].push(data)
          if (fault?.direction !== direction || fault.at < before || fault.at >= counts[direction]) {
            to.write(data)
            return
          }
          struck = true
          const at = fault.at - before
          switch (fault.kind) {
            case 'cut':
              to.write(data.subarray(0, at))
              // What passed before the cut arrives; then both ends see it.
              await delay(1)
              return end()
            case 'stall':
              stalled = true
              to.write(data.subarray(0, at))
              return
            case 'duplicate':
              to.write(Buffer.concat([data.subarray(0, at + 1), data.subarray(at)]))
              return
            case 'delay':
              to.write(data.subarray(0, at))
              await delay(DELAY_MS)
              to.write(data.subarray(at))
              return
            case 'drip': {
              to.write(data.subarray(0, at))
              const dripped = data.subarray(at, at + DRIP_OCTETS)
              for (const octet of dripped) {
                await delay(2)
                to.write(Buffer.of(octet))
              }
              to.write(data.subarray(at + dripped.length))
              return
            }
            case 'flip': {
              const altered = Buffer.from(data)
              altered.writeUInt8(altered.readUInt8(at) ^ 0x10, at)
              to.write(altered)
            }
          }
        })
      })
      from.once('end', () => void line.then(() => !stalled && to.end()))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  async function endAll(): Promise<void> {
    const closing = [...sockets].map((socket) => once(socket, 'close').catch(() => undefined))
    for (const socket of sockets) socket.destroy()
    await Promise.all(closing)
    // The workstation's kept connection must be seen to be gone before the next request is written into it.
    await delay(5)
  }

  return {
    port: (server.address() as AddressInfo).port,
    async arm(fault) {
      await endAll()
      armed = fault
      struck = false
      connections = 0
    },
    carried: () => ({ ...carried }),
    records: () => ({
      up: recordsIn(Buffer.concat(octets.up)),
      down: recordsIn(Buffer.concat(octets.down)),
    }),
    struck: () => struck,
    connections: () => connections,
    async close() {
      await endAll()
      server.close()
      await once(server, 'close')
    },
  }
}

/** RFC 8446, section 5.1: a type, two octets of version, two of length, and as many octets as they say. */
function recordsIn(stream: Buffer): readonly RecordPlace[] {
  const places: RecordPlace[] = []
  for (let at = 0; at + 5 <= stream.length; ) {
    const end = at + 5 + stream.readUInt16BE(at + 3)
    places.push([at, end - 1])
    at = end
  }
  return places
}

import type { ChannelOutput } from '../../shared/contract/channels.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { Signer } from '../ports/signer.ts'

export type WorkstationStatus = ChannelOutput<'workstation.status'>

export interface WatchWorkstation {
  current(): WorkstationStatus
  /** Walks the log once and asks the gateway every minute, both in the background; `onChange` gets each picture. */
  start(): void
  /** The log has grown; the picture follows shortly, once for many rows. */
  rowsAdded(): void
  stop(): void
}

const GATEWAY_INTERVAL_MS = 60_000
const ROWS_DELAY_MS = 100
const DAY_MS = 24 * 60 * 60_000

/** The four outside things of the status line. What was not looked at yet is said to be unknown. */
export function createWatchWorkstation(options: {
  readonly mode: 'training' | 'real'
  readonly gateway: Gateway
  readonly gatewayHost: string
  readonly signer: Signer
  readonly audit: AuditLog
  readonly printerName: string
  readonly clock: Clock
  readonly onChange: (status: WorkstationStatus) => void
}): WatchWorkstation {
  const { audit, clock, gateway, signer } = options
  let gatewayState: WorkstationStatus['gateway']['state'] = 'unknown'
  let journalState: WorkstationStatus['journal']['state'] = 'unverified'
  let running = false
  let announced = false
  let cancel = (): void => undefined

  function current(): WorkstationStatus {
    const { state, notAfter } = signer.status()
    return {
      mode: options.mode,
      gateway: { state: gatewayState, host: options.gatewayHost },
      key: {
        state,
        ...(notAfter === undefined
          ? {}
          : {
              notAfter: notAfter.toISOString(),
              daysLeft: Math.floor((notAfter.getTime() - clock.now().getTime()) / DAY_MS),
            }),
      },
      printer: { name: options.printerName },
      journal: { state: journalState, rows: audit.head().seq },
    }
  }

  async function askGateway(): Promise<void> {
    const reached = await gateway.probe()
    if (!running) return
    gatewayState = reached.ok ? 'reachable' : 'unreachable'
    options.onChange(current())
    cancel = clock.after(GATEWAY_INTERVAL_MS, () => void askGateway())
  }

  async function walkJournal(): Promise<void> {
    const verdict = await audit.verify()
    if (!running) return
    journalState = verdict.state
    options.onChange(current())
  }

  return {
    current,
    start() {
      running = true
      void askGateway()
      void walkJournal()
    },
    rowsAdded() {
      if (!running || announced) return
      announced = true
      clock.after(ROWS_DELAY_MS, () => {
        announced = false
        if (running) options.onChange(current())
      })
    },
    stop() {
      running = false
      cancel()
    },
  }
}

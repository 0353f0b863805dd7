import type { ChannelOutput } from '../../shared/contract/channels.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { EnvelopePrinter } from '../ports/envelope-printer.ts'
import type { GuardedGateway } from '../ports/gateway.ts'
import type { Signer } from '../ports/signer.ts'
import type { GuardLog } from './guard-log.ts'

export type WorkstationStatus = ChannelOutput<'workstation.status'>

export interface WatchWorkstation {
  current(): WorkstationStatus
  /** Walks the log once and asks the gateway and the printer every minute, both in the background; `onChange` gets each picture. */
  start(): void
  /** The portal's clock is ahead of ours by so much. */
  clockOffset(offsetMs: number): void
  /** The log has grown; the picture follows shortly, once for many rows. */
  rowsAdded(): void
  stop(): void
}

const INTERVAL_MS = 60_000
const JOURNAL_INTERVAL_MS = 10 * 60_000
const ROWS_DELAY_MS = 100
const DAY_MS = 24 * 60 * 60_000

/** The four outside things of the status line. What was not looked at yet is said to be unknown. */
export function createWatchWorkstation(options: {
  readonly mode: 'training' | 'real'
  readonly gateway: GuardedGateway
  readonly gatewayHost: string
  readonly signer: Signer
  readonly audit: AuditLog
  readonly printer: EnvelopePrinter
  readonly clock: Clock
  readonly guardLog: Pick<GuardLog, 'judged' | 'found'>
  readonly onChange: (status: WorkstationStatus) => void
}): WatchWorkstation {
  const { audit, clock, gateway, printer, signer } = options
  let gatewayState: WorkstationStatus['gateway']['state'] = 'unknown'
  let printerState: Pick<WorkstationStatus['printer'], 'state' | 'findings'> = { state: 'unknown', findings: [] }
  let journalState: WorkstationStatus['journal']['state'] = 'unverified'
  let offsetSeconds: number | undefined
  let running = false
  let announced = false
  let cancel = (): void => undefined
  let stopListening = (): void => undefined
  let cancelWalk = (): void => undefined

  function current(): WorkstationStatus {
    const { state, notAfter } = signer.status()
    const found = options.guardLog.found()
    return {
      mode: options.mode,
      gateway: gatewayPicture(),
      key: {
        state,
        ...(notAfter === undefined
          ? {}
          : {
              notAfter: notAfter.toISOString(),
              daysLeft: Math.floor((notAfter.getTime() - clock.now().getTime()) / DAY_MS),
            }),
      },
      printer: { name: printer.name, ...printerState },
      journal: { state: journalState, rows: audit.head().seq, ...(found !== undefined && { found }) },
      clock: offsetSeconds === undefined ? {} : { offsetSeconds },
    }
  }

  function gatewayPicture(): WorkstationStatus['gateway'] {
    const host = options.gatewayHost
    const nextTryAt = gateway.nextTryAt()
    return nextTryAt === undefined
      ? { state: gatewayState, host }
      : { state: 'unreachable', host, nextTryAt: nextTryAt.toISOString() }
  }

  async function askGateway(): Promise<void> {
    const reached = await gateway.probe()
    if (!running) return
    gatewayState = reached.ok ? 'reachable' : 'unreachable'
    options.onChange(current())
  }

  async function askPrinter(): Promise<void> {
    const checked = await printer.check()
    if (!running) return
    const findings = checked.ok ? [...checked.value.warnings] : [checked.failure]
    const working = findings.length === 0 ? 'ready' : 'attention'
    printerState = { state: checked.ok ? working : 'unavailable', findings }
    options.onChange(current())
  }

  /** Both at once: one that does not answer must not hide the other. */
  async function askOutside(): Promise<void> {
    await Promise.all([askGateway(), askPrinter()])
    if (running) cancel = clock.after(INTERVAL_MS, () => void askOutside())
  }

  /** All of it at the start, and from then on the new rows. */
  async function walkJournal(onlyNew: boolean): Promise<void> {
    const verdict = await audit.verify({ onlyNew })
    if (!running) return
    options.guardLog.judged(verdict)
    journalState = verdict.state
    options.onChange(current())
    cancelWalk = clock.after(JOURNAL_INTERVAL_MS, () => void walkJournal(verdict.state === 'intact'))
  }

  return {
    current,
    start() {
      running = true
      stopListening = gateway.onChange(() => {
        gatewayState = gateway.nextTryAt() === undefined ? 'reachable' : 'unreachable'
        options.onChange(current())
      })
      void askOutside()
      void walkJournal(false)
    },
    clockOffset(offsetMs) {
      offsetSeconds = Math.trunc(offsetMs / 1000)
      if (running) options.onChange(current())
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
      stopListening()
      cancelWalk()
      cancel()
    },
  }
}

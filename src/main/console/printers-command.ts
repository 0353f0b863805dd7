import type { Failure } from '../../shared/contract/failure.ts'
import type { SystemQueue } from '../../shared/domain/system-queue.ts'
import { type Result, succeed } from '../../shared/result.ts'
import { createFindSystemQueues } from '../adapters/printing/find-system-queues.ts'
import { listQueues } from '../adapters/printing/list-queues.ts'
import type { FoundQueues } from '../ports/system-queues.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

export interface PrintersOptions {
  /** `ipp://HOST[:PORT]` of a print server in place of this machine's CUPS. */
  readonly server?: string
  readonly json?: boolean
}

const STATES: Readonly<Record<SystemQueue['state'], string>> = {
  idle: 'свободна',
  printing: 'печатает',
  stopped: 'ОСТАНОВЛЕНА',
  unknown: 'состояние неизвестно',
}

/** The queues that `printer.queue` may name, how they stand, and what the system does with the files of jobs. */
export async function printersCommand(options: PrintersOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const found = await (options.server === undefined ? createFindSystemQueues({})() : askServer(options.server))
  if (!found.ok) {
    io.answer({ failure: failureJson(found.failure) }, failureLines(found.failure))
    return exitCode.otherwise
  }
  const { from, queues, findings } = found.value
  io.answer({ from, queues, findings: findings.map(failureJson) }, [
    ...(queues.length === 0 ? [emptyLine(from)] : queues.flatMap(linesOf)),
    ...findings.flatMap(failureLines),
  ])
  return exitCode.done
}

async function askServer(uri: string): Promise<Result<FoundQueues>> {
  const listed = await listQueues({ transport: 'tcp', uri })
  if (!listed.ok) return listed
  // The settings of a server lie on the server.
  const findings: readonly Failure[] = [{ code: 'print.spool-unreadable', detail: new URL(uri).host }]
  return succeed({ from: 'cups', queues: listed.value, findings })
}

function emptyLine(from: FoundQueues['from']): string {
  return from === 'cups'
    ? 'Очередей нет.'
    : 'Системы печати CUPS на этой машине нет. Очереди Windows показывает страница настроек в окне программы.'
}

function linesOf({ name, description, model, state, accepting, media, reasons }: SystemQueue): readonly string[] {
  const about = [description, model].filter((text) => text !== undefined && text !== name)
  return [
    [name, ...about].join(' · '),
    `  ${STATES[state]}${accepting === false ? ', заданий не принимает' : ''}`,
    ...(media.length === 0 ? [] : [`  бумага: ${media.join(', ')}`]),
    ...(reasons.length === 0 ? [] : [`  принтер сообщает: ${reasons.join(', ')}`]),
  ]
}

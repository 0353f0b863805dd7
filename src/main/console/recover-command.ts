import type { OpenRequest } from '../../shared/domain/audit-event.ts'
import type { ServiceOptions } from './command-options.ts'
import { type ConsoleIo, createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { failed, notIssued, OPEN_STATE_TEXTS, printIssued } from './issue-command.ts'
import { type ConsoleWorkstation, openWorkstation } from './open-workstation.ts'

export interface RecoverCommandOptions extends ServiceOptions {
  readonly request?: string
  readonly repeat?: boolean
  readonly acknowledge?: boolean
  readonly out?: string
}

/** Lists open requests, or asks what became of one and finishes it. JSON as docs/cli.md says. */
export async function recoverCommand(options: RecoverCommandOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  if (options.repeat === true && options.acknowledge === true) {
    io.tell('--repeat и --acknowledge исключают друг друга')
    return exitCode.badInput
  }
  const opened = await openWorkstation(options)
  if (!opened.ok) return failed(io, opened.failure)
  try {
    const open = opened.value.workstation.recovery.list()
    if (options.request === undefined) return list(open, io)
    if (open.some(({ requestId }) => requestId === options.request)) {
      return await finish(opened.value, options.request, options, io)
    }
    io.tell(`открытого запроса ${options.request} нет`)
    return exitCode.badInput
  } finally {
    await opened.value.close()
  }
}

function list(requests: readonly OpenRequest[], io: ConsoleIo): ExitCode {
  const lines = requests.map(
    ({ requestId, state, at, iinMasked }) =>
      `${requestId}  ${at}  ${iinMasked ?? '—'}  ${OPEN_STATE_TEXTS[state] ?? 'исход неизвестен'}`,
  )
  io.answer({ outcome: 'listed', requests }, lines.length === 0 ? ['Открытых запросов нет'] : lines)
  return exitCode.done
}

async function finish(
  { workstation, operator }: ConsoleWorkstation,
  requestId: string,
  options: RecoverCommandOptions,
  io: ConsoleIo,
): Promise<ExitCode> {
  const auditSeq = (): number => workstation.audit.head().seq
  if (options.acknowledge === true) {
    const noted = workstation.recovery.acknowledge({ requestId, operator })
    if (!noted.ok) return failed(io, noted.failure)
    io.answer({ outcome: 'acknowledged', requestId, auditSeq: auditSeq() }, ['Запрос отмечен'])
    return exitCode.done
  }
  const { resolve, repeat } = workstation.resolveRequest
  const input = { requestId, operator, onStep: () => undefined }
  const resolved = options.repeat === true ? await repeat(input) : await resolve(input)
  if (!resolved.ok) return failed(io, resolved.failure)
  const ended = resolved.value
  switch (ended.outcome) {
    case 'issued':
      if (ended.paper === 'none') return printIssued({ workstation, operator, issued: ended, io })
      workstation.discardEnvelope({ requestId, operator })
      io.answer({ outcome: 'printed', requestId, paper: ended.paper, auditSeq: auditSeq() }, [
        'Пароль выдан, и лист уже мог выйти из принтера. Второй лист печатают в окне АРМ с согласия старшего смены.',
      ])
      return exitCode.otherwise
    case 'registered':
      io.answer({ outcome: ended.outcome, requestId, auditSeq: auditSeq() }, [
        'Гражданин был уже зарегистрирован, ничего не изменено',
      ])
      return exitCode.refused
    case 'not-received':
      io.answer({ outcome: ended.outcome, requestId, auditSeq: auditSeq() }, [
        'Портал этого запроса не получал.',
        'Если гражданин у стойки, повторите запрос: --repeat. Без него не отправляйте: --acknowledge.',
      ])
      return exitCode.otherwise
    default:
      return notIssued(io, ended, auditSeq())
  }
}

import type { Failure } from '../../shared/contract/failure.ts'
import type { RequestState } from '../../shared/domain/audit-event.ts'
import { isReissueReason, registrationLimits } from '../../shared/domain/registration.ts'
import type { User } from '../../shared/domain/session.ts'
import type { Workstation } from '../compose.ts'
import type { IssueOutcome } from '../use-cases/conclude-registration.ts'
import type { IssueStep } from '../use-cases/issue-credentials.ts'
import type { ServiceOptions } from './command-options.ts'
import { type ConsoleIo, createConsoleIo, failureJson, failureLines } from './console-io.ts'
import {
  type CounterOptions,
  connectNumber,
  hasCounterSteps,
  readDocumentOption,
  serveBeforeRequest,
} from './counter-steps.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { type ConsoleWorkstation, openWorkstation } from './open-workstation.ts'
import { refuseBadIin } from './refuse-bad-iin.ts'

export const stepTexts: Readonly<Record<IssueStep, string>> = {
  key: 'Одноразовый ключ для пароля',
  sign: 'Подпись запроса',
  send: 'Отправка через ШЭП и ожидание ответа',
  verify: 'Проверка подписи портала',
  unseal: 'Вскрытие пароля в памяти',
}

export const OPEN_STATE_TEXTS: Readonly<Partial<Record<RequestState, string>>> = {
  sending: 'исход неизвестен, ответ портала не получен',
  unknown: 'исход неизвестен, ответ портала не принят',
  'not-received': 'портал запроса не получал',
  issued: 'пароль выдан, но не напечатан',
  printing: 'результат печати неизвестен',
  'print-failed': 'пароль выдан, но не напечатан',
  'print-unknown': 'результат печати неизвестен',
  printed: 'конверт напечатан, выдача не подтверждена',
}

const UNKNOWN_ADVICE =
  'Исход неизвестен: портал мог выдать пароль. Узнайте итог командой arm recover --request с номером запроса.'

export interface IssueCommandOptions extends ServiceOptions, CounterOptions {
  readonly iin: string
  readonly out?: string
  readonly reissueReason?: string
  readonly confirmWarnings?: boolean
}

/** The whole service for one citizen; the envelope goes to a file. JSON as docs/cli.md says. */
export async function issueCommand(options: IssueCommandOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const bad = refuseBadIin({ iin: options.iin, confirmWarnings: options.confirmWarnings === true, io })
  if (bad !== undefined) return bad
  const { min, max } = registrationLimits.reissueReason
  if (options.reissueReason !== undefined && !isReissueReason(options.reissueReason.trim())) {
    io.tell(`--reissue-reason: от ${min} до ${max} знаков`)
    return exitCode.badInput
  }
  if (options.document !== undefined && readDocumentOption(options.document) === undefined) {
    io.tell('--document: вид:номер:действителен-до, например identity-card:012345678:2031-03-15')
    return exitCode.badInput
  }
  const opened = await openWorkstation(options)
  if (!opened.ok) return failed(io, opened.failure)
  try {
    return await issueAndPrint(opened.value, options, io)
  } finally {
    await opened.value.close()
  }
}

/** Serves one citizen on an open workstation: request, verified reply, envelope. */
export async function issueAndPrint(
  { workstation, operator }: ConsoleWorkstation,
  options: IssueCommandOptions,
  io: ConsoleIo,
): Promise<ExitCode> {
  tellOpenRequests(workstation, io)
  const confirmWarnings = options.confirmWarnings === true
  const isCounter = hasCounterSteps(options)
  const before = isCounter
    ? await serveBeforeRequest({ workstation, operator, counter: options, iin: options.iin, confirmWarnings, io })
    : undefined
  if (before !== undefined && !before.ok) return failed(io, before.failure)
  const issue = isCounter ? workstation.serveCitizen.issue : workstation.issueCredentials
  const first = await issue({
    iin: options.iin,
    confirmWarnings,
    operator,
    onStep: (step) => io.tell(`… ${stepTexts[step]}`),
    ...(options.reissueReason === undefined ? {} : { reissueReason: options.reissueReason.trim() }),
  })
  const auditSeq = (): number => workstation.audit.head().seq
  if (!first.ok) return failed(io, first.failure)
  const issued = { value: await askOnce(workstation, operator, first.value, io) }
  const { outcome, requestId } = issued.value
  if (issued.value.outcome === 'registered') {
    io.answer({ outcome, requestId, auditSeq: auditSeq() }, [
      'Гражданин уже зарегистрирован',
      'Если гражданин утратил пароль, повторите с --reissue-reason "причина".',
    ])
    return exitCode.refused
  }
  if (issued.value.outcome !== 'issued') return notIssued(io, issued.value, auditSeq())

  const mgov =
    before === undefined || issued.value.action !== 'created'
      ? undefined
      : await connectNumber({ workstation, operator, counter: options, serviceId: before.value, io })
  return printIssued({ workstation, operator, issued: issued.value, io, ...(mgov === undefined ? {} : { mgov }) })
}

/** The envelope of a password that is in memory, and the operator's word on it where the console can give it. */
export async function printIssued(options: {
  readonly workstation: Workstation
  readonly operator: User
  readonly issued: Extract<IssueOutcome, { outcome: 'issued' }>
  readonly io: ConsoleIo
  /** What came of mGov, where it was asked. */
  readonly mgov?: string
}): Promise<ExitCode> {
  const { workstation, operator, issued, io, mgov } = options
  const { outcome, requestId } = issued
  const auditSeq = (): number => workstation.audit.head().seq
  const printed = await workstation.printEnvelope.print({ requestId, operator })
  if (!printed.ok) {
    workstation.discardEnvelope({ requestId, operator })
    const outcome = printed.failure.code === 'print.outcome-unknown' ? 'unknown' : 'failed'
    return notIssued(io, { outcome, requestId, failure: printed.failure }, auditSeq())
  }
  const onPaper = isPaper(workstation)
  if (!onPaper) {
    // The console hands over a file, and the file is written: nobody is left to ask about paper.
    const handed = workstation.printEnvelope.confirm({ requestId, handed: true, operator })
    if (!handed.ok) return notIssued(io, { outcome: 'failed', requestId, failure: handed.failure }, auditSeq())
  }
  const told = { ...(mgov !== undefined && { mgov }), auditSeq: auditSeq() }
  io.answer({ outcome, requestId, envelope: printed.value.place, ...told }, [
    issued.message,
    `Конверт: ${printed.value.place}`,
    ...(onPaper ? ['Лист в лотке принтера. Выдачу подтверждает оператор в окне АРМ: консоль её не видит.'] : []),
  ])
  return exitCode.done
}

/** A sheet of a real printer: whether a citizen has it, the console cannot know. */
function isPaper({ settings }: Workstation): boolean {
  return settings.printer !== undefined && settings.printer.kind !== 'training'
}

/** Asking what became of a request changes nothing, so the console does it by itself, once. */
async function askOnce(
  workstation: Workstation,
  operator: User,
  issued: IssueOutcome,
  io: ConsoleIo,
): Promise<IssueOutcome> {
  if (issued.outcome !== 'unknown' || workstation.settings.requestStatus === 'absent') return issued
  io.tell('… Исход неизвестен: спрашиваю портал')
  const { requestId } = issued
  const resolved = await workstation.resolveRequest.resolve({ requestId, operator, onStep: () => undefined })
  const isKnown = resolved.ok && resolved.value.outcome !== 'unknown' && resolved.value.outcome !== 'not-received'
  return isKnown ? resolved.value : issued
}

function tellOpenRequests(workstation: Workstation, io: ConsoleIo): void {
  for (const { requestId, state, at, iinMasked } of workstation.recovery.list()) {
    const what = OPEN_STATE_TEXTS[state] ?? 'исход неизвестен'
    io.tell(
      `ВНИМАНИЕ: запрос ${requestId} от ${at} (ИИН ${iinMasked ?? 'недоступен'}): ${what}. ` +
        `Узнать итог: arm recover --request ${requestId}`,
    )
  }
}

export function notIssued(
  io: ConsoleIo,
  ended: Extract<IssueOutcome, { failure: Failure }>,
  auditSeq: number,
): ExitCode {
  const { outcome, requestId, failure } = ended
  const advice = outcome === 'unknown' && failure.code !== 'print.outcome-unknown' ? [UNKNOWN_ADVICE] : []
  io.answer({ outcome, requestId, failure: failureJson(failure), auditSeq }, [...advice, ...failureLines(failure)])
  return outcome === 'refused' ? exitCode.refused : exitCode.otherwise
}

export function failed(io: ConsoleIo, failure: Failure): ExitCode {
  io.answer({ outcome: 'failed', failure: failureJson(failure) }, failureLines(failure))
  return exitCode.otherwise
}

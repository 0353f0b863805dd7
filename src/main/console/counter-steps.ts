import { createInterface } from 'node:readline/promises'
import { documentKinds, type IdentityDocument } from '../../shared/domain/identity-document.ts'
import { smsCodeForm } from '../../shared/domain/mobile-number.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { Workstation } from '../compose.ts'
import { standDir } from '../compose-training-stand.ts'
import { dataDirOf } from './command-options.ts'
import type { ConsoleIo } from './console-io.ts'

/** The steps at the counter as options of a command: whoever gives none of them is served as before, without these steps. */
export interface CounterOptions {
  readonly data?: string
  /** `<kind>:<number>:<last day, YYYY-MM-DD>`. */
  readonly document?: string
  /** `print`: printed for signature and signed; `signed`: signed on a ready-made form. */
  readonly agreement?: string
  readonly mobile?: string
  /** The code of the SMS, or `stand`: as the training stand sent it. Without it the code is asked for on the terminal. */
  readonly smsCode?: string
}

export function hasCounterSteps({ document, agreement, mobile }: CounterOptions): boolean {
  return document !== undefined || agreement !== undefined || mobile !== undefined
}

/** @returns undefined where the option is none of a document. */
export function readDocumentOption(text: string): IdentityDocument | undefined {
  const [name, number, validUntil, ...more] = text.split(':')
  const kind = documentKinds.find((known) => known === name)
  if (kind === undefined || number === undefined || validUntil === undefined || more.length > 0) return undefined
  return { kind, number, validUntil }
}

/**
 * Check, document and agreement; what has no option is left out, and the log says that it was the console.
 * @returns the id of the service.
 */
export async function serveBeforeRequest(options: {
  readonly workstation: Workstation
  readonly operator: User
  readonly counter: CounterOptions
  readonly iin: string
  readonly confirmWarnings: boolean
  readonly io: ConsoleIo
}): Promise<Result<string>> {
  const { workstation, operator, counter, iin, confirmWarnings, io } = options
  const { serveCitizen } = workstation
  io.tell('… Проверка регистрации')
  const check = await workstation.checkRegistration({ iin, confirmWarnings, operator })
  if (!check.ok) return check
  if (check.value.refusal !== undefined) return fail(check.value.refusal)
  const serviceId = check.value.requestId
  const about = { serviceId, operator }
  serveCitizen.begin({ check: check.value, confirmWarnings, operator })
  const document = counter.document === undefined ? undefined : readDocumentOption(counter.document)
  const shown =
    document === undefined
      ? serveCitizen.skip({ ...about, step: 'document', reason: 'console' })
      : serveCitizen.documentChecked({ ...about, document, scanned: false })
  if (!shown.ok) return shown
  io.tell(document === undefined ? '… Документ: пропущен' : '… Документ сверен')
  if (check.value.registered) return succeed(serviceId)
  if (counter.agreement !== 'print') {
    const reason = counter.agreement === 'signed' ? 'paper-form' : 'console'
    io.tell(reason === 'console' ? '… Соглашение: пропущено' : '… Соглашение подписано на готовом бланке')
    const skipped = serveCitizen.skip({ ...about, step: 'agreement', reason })
    return skipped.ok ? succeed(serviceId) : skipped
  }
  const printed = await serveCitizen.printAgreement(about)
  if (!printed.ok) return printed
  io.tell(`… Соглашение напечатано: ${printed.value.place}`)
  const signed = serveCitizen.agreementSigned(about)
  return signed.ok ? succeed(serviceId) : signed
}

/** mGov between the account and the envelope. Whatever becomes of it, the envelope is printed. @returns what came of it. */
export async function connectNumber(options: {
  readonly workstation: Workstation
  readonly operator: User
  readonly counter: CounterOptions
  readonly serviceId: string
  readonly io: ConsoleIo
}): Promise<string> {
  const { workstation, operator, counter, serviceId, io } = options
  const { mobile } = counter
  const about = { serviceId, operator }
  if (mobile === undefined) {
    workstation.serveCitizen.skip({ ...about, step: 'mgov', reason: 'console' })
    return 'skipped'
  }
  const step = { ...about, onStep: () => undefined }
  const sent = await workstation.connectMobile.connect({ ...step, number: mobile })
  if (!sent.ok) return leave(sent.failure.code)
  if (sent.value.outcome !== 'code-sent') return leave(sent.value.failure.code)
  io.tell(`… ${sent.value.message}`)
  const code = await readCode(counter, sent.value.number)
  if (code === undefined) return leave('mgov.code')
  const confirmed = await workstation.connectMobile.confirm({ ...step, code })
  if (!confirmed.ok) return leave(confirmed.failure.code)
  if (confirmed.value.outcome !== 'connected') return leave(confirmed.value.failure.code)
  io.tell(`… ${confirmed.value.message}`)
  return 'connected'

  function leave(code: string): string {
    io.tell(`… mGov не подключён (${code}), конверт печатается`)
    workstation.serveCitizen.skip({ ...about, step: 'mgov', reason: 'portal-failed' })
    return code
  }
}

async function readCode(counter: CounterOptions, number: string): Promise<string | undefined> {
  if (counter.smsCode === 'stand') {
    const { readSms } = await import('../../stand/start-stand.ts')
    const messages = await readSms({ dataDir: standDir(dataDirOf(counter, 'training')) })
    return /[0-9]{6}/.exec(messages.find((message) => message.number === number)?.text ?? '')?.[0]
  }
  const told = counter.smsCode ?? (process.stdin.isTTY ? await ask('Проверочный код из SMS: ') : '')
  return smsCodeForm.test(told) ? told : undefined
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}

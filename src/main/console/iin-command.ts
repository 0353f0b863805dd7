import type { IinWarning } from '../../shared/domain/iin.ts'
import { parseIin } from '../../shared/domain/iin.ts'
import { readConfirmedIin } from '../use-cases/read-confirmed-iin.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

export const warningTexts: Readonly<Record<IinWarning, string>> = {
  'century-digit': 'седьмая цифра не обозначает век и пол (ожидается 1–6)',
  'impossible-date': 'первые шесть цифр не являются датой',
  'future-date': 'дата рождения ещё не наступила',
}

/** Decodes an ИИН without asking anybody. Exit: an unconfirmed warning is bad input, as in every command. */
export function iinCommand(text: string, options: { json?: boolean; confirmWarnings?: boolean }): ExitCode {
  const io = createConsoleIo({ json: options.json === true })
  const today = new Date()
  const facts = parseIin(text, today)
  if (!facts.ok) {
    io.answer({ iin: text, valid: false, failure: failureJson(facts.failure) }, failureLines(facts.failure))
    return exitCode.badInput
  }
  const { iin, birthDate, sex, warnings } = facts.value
  const sexName = sex === undefined ? 'пол не определён' : sex === 'male' ? 'мужской' : 'женский'
  io.answer({ valid: true, ...facts.value }, [
    `${iin} · ${birthDate ?? 'дата не определена'} · ${sexName}`,
    ...warnings.map((warning) => `Предупреждение: ${warningTexts[warning]}`),
  ])
  const confirmed = readConfirmedIin({ iin: text, confirmWarnings: options.confirmWarnings === true, today })
  return confirmed.ok ? exitCode.done : exitCode.badInput
}

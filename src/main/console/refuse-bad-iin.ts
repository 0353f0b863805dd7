import { readConfirmedIin } from '../use-cases/read-confirmed-iin.ts'
import { type ConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** A bad ИИН ends a command before anything is opened or sent. @returns the exit code, or undefined to go on. */
export function refuseBadIin(options: { iin: string; confirmWarnings: boolean; io: ConsoleIo }): ExitCode | undefined {
  const { io, ...input } = options
  const facts = readConfirmedIin({ ...input, today: new Date() })
  if (facts.ok) return undefined
  io.answer({ outcome: 'failed', failure: failureJson(facts.failure) }, failureLines(facts.failure))
  return exitCode.badInput
}

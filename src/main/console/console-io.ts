import type { Failure } from '../../shared/contract/failure.ts'
import { failureTexts } from '../../shared/contract/failure-texts.ts'

/** One JSON object or the answer itself goes to stdout, messages to people go to stderr. */
export interface ConsoleIo {
  readonly json: boolean
  /** The answer of a command: `value` with --json, else the lines. */
  answer(value: object, lines: readonly string[]): void
  tell(line: string): void
}

export function createConsoleIo(options: { readonly json: boolean }): ConsoleIo {
  return {
    json: options.json,
    answer(value, lines) {
      const text = options.json ? JSON.stringify(value) : lines.join('\n')
      process.stdout.write(`${text}\n`)
    },
    tell(line) {
      process.stderr.write(`${line}\n`)
    },
  }
}

/** A failure as `--json` prints it: the portal's own words where there are any, else the operator's text. */
export function failureJson(failure: Failure): { code: string; message: string; detail?: string; requestId?: string } {
  const { code, detail, requestId } = failure
  const message = failure.portalMessage ?? failureTexts[failure.code].ru.text
  return {
    code,
    message,
    ...(detail === undefined ? {} : { detail }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}

/** The same for a person, with what to do next. */
export function failureLines(failure: Failure): readonly string[] {
  const { text, action } = failureTexts[failure.code].ru
  const code = failure.detail === undefined ? failure.code : `${failure.code}: ${failure.detail}`
  return [
    failure.portalMessage ?? text,
    action,
    `[${[code, failure.requestId].filter((part) => part !== undefined).join(' · ')}]`,
  ]
}

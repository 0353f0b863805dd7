import { standDir } from '../compose-training-stand.ts'
import { dataDirOf } from './command-options.ts'
import { createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

export type ExpectedOutcome = 'issued' | 'registered' | 'refused'

/** The stand's made-up people and what the service would answer each of them now; one JSON object a line. */
export async function peopleCommand(options: {
  readonly outcome?: ExpectedOutcome
  readonly data?: string
  readonly json?: boolean
}): Promise<ExitCode> {
  const { listPeople } = await import('../../stand/list-people.ts')
  const people = await listPeople({ dataDir: standDir(dataDirOf(options, 'training')) })
  const io = createConsoleIo({ json: options.json === true })
  for (const person of people) {
    if (options.outcome !== undefined && person.expect.outcome !== options.outcome) continue
    const { outcome, message } = person.expect
    io.answer(person, [[person.iin, person.name, outcome, ...(message === undefined ? [] : [message])].join('\t')])
  }
  return exitCode.done
}

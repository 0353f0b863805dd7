import { parseIin } from '../../shared/domain/iin.ts'
import type { ServiceOptions } from './command-options.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openWorkstation } from './open-workstation.ts'
import { refuseBadIin } from './refuse-bad-iin.ts'

/** Is the citizen registered. JSON: {outcome: not-registered | registered | refused | failed, …}. */
export async function checkCommand(
  options: ServiceOptions & { readonly iin: string; readonly confirmWarnings?: boolean },
): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const confirmWarnings = options.confirmWarnings === true
  const bad = refuseBadIin({ iin: options.iin, confirmWarnings, io })
  if (bad !== undefined) return bad
  const opened = await openWorkstation(options)
  if (!opened.ok) {
    io.answer({ outcome: 'failed', failure: failureJson(opened.failure) }, failureLines(opened.failure))
    return exitCode.otherwise
  }
  const { workstation, operator } = opened.value
  try {
    const checked = await workstation.checkRegistration({ iin: options.iin, confirmWarnings, operator })
    if (!checked.ok) {
      const refused = checked.failure.code.startsWith('portal.')
      const outcome = refused ? 'refused' : 'failed'
      io.answer({ outcome, failure: failureJson(checked.failure) }, failureLines(checked.failure))
      return refused ? exitCode.refused : exitCode.otherwise
    }
    const { requestId, registered, person, refusal } = checked.value
    const shown = { requestId, registered, ...(person === undefined ? {} : { person }) }
    if (refusal !== undefined) {
      io.answer({ outcome: 'refused', ...shown, failure: failureJson(refusal) }, failureLines(refusal))
      return exitCode.refused
    }
    const facts = parseIin(options.iin, new Date())
    const birth = facts.ok ? facts.value.birthDate : undefined
    io.answer({ outcome: registered ? 'registered' : 'not-registered', ...shown }, [
      registered ? 'Гражданин уже зарегистрирован' : 'Не зарегистрирован: можно подписать и отправить запрос',
      [person?.name, birth].filter((part) => part !== undefined).join(' · '),
    ])
    return registered ? exitCode.refused : exitCode.done
  } finally {
    await opened.value.close()
  }
}

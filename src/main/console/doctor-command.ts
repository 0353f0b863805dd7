import path from 'node:path'
import { healthText, healthTexts } from '../../shared/contract/health-texts.ts'
import { type HealthState, overallHealth } from '../../shared/domain/health.ts'
import { createSystemClock } from '../adapters/clock/create-system-clock.ts'
import { composeHealth } from '../compose-health.ts'
import type { Clock } from '../ports/clock.ts'
import { administratorFile } from '../settings/administrator-file.ts'
import { defaultDataDir } from '../settings/default-data-dir.ts'
import { checkHealth, type HealthFinding } from '../use-cases/check-health.ts'
import { createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { readSecret } from './open-workstation.ts'

export interface DoctorOptions {
  readonly settings?: string
  readonly data?: string
  readonly pinFile?: string
  readonly json?: boolean
  /** Tests set it. */
  readonly clock?: Clock
}

const EXIT: Readonly<Record<HealthState, ExitCode>> = {
  good: exitCode.done,
  attention: exitCode.done,
  unknown: exitCode.otherwise,
  bad: exitCode.checkFailed,
}

/**
 * What of a real workstation works, and what to do where it does not. Exit 0 where it can serve, 1 where something could
 * not be looked at, 4 where something is broken. Writes nothing.
 */
export async function doctorCommand(options: DoctorOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const pin = options.pinFile === undefined ? undefined : await readSecret(options.pinFile)
  if (options.pinFile !== undefined && pin === undefined) {
    io.tell(`${options.pinFile}: ПИН не прочитан`)
    return exitCode.badInput
  }
  const probes = await composeHealth({
    settingsFile: options.settings === undefined ? administratorFile() : path.resolve(options.settings),
    dataDir: options.data === undefined ? defaultDataDir('real') : path.resolve(options.data),
    clock: options.clock ?? createSystemClock(),
    ...(pin && { pin }),
  })
  try {
    const findings = await checkHealth(probes)
    const state = overallHealth(findings)
    io.answer({ state, findings: findings.map(toJson) }, findings.flatMap(toLines))
    return EXIT[state]
  } finally {
    pin?.fill(0)
  }
}

function toJson({ area, state, cause, detail }: HealthFinding): object {
  if (cause === undefined) return { area, state, ...(detail !== undefined && { detail }) }
  const text = healthText(cause, 'ru')
  return { area, state, code: cause, cause: text.cause, remedy: text.remedy, ...(detail !== undefined && { detail }) }
}

function toLines({ area, state, cause, detail }: HealthFinding): readonly string[] {
  const head = `${healthTexts.ru.areas[area]}: ${healthTexts.ru.states[state]}`
  if (cause === undefined) return [detail === undefined ? head : `${head} [${detail}]`]
  const text = healthText(cause, 'ru')
  return [
    head,
    `  ${text.cause}`,
    `  ${text.remedy}`,
    `  [${[cause, detail].filter((part) => part !== undefined).join(': ')}]`,
  ]
}

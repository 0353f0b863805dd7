import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { channels } from '../../../shared/contract/channels.ts'
import { failureCodes } from '../../../shared/contract/failure.ts'
import { type AppLog, type AppLogEntry, appLogEvents, errorNames, goneReasons } from '../../ports/app-log.ts'
import type { Clock } from '../../ports/clock.ts'

const MAX_BYTES = 1 << 20
const KEPT_FILES = 5

/** The values that a field may have; types say so too, and what comes as another type at run time is left out. */
const CLOSED: Readonly<Record<'event' | 'channel' | 'code' | 'error' | 'reason', ReadonlySet<string>>> = {
  event: new Set(appLogEvents),
  channel: new Set(Object.keys(channels)),
  code: new Set(failureCodes),
  error: new Set(errorNames),
  reason: new Set(goneReasons),
}

/**
 * JSON lines in `app.log` of a folder, for their owner alone. At `maxBytes` the file becomes `app.1.log`, that
 * `app.2.log` and so on; beyond `keptFiles` the oldest goes.
 */
export function createAppLog(options: {
  readonly folder: string
  readonly clock: Clock
  readonly maxBytes?: number
  readonly keptFiles?: number
}): AppLog {
  const { folder, clock, maxBytes = MAX_BYTES, keptFiles = KEPT_FILES } = options
  const nth = (number: number): string => path.join(folder, number === 0 ? 'app.log' : `app.${number}.log`)

  function rotate(): void {
    rmSync(nth(keptFiles - 1), { force: true })
    for (let number = keptFiles - 2; number >= 0; number--) {
      try {
        renameSync(nth(number), nth(number + 1))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      }
    }
  }

  function append(line: string): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    let file = openSync(nth(0), 'a', 0o600)
    try {
      if (fstatSync(file).size + line.length > maxBytes) {
        closeSync(file)
        rotate()
        file = openSync(nth(0), 'a', 0o600)
      }
      appendFileSync(file, line)
    } finally {
      closeSync(file)
    }
  }

  return {
    write(entry) {
      try {
        append(`${JSON.stringify({ at: clock.now().toISOString(), ...redacted(entry) })}\n`)
      } catch {
        // A full disk stops the audit log, and with it the work; this log only falls silent.
      }
    },
  }
}

/** Only known fields with known values: what else an object carries is not looked at. */
function redacted(entry: AppLogEntry): Record<string, string | number> {
  const line: Record<string, string | number> = {}
  for (const field of ['event', 'channel', 'code', 'error', 'reason'] as const) {
    const value: unknown = entry[field]
    if (typeof value === 'string' && CLOSED[field].has(value)) line[field] = value
  }
  const { durationMs } = entry
  if (typeof durationMs === 'number' && Number.isFinite(durationMs)) line['durationMs'] = Math.round(durationMs)
  return line
}

/** The name of a thrown value, where it is one of the known. */
export function errorNameOf(thrown: unknown): NonNullable<AppLogEntry['error']> {
  const name = thrown instanceof Error ? thrown.name : ''
  return errorNames.find((known) => known === name) ?? 'Error'
}

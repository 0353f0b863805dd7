import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createSqliteAuditReview } from '../../../../../../src/main/adapters/audit-sqlite/review/create-sqlite-audit-review.ts'
import type { AuditReview, LongWork } from '../../../../../../src/main/ports/audit-review.ts'
import type { AuditEntry, AuditEvent } from '../../../../../../src/shared/domain/audit-event.ts'
import type { Result } from '../../../../../../src/shared/result.ts'
import { clockAt, createTestVault, madeUpIin, madeUpName, openTestLog, temporaryFolder } from '../audit-log-fixture.ts'

export const patient: LongWork = { signal: new AbortController().signal, onProgress: () => undefined }

export function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail}`)
  return result.value
}

/** What a row was made from, for finding by plain loops what the review must find. */
export interface Made {
  readonly seq: number
  readonly at: string
  readonly entry: AuditEntry
}

const EVENTS: readonly AuditEvent[] = [
  'request.prepared',
  'reply.issued',
  'reply.refused-by-portal',
  'session.signed-in',
]
const NOTES = ['Гражданин утратил пароль', 'Қайта беру: құпиясөз жоғалған', 'Ещё раз, сбой ШЭП', undefined]
const OUTCOMES = ['portal.life-status', 'gateway.timeout', undefined]

/**
 * Some months of rows, a day and a bit apart, one stretch of them after the clock was set back: without keys of its own a review
 * finds them all.
 */
export function madeUpLog(rows = 240) {
  const folder = temporaryFolder()
  const file = join(folder, 'audit.sqlite')
  const vault = createTestVault()
  const clock = clockAt('2026-01-01T00:00:00.000Z')
  const log = openTestLog({ file, vault, clock })
  const made: Made[] = []
  const pick = <T>(values: readonly T[], seed: number): T => values[seed % values.length] as T
  for (let number = 1; number <= rows; number++) {
    const setBack = number > 100 && number < 110 ? -40 : 0
    const at = new Date(Date.UTC(2026, 0, 1 + Math.floor(number / 2) + setBack, number % 24)).toISOString()
    clock.set(at)
    const note = pick(NOTES, number)
    const outcome = pick(OUTCOMES, Math.floor(number / 3))
    const entry: AuditEntry = {
      event: pick(EVENTS, Math.floor(number / 5)),
      actor: pick(['aigul', 'marat', 'olga'], number * 7),
      role: 'operator',
      requestId: `00000000-0000-4000-8000-${String(Math.floor(number / 4)).padStart(12, '0')}`,
      operation: 'RegisterUser',
      ...(note !== undefined && { note }),
      ...(outcome !== undefined && { outcome }),
      ...(number % 4 === 0 && { iin: madeUpIin(number % 12) }),
      ...(number % 8 === 0 && { personName: madeUpName }),
    }
    made.push({ seq: need(log.append(entry)), at, entry })
  }
  const review: AuditReview = createSqliteAuditReview({ file, vault })
  onTestFinished(() => review.close())
  return { folder, file, log, review, made, vault, clock, upTo: rows }
}

import type { AuditBackups } from '../ports/audit-backups.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { PersonalDataRetention } from '../ports/personal-data-retention.ts'

const LOOK_EVERY_MS = 60 * 60_000
const FIRST_LOOK_MS = 60_000

export interface CareForLog {
  start(): void
  stop(): void
}

/**
 * What a log needs though nobody asks for it: a verified copy every day, and the end of personal data whose time is over.
 * It looks a minute after the start and every hour, so that a machine that is switched off at night is served too. What
 * fails is recorded and tried again.
 * @param options.personalDataMonths how many whole months personal data stay readable besides the present one.
 */
export function createCareForLog(options: {
  readonly audit: AuditLog
  readonly backups: AuditBackups
  readonly retention: PersonalDataRetention
  readonly personalDataMonths: number
  readonly clock: Clock
}): CareForLog {
  const { audit, backups, retention, clock } = options
  let running = false
  let cancel = (): void => undefined

  async function backUp(now: Date): Promise<void> {
    const newest = await backups.newestAt()
    if (newest !== undefined && dayOf(newest) === dayOf(now)) return
    const made = await backups.make(now)
    if (!running) return
    const system = { actor: 'system', role: 'system' } as const
    if (made.ok) {
      const { rows, hash } = made.value
      audit.append({ ...system, event: 'audit.backup-made', details: { rows: String(rows), hash } })
    } else {
      const { code, detail } = made.failure
      audit.append({
        ...system,
        event: 'audit.backup-failed',
        outcome: code,
        ...(detail !== undefined && { details: { detail } }),
      })
    }
  }

  async function look(): Promise<void> {
    const now = clock.now()
    retention.destroyBefore(monthBefore(now, options.personalDataMonths))
    await backUp(now)
    if (running) cancel = clock.after(LOOK_EVERY_MS, () => void look())
  }

  return {
    start() {
      running = true
      cancel = clock.after(FIRST_LOOK_MS, () => void look())
    },
    stop() {
      running = false
      cancel()
    },
  }
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

/** The month, `YYYY-MM`, that lies so many months before that of a time. */
export function monthBefore(time: Date, months: number): string {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - months, 1)).toISOString().slice(0, 7)
}

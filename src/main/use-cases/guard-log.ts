import type { Failure } from '../../shared/contract/failure.ts'
import { type Finding, type FindingCode, isOnlySuspicious } from '../../shared/domain/audit-finding.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog, ChainVerdict } from '../ports/audit-log.ts'

/** As many findings as a row may name; more are told apart by nobody. */
const MOST_FINDINGS = 12
const ACKNOWLEDGEMENTS = 100

/** What verification last found wrong; absent while nothing is known to be. */
export interface FoundBreak {
  readonly seq: number
  readonly finding: FindingCode
  /** Somebody who may has taken note of all that was found: the service goes on. */
  readonly acknowledged: boolean
}

export interface GuardLog {
  /** Takes a verdict of verification; a break that was not found before is a row. */
  judged(verdict: ChainVerdict): void
  found(): FoundBreak | undefined
  /** Why no request may leave: a break that nobody has acknowledged. */
  refusal(): Failure | undefined
  /**
   * A supervisor's or an administrator's decision to go on over a broken log, with his reason, which is a row.
   * Failures: `audit.write-failed`, `audit.nothing-to-acknowledge`.
   */
  acknowledge(given: { readonly by: User; readonly reason: string }): Result<undefined>
}

/**
 * A log that was found broken stops the service before any effect, until somebody answers for going on. What was
 * acknowledged is read from the rows, so that a restart asks nobody again; another finding does.
 */
export function createGuardLog(options: { readonly audit: AuditLog; readonly onChange: () => void }): GuardLog {
  const { audit } = options
  let breaks: readonly Finding[] = []

  const nameOf = ({ seq, finding }: Finding): string => `${finding}@${seq}`

  function acknowledged(): ReadonlySet<string> {
    const rows = audit.latest({ events: ['audit.break-acknowledged'], limit: ACKNOWLEDGEMENTS })
    return new Set(rows.flatMap(({ details }) => (details?.['findings'] ?? '').split(' ')))
  }

  function found(): FoundBreak | undefined {
    const [first] = breaks
    if (first === undefined) return undefined
    const known = acknowledged()
    return { seq: first.seq, finding: first.finding, acknowledged: breaks.every((one) => known.has(nameOf(one))) }
  }

  return {
    judged(verdict) {
      const before = new Set(breaks.map(nameOf))
      breaks = verdict.findings.filter((finding) => !isOnlySuspicious(finding)).slice(0, MOST_FINDINGS)
      if (verdict.state === 'broken' && breaks.length === 0) breaks = [verdict.firstBroken]
      const [first] = breaks
      if (first === undefined || breaks.every((one) => before.has(nameOf(one)))) return
      audit.append({
        event: 'audit.found-broken',
        actor: 'system',
        role: 'system',
        outcome: first.finding,
        details: { seq: String(first.seq) },
      })
    },
    found,
    refusal() {
      const broken = found()
      if (broken === undefined || broken.acknowledged) return undefined
      return { code: 'audit.found-broken', detail: `${broken.finding}, ${broken.seq}` }
    },
    acknowledge({ by, reason }) {
      const broken = found()
      if (broken === undefined || broken.acknowledged) return fail({ code: 'audit.nothing-to-acknowledge' })
      const written = audit.append({
        event: 'audit.break-acknowledged',
        actor: by.login,
        role: by.role,
        outcome: broken.finding,
        note: reason,
        details: { findings: breaks.map(nameOf).join(' ') },
      })
      if (!written.ok) return written
      options.onChange()
      return succeed(undefined)
    },
  }
}

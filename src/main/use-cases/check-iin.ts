import type { IinFacts } from '../../shared/domain/iin.ts'
import type { User } from '../../shared/domain/session.ts'
import type { Result } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import { readConfirmedIin } from './read-confirmed-iin.ts'

const LONGEST_RECORDED = 64

/**
 * Reads the ИИН that an operator gave and records what came of it: a number that cannot be is an attempt too.
 * Failures: `iin.*`, `audit.write-failed`.
 */
export function checkIin(input: {
  readonly iin: string
  readonly confirmWarnings: boolean
  readonly today: Date
  readonly operator: User
  readonly audit: AuditLog
}): Result<IinFacts> {
  const { audit, operator } = input
  const facts = readConfirmedIin(input)
  const confirmed = facts.ok && facts.value.warnings.length > 0
  const written = audit.append({
    event: 'iin.checked',
    actor: operator.login,
    role: operator.role,
    iin: input.iin.slice(0, LONGEST_RECORDED),
    outcome: facts.ok ? (confirmed ? 'confirmed' : 'valid') : facts.failure.code,
    ...(facts.ok && confirmed && { details: { warnings: facts.value.warnings.join(' ') } }),
  })
  return written.ok ? facts : written
}

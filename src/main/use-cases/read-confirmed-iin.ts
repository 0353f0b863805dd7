import { type IinFacts, parseIin } from '../../shared/domain/iin.ts'
import { fail, type Result } from '../../shared/result.ts'

/** Reads an ИИН as the service may use it: errors refuse, warnings wait for the operator's word. */
export function readConfirmedIin(input: { iin: string; confirmWarnings: boolean; today: Date }): Result<IinFacts> {
  const facts = parseIin(input.iin, input.today)
  if (!facts.ok || facts.value.warnings.length === 0 || input.confirmWarnings) return facts
  return fail({ code: 'iin.warning-unconfirmed', detail: facts.value.warnings.join(', ') })
}

import { lifeStatusDeceased, portalMessages } from '../../shared/domain/reference-data.ts'
import type { PersonStatus, PortalRefusal } from '../../shared/domain/registration.ts'

/**
 * Whether a person may have an account: life status first, then the exclusion sign, then the record at the Prosecutor
 * General's office («Алгоритм действий оператора», requirements 6 and 7). Legal capacity refuses nobody.
 * @returns the refusal, or undefined.
 */
export function refusalFor(person: PersonStatus | undefined): PortalRefusal | undefined {
  if (person === undefined) return { reason: 'person-unknown', message: portalMessages.personUnknown }
  if (person.lifeStatus === lifeStatusDeceased) return { reason: 'life-status', message: portalMessages.deceased }
  if (person.exclusionSign !== undefined) {
    return { reason: 'exclusion-sign', message: portalMessages.excluded(person.exclusionSign) }
  }
  if (person.prosecutorRecord) return { reason: 'prosecutor-record', message: portalMessages.prosecutorRecord }
  return undefined
}

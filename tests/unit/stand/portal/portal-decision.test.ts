import { describe, expect, test } from 'vitest'
import { exclusionSignCodes, legalCapacityCodes, portalMessages } from '../../../../src/shared/domain/reference-data.ts'
import type { PersonStatus } from '../../../../src/shared/domain/registration.ts'
import { refusalFor } from '../../../../src/stand/portal/portal-decision.ts'

const citizen: PersonStatus = { name: 'Имя', lifeStatus: '0', legalCapacity: '1', prosecutorRecord: false }

describe('the portal’s decision', () => {
  test('looks at the life status first, then the exclusion sign, then the prosecutor’s record', () => {
    const worst: PersonStatus = { ...citizen, lifeStatus: '9', exclusionSign: '8', prosecutorRecord: true }
    expect(refusalFor(worst)).toEqual({ reason: 'life-status', message: portalMessages.deceased })
    expect(refusalFor({ ...worst, lifeStatus: '0' })).toEqual({
      reason: 'exclusion-sign',
      message: portalMessages.excluded('8'),
    })
    expect(refusalFor({ ...citizen, prosecutorRecord: true })).toEqual({
      reason: 'prosecutor-record',
      message: portalMessages.prosecutorRecord,
    })
    expect(refusalFor(undefined)).toEqual({ reason: 'person-unknown', message: portalMessages.personUnknown })
  })

  test.each(exclusionSignCodes)('refuses exclusion sign %s with its own message', (exclusionSign) => {
    expect(refusalFor({ ...citizen, exclusionSign })?.message).toBe(portalMessages.excluded(exclusionSign))
  })

  test.each(legalCapacityCodes)('refuses nobody for legal capacity %s', (legalCapacity) => {
    expect(refusalFor({ ...citizen, legalCapacity })).toBeUndefined()
  })
})

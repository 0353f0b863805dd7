import { expect, test } from 'vitest'
import { keyExpiry } from '../../../../src/renderer/shell/key-expiry.ts'

const ready = { state: 'ready', notAfter: '2027-05-12T00:00:00.000Z' } as const

test('the key warns in its last thirty days, and is expired only after its last day', () => {
  expect(keyExpiry({ ...ready, daysLeft: 31 })).toBe('valid')
  expect(keyExpiry({ ...ready, daysLeft: 30 })).toBe('ending')
  expect(keyExpiry({ ...ready, daysLeft: 0 })).toBe('ending')
  expect(keyExpiry({ ...ready, daysLeft: -1 })).toBe('expired')
})

test('an expiry that is not known is not called valid', () => {
  expect(keyExpiry({ state: 'ready' })).toBe('unknown')
  expect(keyExpiry({ state: 'locked', daysLeft: 100 })).toBe('unknown')
})

import { expect, test } from 'vitest'
import { clockDifference } from '../../../../src/renderer/shell/clock-difference.ts'

test.each([
  [undefined, undefined],
  [0, undefined],
  [60, undefined],
  [-60, undefined],
  [61, { key: 'status.clock.behind', values: { minutes: 1 } }],
  [-3600, { key: 'status.clock.ahead', values: { minutes: 60 } }],
])('a portal ahead by %s seconds', (offsetSeconds, told) => {
  expect(clockDifference(offsetSeconds)).toEqual(told)
})

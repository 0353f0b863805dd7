import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { formatDate, formatMoment } from '../../../../src/renderer/i18n/dates.ts'

beforeEach(() => vi.stubEnv('TZ', 'Asia/Almaty'))
afterEach(() => vi.unstubAllEnvs())

test('a calendar date is the same day everywhere', () => {
  expect(formatDate('1991-01-01')).toBe('01.01.1991')
})

test('a moment is shown in the time of the workstation', () => {
  expect(formatMoment('2026-11-21T20:05:09.123Z')).toBe('22.11.2026 01:05:09')
  expect(formatDate('2026-11-21T20:05:09.123Z')).toBe('22.11.2026')
})

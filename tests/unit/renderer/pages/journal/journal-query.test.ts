import { describe, expect, test } from 'vitest'
import { periodBounds, readQuery } from '../../../../../src/renderer/pages/journal/journal-query.ts'
import { spanAround, spanBeside } from '../../../../../src/renderer/pages/journal/summary-span.ts'

describe('the search field', () => {
  test.each([
    ['850814370558', { iin: '850814370558' }],
    [' 850814 370558 ', { iin: '850814370558' }],
    ['3F6C2A1E-8d4b-4c55-9a57-0d3a4c1b2e3f', { requestId: '3f6c2a1e-8d4b-4c55-9a57-0d3a4c1b2e3f' }],
    ['утратил пароль', { text: 'утратил пароль' }],
    ['3f6c2a1e', { text: '3f6c2a1e' }],
    ['  ', {}],
  ])('takes %j', (typed, filter) => {
    expect(readQuery(typed)).toEqual({ kind: 'filter', filter })
  })

  test('does not take an ИИН among words: they are written down unencrypted', () => {
    expect(readQuery('жалоба 850814370558')).toEqual({ kind: 'iin-among-words' })
  })
})

describe('a period', () => {
  const today = new Date(2026, 2, 2, 15, 30)
  const none = { from: '', to: '' }
  const day = (year: number, month: number, date: number): string => new Date(year, month, date).toISOString()

  test('is whole local days, the present one its last', () => {
    expect(periodBounds('all', today, none)).toEqual({})
    expect(periodBounds('today', today, none)).toEqual({ from: day(2026, 2, 2) })
    expect(periodBounds('week', today, none)).toEqual({ from: day(2026, 1, 24) })
    expect(periodBounds('month', today, none)).toEqual({ from: day(2026, 1, 1) })
  })

  test('of dates includes both; an empty or impossible date is no bound', () => {
    expect(periodBounds('custom', today, { from: '2026-01-05', to: '2026-01-05' })).toEqual({
      from: day(2026, 0, 5),
      to: day(2026, 0, 6),
    })
    expect(periodBounds('custom', today, { from: '', to: '2026-12-31' })).toEqual({ to: day(2027, 0, 1) })
    expect(periodBounds('custom', today, { from: 'вчера', to: '' })).toEqual({})
  })

  test('of the summary is a day, a week from Monday, a month, and those beside it', () => {
    const sunday = new Date(2026, 2, 1, 12)
    expect(spanAround('day', sunday)).toEqual({ from: new Date(2026, 2, 1), to: new Date(2026, 2, 2) })
    const week = spanAround('week', sunday)
    expect(week).toEqual({ from: new Date(2026, 1, 23), to: new Date(2026, 2, 2) })
    expect(spanBeside('week', week, 1)).toEqual({ from: new Date(2026, 2, 2), to: new Date(2026, 2, 9) })
    const month = spanAround('month', new Date(2026, 0, 31))
    expect(spanBeside('month', month, 1)).toEqual({ from: new Date(2026, 1, 1), to: new Date(2026, 2, 1) })
    expect(spanBeside('month', month, -1)).toEqual({ from: new Date(2025, 11, 1), to: new Date(2026, 0, 1) })
  })
})

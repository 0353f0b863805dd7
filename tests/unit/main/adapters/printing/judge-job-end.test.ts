import { expect, test } from 'vitest'
import { judgeJobEnd } from '../../../../../src/main/adapters/printing/judge-job-end.ts'

const job = (state: number, reasons: readonly string[] = [], everProcessed?: boolean) =>
  judgeJobEnd({ id: 1, state, reasons, ...(everProcessed === undefined ? {} : { everProcessed }) })

test('a job that goes on has no end', () => {
  for (const state of [3, 4, 5, 6]) expect(job(state)).toBeUndefined()
})

test('printed is only what the printer completed without reservation', () => {
  expect(job(9, ['job-completed-successfully'], true)).toBe('printed')
  expect(job(9, ['job-completed-with-errors'], true)).toBe('unknown')
})

test('not printed is only what was never begun, or given up before anything is marked', () => {
  expect(job(7, ['job-canceled-by-user'], false)).toBe('not-printed')
  expect(job(8, ['aborted-by-system'], false)).toBe('not-printed')
  expect(job(8, ['document-format-error'], true)).toBe('not-printed')
})

test('everything else may have left a sheet in the tray', () => {
  for (const state of [7, 8]) {
    expect(job(state, ['aborted-by-system'], true)).toBe('unknown')
    expect(job(state, ['aborted-by-system'])).toBe('unknown')
  }
  expect(job(7, ['document-format-error'], true)).toBe('unknown')
})

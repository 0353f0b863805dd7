import { expect, test } from 'vitest'
import type { CheckReply, Stage } from '../../../../../src/renderer/pages/issue/issue-flow.ts'
import { shownSteps } from '../../../../../src/renderer/pages/issue/service-steps.ts'

const check: CheckReply = { requestId: '', iin: { iin: '', warnings: [] }, registered: false }
const issued = { outcome: 'issued', requestId: '', action: 'created', message: '' } as const
const problem = { failure: { code: 'gateway.timeout' } }
const words = (stage: Stage): string =>
  shownSteps({ stage, done: {} })
    .map(({ state }) => state)
    .join(' ')

test('each stage of the service has its place among the four steps', () => {
  expect(words({ name: 'entry' })).toBe('current ahead ahead ahead')
  expect(words({ name: 'entry', problem: { failure: { code: 'iin.format' } } })).toBe('current ahead ahead ahead')
  expect(words({ name: 'entry', problem })).toBe('done stopped ahead ahead')
  expect(words({ name: 'checking' })).toBe('done current ahead ahead')
  expect(words({ name: 'registered', check })).toBe('done done ahead ahead')
  expect(words({ name: 'refused', check, during: 'check', refusal: problem })).toBe('done stopped ahead ahead')
  expect(words({ name: 'ready', check })).toBe('done done current ahead')
  expect(words({ name: 'issuing', check })).toBe('done done current ahead')
  expect(words({ name: 'refused', check, during: 'issue', refusal: problem })).toBe('done done stopped ahead')
  expect(words({ name: 'unknown', check, problem })).toBe('done done unknown ahead')
  expect(words({ name: 'issued', check, issued })).toBe('done done done current')
  expect(words({ name: 'printing', check, issued })).toBe('done done done current')
  expect(words({ name: 'printed', check, issued, place: '' })).toBe('done done done current')
  expect(words({ name: 'confirming', check, issued, place: '', handed: true })).toBe('done done done current')
})

test('only a handed envelope finishes the service', () => {
  expect(words({ name: 'done', check, issued, ending: 'handed' })).toBe('done done done done')
  for (const ending of ['not-handed', 'expired', 'wiped'] as const) {
    expect(words({ name: 'done', check, issued, ending })).toBe('done done done stopped')
  }
})

test('steps that this centre asks stand among the others, and say when they are left out', () => {
  const asked = { ...check, steps: { document: true, agreement: true, mgov: true } }
  expect(words({ name: 'document', check: asked })).toBe('done done current ahead ahead ahead ahead')
  expect(words({ name: 'agreement', check: asked, paper: 'printed' })).toBe('done done done current ahead ahead ahead')
  expect(words({ name: 'agreement', check: asked, paper: 'unknown' })).toBe('done done done unknown ahead ahead ahead')
  expect(words({ name: 'document', check: asked, reissueReason: 'утратил' })).toBe(
    'done done current skipped ahead skipped ahead',
  )
  const skipped = shownSteps({
    stage: { name: 'issuing', check: asked },
    done: { document: true, agreement: 'skipped' },
  })
  expect(skipped.map(({ state }) => state).join(' ')).toBe('done done done skipped current ahead ahead')
})

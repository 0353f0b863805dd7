import { expect, test } from 'vitest'
import type { CheckReply, Stage, StepsDone } from '../../../../../src/renderer/pages/issue/issue-flow.ts'
import { serviceSteps, shownSteps, skippedSteps } from '../../../../../src/renderer/pages/issue/service-steps.ts'
import type { ServiceSteps } from '../../../../../src/shared/domain/service-steps.ts'

const check: CheckReply = { requestId: '', iin: { iin: '', warnings: [] }, registered: false }
const exists: CheckReply = { ...check, registered: true }
const issued = { outcome: 'issued', requestId: '', action: 'created', message: '' } as const
const problem = { failure: { code: 'gateway.timeout' } }
const all: ServiceSteps = { document: true, agreement: true, mgov: true }
const connected: StepsDone = { document: true, agreement: 'signed', mgov: 'connected' }
const words = (stage: Stage, done: StepsDone = {}, asked: ServiceSteps | undefined = all): string =>
  shownSteps({ stage, done }, asked)
    .map(({ state }) => state)
    .join(' ')
const reasons = (stage: Stage, done: StepsDone = {}, asked: ServiceSteps | undefined = all) =>
  skippedSteps(shownSteps({ stage, done }, asked))

test('every step is shown from the first moment to the last, in the same places', () => {
  const stages: readonly Stage[] = [
    { name: 'entry' },
    { name: 'checking' },
    { name: 'registered', check: exists },
    { name: 'refused', check, during: 'check', refusal: problem },
    { name: 'ready', check },
    { name: 'done', check, issued, ending: 'handed' },
  ]
  for (const asked of [undefined, all, { document: false, agreement: false, mgov: false }]) {
    for (const stage of stages)
      expect(shownSteps({ stage, done: {} }, asked).map(({ step }) => step)).toEqual(serviceSteps)
  }
})

test('each stage of the service has its place among the steps', () => {
  expect(words({ name: 'entry' })).toBe('current ahead ahead ahead ahead ahead ahead')
  expect(words({ name: 'entry', problem: { failure: { code: 'iin.format' } } })).toBe(words({ name: 'entry' }))
  expect(words({ name: 'entry', problem })).toBe('done stopped ahead ahead ahead ahead ahead')
  expect(words({ name: 'checking' })).toBe('done current ahead ahead ahead ahead ahead')
  expect(words({ name: 'document', check })).toBe('done done current ahead ahead ahead ahead')
  expect(words({ name: 'agreement', check, paper: 'printed' })).toBe('done done done current ahead ahead ahead')
  expect(words({ name: 'agreement', check, paper: 'unknown' })).toBe('done done done unknown ahead ahead ahead')
  expect(words({ name: 'ready', check })).toBe('done done done done current ahead ahead')
  expect(words({ name: 'issuing', check })).toBe('done done done done current ahead ahead')
  expect(words({ name: 'unknown', check, problem })).toBe('done done done done unknown ahead ahead')
  expect(words({ name: 'mobile', check, issued })).toBe('done done done done done current ahead')
  expect(words({ name: 'issued', check, issued }, connected)).toBe('done done done done done done current')
  expect(words({ name: 'printing', check, issued }, connected)).toBe('done done done done done done current')
  expect(words({ name: 'printed', check, issued, place: '' }, connected)).toBe('done done done done done done current')
})

test('only a handed envelope finishes the service', () => {
  expect(words({ name: 'done', check, issued, ending: 'handed' }, connected)).toBe('done done done done done done done')
  for (const ending of ['not-handed', 'expired', 'wiped'] as const) {
    expect(words({ name: 'done', check, issued, ending }, connected)).toBe('done done done done done done stopped')
  }
})

test('a step that is not needed is skipped, and says why', () => {
  const none: ServiceSteps = { document: false, agreement: true, mgov: false }
  expect(words({ name: 'entry' }, {}, none)).toBe('current ahead skipped ahead ahead skipped ahead')
  expect(reasons({ name: 'entry' }, {}, none)).toEqual([{ reason: 'not-asked', steps: ['document', 'mgov'] }])
  expect(words({ name: 'registered', check: exists })).toBe('done done skipped skipped skipped skipped skipped')
  expect(reasons({ name: 'refused', check, during: 'check', refusal: problem })).toEqual([
    { reason: 'refused', steps: ['document', 'agreement', 'send', 'mgov', 'print'] },
  ])
  expect(words({ name: 'document', check: exists, reissueReason: 'утратил' })).toBe(
    'done done current skipped ahead skipped ahead',
  )
  expect(reasons({ name: 'issuing', check }, { document: true, agreement: 'skipped' })).toEqual([
    { reason: 'paper-form', steps: ['agreement'] },
  ])
  expect(reasons({ name: 'issued', check, issued }, { mgov: 'declined' })).toEqual([
    { reason: 'declined', steps: ['mgov'] },
  ])
})

test('whoever comes for mGov alone goes from document and agreement to his number, and no further', () => {
  const done: StepsDone = { request: 'skipped' }
  expect(words({ name: 'document', check: exists }, done)).toBe('done done current ahead skipped ahead skipped')
  expect(words({ name: 'mobile', check: exists }, done)).toBe('done done done done skipped current skipped')
  expect(reasons({ name: 'mobile', check: exists }, done)).toEqual([
    { reason: 'account-exists', steps: ['send', 'print'] },
  ])
  const connected: StepsDone = { ...done, mgov: 'connected' }
  expect(words({ name: 'mgov-done', check: exists, mgov: 'connected' }, connected)).toBe(
    'done done done done skipped done skipped',
  )
  expect(words({ name: 'mgov-done', check: exists, mgov: 'declined' }, { ...done, mgov: 'declined' })).toBe(
    'done done done done skipped skipped skipped',
  )
})

test('a step of which nobody knows is never called done', () => {
  // Taken up again behind mGov: whether a number was connected, this page cannot say.
  expect(reasons({ name: 'printed', check, issued, place: '' })).toEqual([{ reason: 'interrupted', steps: ['mgov'] }])
})

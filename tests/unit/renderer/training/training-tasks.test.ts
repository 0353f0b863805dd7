import { describe, expect, test } from 'vitest'
import {
  type CheckReply,
  type Issued,
  type IssueEvent,
  type IssueState,
  initialIssueState,
  reduceIssue,
} from '../../../../src/renderer/pages/issue/issue-flow.ts'
import {
  followTasks,
  rememberedTasks,
  rememberTasks,
  type TaskProgress,
} from '../../../../src/renderer/training/training-tasks.ts'
import { fail, succeed } from '../../../../src/shared/result.ts'

const IIN = '910101300019'
const check: CheckReply = {
  requestId: '0b0a7a5e-51a4-4f5a-8f57-a7f62d9e6f01',
  iin: { iin: IIN, warnings: [] },
  registered: false,
}
const issued = (action: Issued['action']): Issued => ({
  outcome: 'issued',
  requestId: 'a6a5bb3c-6f6c-4a53-9a5e-3f4a6e5d7c10',
  action,
  message: '',
})

type Step = IssueEvent | ((ticket: number) => IssueEvent)

/** Walks the page through the events and the tasks beside it. */
function walk(steps: readonly Step[], from: TaskProgress = { done: new Set() }): TaskProgress {
  let state: IssueState = initialIssueState
  let progress = from
  for (const step of steps) {
    const next = reduceIssue(state, typeof step === 'function' ? step(state.ticket) : step)
    expect(next, JSON.stringify(step)).not.toBe(state)
    progress = followTasks(progress, state, next)
    state = next
  }
  return progress
}

const checked = (reply: Partial<CheckReply> = {}): readonly Step[] => [
  { type: 'check-started', today: new Date('2026-11-24') },
  (ticket) => ({ type: 'check-replied', ticket, result: succeed({ ...check, ...reply }) }),
]
const typed: Step = { type: 'iin-typed', text: IIN }
const replied =
  (action: Issued['action']): Step =>
  (ticket) => ({ type: 'issue-replied', ticket, result: succeed(issued(action)) })
const printed: readonly Step[] = [
  { type: 'print-started' },
  (ticket) => ({ type: 'print-replied', ticket, result: succeed({ place: 'envelope.pdf', word: 'file' as const }) }),
]
const noPaper: readonly Step[] = [
  { type: 'print-started' },
  (ticket) => ({ type: 'print-replied', ticket, result: fail({ code: 'print.out-of-paper' }) }),
]
const answered = (handed: boolean): readonly Step[] => [
  { type: 'confirm-started', handed },
  (ticket) => ({ type: 'confirm-replied', ticket, result: succeed(undefined) }),
]
const lost: readonly Step[] = [
  typed,
  ...checked(),
  { type: 'issue-started' },
  (ticket) => ({
    type: 'issue-replied',
    ticket,
    result: succeed({ outcome: 'unknown', requestId: check.requestId, failure: { code: 'gateway.malformed' } }),
  }),
]
const doneBy = (steps: readonly Step[]): readonly string[] => [...walk(steps).done]

describe('a training task', () => {
  test('of the envelope is done when a new account’s envelope is handed over, and not when it is not', () => {
    const steps = [typed, ...checked(), { type: 'issue-started' } as const, replied('created'), ...printed]
    expect(doneBy(steps)).toEqual([])
    expect(doneBy([...steps, ...answered(false)])).toEqual([])
    expect(doneBy([...steps, ...answered(true)])).toEqual(['envelope'])
  })

  test('of mGov is done when the number is connected, and not when it is left out', () => {
    const steps: readonly Step[] = [
      typed,
      ...checked({ steps: { document: false, agreement: false, mgov: true } }),
      { type: 'issue-started' },
      replied('created'),
    ]
    const left: readonly Step[] = [
      { type: 'mgov-skip-started' },
      (ticket) => ({ type: 'mgov-skip-replied', ticket, reason: 'no-sms', result: succeed(undefined) }),
    ]
    const requestId = check.requestId
    const sent = { number: '+77011234567', message: '', attempts: 3, validSeconds: 180 }
    const connected: readonly Step[] = [
      { type: 'mobile-started' },
      (ticket) => ({
        type: 'mobile-replied',
        ticket,
        result: succeed({ outcome: 'code-sent' as const, requestId, ...sent }),
      }),
      { type: 'code-started' },
      (ticket) => ({
        type: 'code-replied',
        ticket,
        result: succeed({ outcome: 'connected' as const, requestId, message: '' }),
      }),
    ]
    expect(doneBy([...steps, ...left])).toEqual([])
    expect(doneBy([...steps, ...connected])).toEqual(['mgov'])
  })

  test('of the new password asks for a registered citizen', () => {
    const reason = { type: 'issue-started', reissueReason: 'утратил пароль' } as const
    const steps = [
      typed,
      ...checked({ registered: true }),
      reason,
      replied('regenerated'),
      ...printed,
      ...answered(true),
    ]
    expect(doneBy(steps)).toEqual(['new-password'])
  })

  test('of the refusal is done at the next citizen', () => {
    const steps = [typed, ...checked({ refusal: { code: 'portal.life-status' } })]
    expect(doneBy(steps)).toEqual([])
    expect(doneBy([...steps, { type: 'next-citizen' }])).toEqual(['refusal'])
  })

  test('of the lost reply is done only when the second question has an answer', () => {
    expect(doneBy(lost)).toEqual([])
    expect(doneBy([...lost, { type: 'next-citizen' }])).toEqual([])
    const [started] = checked()
    const unanswered: Step = (ticket) => ({
      type: 'check-replied',
      ticket,
      result: fail({ code: 'gateway.timeout' }),
    })
    expect(doneBy([...lost, started as Step, unanswered])).toEqual([])
    expect(doneBy([...lost, ...checked({ registered: true })])).toEqual(['lost-reply'])
    const { requestId } = check
    const asked: Step = { type: 'resolve-started', requestId }
    const step: Step = { type: 'step-reached', step: 'send' }
    const found: Step = (ticket) => ({
      type: 'resolve-replied',
      ticket,
      result: succeed({ outcome: 'not-received' as const, requestId, iin: check.iin }),
    })
    const again: Step = (ticket) => ({ type: 'resolve-replied', ticket, result: fail({ code: 'gateway.timeout' }) })
    expect(doneBy([...lost, asked, step, again])).toEqual([])
    expect(doneBy([...lost, asked, step, found])).toEqual(['lost-reply'])
    expect(doneBy([...lost, asked, again, asked, found])).toEqual(['lost-reply'])
  })

  test('of the paper is done when the sheet that did not come out is handed over', () => {
    const start = { type: 'issue-started' } as const
    const steps = [typed, ...checked(), start, replied('created'), ...noPaper, ...printed]
    expect(doneBy(steps)).toEqual([])
    expect(doneBy([...steps, ...answered(true)])).toEqual(['envelope', 'no-paper'])
  })
})

test('what is done is remembered, and nothing else that stands in its place', () => {
  let kept = ''
  const storage = {
    setItem(_key: string, value: string) {
      kept = value
    },
  }
  rememberTasks(storage, { done: new Set(['refusal', 'envelope']) })
  expect([...rememberedTasks({ getItem: () => kept }).done].toSorted()).toEqual(['envelope', 'refusal'])
  expect([...rememberedTasks({ getItem: () => 'all <b>' }).done]).toEqual([])
  expect([...rememberedTasks({ getItem: () => null }).done]).toEqual([])
})

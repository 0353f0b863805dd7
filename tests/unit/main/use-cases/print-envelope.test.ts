import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ended, openCounter, operator, requestId, settle } from './print-envelope-fixture.ts'

const print = { requestId, operator }

async function printed(counter: ReturnType<typeof openCounter>, how: keyof typeof ended = 'printed') {
  const result = counter.print.print(print)
  await settle()
  counter.answer(ended[how])
  return result
}

describe('one envelope', () => {
  test('is printed once: a second call is refused, and the printer hears nothing of it', async () => {
    const counter = openCounter()
    expect((await printed(counter)).ok).toBe(true)
    expect(await counter.print.print(print)).toMatchObject({ failure: { code: 'print.already-printed' } })
    expect(counter.jobs).toHaveLength(1)
  })

  test('may be printed again after a page that did not come out', async () => {
    const counter = openCounter()
    expect(await printed(counter, 'not-printed')).toMatchObject({ failure: { code: 'print.printer-failed' } })
    expect((await printed(counter)).ok).toBe(true)
    expect(counter.events()).toEqual([
      'envelope.printing',
      'envelope.print-failed',
      'envelope.printing',
      'envelope.printed',
    ])
  })

  test('of unknown result waits for somebody to look, and then may be found', async () => {
    const counter = openCounter()
    expect(await printed(counter, 'unknown')).toMatchObject({ failure: { code: 'print.outcome-unknown' } })
    expect(await counter.print.print(print)).toMatchObject({ failure: { code: 'print.outcome-unknown' } })
    expect(counter.print.confirm({ ...print, handed: true }).ok).toBe(false)
    expect(counter.print.found(print).ok).toBe(true)
    expect(counter.print.confirm({ ...print, handed: true }).ok).toBe(true)
    expect(counter.events()).toEqual([
      'envelope.printing',
      'envelope.print-unknown',
      'envelope.printed',
      'envelope.handed',
    ])
  })

  test('keeps its password until the operator has answered, and not longer', async () => {
    const counter = openCounter()
    await printed(counter)
    expect(counter.password.toString()).toBe('Secret-Password1')
    counter.print.confirm({ ...print, handed: false })
    expect(counter.password.every((byte) => byte === 0)).toBe(true)
    expect(await counter.reprint('supervisor', 'supervisor')).toMatchObject({
      failure: { code: 'print.nothing-pending' },
    })
  })

  test('leaves no page behind: the bytes are wiped as soon as the printer has them', async () => {
    const counter = openCounter()
    const result = counter.print.print(print)
    await settle()
    const [job] = counter.jobs
    expect(job?.pdf.toString()).toContain('Secret-Password1')
    job?.onAccepted?.()
    expect(job?.pdf.every((byte) => byte === 0)).toBe(true)
    counter.answer(ended.printed)
    await result
  })
})

describe('a reprint', () => {
  test('needs a supervisor who is somebody else, and his own password', async () => {
    const counter = openCounter()
    await printed(counter)
    for (const [login, password, code] of [
      ['operator', 'operator', 'print.approval-self'],
      ['second', 'second', 'print.approval-refused'],
      ['supervisor', 'wrong', 'print.approval-refused'],
      ['nobody', 'supervisor', 'print.approval-refused'],
    ] as const) {
      expect(await counter.reprint(login, password), login).toMatchObject({ failure: { code } })
    }
    expect(counter.jobs).toHaveLength(1)
    const approved = counter.reprint('supervisor', 'supervisor')
    await settle()
    counter.answer(ended.printed)
    expect((await approved).ok).toBe(true)
    expect(counter.jobs).toHaveLength(2)
    const reprinting = counter.rows.findLast(({ event }) => event === 'envelope.printing')
    expect(reprinting).toMatchObject({ note: 'Лист замят', details: { approvedBy: 'supervisor' } })
    expect(counter.rows.find(({ event }) => event === 'envelope.reprint-approved')?.actor).toBe('supervisor')
  })

  test('is approved for one sheet alone', async () => {
    const counter = openCounter()
    await printed(counter)
    const approved = counter.reprint('supervisor', 'supervisor')
    await settle()
    counter.answer(ended.printed)
    await approved
    expect(await counter.print.print(print)).toMatchObject({ failure: { code: 'print.already-printed' } })
    expect(counter.jobs).toHaveLength(2)
  })

  test('is not needed before the first sheet, and asks nobody', async () => {
    const counter = openCounter()
    expect(await counter.reprint('supervisor', 'supervisor')).toMatchObject({
      failure: { code: 'print.reprint-unneeded' },
    })
    expect(counter.rows).toEqual([])
  })

  test('that did not come out does not make the first sheet disappear', async () => {
    const counter = openCounter()
    await printed(counter)
    const approved = counter.reprint('supervisor', 'supervisor')
    await settle()
    counter.answer(ended['not-printed'])
    expect((await approved).ok).toBe(false)
    expect(counter.events().at(-1)).toBe('envelope.reprint-failed')
    expect(await counter.print.print(print)).toMatchObject({ failure: { code: 'print.already-printed' } })
    expect(counter.print.confirm({ ...print, handed: true }).ok).toBe(true)
  })

  test('wipes the password of whoever was asked, also where it was wrong', async () => {
    const counter = openCounter()
    await printed(counter)
    for (const given of ['wrong', 'supervisor']) {
      const password = Buffer.from(given)
      const result = counter.print.reprint({ ...print, reason: 'Замятие', approver: { login: 'supervisor', password } })
      await settle()
      counter.answer(ended.printed)
      await result
      expect(password.every((byte) => byte === 0)).toBe(true)
    }
  })

  test('is over when the password is', async () => {
    const counter = openCounter()
    await printed(counter)
    counter.expire()
    expect(await counter.reprint('supervisor', 'supervisor')).toMatchObject({
      failure: { code: 'print.nothing-pending' },
    })
    expect(counter.print.confirm({ ...print, handed: true }).ok).toBe(true)
  })
})

describe('leaving', () => {
  test('before the print wipes the password and closes the request', () => {
    const counter = openCounter()
    counter.discard({ requestId, operator })
    expect(counter.password.every((byte) => byte === 0)).toBe(true)
    expect(counter.events()).toEqual(['envelope.discarded'])
    expect(counter.inProgress.has(requestId)).toBe(false)
  })

  test('with a sheet out wipes the password and leaves the request open', async () => {
    const counter = openCounter()
    await printed(counter)
    counter.discard({ requestId, operator })
    expect(counter.password.every((byte) => byte === 0)).toBe(true)
    expect(counter.events().at(-1)).toBe('envelope.wiped')
    expect(counter.inProgress.has(requestId)).toBe(false)
  })

  test('in the middle of a print cancels it, and still records how it ended', async () => {
    const counter = openCounter()
    const result = counter.print.print(print)
    await settle()
    counter.discard({ requestId, operator })
    expect(counter.jobs[0]?.signal?.aborted).toBe(true)
    counter.answer(ended.unknown)
    await result
    expect(counter.events().at(-1)).toBe('envelope.print-unknown')
    expect(counter.inProgress.has(requestId)).toBe(false)
    expect(await counter.print.print(print)).toMatchObject({ failure: { code: 'print.nothing-pending' } })
  })
})

type Step =
  | { readonly do: 'print' | 'found' | 'discard' | 'expire' | 'cancel' }
  | { readonly do: 'answer'; readonly how: keyof typeof ended }
  | { readonly do: 'reprint'; readonly who: string; readonly password: string }
  | { readonly do: 'confirm'; readonly handed: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('print' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      how: fc.constantFrom('printed' as const, 'not-printed' as const, 'unknown' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reprint' as const),
      who: fc.constantFrom('operator', 'second', 'supervisor'),
      password: fc.constantFrom('operator', 'second', 'supervisor'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('found' as const, 'cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('discard' as const, 'expire' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('confirm' as const), handed: fc.boolean() }) },
)

test('whatever the operator presses: never two sheets without an approval, and never a page after the password is gone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const counter = openCounter()
      /** The model: sheets that may be out, approvals given, and whether the password may still be there. */
      let maybeOut = 0
      let approvals = 0
      let gone = false
      let answered = 0
      const pending: Promise<unknown>[] = []
      for (const action of steps) {
        const before = counter.jobs.length
        switch (action.do) {
          case 'print':
            pending.push(counter.print.print(print))
            break
          case 'reprint':
            pending.push(counter.reprint(action.who, action.password))
            break
          case 'answer':
            if (answered < counter.jobs.length) {
              answered++
              if (action.how !== 'not-printed') maybeOut++
              counter.answer(ended[action.how])
            }
            break
          case 'found':
            counter.print.found(print)
            break
          case 'cancel':
            counter.print.cancel(print)
            break
          case 'discard':
            counter.discard({ requestId, operator })
            gone = true
            break
          case 'expire':
            counter.expire()
            gone = true
            break
          case 'confirm':
            if (counter.print.confirm({ ...print, handed: action.handed }).ok) gone = true
            break
        }
        await settle()
        approvals = counter.events().filter((event) => event === 'envelope.reprint-approved').length
        const begun = counter.jobs.length
        // One job at a time, each with its own intent in the log.
        expect(begun - answered).toBeLessThanOrEqual(1)
        expect(counter.events().filter((event) => event === 'envelope.printing')).toHaveLength(begun)
        if (begun > before) {
          expect(gone).toBe(false)
          // A job that begins while a sheet may be out has an approval of its own.
          if (maybeOut > 0) expect(action.do).toBe('reprint')
        }
        expect(maybeOut).toBeLessThanOrEqual(1 + approvals)
        expect(counter.password.every((byte) => byte === 0)).toBe(gone)
      }
      while (answered < counter.jobs.length) {
        answered++
        counter.answer(ended.unknown)
        await settle()
      }
      await Promise.all(pending)
    }),
    { numRuns: 1500 },
  )
})

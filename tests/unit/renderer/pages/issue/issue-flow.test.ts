import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CheckReply,
  type CodeReply,
  type Ending,
  type IssueEvent,
  type IssueReply,
  type IssueState,
  initialIssueState,
  isAccountKnown,
  isScanWelcome,
  leaveCost,
  type MobileReply,
  type PrintedPage,
  type PrintProgress,
  type ResolveReply,
  reduceIssue,
  type StageName,
} from '../../../../../src/renderer/pages/issue/issue-flow.ts'
import type { FailureCode } from '../../../../../src/shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../../../../src/shared/result.ts'

const TODAY = new Date('2026-11-22T00:00:00Z')
const IIN = '910101300019'
/** The 32nd of February: a right check digit, an impossible date. */
const UNUSUAL_IIN = '910232300011'
const REQUEST = 'a6a5bb3c-6f6c-4a53-9a5e-3f4a6e5d7c10'

const check: CheckReply = {
  requestId: '0b0a7a5e-51a4-4f5a-8f57-a7f62d9e6f01',
  iin: { iin: IIN, birthDate: '1991-01-01', sex: 'male', warnings: [] },
  registered: false,
}
const issuedReply: IssueReply = { outcome: 'issued', requestId: REQUEST, action: 'created', message: 'Поздравляем' }

const run = (events: readonly IssueEvent[], from = initialIssueState): IssueState => events.reduce(reduceIssue, from)
const typed = run([{ type: 'iin-typed', text: IIN }])
const checking = run([{ type: 'check-started', today: TODAY }], typed)
const replied = (state: IssueState, reply: CheckReply): IssueState =>
  run([{ type: 'check-replied', ticket: state.ticket, result: succeed(reply) }], state)
const ready = replied(checking, check)
const registered = replied(checking, { ...check, registered: true })
const refused = replied(checking, { ...check, refusal: { code: 'portal.life-status', portalMessage: 'Невозможно' } })
const issuing = run([{ type: 'issue-started' }], ready)
const reissuing = run([{ type: 'issue-started', reissueReason: 'утратил пароль' }], registered)
const issueReplied = (state: IssueState, reply: IssueReply): IssueState =>
  run([{ type: 'issue-replied', ticket: state.ticket, result: succeed(reply) }], state)
const issued = issueReplied(issuing, issuedReply)
const unknown = issueReplied(issuing, { outcome: 'unknown', requestId: REQUEST, failure: { code: 'gateway.timeout' } })
const resolving = run([{ type: 'resolve-started', requestId: REQUEST }], unknown)
const resolved = (state: IssueState, reply: ResolveReply): IssueState =>
  run([{ type: 'resolve-replied', ticket: state.ticket, result: succeed(reply) }], state)
const asked = { requestId: REQUEST, iin: check.iin }
const notReceived = resolved(resolving, { outcome: 'not-received', ...asked })
const printing = run([{ type: 'print-started' }], issued)
const printed = run(
  [
    {
      type: 'print-replied',
      ticket: printing.ticket,
      result: succeed({ place: 'envelope.pdf', word: 'printer' as const }),
    },
  ],
  printing,
)
const printUnknown = run(
  [{ type: 'print-replied', ticket: printing.ticket, result: fail({ code: 'print.outcome-unknown' }) }],
  printing,
)
const confirming = run([{ type: 'confirm-started', handed: true }], printed)
const confirmed = run([{ type: 'confirm-replied', ticket: confirming.ticket, result: succeed(undefined) }], confirming)

const askedCheck: CheckReply = { ...check, steps: { document: true, agreement: true, mgov: false } }
const document = replied(checking, askedCheck)
const documentReplied = (state: IssueState, result = succeed<undefined>(undefined) as Result<undefined>): IssueState =>
  run([{ type: 'document-started' }, { type: 'document-replied', ticket: state.ticket + 1, result }], state)
const agreement = documentReplied(document)
const agreementPrinting = run([{ type: 'agreement-print-started' }], agreement)
const agreementPrinted = run(
  [
    {
      type: 'agreement-print-replied',
      ticket: agreementPrinting.ticket,
      result: succeed({ place: 'agreement.pdf', word: 'printer' as const }),
    },
  ],
  agreementPrinting,
)
const said = (state: IssueState, word: 'found' | 'signed' | 'skipped', result: Result<undefined>): IssueState =>
  run(
    [{ type: 'agreement-word-started' }, { type: 'agreement-word-replied', ticket: state.ticket + 1, word, result }],
    state,
  )

const mgovCheck: CheckReply = { ...check, steps: { document: false, agreement: false, mgov: true } }
const mobile = issueReplied(run([{ type: 'issue-started' }], replied(checking, mgovCheck)), issuedReply)
const mobileReplied = (state: IssueState, reply: MobileReply): IssueState =>
  run([{ type: 'mobile-started' }, { type: 'mobile-replied', ticket: state.ticket + 1, result: succeed(reply) }], state)
const codeReplied = (state: IssueState, reply: CodeReply): IssueState =>
  run([{ type: 'code-started' }, { type: 'code-replied', ticket: state.ticket + 1, result: succeed(reply) }], state)
const sent = {
  outcome: 'code-sent',
  requestId: REQUEST,
  number: '+77011234567',
  message: 'Проверочный код отправлен',
  attempts: 3,
  validSeconds: 180,
} as const
const code = mobileReplied(mobile, sent)
const skippedMgov = (state: IssueState, result: Result<undefined> = succeed(undefined)): IssueState =>
  run(
    [{ type: 'mgov-skip-started' }, { type: 'mgov-skip-replied', ticket: state.ticket + 1, reason: 'no-sms', result }],
    state,
  )

/** A citizen who keeps his password and came for mGov. */
const accountCheck: CheckReply = { ...check, registered: true, steps: { document: true, agreement: true, mgov: true } }
const account = replied(checking, accountCheck)
const connectOnly = (state: IssueState, result: Result<undefined> = succeed(undefined)): IssueState =>
  run([{ type: 'mgov-only-started' }, { type: 'mgov-only-replied', ticket: state.ticket + 1, result }], state)
const mobileOnly = connectOnly(
  replied(checking, { ...accountCheck, steps: { document: false, agreement: false, mgov: true } }),
)
const mgovDone = codeReplied(mobileReplied(mobileOnly, sent), {
  outcome: 'connected',
  requestId: REQUEST,
  message: 'ok',
})

const inStage: Readonly<Record<StageName, IssueState>> = {
  entry: typed,
  checking,
  document,
  agreement,
  ready,
  registered,
  refused,
  issuing,
  unknown,
  resolving,
  'not-received': notReceived,
  mobile,
  code,
  issued,
  printing,
  'print-unknown': printUnknown,
  printed,
  confirming,
  'mgov-done': mgovDone,
  done: confirmed,
}
const endingOf = ({ stage }: IssueState): Ending | undefined => (stage.name === 'done' ? stage.ending : undefined)
const problemOf = ({ stage }: IssueState): string | undefined =>
  'problem' in stage ? stage.problem?.failure.code : undefined

test('each stage of the table is the stage that its name says', () => {
  for (const [name, state] of Object.entries(inStage)) expect(state.stage.name).toBe(name)
})

describe('a scanned document', () => {
  const NEXT = '900418400710'
  const scanned = (state: IssueState): IssueState => run([{ type: 'iin-scanned', iin: NEXT }], state)

  test('begins a new service where nothing of the one before is left to do', () => {
    for (const name of ['entry', 'ready', 'registered', 'refused', 'mgov-done', 'done'] as const) {
      const state = scanned(inStage[name])
      expect([state.iin, state.stage, isScanWelcome(inStage[name].stage)], name).toEqual([
        NEXT,
        { name: 'entry' },
        true,
      ])
    }
  })

  test('changes nothing while a request, a password or an unknown outcome is open', () => {
    const names = [
      'checking',
      'issuing',
      'unknown',
      'resolving',
      'not-received',
      'issued',
      'printing',
      'print-unknown',
      'printed',
      'confirming',
    ] as const
    for (const name of names) {
      expect(scanned(inStage[name]), name).toBe(inStage[name])
      expect(isScanWelcome(inStage[name].stage), name).toBe(false)
    }
  })
})

describe('the steps before the request', () => {
  test('come one after the other: document, agreement, request', () => {
    expect(document.stage).toEqual({ name: 'document', check: askedCheck })
    expect(run([{ type: 'issue-started' }], document)).toBe(document)
    expect(agreement.stage).toEqual({ name: 'agreement', check: askedCheck, paper: 'none' })
    expect(run([{ type: 'issue-started' }], agreementPrinted)).toBe(agreementPrinted)
    expect(agreementPrinted.stage).toMatchObject({ paper: 'printed' })
    const signed = said(agreementPrinted, 'signed', succeed(undefined))
    expect([signed.stage.name, signed.done]).toEqual(['ready', { document: true, agreement: 'signed' }])
    expect(run([{ type: 'issue-started' }], signed).stage.name).toBe('issuing')
  })

  test('wait for what is under way: a second press does nothing', () => {
    const recording = run([{ type: 'document-started' }], document)
    expect(run([{ type: 'document-started' }], recording)).toBe(recording)
    expect(run([{ type: 'iin-typed', text: '1' }], recording)).toBe(recording)
    for (const event of [
      { type: 'agreement-print-started' },
      { type: 'agreement-word-started' },
      { type: 'next-citizen' },
      { type: 'check-started', today: TODAY },
    ] as const) {
      expect(run([event], agreementPrinting), event.type).toBe(agreementPrinting)
    }
  })

  test('a refused document stays on the page with the reason', () => {
    expect(documentReplied(document, fail({ code: 'document.expired' })).stage).toEqual({
      name: 'document',
      check: askedCheck,
      problem: { failure: { code: 'document.expired' } },
    })
  })

  test('an agreement that may be out is looked for; one that is not out is printed again, or left for a form', () => {
    const { ticket } = agreementPrinting
    const ended = (code: 'print.outcome-unknown' | 'print.out-of-paper') =>
      run([{ type: 'agreement-print-replied', ticket, result: fail({ code }) }], agreementPrinting)
    const unknownSheet = ended('print.outcome-unknown')
    expect(unknownSheet.stage).toMatchObject({ name: 'agreement', paper: 'unknown' })
    expect(said(unknownSheet, 'found', succeed(undefined)).stage).toMatchObject({ name: 'agreement', paper: 'printed' })
    const failed = ended('print.out-of-paper')
    expect([failed.stage.name, problemOf(failed)]).toEqual(['agreement', 'print.out-of-paper'])
    const skipped = said(failed, 'skipped', succeed(undefined))
    expect([skipped.stage.name, skipped.done.agreement]).toEqual(['ready', 'skipped'])
    expect(problemOf(said(agreementPrinted, 'signed', fail({ code: 'audit.write-failed' })))).toBe('audit.write-failed')
  })

  test('a new password asks for the document alone, and goes on with its reason', () => {
    const account = replied(checking, { ...askedCheck, registered: true })
    const asking = run([{ type: 'issue-started', reissueReason: 'утратил пароль' }], account)
    expect(asking.stage).toMatchObject({ name: 'document', reissueReason: 'утратил пароль' })
    const shown = documentReplied(asking)
    expect([shown.stage.name, shown.done]).toEqual(['registered', { document: true }])
    expect(run([{ type: 'issue-started', reissueReason: 'утратил пароль' }], shown).stage.name).toBe('issuing')
  })

  test('a scan fills the document of the citizen on the page, and forgets it with him', () => {
    const card = { number: '012345678', validUntil: '2035-06-30' }
    const filled = run([{ type: 'iin-scanned', iin: IIN, document: card }], document)
    expect([filled.stage, filled.scanned]).toEqual([document.stage, card])
    expect(run([{ type: 'iin-typed', text: '9' }], filled)).not.toHaveProperty('scanned')
    expect(run([{ type: 'iin-scanned', iin: IIN, document: card }], agreement)).toBe(agreement)
  })

  test('a new check begins them anew', () => {
    const again = run([{ type: 'check-started', today: TODAY }], agreementPrinted)
    expect([again.stage.name, again.done]).toEqual(['checking', {}])
  })
})

describe('mGov', () => {
  const refusedWith = (name: FailureCode) => ({
    outcome: 'refused' as const,
    requestId: REQUEST,
    failure: { code: name },
  })

  test('comes between a new account and its envelope, and not before a new password', () => {
    expect([mobile.stage.name, code.stage.name]).toEqual(['mobile', 'code'])
    const connected = codeReplied(code, { outcome: 'connected', requestId: REQUEST, message: 'Номер подключен' })
    expect([connected.stage.name, connected.done.mgov]).toEqual(['issued', 'connected'])
    const account = replied(checking, { ...mgovCheck, registered: true })
    const again = run([{ type: 'issue-started', reissueReason: 'утратил пароль' }], account)
    expect(issueReplied(again, { ...issuedReply, action: 'regenerated' } as IssueReply).stage.name).toBe('issued')
  })

  test('never loses the envelope: it is skipped with a reason from wherever it stands', () => {
    for (const state of [mobile, code, mobileReplied(mobile, refusedWith('mgov.number-taken'))]) {
      const after = skippedMgov(state)
      expect([after.stage.name, after.done.mgov]).toEqual(['issued', 'no-sms'])
      expect(leaveCost(state.stage)).toBe('password')
    }
    expect(problemOf(skippedMgov(code, fail({ code: 'audit.write-failed' })))).toBe('audit.write-failed')
  })

  test('after a wrong code asks for another try, and after the last for a new code', () => {
    const wrong = codeReplied(code, { ...refusedWith('mgov.wrong-code'), attemptsLeft: 2 })
    expect(wrong.stage).toMatchObject({
      name: 'code',
      attemptsLeft: 2,
      problem: { failure: { code: 'mgov.wrong-code' } },
    })
    for (const over of ['mgov.attempts-exhausted', 'mgov.code-expired', 'mgov.nothing-asked'] as const) {
      const ended = codeReplied(code, refusedWith(over))
      expect([ended.stage.name, problemOf(ended)]).toEqual(['mobile', over])
    }
  })

  test('after a lost reply the same code may be sent again', () => {
    const lost = codeReplied(code, { outcome: 'unknown', requestId: REQUEST, failure: { code: 'gateway.timeout' } })
    expect([lost.stage.name, problemOf(lost)]).toEqual(['code', 'gateway.timeout'])
    expect(run([{ type: 'code-started' }], lost).stage).toMatchObject({ asking: true })
  })

  test('asks once, whatever is pressed meanwhile, and another number on request', () => {
    const asking = run([{ type: 'mobile-started' }], mobile)
    expect(leaveCost(asking.stage)).toBe('wait')
    for (const type of ['mobile-started', 'code-started', 'mgov-skip-started', 'number-again'] as const) {
      expect(run([{ type }], asking), type).toBe(asking)
    }
    expect(run([{ type: 'code-started' }], mobile)).toBe(mobile)
    expect(run([{ type: 'number-again' }], code).stage.name).toBe('mobile')
  })

  test('is connected to an account that keeps its password: document, agreement, number, code, and no request', () => {
    const shown = connectOnly(account)
    expect([shown.stage.name, shown.done]).toEqual(['document', { request: 'skipped' }])
    const signing = run([{ type: 'agreement-print-started' }], documentReplied(shown))
    const out = succeed({ place: 'agreement.pdf', word: 'printer' as const })
    const paper = run([{ type: 'agreement-print-replied', ticket: signing.ticket, result: out }], signing)
    const asking = said(paper, 'signed', succeed(undefined))
    expect(asking.stage).toEqual({ name: 'mobile', check: accountCheck })
    expect(leaveCost(asking.stage)).toBe('free')
    expect(run([{ type: 'issue-started' }], asking)).toBe(asking)
    const typing = mobileReplied(asking, sent)
    expect(typing.stage).toEqual({ name: 'code', check: accountCheck, sent })
    expect(run([{ type: 'number-again' }], typing).stage).toEqual({ name: 'mobile', check: accountCheck })
    expect(mgovDone.stage).toMatchObject({ name: 'mgov-done', mgov: 'connected' })
    expect(skippedMgov(typing).stage).toEqual({ name: 'mgov-done', check: accountCheck, mgov: 'no-sms' })
    expect(run([{ type: 'next-citizen' }], mgovDone).stage.name).toBe('entry')
  })

  test('is offered alone only to whoever has an account, where this centre asks it, once', () => {
    for (const state of [registered, ready, issued]) expect(run([{ type: 'mgov-only-started' }], state)).toBe(state)
    const recording = run([{ type: 'mgov-only-started' }], account)
    expect(run([{ type: 'mgov-only-started' }], recording)).toBe(recording)
    expect(run([{ type: 'next-citizen' }], recording)).toBe(recording)
    const failed = connectOnly(account, fail({ code: 'audit.write-failed' }))
    expect([failed.stage.name, problemOf(failed), failed.done]).toEqual(['registered', 'audit.write-failed', {}])
  })

  test('goes on after a restart where the main process kept the service, and is not asked where it did not', () => {
    const open = run([{ type: 'resolve-started', requestId: REQUEST }], initialIssueState)
    const reply = { ...issuedReply, iin: check.iin, paper: 'none' } as ResolveReply
    expect(resolved(open, reply).stage.name).toBe('issued')
    const service = { serviceId: check.requestId, steps: { document: true, agreement: true, mgov: true } }
    const back = resolved(open, { ...reply, service } as ResolveReply)
    expect(back.stage).toEqual({
      name: 'mobile',
      check: { requestId: check.requestId, iin: check.iin, registered: false, steps: service.steps },
      issued: issuedReply,
    })
  })

  test('gives the page up when the password is wiped', () => {
    for (const state of [mobile, code]) {
      expect(endingOf(run([{ type: 'password-expired', requestId: REQUEST }], state))).toBe('expired')
    }
  })
})

describe('the ИИН field', () => {
  test('keeps digits alone, and twelve of them', () => {
    expect(run([{ type: 'iin-typed', text: ' 9101 0130 0019 77' }]).iin).toBe(IIN)
    expect(run([{ type: 'iin-typed', text: 'abc' }])).toBe(initialIssueState)
  })

  test('typed over after a check forgets the result and the confirmation', () => {
    for (const state of [ready, registered, refused]) {
      const next = run([{ type: 'iin-typed', text: IIN.slice(0, 11) }], { ...state, warningsConfirmed: true })
      expect(next).toMatchObject({ iin: IIN.slice(0, 11), warningsConfirmed: false, stage: { name: 'entry' } })
    }
  })

  test('cannot be typed over while something is under way or a password waits', () => {
    for (const name of [
      'checking',
      'issuing',
      'unknown',
      'resolving',
      'not-received',
      'issued',
      'printing',
      'printed',
      'confirming',
      'done',
    ] as const) {
      expect(run([{ type: 'iin-typed', text: '1' }], inStage[name]), name).toBe(inStage[name])
    }
  })
})

describe('the check', () => {
  test('starts with a right number, and takes a new ticket', () => {
    expect(checking.stage).toEqual({ name: 'checking' })
    expect(checking.ticket).toBe(typed.ticket + 1)
  })

  test('is not sent for a short number or a wrong check digit', () => {
    const short = run([
      { type: 'iin-typed', text: '9101' },
      { type: 'check-started', today: TODAY },
    ])
    const wrong = run([
      { type: 'iin-typed', text: '910101300018' },
      { type: 'check-started', today: TODAY },
    ])
    expect([short.stage.name, problemOf(short)]).toEqual(['entry', 'iin.format'])
    expect([wrong.stage.name, problemOf(wrong)]).toEqual(['entry', 'iin.check-digit'])
  })

  test('of an unusual number waits for the confirmation', () => {
    const unusual = run([{ type: 'iin-typed', text: UNUSUAL_IIN }])
    const asked = run([{ type: 'check-started', today: TODAY }], unusual)
    expect([asked.stage.name, problemOf(asked)]).toEqual(['entry', 'iin.warning-unconfirmed'])
    const confirmed = run([{ type: 'warnings-confirmed', confirmed: true }], asked)
    expect(problemOf(confirmed)).toBeUndefined()
    expect(run([{ type: 'check-started', today: TODAY }], confirmed).stage.name).toBe('checking')
  })

  test('started twice is started once', () => {
    expect(run([{ type: 'check-started', today: TODAY }], checking)).toBe(checking)
  })

  test('ends in ready, registered or refused', () => {
    expect(ready.stage).toEqual({ name: 'ready', check })
    expect(registered.stage.name).toBe('registered')
    expect(refused.stage).toMatchObject({
      name: 'refused',
      during: 'check',
      refusal: { requestId: check.requestId, failure: { code: 'portal.life-status', portalMessage: 'Невозможно' } },
    })
  })

  test('shows the refusal also where the citizen is registered: the portal judges the statuses first', () => {
    const both = replied(checking, { ...check, registered: true, refusal: { code: 'portal.prosecutor-record' } })
    expect(both.stage.name).toBe('refused')
  })

  test('that failed returns to the entry with its failure, the number kept', () => {
    const failed = run(
      [{ type: 'check-replied', ticket: checking.ticket, result: fail({ code: 'gateway.unreachable' }) }],
      checking,
    )
    expect([failed.iin, failed.stage.name, problemOf(failed)]).toEqual([IIN, 'entry', 'gateway.unreachable'])
  })

  test('may be repeated after an unknown outcome and after an envelope that was not handed over', () => {
    for (const state of [unknown, confirmed]) {
      expect(run([{ type: 'check-started', today: TODAY }], state).stage.name).toBe('checking')
    }
  })
})

describe('the request', () => {
  test('names the step being done, and only while it runs', () => {
    expect(run([{ type: 'step-reached', step: 'sign' }], issuing).stage).toMatchObject({
      name: 'issuing',
      step: 'sign',
    })
    expect(run([{ type: 'step-reached', step: 'send' }], checking).stage).toMatchObject({ step: 'send' })
    expect(run([{ type: 'step-reached', step: 'unseal' }], issued)).toBe(issued)
  })

  test('started twice is started once', () => {
    expect(run([{ type: 'issue-started' }], issuing)).toBe(issuing)
  })

  test('for a registered citizen needs a reason of three characters besides spaces', () => {
    expect(run([{ type: 'issue-started' }], registered)).toBe(registered)
    expect(run([{ type: 'issue-started', reissueReason: ' aб  ' }], registered)).toBe(registered)
    expect(reissuing.stage).toMatchObject({ name: 'issuing', reissueReason: 'утратил пароль' })
  })

  test('for a citizen who is not registered carries no reason', () => {
    expect(run([{ type: 'issue-started', reissueReason: 'утратил пароль' }], ready).stage).not.toHaveProperty(
      'reissueReason',
    )
  })

  test('of a citizen registered meanwhile ends in registered', () => {
    const raced = issueReplied(issuing, { outcome: 'registered', requestId: REQUEST })
    expect(raced.stage).toMatchObject({ name: 'registered', check: { registered: true } })
  })

  test('that was refused shows the portal’s words', () => {
    const state = issueReplied(issuing, {
      outcome: 'refused',
      requestId: REQUEST,
      failure: { code: 'portal.signature-rejected', portalMessage: 'Запрос отклонен' },
    })
    expect(state.stage).toMatchObject({
      name: 'refused',
      during: 'issue',
      refusal: { requestId: REQUEST, failure: { portalMessage: 'Запрос отклонен' } },
    })
  })

  test('that failed can be sent again from where it came', () => {
    const failure = { outcome: 'failed', requestId: REQUEST, failure: { code: 'gateway.unreachable' } } as const
    expect(issueReplied(issuing, failure).stage).toMatchObject({ name: 'ready', problem: { requestId: REQUEST } })
    expect(issueReplied(reissuing, failure).stage).toMatchObject({
      name: 'registered',
      problem: { requestId: REQUEST },
    })
  })

  test('that was never begun returns with the failure and no request id', () => {
    const state = run(
      [{ type: 'issue-replied', ticket: issuing.ticket, result: fail({ code: 'session.busy' }) }],
      issuing,
    )
    expect(state.stage).toMatchObject({ name: 'ready', problem: { failure: { code: 'session.busy' } } })
    expect('problem' in state.stage && state.stage.problem?.requestId).toBeUndefined()
  })

  test('with an unknown outcome is neither issued nor refused', () => {
    expect(unknown.stage).toMatchObject({ name: 'unknown', problem: { requestId: REQUEST } })
    expect(run([{ type: 'print-started' }], unknown)).toBe(unknown)
    expect(run([{ type: 'issue-started' }], unknown)).toBe(unknown)
  })
})

describe('the envelope', () => {
  test('is printed once, confirmed once', () => {
    expect(run([{ type: 'print-started' }], printing)).toBe(printing)
    expect(run([{ type: 'confirm-started', handed: false }], confirming)).toBe(confirming)
    expect(endingOf(confirmed)).toBe('handed')
  })

  test('that was not handed over ends without a password', () => {
    const asked = run([{ type: 'confirm-started', handed: false }], printed)
    const state = run([{ type: 'confirm-replied', ticket: asked.ticket, result: succeed(undefined) }], asked)
    expect(endingOf(state)).toBe('not-handed')
  })

  test('may be printed again after the printer failed', () => {
    const failed = run(
      [{ type: 'print-replied', ticket: printing.ticket, result: fail({ code: 'print.printer-failed' }) }],
      printing,
    )
    expect([failed.stage.name, problemOf(failed)]).toEqual(['issued', 'print.printer-failed'])
    expect(run([{ type: 'print-started' }], failed).stage.name).toBe('printing')
  })

  test('whose page is out already is asked about, not printed again', () => {
    const state = run(
      [{ type: 'print-replied', ticket: printing.ticket, result: fail({ code: 'print.already-printed' }) }],
      printing,
    )
    expect([state.stage.name, problemOf(state)]).toEqual(['printed', 'print.already-printed'])
  })

  test('whose password is gone says so, when printing and when confirming', () => {
    const gone = fail({ code: 'print.nothing-pending' })
    expect(endingOf(run([{ type: 'print-replied', ticket: printing.ticket, result: gone }], printing))).toBe('wiped')
    expect(endingOf(run([{ type: 'confirm-replied', ticket: confirming.ticket, result: gone }], confirming))).toBe(
      'wiped',
    )
  })

  test('asks again when the answer was not recorded', () => {
    const state = run(
      [{ type: 'confirm-replied', ticket: confirming.ticket, result: fail({ code: 'audit.write-failed' }) }],
      confirming,
    )
    expect([state.stage.name, problemOf(state)]).toEqual(['printed', 'audit.write-failed'])
  })

  test('expires before it is printed, and a reply that comes later is stale', () => {
    const expired = run([{ type: 'password-expired', requestId: REQUEST }], issued)
    expect(endingOf(expired)).toBe('expired')
    const late: IssueEvent = {
      type: 'print-replied',
      ticket: issued.ticket,
      result: succeed({ place: 'late', word: 'printer' as const }),
    }
    expect(run([late], expired)).toBe(expired)
  })

  test('that is out, or may be, outlives its password: the word is still owed, a reprint is over', () => {
    for (const state of [printed, printUnknown, confirming]) {
      const expired = run([{ type: 'password-expired', requestId: REQUEST }], state)
      expect(expired.stage, state.stage.name).toMatchObject({ name: state.stage.name, passwordGone: true })
      expect(run([{ type: 'reprint-started' }], expired)).toBe(expired)
    }
    expect(run([{ type: 'password-expired', requestId: REQUEST }], printing)).toBe(printing)
  })

  test('shows what the printer says of it, and of no other request', () => {
    const progress: PrintProgress = { state: 'stopped', needs: ['paper'] }
    expect(run([{ type: 'print-progressed', requestId: REQUEST, progress }], printing).stage).toMatchObject({
      progress,
    })
    expect(run([{ type: 'print-progressed', requestId: check.requestId, progress }], printing)).toBe(printing)
    expect(run([{ type: 'print-progressed', requestId: REQUEST, progress }], printed)).toBe(printed)
  })

  test('is cancelled once', () => {
    const cancelled = run([{ type: 'print-cancelled' }], printing)
    expect(cancelled.stage).toMatchObject({ name: 'printing', cancelling: true })
    expect(run([{ type: 'print-cancelled' }], cancelled)).toBe(cancelled)
    expect(run([{ type: 'print-cancelled' }], issued)).toBe(issued)
  })

  test('of unknown result is never printed again by Enter: it is found, reprinted with an approval, or given up', () => {
    expect([printUnknown.stage.name, problemOf(printUnknown)]).toEqual(['print-unknown', 'print.outcome-unknown'])
    expect(run([{ type: 'print-started' }], printUnknown)).toBe(printUnknown)
    expect(run([{ type: 'next-citizen' }], printUnknown)).toBe(printUnknown)
    expect(leaveCost(printUnknown.stage)).toBe('password')
    const asked = run([{ type: 'found-started' }], printUnknown)
    expect(run([{ type: 'found-started' }], asked)).toBe(asked)
    const found = run([{ type: 'found-replied', ticket: asked.ticket, result: succeed(undefined) }], asked)
    expect(found.stage.name).toBe('printed')
    expect(endingOf(run([{ type: 'given-up' }], printUnknown))).toBe('wiped')
  })

  test('that a reprint did not touch stands where it stood, with the reason', () => {
    for (const state of [printed, printUnknown]) {
      const asked = run([{ type: 'reprint-started' }], state)
      expect(asked.stage.name).toBe('printing')
      const refusal = fail({ code: 'print.approval-refused' })
      const refusedState = run([{ type: 'print-replied', ticket: asked.ticket, result: refusal }], asked)
      expect([refusedState.stage.name, problemOf(refusedState)]).toEqual([state.stage.name, 'print.approval-refused'])
      const done = run(
        [
          {
            type: 'print-replied',
            ticket: asked.ticket,
            result: succeed({ place: 'again', word: 'printer' as const }),
          },
        ],
        asked,
      )
      expect(done.stage).toMatchObject({ name: 'printed', place: 'again' })
    }
    expect(run([{ type: 'reprint-started' }], issued)).toBe(issued)
  })

  test('of another request does not expire this one', () => {
    expect(run([{ type: 'password-expired', requestId: check.requestId }], issued)).toBe(issued)
    expect(run([{ type: 'password-expired', requestId: REQUEST }], ready)).toBe(ready)
  })
})

describe('the next citizen', () => {
  test('finds an empty page and a ticket that no old reply carries', () => {
    for (const state of [ready, registered, refused, unknown, confirmed]) {
      const next = run([{ type: 'next-citizen' }], state)
      expect(next).toEqual({ ...initialIssueState, ticket: state.ticket + 1 })
    }
  })

  test('waits while something is under way or a password waits', () => {
    for (const state of [checking, issuing, issued, printing, printUnknown, printed, confirming]) {
      expect(run([{ type: 'next-citizen' }], state), state.stage.name).toBe(state)
    }
  })

  test('does not see the reply to the citizen before', () => {
    const next = run([{ type: 'next-citizen' }, { type: 'iin-typed', text: IIN }], ready)
    const again = run([{ type: 'check-started', today: TODAY }], next)
    const stale = run([{ type: 'check-replied', ticket: checking.ticket, result: succeed(check) }], again)
    expect(stale).toBe(again)
  })
})

test('a reply with another ticket changes nothing in any stage', () => {
  for (const state of Object.values(inStage)) {
    const stale = state.ticket - 1
    const replies: readonly IssueEvent[] = [
      { type: 'check-replied', ticket: stale, result: succeed(check) },
      { type: 'issue-replied', ticket: stale, result: succeed(issuedReply) },
      { type: 'print-replied', ticket: stale, result: succeed({ place: 'x', word: 'printer' as const }) },
      { type: 'confirm-replied', ticket: stale, result: succeed(undefined) },
    ]
    expect(run(replies, state), state.stage.name).toBe(state)
  }
})

test('leaving is free, costs the password, or waits', () => {
  const costs = Object.fromEntries(Object.entries(inStage).map(([name, { stage }]) => [name, leaveCost(stage)]))
  expect(costs).toEqual({
    entry: 'free',
    checking: 'free',
    document: 'free',
    agreement: 'free',
    ready: 'free',
    registered: 'free',
    refused: 'free',
    issuing: 'wait',
    unknown: 'free',
    resolving: 'wait',
    'not-received': 'free',
    mobile: 'password',
    code: 'password',
    issued: 'password',
    printing: 'wait',
    'print-unknown': 'password',
    printed: 'password',
    confirming: 'wait',
    'mgov-done': 'free',
    done: 'free',
  })
})

test('what the check said of the account is not claimed after a request that may have changed it', () => {
  const known = Object.values(inStage).filter(({ stage }) => isAccountKnown(stage))
  expect(known.map(({ stage }) => stage.name)).toEqual(['document', 'agreement', 'ready', 'registered', 'refused'])
})

describe('an open request', () => {
  const issuedBefore = { outcome: 'issued', action: 'created', message: 'Поздравляем', ...asked } as const

  test('of this citizen is asked about once, and its envelope printed for whom was checked', () => {
    expect(resolving.stage).toEqual({ name: 'resolving', requestId: REQUEST, repeated: false, known: check })
    expect(run([{ type: 'resolve-started', requestId: REQUEST }], resolving)).toBe(resolving)
    const state = resolved(resolving, { ...issuedBefore, paper: 'none' })
    expect(state.stage).toMatchObject({ name: 'issued', check, issued: { requestId: REQUEST } })
  })

  test('of an earlier run brings its ИИН with it', () => {
    const begun = run([{ type: 'resolve-started', requestId: REQUEST }], initialIssueState)
    const state = resolved(begun, { ...issuedBefore, paper: 'none' })
    expect(state.iin).toBe(IIN)
    expect(state.stage).toMatchObject({ name: 'issued', check: { iin: check.iin } })
  })

  test('whose sheet may be out is not printed by Enter', () => {
    const unseen = resolved(resolving, { ...issuedBefore, paper: 'unknown' })
    expect(unseen.stage.name).toBe('print-unknown')
    expect(run([{ type: 'print-started' }], unseen)).toBe(unseen)
    expect(resolved(resolving, { ...issuedBefore, paper: 'printed' }).stage.name).toBe('printed')
  })

  test('that never came is repeated by the operator alone', () => {
    expect(notReceived.stage).toMatchObject({ name: 'not-received', requestId: REQUEST })
    const repeated = run([{ type: 'repeat-started' }], notReceived)
    expect(repeated.stage).toMatchObject({ name: 'resolving', repeated: true })
    for (const state of Object.values(inStage))
      if (state !== notReceived) expect(run([{ type: 'repeat-started' }], state)).toBe(state)
  })

  test('stays unknown where the portal is not heard, and a stale answer changes nothing', () => {
    const failed = fail<ResolveReply>({ code: 'session.busy' })
    const state = run([{ type: 'resolve-replied', ticket: resolving.ticket, result: failed }], resolving)
    expect(state.stage).toMatchObject({ name: 'unknown', problem: { failure: { code: 'session.busy' } } })
    expect(run([{ type: 'resolve-replied', ticket: resolving.ticket - 1, result: failed }], resolving)).toBe(resolving)
  })
})

describe('any sequence of events', () => {
  const ticket = fc.nat({ max: 6 })
  const event: fc.Arbitrary<IssueEvent> = fc.oneof(
    fc.constantFrom(IIN, UNUSUAL_IIN, '12', '').map((text) => ({ type: 'iin-typed', text }) as const),
    fc.boolean().map((confirmed) => ({ type: 'warnings-confirmed', confirmed }) as const),
    fc.constant({ type: 'check-started', today: TODAY } as const),
    fc.record({
      type: fc.constant('check-replied' as const),
      ticket,
      result: fc.constantFrom(
        succeed(check),
        succeed({ ...check, registered: true }),
        succeed({ ...check, refusal: { code: 'portal.failed' as const } }),
        fail({ code: 'gateway.timeout' }),
      ),
    }),
    fc.constantFrom({ type: 'issue-started' } as const, { type: 'issue-started', reissueReason: 'утратил' } as const),
    fc.record({
      type: fc.constant('issue-replied' as const),
      ticket,
      result: fc.constantFrom(
        succeed(issuedReply),
        succeed<IssueReply>({ outcome: 'registered', requestId: REQUEST }),
        succeed<IssueReply>({ outcome: 'unknown', requestId: REQUEST, failure: { code: 'reply.stale' } }),
        fail<IssueReply>({ code: 'sign.locked' }),
      ),
    }),
    fc.constantFrom('key', 'sign', 'send', 'verify', 'unseal').map((step) => ({ type: 'step-reached', step }) as const),
    fc.constantFrom({ type: 'resolve-started', requestId: REQUEST } as const, { type: 'repeat-started' } as const),
    fc.record({
      type: fc.constant('resolve-replied' as const),
      ticket,
      result: fc.constantFrom(
        succeed<ResolveReply>({ outcome: 'issued', action: 'created', message: 'm', paper: 'none', ...asked }),
        succeed<ResolveReply>({ outcome: 'issued', action: 'created', message: 'm', paper: 'unknown', ...asked }),
        succeed<ResolveReply>({ outcome: 'not-received', ...asked }),
        fail<ResolveReply>({ code: 'session.busy' }),
      ),
    }),
    fc.constant({ type: 'print-started' } as const),
    fc.record({
      type: fc.constant('print-replied' as const),
      ticket,
      result: fc.constantFrom(
        succeed({ place: 'p', word: 'printer' as const }),
        fail<PrintedPage>({ code: 'print.printer-failed' }),
        fail<PrintedPage>({ code: 'print.outcome-unknown' }),
      ),
    }),
    fc.boolean().map((handed) => ({ type: 'confirm-started', handed }) as const),
    fc.record({
      type: fc.constant('confirm-replied' as const),
      ticket,
      result: fc.constantFrom(succeed(undefined), fail<undefined>({ code: 'audit.write-failed' })),
    }),
    fc.constantFrom(
      { type: 'reprint-started' } as const,
      { type: 'found-started' } as const,
      { type: 'given-up' } as const,
    ),
    fc.record({ type: fc.constant('found-replied' as const), ticket, result: fc.constant(succeed(undefined)) }),
    fc.constant({ type: 'password-expired', requestId: REQUEST } as const),
    fc.constant({ type: 'next-citizen' } as const),
  )

  test('reaches an envelope only through a request that was issued, and never lowers the ticket', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state = initialIssueState
        let issuedOnce = false
        for (const next of events) {
          const before = state
          state = reduceIssue(before, next)
          expect(state.ticket).toBeGreaterThanOrEqual(before.ticket)
          if (before.stage.name === 'issuing' && next.type === 'issue-replied')
            issuedOnce ||= state.stage.name === 'issued'
          if (before.stage.name === 'resolving' && next.type === 'resolve-replied')
            issuedOnce ||= 'issued' in state.stage
          if (['issued', 'printing', 'print-unknown', 'printed', 'confirming'].includes(state.stage.name))
            expect(issuedOnce).toBe(true)
          if (state.stage.name === 'checking' && before.stage.name !== 'checking') expect(state.iin).toHaveLength(12)
        }
      }),
      { numRuns: 500 },
    )
  })
})

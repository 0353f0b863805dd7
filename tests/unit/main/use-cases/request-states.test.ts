import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readStory } from '../../../../src/main/adapters/audit-sqlite/review/read-story.ts'
import { verifyAuditFile } from '../../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { createFileOutbox } from '../../../../src/main/adapters/outbox/create-file-outbox.ts'
import type { PrintOutcome } from '../../../../src/main/ports/envelope-printer.ts'
import type { GatewayOutcome } from '../../../../src/main/ports/gateway.ts'
import type { RegistrationCodec } from '../../../../src/main/ports/registration-codec.ts'
import type { SignatureVerifier } from '../../../../src/main/ports/signature-verifier.ts'
import { createConcludeRegistration } from '../../../../src/main/use-cases/conclude-registration.ts'
import { createDiscardEnvelope } from '../../../../src/main/use-cases/discard-envelope.ts'
import { createIssueCredentials } from '../../../../src/main/use-cases/issue-credentials.ts'
import { createReplyJudge } from '../../../../src/main/use-cases/judge-reply.ts'
import { createPaperStates } from '../../../../src/main/use-cases/paper-states.ts'
import { createPendingEnvelopeStore } from '../../../../src/main/use-cases/pending-envelope.ts'
import { createPrintEnvelope } from '../../../../src/main/use-cases/print-envelope.ts'
import { createRecoverOpenRequests } from '../../../../src/main/use-cases/recover-open-requests.ts'
import { createRegistrationExchange } from '../../../../src/main/use-cases/registration-exchange.ts'
import { createResolveRequest } from '../../../../src/main/use-cases/resolve-request.ts'
import { createServicesInProgress } from '../../../../src/main/use-cases/services-in-progress.ts'
import { isOpenState, type RequestState } from '../../../../src/shared/domain/audit-event.ts'
import type { RegistrationRequest, RegistrationResult } from '../../../../src/shared/domain/registration.ts'
import type { User } from '../../../../src/shared/domain/session.ts'
import { fail, succeed } from '../../../../src/shared/result.ts'
import { createTestVault, openTestLog, temporaryFolder } from '../adapters/audit-sqlite/audit-log-fixture.ts'

/**
 * The real use cases over a real log, driven by any sequence of what an operator, the portal, a printer, the clock and a
 * crash may do. A model that knows nothing of rows says where each request stands; the log, read anew, must say the same.
 */
const operator: User = { login: 'operator', name: 'Оператор', role: 'operator' }
const IIN = '910101300019'
const SIGNER = 'ab'.repeat(32)

const portalAnswers = ['issued', 'registered', 'refused', 'forged', 'lost', 'unsent', 'key-locked', 'crash'] as const
/** What the portal says of a request when it is asked. */
const statusAnswers = ['never-came', 'not-kept', 'lost', 'issued', 'refused'] as const
const printerAnswers = ['printed', 'not-printed', 'unknown', 'crash'] as const
type Action =
  | { readonly does: 'issue'; readonly answer: (typeof portalAnswers)[number] }
  | { readonly does: 'print'; readonly answer: (typeof printerAnswers)[number] }
  | { readonly does: 'confirm'; readonly handed: boolean }
  | { readonly does: 'resolve'; readonly answer: (typeof statusAnswers)[number] }
  | { readonly does: 'repeat'; readonly answer: 'issued' | 'lost' }
  | { readonly does: 'found' | 'discard' | 'ten-minutes' | 'crash' | 'acknowledge' }

const actions: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('issue' as const), answer: fc.constantFrom(...portalAnswers) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('issue' as const), answer: fc.constant('issued' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('print' as const), answer: fc.constantFrom(...printerAnswers) }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('confirm' as const), handed: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('resolve' as const), answer: fc.constantFrom(...statusAnswers) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('repeat' as const),
      answer: fc.constantFrom('issued' as const, 'lost' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('found', 'discard', 'ten-minutes', 'crash', 'acknowledge')
      .map((does) => ({ does }) as Action),
  },
)

/** Where each request stands, by the words of the operator's manual. */
class Model {
  readonly states = new Map<string, RequestState>()
  /** Whose password is in memory, and what is known of its paper. */
  pending: string | undefined
  readonly paper = new Map<string, 'printed' | 'unknown'>()
  readonly served = new Set<string>()
  newest: string | undefined

  leave(): void {
    if (this.pending === undefined) return
    if (!this.paper.has(this.pending)) this.states.set(this.pending, 'discarded')
    this.paper.delete(this.pending)
    this.served.delete(this.pending)
    this.pending = undefined
  }

  issue(requestId: string, answer: (typeof portalAnswers)[number]): void {
    const after: Record<typeof answer, RequestState> = {
      issued: 'issued',
      registered: 'registered',
      refused: 'refused',
      forged: 'unknown',
      lost: 'unknown',
      unsent: 'failed',
      'key-locked': 'failed',
      crash: 'sending',
    }
    this.states.set(requestId, after[answer])
    this.newest = requestId
    if (answer === 'issued') {
      this.pending = requestId
      this.served.add(requestId)
    }
    if (answer === 'crash') this.crash()
  }

  print(answer: (typeof printerAnswers)[number]): void {
    const { pending } = this
    if (pending === undefined || pending !== this.newest || this.paper.has(pending)) return
    if (answer === 'printed') this.paper.set(pending, 'printed')
    if (answer === 'unknown') this.paper.set(pending, 'unknown')
    const after = {
      printed: 'printed',
      'not-printed': 'print-failed',
      unknown: 'print-unknown',
      crash: 'printing',
    } as const
    this.states.set(pending, after[answer])
    if (answer === 'crash') this.crash()
  }

  found(): void {
    if (this.newest === undefined || this.paper.get(this.newest) !== 'unknown') return
    this.paper.set(this.newest, 'printed')
    this.states.set(this.newest, 'printed')
  }

  confirm(handed: boolean): void {
    if (this.newest === undefined || this.paper.get(this.newest) !== 'printed') return
    this.states.set(this.newest, handed ? 'handed' : 'not-handed')
    this.paper.delete(this.newest)
    this.served.delete(this.newest)
    if (this.pending === this.newest) this.pending = undefined
  }

  tenMinutes(): void {
    if (this.pending === undefined) return
    if (!this.paper.has(this.pending)) {
      this.states.set(this.pending, 'discarded')
      this.served.delete(this.pending)
    }
    this.pending = undefined
  }

  crash(): void {
    this.pending = undefined
    this.paper.clear()
    this.served.clear()
  }

  open(): string[] {
    return [...this.states].filter(([, state]) => isOpenState(state)).map(([id, state]) => `${id} ${state}`)
  }

  /** The portal was asked about an open request that nobody is serving. */
  resolve(id: string, answer: (typeof statusAnswers)[number]): void {
    this.leave()
    const state = this.states.get(id)
    const isUnanswered = state === 'sending' || state === 'unknown' || state === 'not-received'
    if (answer === 'issued') this.fetched(id, isUnanswered)
    else if (!isUnanswered || answer === 'lost') return
    else
      this.states.set(
        id,
        ({ 'never-came': 'not-received', 'not-kept': 'unknown', refused: 'refused' } as const)[answer],
      )
  }

  repeat(id: string, answer: 'issued' | 'lost'): void {
    this.leave()
    if (this.states.get(id) !== 'not-received') return
    if (answer === 'issued') this.fetched(id, true)
    else this.states.set(id, 'unknown')
  }

  /** A password is in memory again; what was known of its paper stays known. */
  private fetched(id: string, isNew: boolean): void {
    const before = this.states.get(id)
    if (isNew) this.states.set(id, 'issued')
    this.pending = id
    this.newest = id
    this.served.add(id)
    if (before === 'printed') this.paper.set(id, 'printed')
    if (before === 'printing' || before === 'print-unknown') this.paper.set(id, 'unknown')
  }

  acknowledge(): void {
    for (const [id, state] of this.states)
      if (isOpenState(state) && !this.served.has(id)) this.states.set(id, 'acknowledged')
  }
}

/** One run of the application over a log: what a crash takes away is exactly this object. */
function openCounter(
  file: string,
  vault: ReturnType<typeof createTestVault>,
  /** What was ever asked of the portal, by request: it survives the workstation's crash. */
  asked: Map<string, RegistrationRequest>,
) {
  const audit = openTestLog({ file, vault })
  let expire = (): void => undefined
  const clock = {
    now: () => new Date('2026-03-01T08:00:00.000Z'),
    monotonicMs: () => 0,
    after(_ms: number, action: () => void) {
      expire = action
      return () => {
        expire = () => undefined
      }
    },
  }
  const script: {
    answer: (typeof portalAnswers)[number]
    paper: (typeof printerAnswers)[number]
    request?: RegistrationRequest
    /** The request that is asked about or repeated, and what the portal says of it. */
    of?: { readonly requestId: string; readonly answer: (typeof statusAnswers)[number] }
  } = {
    answer: 'issued',
    paper: 'printed',
  }
  const never = new Promise<never>(() => undefined)
  const inProgress = createServicesInProgress()
  const outbox = createFileOutbox({ folder: `${file}-open`, vault })
  const papers = createPaperStates()
  const envelopes = createPendingEnvelopeStore({
    clock,
    onExpired({ requestId }) {
      const onPaper = papers.of(requestId) !== undefined
      const event = onPaper ? 'envelope.wiped' : 'envelope.discarded'
      audit.append({ event, actor: operator.login, requestId, operation: 'RegisterUser', outcome: 'expired' })
      if (!onPaper) inProgress.end(requestId)
    },
  })
  const results: Record<string, RegistrationResult> = {
    issued: {
      kind: 'AccountIssued',
      action: 'created',
      login: IIN,
      message: 'ok',
      get password() {
        return { profile: 'plain' as const, password: Buffer.from('Made-up-Passw0rd') }
      },
    },
    registered: { kind: 'AlreadyRegistered' },
    refused: { kind: 'Refused', refusal: { reason: 'failed', message: 'нет' } },
  }
  let failedToLeave: (() => void) | undefined
  const crashed = new Promise<void>((resolve) => {
    failedToLeave = resolve
  })
  let statusTold = false
  const codec: RegistrationCodec = {
    encodeRequest(request) {
      script.request = request
      asked.set(request.requestId, request)
      return Buffer.from('request')
    },
    decodeReply() {
      const { of } = script
      if (of !== undefined && script.request?.operation.kind === 'RequestStatus' && !statusTold) {
        statusTold = true
        const { requestId, nonce, iin } = script.request
        const name = ({ 'never-came': 'unknown', 'not-kept': 'not-kept' } as const)[of.answer as 'never-came']
        const state = name === undefined ? ({ name: 'served', reply: Buffer.from('<kept/>') } as const) : { name }
        const result = { kind: 'RequestStatus', of: of.requestId, state } as const
        return succeed({ requestId, nonce, iin, repliedAt: clock.now(), result })
      }
      const told = of === undefined ? undefined : asked.get(of.requestId)
      if (told !== undefined) {
        const result = results[of?.answer ?? 'issued']
        if (result === undefined) throw new Error('nothing kept')
        return succeed({ requestId: told.requestId, nonce: told.nonce, iin: told.iin, repliedAt: clock.now(), result })
      }
      const result = results[script.answer]
      if (script.request === undefined || result === undefined) throw new Error('nothing to answer')
      const { requestId, nonce, iin } = script.request
      return succeed({ requestId, nonce, iin, repliedAt: clock.now(), result })
    },
  }
  const verifier: SignatureVerifier = {
    async verify() {
      if (script.answer === 'forged')
        return { indication: 'TOTAL-FAILED', subIndication: 'SIG_CRYPTO_FAILURE', reason: 'forged' }
      const signer = { subject: 'portal', der: Buffer.alloc(0), sha256: SIGNER }
      return { indication: 'TOTAL-PASSED', content: Buffer.from('reply'), signer, signingTime: clock.now() }
    },
    close: async () => undefined,
  }
  const judge = createReplyJudge({ clock, codec, portalCertificates: new Set([SIGNER]), verifier })
  const exchange = createRegistrationExchange({
    audit,
    clock,
    workstation: 'TEST-01',
    onClockOffset: () => undefined,
    outbox,
    judge,
    signer: {
      status: () => ({ state: 'ready' }),
      unlock: async () => succeed(undefined),
      sign: async () => (script.answer === 'key-locked' ? fail({ code: 'sign.locked' }) : succeed('signed')),
      lock: () => undefined,
    },
    codec,
    gateway: {
      async send(): Promise<GatewayOutcome> {
        if (script.answer === 'lost') return { ok: false, failure: { code: 'gateway.timeout' }, mayHaveArrived: true }
        if (script.answer === 'unsent')
          return { ok: false, failure: { code: 'gateway.unreachable' }, mayHaveArrived: false }
        if (script.answer === 'crash') {
          failedToLeave?.()
          return never
        }
        return { ok: true, data: 'reply' }
      },
      probe: async () => succeed(undefined),
      close: () => undefined,
    },
  })
  const printer = {
    name: 'p',
    check: async () => succeed({ warnings: [] }),
    async print(): Promise<PrintOutcome> {
      if (script.paper === 'printed') return { outcome: 'printed', place: 'p', word: 'printer' }
      if (script.paper === 'crash') {
        failedToLeave?.()
        return never
      }
      return { outcome: script.paper, failure: { code: 'print.printer-failed' } }
    },
  }
  const discard = createDiscardEnvelope({ audit, envelopes, papers, inProgress })
  const conclude = createConcludeRegistration({ audit, envelopes, delivery: 'plain' })
  const seal = { newOneTimeKey: () => never, openerOf: () => never }
  const issue = createIssueCredentials({
    exchange,
    audit,
    clock,
    envelopes,
    inProgress,
    printer,
    discardEnvelope: discard,
    delivery: 'plain',
    conclude,
    seal,
  })
  const print = createPrintEnvelope({
    envelopes,
    papers,
    inProgress,
    audit,
    clock,
    printer,
    approveReprint: async () => fail({ code: 'session.forbidden' }),
    page: { render: async () => succeed(Buffer.from('%PDF')) },
    portalUrl: 'https://egov.kz/',
    training: true,
  })
  const recovery = createRecoverOpenRequests({ audit, inProgress, outbox })
  const resolveRequest = createResolveRequest({
    exchange,
    judge,
    conclude,
    recovery,
    outbox,
    seal,
    audit,
    envelopes,
    papers,
    discardEnvelope: discard,
    inProgress,
    requestStatus: 'supported',
  })
  async function ask(
    verb: 'resolve' | 'repeat',
    requestId: string,
    answer: (typeof statusAnswers)[number],
  ): Promise<void> {
    statusTold = false
    script.of = { requestId, answer }
    script.answer = answer === 'lost' ? 'lost' : 'issued'
    delete script.request
    await resolveRequest[verb]({ requestId, operator, onStep: () => undefined })
    delete script.of
  }
  return { audit, script, crashed, discard, issue, print, recovery, ask, expire: () => expire() }
}

async function runAll(list: readonly Action[], file: string): Promise<void> {
  const vault = createTestVault()
  const model = new Model()
  const asked = new Map<string, RegistrationRequest>()
  let counter = openCounter(file, vault, asked)
  const restart = (): void => {
    counter.audit.close()
    counter = openCounter(file, vault, asked)
  }
  for (const action of list) {
    const requestId = model.newest ?? '00000000-0000-4000-8000-000000000000'
    if (action.does === 'issue') {
      counter.script.answer = action.answer
      model.leave()
      const issuing = counter.issue({ iin: IIN, confirmWarnings: true, operator, onStep: () => undefined })
      const ended = await Promise.race([issuing, counter.crashed])
      const made = ended?.ok ? ended.value.requestId : counter.script.request?.requestId
      if (made === undefined) throw new Error('no request was made')
      model.issue(made, action.answer)
      if (action.answer === 'crash') restart()
    } else if (action.does === 'print') {
      counter.script.paper = action.answer
      const crashes = action.answer === 'crash' && model.pending === requestId && !model.paper.has(requestId)
      await Promise.race([counter.print.print({ requestId, operator }), counter.crashed])
      model.print(action.answer)
      if (crashes) restart()
    } else if (action.does === 'confirm') {
      counter.print.confirm({ requestId, handed: action.handed, operator })
      model.confirm(action.handed)
    } else if (action.does === 'found') {
      counter.print.found({ requestId, operator })
      model.found()
    } else if (action.does === 'discard') {
      counter.discard({ operator })
      model.leave()
    } else if (action.does === 'ten-minutes') {
      counter.expire()
      model.tenMinutes()
    } else if (action.does === 'resolve' || action.does === 'repeat') {
      const [open] = counter.recovery.list()
      if (open !== undefined) {
        // Of a password that a sheet may show the portal would never say that it refused it.
        const isKnown = !['sending', 'unknown', 'not-received'].includes(open.state)
        const answer = action.answer === 'refused' && isKnown ? 'lost' : action.answer
        await counter.ask(action.does, open.requestId, answer)
        if (action.does === 'resolve') model.resolve(open.requestId, answer)
        else model.repeat(open.requestId, answer as 'issued' | 'lost')
      }
    } else if (action.does === 'crash') {
      restart()
      model.crash()
    } else {
      for (const left of counter.recovery.list()) counter.recovery.acknowledge({ requestId: left.requestId, operator })
      model.acknowledge()
    }
    expect(
      counter.audit
        .openRequests()
        .map(({ requestId: id, state }) => `${id} ${state}`)
        .sort(),
    ).toEqual(model.open().sort())
  }
  counter.audit.close()
  const db = new Database(file, { readonly: true })
  const cells = { iin: () => undefined, name: () => undefined, isNamed: () => false }
  for (const [requestId, state] of model.states) {
    const { requests } = readStory({ db, cells, keys: [], of: { requestId } })
    expect([requestId, requests[0]?.state]).toEqual([requestId, state])
  }
  db.close()
  expect(await verifyAuditFile({ file })).toMatchObject({ ok: true, value: { verdict: { state: 'intact' } } })
}

it('whatever operator, portal, printer, clock and crashes do, the log says of each request what came of it', async () => {
  const folder = temporaryFolder()
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(actions, { maxLength: 12 }), (list) => runAll(list, join(folder, `${round++}.sqlite`))),
    { numRuns: process.env['ARM_TEST_LONG'] === '1' ? 2000 : 40 },
  )
}, 1_800_000)

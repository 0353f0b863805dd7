import { describe, expect, test } from 'vitest'
import type { PrintJob, PrintOutcome } from '../../../../src/main/ports/envelope-printer.ts'
import type { KeptService } from '../../../../src/main/ports/service-keeper.ts'
import type { CheckedRegistration } from '../../../../src/main/use-cases/check-registration.ts'
import type { IssueCredentials } from '../../../../src/main/use-cases/issue-credentials.ts'
import { createOpenServiceStore } from '../../../../src/main/use-cases/open-service.ts'
import { createServeCitizen } from '../../../../src/main/use-cases/serve-citizen.ts'
import type { AuditEntry } from '../../../../src/shared/domain/audit-event.ts'
import type { IdentityDocument } from '../../../../src/shared/domain/identity-document.ts'
import type { Iin } from '../../../../src/shared/domain/iin.ts'
import { allServiceSteps, type ServiceSteps } from '../../../../src/shared/domain/service-steps.ts'
import type { User } from '../../../../src/shared/domain/session.ts'
import { fail, succeed } from '../../../../src/shared/result.ts'
import { settableClock } from '../../../support/settable-clock.ts'

const operator: User = { login: 'operator', name: 'Айгүл Сәрсенова', role: 'operator' }
const colleague: User = { login: 'colleague', name: 'Коллега', role: 'operator' }
const serviceId = '3f6c2a1e-8d4b-4c55-9a57-0d3a4c1b2e3f'
const iin = '910101300019'
const REQUEST = 'a6a5bb3c-6f6c-4a53-9a5e-3f4a6e5d7c10'
const card: IdentityDocument = { kind: 'identity-card', number: '012345678', validUntil: '2035-06-30' }

function counter(
  options: { steps?: ServiceSteps; ends?: readonly PrintOutcome[]; registered?: boolean; kept?: KeptService } = {},
) {
  const rows: AuditEntry[] = []
  const issued: Parameters<IssueCredentials>[0][] = []
  const jobs: PrintJob[] = []
  const ends = [...(options.ends ?? [])]
  const clock = settableClock('2026-11-25T09:00:00.000Z')
  const pdf = Buffer.from('%PDF a page with a name')
  const serve = createServeCitizen({
    services: createOpenServiceStore({ onChange: () => undefined }),
    keeper: { keep: () => undefined, find: () => options.kept, forget: () => undefined },
    envelopes: { peek: () => undefined },
    papers: { of: () => undefined },
    steps: options.steps ?? allServiceSteps,
    issueCredentials: async (input) => {
      issued.push(input)
      return succeed({ outcome: 'registered', requestId: serviceId })
    },
    agreementPage: { render: async () => succeed(pdf) },
    printer: {
      name: 'test',
      check: async () => succeed({ warnings: [] }),
      async print(job) {
        jobs.push(job)
        return ends.shift() ?? { outcome: 'printed', place: 'tray', word: 'printer' }
      },
    },
    audit: {
      append(entry) {
        rows.push(entry)
        return succeed(rows.length)
      },
    } as Parameters<typeof createServeCitizen>[0]['audit'],
    clock,
    workstation: 'TEST-01',
    training: true,
  })
  const check: CheckedRegistration = {
    requestId: serviceId,
    iin: { iin: iin as Iin, warnings: [] },
    registered: options.registered ?? false,
    person: { name: 'Ким Ә.', lifeStatus: '0', legalCapacity: '1', prosecutorRecord: false },
  }
  serve.begin({ check, confirmWarnings: false, operator })
  const about = { serviceId, operator }
  return {
    serve,
    rows,
    issued,
    jobs,
    clock,
    pdf,
    about,
    check,
    events: () => rows.map(({ event }) => event),
    issue: (reissueReason?: string, by: User = operator) =>
      serve.issue({
        iin,
        confirmWarnings: false,
        operator: by,
        onStep: () => undefined,
        ...(reissueReason === undefined ? {} : { reissueReason }),
      }),
  }
}

describe('the account is asked for', () => {
  test('after document and signed agreement alone, and its request names the service', async () => {
    const { serve, issue, issued, about, events } = counter()
    expect(await issue()).toEqual(fail({ code: 'service.step-missing', detail: 'document' }))
    expect(serve.documentChecked({ ...about, document: card, scanned: true })).toEqual(succeed(undefined))
    expect(await issue()).toEqual(fail({ code: 'service.step-missing', detail: 'agreement' }))
    expect(serve.agreementSigned(about)).toEqual(fail({ code: 'print.nothing-pending' }))
    expect((await serve.printAgreement(about)).ok).toBe(true)
    expect(await issue()).toEqual(fail({ code: 'service.step-missing', detail: 'agreement' }))
    expect(serve.agreementSigned(about).ok).toBe(true)
    expect((await issue()).ok).toBe(true)
    expect(issued.map(({ serviceId: of }) => of)).toEqual([serviceId])
    expect(events()).toEqual(['document.checked', 'agreement.printing', 'agreement.printed', 'agreement.signed'])
  })

  test('by the operator who serves, for the citizen who is served', async () => {
    const { serve, issue, issued, about } = counter()
    const notOpen = fail({ code: 'service.not-open' })
    expect(await issue(undefined, colleague)).toEqual(notOpen)
    expect(serve.documentChecked({ ...about, operator: colleague, document: card, scanned: false })).toEqual(notOpen)
    expect(serve.skip({ ...about, serviceId: 'other', step: 'agreement', reason: 'paper-form' })).toEqual(notOpen)
    expect(await serve.printAgreement({ ...about, operator: colleague })).toEqual(notOpen)
    expect(issued).toEqual([])
  })

  test('for a new password after the document; agreement and mGov are left out, and the log says why', async () => {
    const { serve, issue, issued, about, rows } = counter({ registered: true })
    expect(await issue('утратил пароль')).toEqual(fail({ code: 'service.step-missing', detail: 'document' }))
    serve.documentChecked({ ...about, document: card, scanned: false })
    expect((await issue('утратил пароль')).ok).toBe(true)
    expect((await issue('утратил пароль')).ok).toBe(true)
    expect(issued).toHaveLength(2)
    expect(rows.slice(1).map(({ event, outcome, details }) => [event, outcome, details?.['step']])).toEqual([
      ['service.step-skipped', 'account-exists', 'agreement'],
      ['service.step-skipped', 'account-exists', 'mgov'],
    ])
  })

  test('at once where this centre asks nothing, also without a service', async () => {
    const { issue, issued } = counter({ steps: { document: false, agreement: false, mgov: false } })
    expect((await issue()).ok).toBe(true)
    expect((await issue(undefined, colleague)).ok).toBe(true)
    expect(issued).toHaveLength(2)
  })
})

test('a step is a row of the check with its seconds; the number is personal, the kind is not', () => {
  const { serve, about, rows, clock } = counter()
  clock.advance(12_340)
  serve.documentChecked({ ...about, document: { ...card, issuedOn: '2025-07-01' }, scanned: true })
  expect(rows).toEqual([
    {
      event: 'document.checked',
      actor: 'operator',
      role: 'operator',
      requestId: serviceId,
      operation: 'CheckRegistration',
      iin,
      document: '012345678 2035-06-30 2025-07-01',
      details: { kind: 'identity-card', entered: 'scanned', seconds: '12.3' },
    },
  ])
})

test('a document out of date, or with an impossible number or date, serves nobody, and the attempt is a row', async () => {
  const { serve, about, rows, issue } = counter()
  const shown = (document: IdentityDocument) => serve.documentChecked({ ...about, document, scanned: false })
  expect(shown({ ...card, validUntil: '2026-11-24' })).toEqual(fail({ code: 'document.expired' }))
  expect(shown({ ...card, validUntil: '2026-11-25' }).ok).toBe(true)
  expect(shown({ ...card, number: '01234567' })).toEqual(fail({ code: 'document.number' }))
  expect(shown({ ...card, kind: 'passport' })).toEqual(fail({ code: 'document.number' }))
  expect(shown({ ...card, validUntil: '2031-02-30' })).toEqual(fail({ code: 'document.date' }))
  expect(shown({ ...card, issuedOn: '2027-01-01' })).toEqual(fail({ code: 'document.date' }))
  expect(rows.map(({ outcome }) => outcome)).toEqual([
    'document.expired',
    undefined,
    'document.number',
    'document.number',
    'document.date',
    'document.date',
  ])
  expect(await issue()).toMatchObject({ failure: { detail: 'agreement' } })
})

describe('the agreement', () => {
  const out: PrintOutcome = { outcome: 'printed', place: 'tray', word: 'printer' }
  const lost: PrintOutcome = { outcome: 'unknown', failure: { code: 'print.outcome-unknown' } }
  const none: PrintOutcome = { outcome: 'not-printed', failure: { code: 'print.out-of-paper' } }
  const withoutDocument: ServiceSteps = { document: false, agreement: true, mgov: false }

  test('whose sheet may be out is looked for, or printed again: it holds no secret', async () => {
    const { serve, about, events } = counter({ steps: withoutDocument, ends: [lost, lost, out] })
    expect(await serve.printAgreement(about)).toMatchObject({ failure: { code: 'print.outcome-unknown' } })
    expect(serve.agreementSigned(about).ok).toBe(false)
    expect((await serve.printAgreement(about)).ok).toBe(false)
    expect(serve.agreementFound(about).ok).toBe(true)
    expect((await serve.printAgreement(about)).ok).toBe(true)
    expect(serve.agreementSigned(about).ok).toBe(true)
    expect(events().filter((event) => event === 'agreement.print-unknown')).toHaveLength(2)
  })

  test('that is not printed leaves nothing to sign, and an earlier sheet stays what it was', async () => {
    const { serve, about } = counter({ steps: withoutDocument, ends: [none, out, none] })
    await serve.printAgreement(about)
    expect(serve.agreementSigned(about)).toEqual(fail({ code: 'print.nothing-pending' }))
    await serve.printAgreement(about)
    expect(await serve.printAgreement(about)).toMatchObject({ failure: { code: 'print.out-of-paper' } })
    expect(serve.agreementSigned(about).ok).toBe(true)
  })

  test('is wiped from memory when the printer has it, and its job names nobody', async () => {
    const { serve, about, jobs, pdf } = counter({ steps: withoutDocument })
    await serve.printAgreement(about)
    expect(jobs.map(({ jobName }) => jobName)).toEqual([`agreement-${serviceId}`])
    expect(pdf.every((byte) => byte === 0)).toBe(true)
  })

  test('signed on a ready-made form is left out with that reason', async () => {
    const { serve, about, issue, rows } = counter({ steps: withoutDocument })
    expect(serve.skip({ ...about, step: 'agreement', reason: 'paper-form' }).ok).toBe(true)
    expect((await issue()).ok).toBe(true)
    expect(rows[0]).toMatchObject({
      event: 'service.step-skipped',
      outcome: 'paper-form',
      details: { step: 'agreement' },
    })
  })
})

test('a citizen whom the portal would refuse is asked nothing', () => {
  const { serve, check } = counter()
  const refusal = { code: 'portal.life-status' } as const
  expect(serve.begin({ check: { ...check, refusal }, confirmWarnings: false, operator })).toEqual({
    document: false,
    agreement: false,
    mgov: false,
  })
})

describe('mGov for a citizen who keeps his password', () => {
  test('is recorded with its reason, and asks for document and agreement as a new account does', async () => {
    const { serve, about, rows, events } = counter({ registered: true })
    expect(serve.connectOnly({ ...about, operator: colleague }).ok).toBe(false)
    expect(serve.connectOnly(about).ok).toBe(true)
    expect(serve.connectOnly(about).ok).toBe(true)
    expect(rows).toMatchObject([
      { event: 'service.step-skipped', outcome: 'account-exists', requestId: serviceId, details: { step: 'request' } },
    ])
    serve.documentChecked({ ...about, document: card, scanned: true })
    await serve.printAgreement(about)
    serve.agreementSigned(about)
    serve.leave(about)
    expect(events().slice(1)).toEqual([
      'document.checked',
      'agreement.printing',
      'agreement.printed',
      'agreement.signed',
      'service.left',
    ])
    expect(rows.at(-1)?.details).toEqual({ step: 'mgov' })
  })

  test('ends with his number, or with a reason, and nobody is reminded of it', () => {
    const { serve, about, events } = counter({ registered: true })
    serve.connectOnly(about)
    expect(serve.current(operator)).toMatchObject({ service: { mgovOnly: true } })
    serve.skip({ ...about, step: 'mgov', reason: 'declined' })
    expect(serve.current(operator)).toBeUndefined()
    serve.leave(about)
    expect(events()).toEqual(['service.step-skipped', 'service.step-skipped'])
  })

  test('is not for whoever has no account, nor where this centre does not ask it', () => {
    expect(counter().serve.connectOnly({ serviceId, operator }).ok).toBe(false)
    const steps = { document: true, agreement: true, mgov: false }
    expect(counter({ registered: true, steps }).serve.connectOnly({ serviceId, operator }).ok).toBe(false)
  })
})

describe('a service that a restart interrupted', () => {
  const kept: KeptService = {
    serviceId,
    at: new Date('2026-11-25T08:45:00.000Z'),
    operator: 'operator',
    iin,
    confirmWarnings: false,
    registered: false,
    asked: allServiceSteps,
    documentChecked: true,
    agreement: 'printed',
  }
  /** A process that has just begun: nobody was checked in it. */
  const begun = (keep: KeptService) => {
    const desk = counter({ kept: keep })
    desk.serve.leave({ operator })
    desk.rows.length = 0
    return desk
  }

  test('is told to its own operator for half an hour, and taken up where it stood', async () => {
    const { serve, rows, issue, about } = begun(kept)
    expect(serve.current(colleague)).toBeUndefined()
    expect(serve.current(operator)).toMatchObject({ interruptedAt: kept.at, service: { agreement: 'printed' } })
    expect(serve.resume({ serviceId, operator: colleague }).ok).toBe(false)
    expect(await issue()).toEqual(fail({ code: 'service.not-open' }))
    expect(serve.resume(about).ok).toBe(true)
    expect(rows).toMatchObject([{ event: 'service.resumed', requestId: serviceId, details: { step: 'agreement' } }])
    expect(serve.current(operator)).not.toHaveProperty('interruptedAt')
    serve.agreementSigned(about)
    expect((await issue()).ok).toBe(true)
  })

  describe('behind its request', () => {
    const issued = { outcome: 'issued', requestId: REQUEST, action: 'created', message: '' } as const
    const requested: KeptService = { ...kept, agreement: 'signed', requested: true }
    const found = (keep: KeptService, more: { paper?: 'unknown'; by?: User; action?: 'regenerated' } = {}) => {
      const desk = begun(keep)
      const { paper = 'none', by = operator, action = 'created' } = more
      return { ...desk, service: desk.serve.recovered({ iin, issued: { ...issued, action }, paper, operator: by }) }
    }

    test('is not taken up by itself, and goes on to mGov when the portal has told what became of it', () => {
      const { serve, rows, service } = found(requested)
      expect(service).toMatchObject({ serviceId, issued, steps: { mgov: true }, agreement: 'signed' })
      expect(rows).toEqual([])
      expect(serve.skip({ serviceId, operator, step: 'mgov', reason: 'declined' }).ok).toBe(true)
      expect(rows).toMatchObject([{ requestId: serviceId, outcome: 'declined', details: { step: 'mgov' } }])
      const asleep = begun(requested)
      expect(asleep.serve.current(operator)).toBeUndefined()
      expect(asleep.serve.resume(asleep.about).ok).toBe(false)
      asleep.serve.leave({ operator })
      expect(asleep.rows).toEqual([])
    })

    test('leaves mGov out, and says so, where a sheet may be out, the citizen has long gone, or the account was there', () => {
      const old = { ...requested, at: new Date('2026-11-25T08:29:00.000Z') }
      for (const late of [
        found(requested, { paper: 'unknown' }),
        found(old),
        found(requested, { action: 'regenerated' }),
      ]) {
        expect(late.service).toMatchObject({ steps: { mgov: false }, mgov: 'interrupted' })
        expect(late.rows).toMatchObject([
          { event: 'service.step-skipped', outcome: 'interrupted', details: { step: 'mgov' } },
        ])
      }
    })

    test('is nobody else’s', () => {
      expect(found(requested, { by: colleague }).service).toBeUndefined()
      expect(found({ ...requested, iin: '900418400710' }).service).toBeUndefined()
      expect(found(kept).service).toBeUndefined()
    })
  })

  test('is over after half an hour', () => {
    expect(begun({ ...kept, at: new Date('2026-11-25T08:29:00.000Z') }).serve.current(operator)).toBeUndefined()
  })

  test('that its operator ends is a row, and so is every citizen who leaves before the request', () => {
    const interrupted = begun(kept)
    interrupted.serve.leave({ operator })
    expect(interrupted.rows).toMatchObject([{ event: 'service.left', details: { step: 'agreement' } }])
    const { serve, rows, about } = counter()
    serve.leave({ operator: colleague })
    expect(rows).toEqual([])
    serve.leave(about)
    serve.leave(about)
    expect(rows).toMatchObject([{ event: 'service.left', details: { step: 'document' } }])
  })
})

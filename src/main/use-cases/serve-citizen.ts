import type { Failure } from '../../shared/contract/failure.ts'
import type { AuditEntry, AuditEvent } from '../../shared/domain/audit-event.ts'
import { checkIdentityDocument, dayInKazakhstan, type IdentityDocument } from '../../shared/domain/identity-document.ts'
import { parseIin } from '../../shared/domain/iin.ts'
import type { PrintProgress } from '../../shared/domain/print-progress.ts'
import type { ServiceStepName, ServiceSteps, SkipReason } from '../../shared/domain/service-steps.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { AgreementPage } from '../ports/document-pages.ts'
import type { EnvelopePrinter, PrintOutcome } from '../ports/envelope-printer.ts'
import type { KeptService, ServiceKeeper } from '../ports/service-keeper.ts'
import type { CheckedRegistration } from './check-registration.ts'
import type { IssueOutcome } from './conclude-registration.ts'
import type { IssueCredentials } from './issue-credentials.ts'
import {
  type AgreementState,
  missingStep,
  type OpenService,
  type OpenServiceStore,
  stepAt,
  stepSeconds,
} from './open-service.ts'
import type { PaperStates } from './paper-states.ts'
import type { PendingEnvelopeStore } from './pending-envelope.ts'
import type { PrintedPage } from './print-envelope.ts'

/** What a page needs to go on with a service. */
export interface ServiceView {
  readonly service: OpenService
  /** Kept over a restart, and not taken up yet: when it was last touched. */
  readonly interruptedAt?: Date
  readonly envelope?: {
    readonly issued: Extract<IssueOutcome, { outcome: 'issued' }>
    readonly paper: 'none' | 'printing' | 'unknown' | 'printed'
  }
}

/** A citizen does not wait longer. */
const KEPT_MS = 30 * 60_000

interface StepInput {
  readonly serviceId: string
  readonly operator: User
}

/**
 * The service at the counter, step by step, between the check and the request. Every step is a row of the check's request,
 * with the seconds that it took. Failure of each: `service.not-open` where nobody, or somebody else, is served here.
 */
export interface ServeCitizen {
  /** What this centre asks. */
  readonly steps: ServiceSteps
  /** A citizen was checked: his service begins, unless the portal would refuse. @returns the steps that he needs. */
  begin(input: {
    readonly check: CheckedRegistration
    readonly confirmWarnings: boolean
    readonly operator: User
  }): ServiceSteps
  /** The operator has the document in his hand. Failures: `document.*`. */
  documentChecked(
    input: StepInput & { readonly document: IdentityDocument; readonly scanned: boolean },
  ): Result<undefined>
  /**
   * Prints the agreement for signature; it holds no secret, so it may be printed again at will. Failures: `print.*`,
   * `service.step-missing`.
   */
  printAgreement(
    input: StepInput & { readonly onProgress?: (progress: PrintProgress) => void },
  ): Promise<Result<PrintedPage>>
  cancelAgreement(input: StepInput): Result<undefined>
  /** The sheet whose result was unknown lies in the tray. */
  agreementFound(input: StepInput): Result<undefined>
  /** «Гражданин подписал»: the operator's word. */
  agreementSigned(input: StepInput): Result<undefined>
  /** The service that this operator has open here: after a lock as it stands, after a restart as far as it was kept. */
  current(operator: User): ServiceView | undefined
  /**
   * What became of this citizen's request, of which nobody knew: its envelope waits, and mGov goes on where it is still to
   * be asked and no sheet is out yet. Otherwise it is left out, and the log says so.
   * @returns the service, where it is of an earlier run.
   */
  recovered(input: {
    readonly iin: string
    readonly issued: Extract<IssueOutcome, { outcome: 'issued' }>
    readonly paper: 'none' | 'unknown' | 'printed'
    readonly operator: User
  }): OpenService | undefined
  /** Takes up what a restart interrupted. */
  resume(input: StepInput): Result<undefined>
  /** The citizen leaves without a request: nobody is reminded of him. Nothing happens where no step is left. */
  leave(input: { readonly operator: User }): Result<undefined>
  /**
   * The account exists and keeps its password: the citizen came for mGov alone. Document and agreement come first.
   * @returns nothing more than that it is recorded.
   */
  connectOnly(input: StepInput): Result<undefined>
  skip(input: StepInput & { readonly step: ServiceStepName; readonly reason: SkipReason }): Result<undefined>
  /** Asks for the account, once everything before it is done. Failure besides those of issuing: `service.step-missing`. */
  issue(input: Parameters<IssueCredentials>[0]): Promise<Result<IssueOutcome>>
}

export function createServeCitizen(options: {
  readonly services: OpenServiceStore
  readonly steps: ServiceSteps
  readonly issueCredentials: IssueCredentials
  readonly keeper: ServiceKeeper
  readonly envelopes: Pick<PendingEnvelopeStore, 'peek'>
  readonly papers: Pick<PaperStates, 'of'>
  readonly agreementPage: AgreementPage
  readonly printer: EnvelopePrinter
  readonly audit: AuditLog
  readonly clock: Clock
  readonly workstation: string
  readonly training: boolean
}): ServeCitizen {
  const { services, clock, printer } = options
  /** The one page that is being printed. */
  let printing: { readonly serviceId: string; readonly cancel: AbortController } | undefined

  return {
    steps: options.steps,

    begin({ check, confirmWarnings, operator }) {
      const refused = check.refusal !== undefined
      const steps = refused ? { document: false, agreement: false, mgov: false } : options.steps
      printing?.cancel.abort()
      services.put({
        serviceId: check.requestId,
        operator: operator.login,
        confirmWarnings,
        check,
        steps,
        asked: steps,
        documentChecked: false,
        agreement: 'none',
        since: clock.monotonicMs(),
      })
      return steps
    },

    documentChecked({ serviceId, operator, document, scanned }) {
      const service = services.of(serviceId, operator)
      if (service === undefined) return notOpen()
      const checked = checkIdentityDocument(document, dayInKazakhstan(clock.now()))
      const { kind, number, validUntil, issuedOn } = document
      const written = done(service, operator, {
        event: 'document.checked',
        iin: service.check.iin.iin,
        document: [number, validUntil, ...(issuedOn === undefined ? [] : [issuedOn])].join(' '),
        details: { kind, entered: scanned ? 'scanned' : 'typed' },
        ...(!checked.ok && { outcome: checked.failure.code }),
      })
      if (!written.ok) return written
      if (!checked.ok) return checked
      services.change(serviceId, { documentChecked: true })
      return succeed(undefined)
    },

    async printAgreement({ serviceId, operator, onProgress }) {
      const service = services.of(serviceId, operator)
      if (service === undefined) return notOpen()
      if (printing !== undefined) return fail({ code: 'session.busy' })
      if (service.steps.document && !service.documentChecked) {
        return fail({ code: 'service.step-missing', detail: 'document' })
      }
      const cancel = new AbortController()
      printing = { serviceId, cancel }
      const before = service.agreement
      let after: AgreementState = before
      services.change(serviceId, { agreement: 'printing' })
      try {
        const intent = record(service, operator, { event: 'agreement.printing' })
        if (!intent.ok) return intent
        const pdf = await options.agreementPage.render({
          citizen: { name: service.check.person?.name ?? '', iin: service.check.iin.iin },
          operator: operator.name,
          workstation: options.workstation,
          date: clock.now(),
          reference: serviceId.slice(0, 8),
          training: options.training,
        })
        if (!pdf.ok) return notPrinted(service, operator, 'agreement.print-failed', pdf.failure)
        // From here on a page may come out, whatever an exception says.
        after = 'unknown'
        const wipe = (): void => void pdf.value.fill(0)
        const ended: PrintOutcome = await printer
          .print({
            pdf: pdf.value,
            jobName: `agreement-${serviceId}`,
            onAccepted: wipe,
            signal: cancel.signal,
            ...(onProgress === undefined ? {} : { onProgress }),
          })
          .finally(wipe)
        if (ended.outcome !== 'printed') {
          if (ended.outcome === 'unknown')
            return notPrinted(service, operator, 'agreement.print-unknown', ended.failure)
          // The sheet of an earlier attempt is still there.
          after = before
          return notPrinted(service, operator, 'agreement.print-failed', ended.failure)
        }
        after = 'printed'
        const { place, word } = ended
        const written = done(service, operator, { event: 'agreement.printed', details: { word } })
        return written.ok ? succeed({ place, word }) : written
      } finally {
        services.change(serviceId, { agreement: after })
        printing = undefined
      }
    },

    cancelAgreement({ serviceId }) {
      if (printing?.serviceId === serviceId) printing.cancel.abort()
      return succeed(undefined)
    },

    agreementFound({ serviceId, operator }) {
      const service = services.of(serviceId, operator)
      if (service === undefined) return notOpen()
      if (service.agreement !== 'unknown') return fail({ code: 'print.nothing-pending' })
      const written = done(service, operator, { event: 'agreement.printed', details: { seenBy: operator.login } })
      if (!written.ok) return written
      services.change(serviceId, { agreement: 'printed' })
      return succeed(undefined)
    },

    agreementSigned({ serviceId, operator }) {
      const service = services.of(serviceId, operator)
      if (service === undefined) return notOpen()
      if (service.agreement === 'signed') return succeed(undefined)
      if (service.agreement !== 'printed') return fail({ code: 'print.nothing-pending' })
      const written = done(service, operator, { event: 'agreement.signed' })
      if (!written.ok) return written
      services.change(serviceId, { agreement: 'signed' })
      return succeed(undefined)
    },

    connectOnly({ serviceId, operator }) {
      const service = services.of(serviceId, operator)
      const isOffered = service?.check.registered === true && service.issued === undefined && service.steps.mgov
      if (!isOffered) return notOpen()
      if (service.mgovOnly === true) return succeed(undefined)
      const written = done(service, operator, {
        event: 'service.step-skipped',
        outcome: 'account-exists',
        details: { step: 'request' },
      })
      if (!written.ok) return written
      services.change(serviceId, { mgovOnly: true })
      return succeed(undefined)
    },

    skip({ serviceId, operator, step, reason }) {
      const service = services.of(serviceId, operator)
      return service === undefined ? notOpen() : leaveOut(service, operator, step, reason)
    },

    async issue(input) {
      const { operator, iin } = input
      const { document, agreement } = options.steps
      const open = services.current()
      const service = open?.operator === operator.login && open.check.iin.iin === iin ? open : undefined
      if (service === undefined) {
        return document || agreement ? notOpen() : options.issueCredentials(input)
      }
      const reissue = input.reissueReason !== undefined
      const missing = missingStep(service, { reissue })
      if (missing !== undefined) return fail({ code: 'service.step-missing', detail: missing })
      if (reissue) {
        for (const step of ['agreement', 'mgov'] as const) {
          if (!service.steps[step] || (step === 'agreement' && service.agreement !== 'none')) continue
          const written = leaveOut(service, operator, step, 'account-exists')
          if (!written.ok) return written
        }
      }
      const { serviceId } = service
      services.change(serviceId, { requesting: true })
      const outcome = await options.issueCredentials({ ...input, serviceId }).finally(() => {
        services.change(serviceId, { requesting: false })
      })
      if (!outcome.ok) return outcome
      const { value } = outcome
      if (value.outcome === 'issued') services.change(serviceId, { issued: value })
      if (value.outcome === 'registered') {
        services.change(serviceId, { check: { ...service.check, registered: true } })
      }
      if (value.outcome === 'unknown') services.change(serviceId, { unknown: true })
      if (value.outcome === 'refused') services.end(serviceId)
      return outcome
    },

    recovered({ iin, issued, paper, operator }) {
      const open = services.current()
      if (open !== undefined) {
        const isHis = open.unknown === true && open.operator === operator.login && open.check.iin.iin === iin
        if (isHis) services.change(open.serviceId, { unknown: false, issued })
        return undefined
      }
      const kept = options.keeper.find()
      if (kept?.requested !== true || kept.operator !== operator.login || kept.iin !== iin) return undefined
      const service = takenUp(kept)
      if (service === undefined) return undefined
      services.put({ ...service, issued })
      // Document and agreement came before the request; a number is connected while the citizen waits for his envelope.
      const isLate = paper !== 'none' || issued.action !== 'created' || isOld(kept)
      if (isLate) leaveOut(service, operator, 'mgov', 'interrupted')
      return services.current()
    },

    current(operator) {
      const open = services.current()
      if (open?.operator === operator.login) return viewOf(open)
      if (open !== undefined) return undefined
      const kept = options.keeper.find()
      if (kept === undefined) return undefined
      if (isOld(kept)) {
        options.keeper.forget()
        return undefined
      }
      // Behind its request the list of open requests tells of it.
      if (kept.requested === true) return undefined
      const service = kept.operator === operator.login ? takenUp(kept) : undefined
      return service && { service, interruptedAt: kept.at }
    },

    resume({ serviceId, operator }) {
      const kept = services.current() === undefined ? options.keeper.find() : undefined
      const isHis = kept?.serviceId === serviceId && kept.operator === operator.login && kept.requested !== true
      const service = isHis ? takenUp(kept) : undefined
      if (service === undefined) return notOpen()
      const written = record(service, operator, { event: 'service.resumed', details: { step: stepAt(service) } })
      if (!written.ok) return written
      services.put(service)
      return succeed(undefined)
    },

    leave({ operator }) {
      const kept = services.current() === undefined ? options.keeper.find() : undefined
      const open = services.current() ?? (kept === undefined || kept.requested === true ? undefined : takenUp(kept))
      if (open?.operator !== operator.login) return succeed(undefined)
      printing?.cancel.abort()
      const isEnded = open.check.registered && (open.mgovOnly !== true || open.mgov !== undefined)
      const isLeft = open.issued === undefined && !isEnded && open.check.refusal === undefined
      const written = isLeft
        ? record(open, operator, { event: 'service.left', details: { step: stepAt(open) } })
        : succeed(0)
      options.keeper.forget()
      services.end(open.serviceId)
      return written.ok ? succeed(undefined) : written
    },
  }

  /** A kept service as it was; what the ИИН says is read anew. */
  function takenUp(kept: KeptService): OpenService | undefined {
    const facts = parseIin(kept.iin, clock.now())
    if (!facts.ok) return undefined
    const { serviceId, operator, confirmWarnings, registered, person, asked, documentChecked, agreement, mgovOnly } =
      kept
    return {
      serviceId,
      operator,
      confirmWarnings,
      check: { requestId: serviceId, iin: facts.value, registered, ...(person === undefined ? {} : { person }) },
      asked,
      steps: { ...asked, ...(agreement === 'skipped' && { agreement: false }) },
      documentChecked,
      agreement,
      ...(mgovOnly === true && { mgovOnly }),
      since: clock.monotonicMs(),
    }
  }

  function isOld(kept: KeptService): boolean {
    return clock.now().getTime() - kept.at.getTime() > KEPT_MS
  }

  /** Undefined where the envelope is handed, wiped or given up: then the service is over. */
  function viewOf(service: OpenService): ServiceView | undefined {
    const { issued } = service
    if (service.unknown === true) return undefined
    // A number was to be connected, and nothing else.
    if (service.mgovOnly === true && service.mgov !== undefined) return undefined
    if (issued === undefined) return { service }
    const paper = options.papers.of(issued.requestId)?.name ?? 'none'
    if (paper === 'none' && options.envelopes.peek(issued.requestId) === undefined) return undefined
    return { service, envelope: { issued, paper } }
  }

  function notPrinted(service: OpenService, operator: User, event: AuditEvent, failure: Failure): Result<never> {
    const { code, detail } = failure
    const details = detail === undefined ? {} : { details: { detail } }
    const written = record(service, operator, { event, outcome: code, ...details })
    return fail(written.ok ? failure : written.failure)
  }

  function leaveOut(
    service: OpenService,
    operator: User,
    step: ServiceStepName,
    reason: SkipReason,
  ): Result<undefined> {
    if (!service.steps[step]) return succeed(undefined)
    const written = done(service, operator, { event: 'service.step-skipped', outcome: reason, details: { step } })
    if (!written.ok) return written
    services.change(service.serviceId, {
      steps: { ...service.steps, [step]: false },
      ...(step === 'agreement' && { agreement: 'skipped' as const }),
      ...(step === 'mgov' && { mgov: reason }),
    })
    return succeed(undefined)
  }

  /** A row that ends a step: with the time since the step before. */
  function done(service: OpenService, operator: User, row: Omit<AuditEntry, 'actor'>): Result<number> {
    const seconds = stepSeconds(services, service.serviceId, clock.monotonicMs())
    return record(service, operator, { ...row, details: { ...row.details, seconds } })
  }

  function record(service: OpenService, { login, role }: User, row: Omit<AuditEntry, 'actor'>): Result<number> {
    const { serviceId: requestId } = service
    return options.audit.append({ actor: login, role, requestId, operation: 'CheckRegistration', ...row })
  }
}

function notOpen(): Result<never> {
  return fail({ code: 'service.not-open' })
}

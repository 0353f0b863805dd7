import type { ChannelOutput, NoticeData } from '../../../shared/contract/channels.ts'
import type { IdentityDocument } from '../../../shared/domain/identity-document.ts'
import { parseIin } from '../../../shared/domain/iin.ts'
import { registrationLimits } from '../../../shared/domain/registration.ts'
import type { operatorSkipReasons, SkipReason } from '../../../shared/domain/service-steps.ts'
import type { Result } from '../../../shared/result.ts'
import type { ShownFailure } from '../../components/shown-failure.ts'

/**
 * One citizen on the page, as a pure state machine. An event that does not fit the stage returns the very same
 * state, so that whoever dispatches it knows that nothing may be sent: a double click cannot send twice. Each
 * command takes a new ticket, and a reply with another ticket is stale.
 */

export type CheckReply = ChannelOutput<'registration.check'>
export type IssueReply = ChannelOutput<'credentials.issue'>
export type ResolveReply = ChannelOutput<'recovery.resolve'>
export type Issued = Extract<IssueReply, { outcome: 'issued' }>
export type MobileReply = ChannelOutput<'mgov.connect'>
export type CodeReply = ChannelOutput<'mgov.confirm'>
export type CodeSent = Extract<MobileReply, { outcome: 'code-sent' }>
export type ServiceView = NonNullable<ChannelOutput<'service.current'>>
export type AgreementPaper = 'none' | 'printing' | 'printed' | 'unknown'
export type RequestStep = NoticeData<'issue.step'>['step']

export interface Problem {
  readonly failure: ShownFailure
  /** Absent where nothing was prepared. */
  readonly requestId?: string
}

export type Ending = 'handed' | 'not-handed' | 'expired' | 'wiped'

export type Stage =
  | { readonly name: 'entry'; readonly problem?: Problem }
  | { readonly name: 'checking'; readonly step?: RequestStep }
  | {
      /** The identity document, before anything is printed or sent. */
      readonly name: 'document'
      readonly check: CheckReply
      readonly reissueReason?: string
      readonly recording?: true
      readonly problem?: Problem
    }
  | {
      /** The user agreement: on paper for signature, then confirmed. */
      readonly name: 'agreement'
      readonly check: CheckReply
      readonly paper: AgreementPaper
      /** The operator's word is being recorded. */
      readonly recording?: true
      readonly progress?: PrintProgress
      readonly cancelling?: true
      readonly problem?: Problem
    }
  | { readonly name: 'ready'; readonly check: CheckReply; readonly problem?: Problem }
  | {
      readonly name: 'registered'
      readonly check: CheckReply
      /** That the citizen came for mGov alone is being recorded. */
      readonly recording?: true
      readonly problem?: Problem
    }
  | {
      readonly name: 'refused'
      readonly check: CheckReply
      readonly during: 'check' | 'issue'
      readonly refusal: Problem
    }
  | {
      readonly name: 'issuing'
      readonly check: CheckReply
      readonly reissueReason?: string
      readonly step?: RequestStep
    }
  | { readonly name: 'unknown'; readonly check: CheckReply; readonly problem: Problem }
  | {
      /** The portal is asked about an open request, or the request is repeated. */
      readonly name: 'resolving'
      readonly requestId: string
      readonly repeated: boolean
      /** Known where the request is of this citizen's service, and not of an earlier run. */
      readonly known?: CheckReply
      readonly step?: RequestStep
    }
  | {
      readonly name: 'not-received'
      readonly check: CheckReply
      readonly requestId: string
      readonly problem?: Problem
    }
  | {
      /** mGov: the number to which a code goes; the password waits meanwhile, where one was asked for. */
      readonly name: 'mobile'
      readonly check: CheckReply
      readonly issued?: Issued
      readonly asking?: true
      readonly problem?: Problem
    }
  | {
      /** mGov: the code that the citizen reads out. */
      readonly name: 'code'
      readonly check: CheckReply
      readonly issued?: Issued
      readonly sent: CodeSent
      readonly asking?: true
      readonly attemptsLeft?: number
      readonly problem?: Problem
    }
  /** The end of a service for mGov alone. */
  | { readonly name: 'mgov-done'; readonly check: CheckReply; readonly mgov: 'connected' | SkipReason }
  | { readonly name: 'issued'; readonly check: CheckReply; readonly issued: Issued; readonly problem?: Problem }
  | {
      readonly name: 'printing'
      readonly check: CheckReply
      readonly issued: Issued
      readonly progress?: PrintProgress
      readonly cancelling?: true
      /** A second sheet: where it fails, the page stands where it stood. */
      readonly before?: SheetOut
    }
  | {
      /** The sheet may be in the tray: the operator looks. */
      readonly name: 'print-unknown'
      readonly check: CheckReply
      readonly issued: Issued
      readonly problem?: Problem
      readonly finding?: true
      readonly passwordGone?: true
    }
  | {
      readonly name: 'printed'
      readonly check: CheckReply
      readonly issued: Issued
      readonly place: string
      /** The printing system says only that it passed the page on. */
      readonly spooled?: true
      readonly problem?: Problem
      /** No reprint any more: the password in memory is wiped. */
      readonly passwordGone?: true
    }
  | {
      readonly name: 'confirming'
      readonly check: CheckReply
      readonly issued: Issued
      readonly place: string
      readonly handed: boolean
      readonly passwordGone?: true
    }
  | { readonly name: 'done'; readonly check: CheckReply; readonly issued: Issued; readonly ending: Ending }

export type StageName = Stage['name']

/** Stages in which a sheet is out, or may be. */
export type SheetOut = Extract<Stage, { name: 'printed' | 'print-unknown' }>

export type PrintedPage = ChannelOutput<'envelope.print'>
export type PrintProgress = Omit<NoticeData<'print.progress'>, 'requestId'>

export type MgovSkipReason = (typeof operatorSkipReasons.mgov)[number]

/** What the machine-readable zone of an identity card says. */
export type ScannedDocument = Pick<IdentityDocument, 'number' | 'validUntil'>

export interface StepsDone {
  /** The account exists and its password stays: the citizen came for mGov alone. */
  readonly request?: 'skipped'
  readonly document?: true
  readonly agreement?: 'signed' | 'skipped'
  readonly mgov?: 'connected' | SkipReason
}

export interface IssueState {
  /** Digits only, as far as typed. */
  readonly iin: string
  /** What a scan of the document gave besides the ИИН. */
  readonly scanned?: ScannedDocument
  /** A service that a restart interrupted: it may be taken up again, or ended. */
  readonly interrupted?: ServiceView
  /** What of this citizen's service is done; a new check begins anew. */
  readonly done: StepsDone
  readonly warningsConfirmed: boolean
  /** Number of the last command; replies carry the number of theirs. */
  readonly ticket: number
  readonly stage: Stage
}

export type IssueEvent =
  /** Found when the page began: a service of this operator. */
  | { readonly type: 'service-found'; readonly service: ServiceView }
  | { readonly type: 'service-resumed'; readonly service: ServiceView }
  | { readonly type: 'service-left' }
  /** What was under way for a page before this one has ended, and nothing of it is left to do here. */
  | { readonly type: 'service-over' }
  | { readonly type: 'iin-typed'; readonly text: string }
  | { readonly type: 'iin-scanned'; readonly iin: string; readonly document?: ScannedDocument }
  | { readonly type: 'warnings-confirmed'; readonly confirmed: boolean }
  | { readonly type: 'check-started'; readonly today: Date }
  | { readonly type: 'check-replied'; readonly ticket: number; readonly result: Result<CheckReply> }
  | { readonly type: 'issue-started'; readonly reissueReason?: string }
  | { readonly type: 'document-started' }
  | { readonly type: 'document-replied'; readonly ticket: number; readonly result: Result<undefined> }
  | { readonly type: 'agreement-print-started' }
  | { readonly type: 'agreement-print-replied'; readonly ticket: number; readonly result: Result<PrintedPage> }
  | { readonly type: 'agreement-word-started' }
  | {
      readonly type: 'agreement-word-replied'
      readonly ticket: number
      readonly word: 'found' | 'signed' | 'skipped'
      readonly result: Result<undefined>
    }
  | { readonly type: 'mgov-only-started' }
  | { readonly type: 'mgov-only-replied'; readonly ticket: number; readonly result: Result<undefined> }
  | { readonly type: 'mobile-started' }
  | { readonly type: 'mobile-replied'; readonly ticket: number; readonly result: Result<MobileReply> }
  | { readonly type: 'code-started' }
  | { readonly type: 'code-replied'; readonly ticket: number; readonly result: Result<CodeReply> }
  /** Another number, or a new code for the same one. */
  | { readonly type: 'number-again' }
  | { readonly type: 'mgov-skip-started' }
  | {
      readonly type: 'mgov-skip-replied'
      readonly ticket: number
      readonly reason: MgovSkipReason
      readonly result: Result<undefined>
    }
  | { readonly type: 'step-reached'; readonly step: RequestStep }
  | { readonly type: 'issue-replied'; readonly ticket: number; readonly result: Result<IssueReply> }
  | { readonly type: 'resolve-started'; readonly requestId: string }
  | { readonly type: 'repeat-started' }
  | { readonly type: 'resolve-replied'; readonly ticket: number; readonly result: Result<ResolveReply> }
  | { readonly type: 'print-started' }
  | { readonly type: 'reprint-started' }
  | { readonly type: 'print-progressed'; readonly requestId: string; readonly progress: PrintProgress }
  | { readonly type: 'print-cancelled' }
  | { readonly type: 'found-started' }
  | { readonly type: 'found-replied'; readonly ticket: number; readonly result: Result<undefined> }
  | { readonly type: 'given-up' }
  | { readonly type: 'print-replied'; readonly ticket: number; readonly result: Result<PrintedPage> }
  | { readonly type: 'confirm-started'; readonly handed: boolean }
  | { readonly type: 'confirm-replied'; readonly ticket: number; readonly result: Result<undefined> }
  | { readonly type: 'password-expired'; readonly requestId: string }
  | { readonly type: 'next-citizen' }

export const initialIssueState: IssueState = {
  iin: '',
  warningsConfirmed: false,
  ticket: 0,
  done: {},
  stage: { name: 'entry' },
}

const IIN_LENGTH = 12
/** Where the ИИН may be typed over, and where a new check may begin. */
const EDITABLE: ReadonlySet<StageName> = new Set(['entry', 'document', 'ready', 'registered', 'refused'])
const CHECKABLE: ReadonlySet<StageName> = new Set([
  ...EDITABLE,
  'agreement',
  'unknown',
  'not-received',
  'mgov-done',
  'done',
])

export const isIinEditable = (stage: Stage): boolean => EDITABLE.has(stage.name) && !isWaiting(stage)

/** What a stage waits for is not left alone: the printer, or a row of the log. */
const isWaiting = (stage: Stage): boolean =>
  ((stage.name === 'document' || stage.name === 'registered') && stage.recording === true) ||
  (stage.name === 'agreement' && (stage.recording === true || stage.paper === 'printing'))

/** Nothing of this citizen's service is left. */
const isOver = ({ name }: Stage): boolean => name === 'done' || name === 'mgov-done'

/** Whether another citizen's document may take the page: nothing of the one before is left to do. */
export const isScanWelcome = (stage: Stage): boolean => isIinEditable(stage) || isOver(stage)

/** What the ИИН field itself says, beside what was typed. */
export const isIinProblem = ({ failure }: Problem): boolean => failure.code.startsWith('iin.')

export function reduceIssue(state: IssueState, event: IssueEvent): IssueState {
  const { stage } = state
  switch (event.type) {
    case 'service-found':
      return foundService(state, event.service)
    case 'service-resumed':
      return stage.name === 'entry' || isUnderWay(stage) ? resumed(state, event.service) : state
    case 'service-over':
      return isUnderWay(stage) ? { ...initialIssueState, ticket: state.ticket + 1 } : state
    case 'service-left': {
      if (state.interrupted === undefined) return state
      const { interrupted: _left, ...rest } = state
      return rest
    }
    case 'iin-typed':
      return typeIin(state, event.text)
    case 'iin-scanned':
      return takeScan(state, event.iin, event.document)
    case 'warnings-confirmed':
      return stage.name === 'entry' ? { ...state, warningsConfirmed: event.confirmed, stage: { name: 'entry' } } : state
    case 'check-started':
      return startCheck(state, event.today)
    case 'check-replied':
      if (stage.name !== 'checking' || event.ticket !== state.ticket) return state
      return { ...state, stage: afterCheck(event.result) }
    case 'issue-started':
      return startIssue(state, event.reissueReason?.trim())
    case 'document-started': {
      if (stage.name !== 'document' || stage.recording === true) return state
      const { problem: _told, ...rest } = stage
      return command(state, { ...rest, recording: true })
    }
    case 'document-replied':
      if (stage.name !== 'document' || event.ticket !== state.ticket) return state
      return afterDocument(state, stage, event.result)
    case 'agreement-print-started': {
      if (stage.name !== 'agreement' || isWaiting(stage)) return state
      return command(state, { name: 'agreement', check: stage.check, paper: 'printing' })
    }
    case 'agreement-print-replied':
      if (stage.name !== 'agreement' || event.ticket !== state.ticket) return state
      return { ...state, stage: afterAgreementPrint(stage, event.result) }
    case 'agreement-word-started': {
      if (stage.name !== 'agreement' || isWaiting(stage)) return state
      const { problem: _told, ...rest } = stage
      return command(state, { ...rest, recording: true })
    }
    case 'agreement-word-replied':
      if (stage.name !== 'agreement' || event.ticket !== state.ticket) return state
      return afterAgreementWord(state, stage, event.word, event.result)
    case 'mgov-only-started': {
      if (stage.name !== 'registered' || stage.recording === true || stage.check.steps?.mgov !== true) return state
      return command(state, { name: 'registered', check: stage.check, recording: true })
    }
    case 'mgov-only-replied':
      if (stage.name !== 'registered' || event.ticket !== state.ticket) return state
      return afterMgovOnly(state, stage.check, event.result)
    case 'mobile-started':
    case 'code-started':
    case 'mgov-skip-started': {
      const isFor = event.type === 'mgov-skip-started' ? ['mobile', 'code'] : [event.type.slice(0, -'-started'.length)]
      if ((stage.name !== 'mobile' && stage.name !== 'code') || stage.asking === true) return state
      if (!isFor.includes(stage.name)) return state
      const { problem: _told, ...rest } = stage
      return command(state, { ...rest, asking: true })
    }
    case 'mobile-replied':
      if (stage.name !== 'mobile' || event.ticket !== state.ticket) return state
      return { ...state, stage: afterMobile(stage, event.result) }
    case 'code-replied':
      if (stage.name !== 'code' || event.ticket !== state.ticket) return state
      return afterCode(state, stage, event.result)
    case 'number-again': {
      if (stage.name !== 'code' || stage.asking === true) return state
      return command(state, { name: 'mobile', ...ofCitizen(stage) })
    }
    case 'mgov-skip-replied': {
      if ((stage.name !== 'mobile' && stage.name !== 'code') || event.ticket !== state.ticket) return state
      const { asking: _asked, ...rest } = stage
      if (!event.result.ok) return { ...state, stage: { ...rest, problem: { failure: event.result.failure } } }
      return afterMgov(state, stage, event.reason)
    }
    case 'step-reached':
      if (stage.name !== 'checking' && stage.name !== 'issuing' && stage.name !== 'resolving') return state
      return { ...state, stage: { ...stage, step: event.step } }
    case 'issue-replied':
      if (stage.name !== 'issuing' || event.ticket !== state.ticket) return state
      return { ...state, stage: afterIssue(stage, event.result) }
    case 'resolve-started': {
      if (stage.name !== 'entry' && stage.name !== 'unknown') return state
      const known = stage.name === 'unknown' ? { known: stage.check } : {}
      return command(state, { name: 'resolving', requestId: event.requestId, repeated: false, ...known })
    }
    case 'repeat-started': {
      if (stage.name !== 'not-received') return state
      const { requestId, check: known } = stage
      return command(state, { name: 'resolving', requestId, repeated: true, known })
    }
    case 'resolve-replied':
      if (stage.name !== 'resolving' || event.ticket !== state.ticket) return state
      return afterResolve(state, stage, event.result)
    case 'print-started': {
      if (stage.name !== 'issued') return state
      const { check, issued } = stage
      return command(state, { name: 'printing', check, issued })
    }
    case 'reprint-started': {
      if (!isSheetOut(stage) || stage.passwordGone === true) return state
      const { problem: _told, ...before } = stage
      return command(state, { name: 'printing', check: stage.check, issued: stage.issued, before })
    }
    case 'print-progressed':
      if (pageAtPrinter(stage) !== event.requestId) return state
      return { ...state, stage: { ...(stage as AtPrinter), progress: event.progress } }
    case 'print-cancelled':
      if (pageAtPrinter(stage) === undefined || (stage as AtPrinter).cancelling === true) return state
      return { ...state, stage: { ...(stage as AtPrinter), cancelling: true } }
    case 'found-started': {
      if (stage.name !== 'print-unknown' || stage.finding === true) return state
      const { problem: _told, ...unknown } = stage
      return command(state, { ...unknown, finding: true })
    }
    case 'found-replied':
      if (stage.name !== 'print-unknown' || event.ticket !== state.ticket) return state
      return { ...state, stage: afterFound(stage, event.result) }
    case 'given-up':
      if (stage.name !== 'print-unknown') return state
      return command(state, { name: 'done', check: stage.check, issued: stage.issued, ending: 'wiped' })
    case 'print-replied':
      if (stage.name !== 'printing' || event.ticket !== state.ticket) return state
      return { ...state, stage: afterPrint(stage, event.result) }
    case 'confirm-started': {
      if (stage.name !== 'printed') return state
      const { check, issued, place } = stage
      const gone = stage.passwordGone === true ? ({ passwordGone: true } as const) : {}
      return command(state, { name: 'confirming', check, issued, place, handed: event.handed, ...gone })
    }
    case 'confirm-replied':
      if (stage.name !== 'confirming' || event.ticket !== state.ticket) return state
      return { ...state, stage: afterConfirm(stage, event.result) }
    case 'password-expired': {
      const pending = pendingEnvelope(stage)
      if (pending === undefined || pending.issued.requestId !== event.requestId) return state
      // A sheet that is out, or may be, still waits for the operator's word.
      if (isSheetOut(stage) || stage.name === 'confirming') return { ...state, stage: { ...stage, passwordGone: true } }
      // The end of what is under way says what is left.
      if (stage.name === 'printing') return state
      return command(state, { name: 'done', check: pending.check, issued: pending.issued, ending: 'expired' })
    }
    case 'next-citizen':
      if (!CHECKABLE.has(stage.name) || isWaiting(stage)) return state
      return { ...initialIssueState, ticket: state.ticket + 1 }
  }
}

type AtPrinter = Extract<Stage, { name: 'printing' | 'agreement' }>

/** The request whose page the printer has: the envelope's, or the check's for the agreement. */
export function pageAtPrinter(stage: Stage): string | undefined {
  if (stage.name === 'printing') return stage.issued.requestId
  return stage.name === 'agreement' && stage.paper === 'printing' ? stage.check.requestId : undefined
}

/** Under way in the main process, whose answer went to a page that is gone: asked after until it is over. */
export const isUnderWay = (stage: Stage): boolean =>
  stage.name === 'issuing' || stage.name === 'printing' || (stage.name === 'agreement' && stage.paper === 'printing')

/** Whether leaving this citizen ends a service whose request has not been sent. */
export const isBeforeRequest = (stage: Stage): boolean =>
  stage.name === 'document' || stage.name === 'agreement' || stage.name === 'ready'

function foundService(state: IssueState, service: ServiceView): IssueState {
  if (state.stage.name !== 'entry' || state.iin !== '') return state
  return service.interruptedAt === undefined ? resumed(state, service) : { ...state, interrupted: service }
}

/** The page as it was, out of what the main process knows. */
function resumed(state: IssueState, service: ServiceView): IssueState {
  const { serviceId, iin, confirmWarnings, registered, iinFacts, person, steps } = service
  const check: CheckReply = {
    requestId: serviceId,
    iin: iinFacts,
    registered,
    steps,
    ...(person === undefined ? {} : { person }),
  }
  const { agreement, mgov } = service
  const done: StepsDone = {
    ...(service.mgovOnly && { request: 'skipped' }),
    ...(service.documentChecked && { document: true }),
    ...((agreement === 'signed' || agreement === 'skipped') && { agreement }),
    ...(mgov !== undefined && { mgov }),
  }
  const { interrupted: _taken, ...rest } = state
  return command({ ...rest, iin, warningsConfirmed: confirmWarnings, done }, stageOfService(service, check, done))
}

function stageOfService(service: ServiceView, check: CheckReply, done: StepsDone): Stage {
  const { envelope, agreement, codeSent } = service
  if (service.requesting) return { name: 'issuing', check }
  if (envelope !== undefined) {
    const { paper, ...rest } = envelope
    const issued: Issued = { outcome: 'issued', ...rest }
    if (paper === 'printed') return { name: 'printed', check, issued, place: '' }
    if (paper === 'unknown') return { name: 'print-unknown', check, issued }
    if (paper === 'printing') return { name: 'printing', check, issued }
    if (done.mgov !== undefined) return { name: 'issued', check, issued }
    const next = afterIssued(check, issued)
    return next.name === 'mobile' && codeSent !== undefined ? { name: 'code', check, issued, sent: codeSent } : next
  }
  if (check.registered && done.request !== 'skipped') return { name: 'registered', check }
  const next = beforeRequest(check, done)
  if (next.name === 'mobile' && codeSent !== undefined) return { name: 'code', check, sent: codeSent }
  if (next.name !== 'agreement') return next
  return {
    ...next,
    paper: agreement === 'printing' || agreement === 'printed' || agreement === 'unknown' ? agreement : 'none',
  }
}

const BEFORE_THE_CHANGE: ReadonlySet<StageName> = new Set(['document', 'agreement', 'ready', 'registered', 'refused'])

/** Whether the checked state of the account still holds: a request under way or done may have changed it. */
export const isAccountKnown = (stage: Stage): boolean => BEFORE_THE_CHANGE.has(stage.name)

/** What leaving the page now would cost: nothing, the password in memory, or it must wait for a reply. */
export function leaveCost(stage: Stage): 'free' | 'password' | 'wait' {
  if (
    stage.name === 'resolving' ||
    stage.name === 'issuing' ||
    stage.name === 'printing' ||
    stage.name === 'confirming' ||
    ((stage.name === 'mobile' || stage.name === 'code') && stage.asking === true)
  )
    return 'wait'
  return pendingEnvelope(stage) === undefined ? 'free' : 'password'
}

/** The request whose password the main process still holds. */
export function pendingEnvelope(stage: Stage): { check: CheckReply; issued: Issued } | undefined {
  switch (stage.name) {
    case 'mobile':
    case 'code':
      return stage.issued === undefined ? undefined : { check: stage.check, issued: stage.issued }
    case 'issued':
    case 'printing':
    case 'print-unknown':
    case 'printed':
    case 'confirming':
      return { check: stage.check, issued: stage.issued }
    default:
      return undefined
  }
}

export function isSheetOut(stage: Stage): stage is SheetOut {
  return stage.name === 'printed' || stage.name === 'print-unknown'
}

function command(state: IssueState, stage: Stage): IssueState {
  return { ...state, ticket: state.ticket + 1, stage }
}

function typeIin(state: IssueState, text: string): IssueState {
  const iin = text.replace(/[^0-9]/g, '').slice(0, IIN_LENGTH)
  if (!isIinEditable(state.stage) || iin === state.iin) return state
  const { scanned: _of, interrupted: _left, ...rest } = state
  return { ...rest, iin, warningsConfirmed: false, done: {}, stage: { name: 'entry' } }
}

/** After a citizen is served, the next one's document begins his service; in his own it fills what it says. */
function takeScan(state: IssueState, iin: string, document: ScannedDocument | undefined): IssueState {
  const filled = document === undefined ? {} : { scanned: document }
  if (isOver(state.stage)) return { ...initialIssueState, iin, ticket: state.ticket + 1, ...filled }
  if (!isIinEditable(state.stage)) return state
  if (iin !== state.iin) return { ...typeIin(state, iin), ...filled }
  return document === undefined ? state : { ...state, ...filled }
}

function startCheck(state: IssueState, today: Date): IssueState {
  if (!CHECKABLE.has(state.stage.name) || isWaiting(state.stage)) return state
  const facts = parseIin(state.iin, today)
  if (!facts.ok) return { ...state, stage: { name: 'entry', problem: { failure: facts.failure } } }
  if (facts.value.warnings.length > 0 && !state.warningsConfirmed) {
    return { ...state, stage: { name: 'entry', problem: { failure: { code: 'iin.warning-unconfirmed' } } } }
  }
  return command({ ...state, done: {} }, { name: 'checking' })
}

function afterCheck(result: Result<CheckReply>): Stage {
  if (!result.ok) return { name: 'entry', problem: { failure: result.failure } }
  const check = result.value
  // The portal judges the register's statuses before the account, so a refusal outweighs an existing account.
  if (check.refusal !== undefined) {
    return { name: 'refused', check, during: 'check', refusal: { failure: check.refusal, requestId: check.requestId } }
  }
  return check.registered ? { name: 'registered', check } : beforeRequest(check, {})
}

/** The next step before the request: a document, an agreement, or nothing any more. Where no request comes, then mGov. */
function beforeRequest(check: CheckReply, done: StepsDone): Stage {
  if (check.steps?.document === true && done.document !== true) return { name: 'document', check }
  if (check.steps?.agreement === true && done.agreement === undefined)
    return { name: 'agreement', check, paper: 'none' }
  return { name: done.request === 'skipped' ? 'mobile' : 'ready', check }
}

function afterDocument(
  state: IssueState,
  stage: Extract<Stage, { name: 'document' }>,
  result: Result<undefined>,
): IssueState {
  const { check, reissueReason } = stage
  const reason = reissueReason === undefined ? {} : { reissueReason }
  if (!result.ok) {
    return { ...state, stage: { name: 'document', check, ...reason, problem: { failure: result.failure } } }
  }
  const done = { ...state.done, document: true } as const
  // A new password asks for no agreement: the request follows at once.
  const next: Stage = reissueReason === undefined ? beforeRequest(check, done) : { name: 'registered', check }
  return { ...state, done, stage: next }
}

function afterAgreementPrint(stage: Extract<Stage, { name: 'agreement' }>, result: Result<PrintedPage>): Stage {
  const { check } = stage
  if (result.ok) return { name: 'agreement', check, paper: 'printed' }
  const paper = result.failure.code === 'print.outcome-unknown' ? 'unknown' : 'none'
  return { name: 'agreement', check, paper, problem: { failure: result.failure } }
}

function afterAgreementWord(
  state: IssueState,
  stage: Extract<Stage, { name: 'agreement' }>,
  word: 'found' | 'signed' | 'skipped',
  result: Result<undefined>,
): IssueState {
  const { recording: _asked, ...rest } = stage
  if (!result.ok) return { ...state, stage: { ...rest, problem: { failure: result.failure } } }
  if (word === 'found') return { ...state, stage: { ...rest, paper: 'printed' } }
  const done = { ...state.done, agreement: word }
  return { ...state, done, stage: beforeRequest(stage.check, done) }
}

function startIssue(state: IssueState, reissueReason: string | undefined): IssueState {
  const { stage } = state
  if (stage.name === 'ready') return command(state, { name: 'issuing', check: stage.check })
  if (stage.name !== 'registered' || !isReasonEnough(reissueReason)) return state
  if (stage.check.steps?.document === true && state.done.document !== true) {
    return command(state, { name: 'document', check: stage.check, reissueReason })
  }
  return command(state, { name: 'issuing', check: stage.check, reissueReason })
}

/** A reason of at least three characters besides spaces: the contract refuses a shorter one. */
export function isReasonEnough(reason: string | undefined): reason is string {
  return reason !== undefined && reason.trim().length >= registrationLimits.reissueReason.min
}

function afterIssue(stage: Extract<Stage, { name: 'issuing' }>, result: Result<IssueReply>): Stage {
  const { check } = stage
  const before = stage.reissueReason === undefined ? 'ready' : 'registered'
  if (!result.ok) return { name: before, check, problem: { failure: result.failure } }
  const reply = result.value
  switch (reply.outcome) {
    case 'issued':
      return afterIssued(check, reply)
    case 'registered':
      return { name: 'registered', check: { ...check, registered: true } }
    case 'refused':
      return { name: 'refused', check, during: 'issue', refusal: reply }
    case 'failed':
      return { name: before, check, problem: reply }
    case 'unknown':
      return { name: 'unknown', check, problem: reply }
  }
}

/** A new account is connected with a number where this centre asks it; then the envelope is printed. */
function afterIssued(check: CheckReply, issued: Issued): Stage {
  const asked = check.steps?.mgov === true && issued.action === 'created'
  return { name: asked ? 'mobile' : 'issued', check, issued }
}

/** The citizen keeps the password that he has: document and agreement, then a number. */
function afterMgovOnly(state: IssueState, check: CheckReply, result: Result<undefined>): IssueState {
  if (!result.ok) return { ...state, stage: { name: 'registered', check, problem: { failure: result.failure } } }
  const done = { ...state.done, request: 'skipped' } as const
  return { ...state, done, stage: beforeRequest(check, done) }
}

type AtMgov = Extract<Stage, { name: 'mobile' | 'code' }>

/** Whose number it is, and the envelope that waits meanwhile. */
function ofCitizen({ check, issued }: AtMgov): Pick<AtMgov, 'check' | 'issued'> {
  return issued === undefined ? { check } : { check, issued }
}

/** The envelope waits, or mGov was all. */
function afterMgov(state: IssueState, { check, issued }: AtMgov, mgov: 'connected' | SkipReason): IssueState {
  const stage: Stage = issued === undefined ? { name: 'mgov-done', check, mgov } : { name: 'issued', check, issued }
  return { ...state, done: { ...state.done, mgov }, stage }
}

function afterMobile(stage: Extract<Stage, { name: 'mobile' }>, result: Result<MobileReply>): Stage {
  const citizen = ofCitizen(stage)
  if (!result.ok) return { name: 'mobile', ...citizen, problem: { failure: result.failure } }
  const reply = result.value
  return reply.outcome === 'code-sent'
    ? { name: 'code', ...citizen, sent: reply }
    : { name: 'mobile', ...citizen, problem: reply }
}

/** After these a new code is needed, or another number. */
const CODE_IS_OVER: ReadonlySet<string> = new Set([
  'mgov.attempts-exhausted',
  'mgov.code-expired',
  'mgov.nothing-asked',
  'mgov.number-taken',
  'mgov.no-account',
])

function afterCode(state: IssueState, stage: Extract<Stage, { name: 'code' }>, result: Result<CodeReply>): IssueState {
  const { sent } = stage
  const citizen = ofCitizen(stage)
  if (!result.ok) return { ...state, stage: { name: 'code', ...citizen, sent, problem: { failure: result.failure } } }
  const reply = result.value
  if (reply.outcome === 'connected') return afterMgov(state, stage, 'connected')
  if (CODE_IS_OVER.has(reply.failure.code)) return { ...state, stage: { name: 'mobile', ...citizen, problem: reply } }
  const left = reply.attemptsLeft === undefined ? {} : { attemptsLeft: reply.attemptsLeft }
  return { ...state, stage: { name: 'code', ...citizen, sent, problem: reply, ...left } }
}

/** What is known of an open request; of an earlier run's citizen nothing but the ИИН is. */
function afterResolve(
  state: IssueState,
  stage: Extract<Stage, { name: 'resolving' }>,
  result: Result<ResolveReply>,
): IssueState {
  const { requestId, known } = stage
  if (!result.ok) {
    const problem = { failure: result.failure, requestId }
    return known === undefined
      ? { ...state, stage: { name: 'entry', problem } }
      : { ...state, stage: { name: 'unknown', check: known, problem } }
  }
  const reply = result.value
  const check = known ?? checkOfResolved(requestId, reply)
  return { ...state, iin: reply.iin.iin, stage: stageOfResolved(reply, check) }
}

/** Of an earlier run's service the main process may have kept more than its ИИН. */
function checkOfResolved(requestId: string, reply: ResolveReply): CheckReply {
  const unknown = { requestId, iin: reply.iin, registered: false } as const
  if (reply.outcome !== 'issued' || reply.service === undefined) return unknown
  const { serviceId, steps, person } = reply.service
  return { ...unknown, requestId: serviceId, steps, ...(person === undefined ? {} : { person }) }
}

function stageOfResolved(reply: ResolveReply, check: CheckReply): Stage {
  switch (reply.outcome) {
    case 'issued': {
      const { iin: _shown, paper, service: _of, ...issued } = reply
      if (paper === 'printed') return { name: 'printed', check, issued, place: '' }
      return paper === 'unknown' ? { name: 'print-unknown', check, issued } : afterIssued(check, issued)
    }
    case 'registered':
      return { name: 'registered', check: { ...check, registered: true } }
    case 'refused':
      return { name: 'refused', check, during: 'issue', refusal: reply }
    case 'not-received':
      return { name: 'not-received', check, requestId: reply.requestId }
    case 'failed':
      return { name: 'entry', problem: reply }
    case 'unknown':
      return { name: 'unknown', check, problem: reply }
  }
}

function afterPrint(stage: Extract<Stage, { name: 'printing' }>, result: Result<PrintedPage>): Stage {
  const { check, issued, before } = stage
  if (result.ok) {
    const { place, word } = result.value
    return { name: 'printed', check, issued, place, ...(word === 'spooler' ? { spooled: true } : {}) }
  }
  const { code } = result.failure
  const problem = { failure: result.failure, requestId: issued.requestId }
  if (code === 'print.outcome-unknown') return { name: 'print-unknown', check, issued, problem }
  if (before !== undefined) {
    return code === 'print.nothing-pending' ? { ...before, passwordGone: true } : { ...before, problem }
  }
  if (code === 'print.nothing-pending') return { name: 'done', check, issued, ending: 'wiped' }
  // The sheet is out: the only question left is whether the citizen has it.
  if (code === 'print.already-printed') return { name: 'printed', check, issued, place: '', problem }
  return { name: 'issued', check, issued, problem }
}

function afterFound(stage: Extract<Stage, { name: 'print-unknown' }>, result: Result<undefined>): Stage {
  const { check, issued, finding: _asked, ...rest } = stage
  const gone = rest.passwordGone === true ? ({ passwordGone: true } as const) : {}
  if (result.ok) return { name: 'printed', check, issued, place: '', ...gone }
  if (result.failure.code === 'print.nothing-pending') return { name: 'done', check, issued, ending: 'wiped' }
  const problem = { failure: result.failure, requestId: issued.requestId }
  return { name: 'print-unknown', check, issued, problem, ...gone }
}

function afterConfirm(stage: Extract<Stage, { name: 'confirming' }>, result: Result<undefined>): Stage {
  const { check, issued, place, handed } = stage
  if (result.ok) return { name: 'done', check, issued, ending: handed ? 'handed' : 'not-handed' }
  if (result.failure.code === 'print.nothing-pending') return { name: 'done', check, issued, ending: 'wiped' }
  const gone = stage.passwordGone === true ? ({ passwordGone: true } as const) : {}
  const problem = { failure: result.failure, requestId: issued.requestId }
  return { name: 'printed', check, issued, place, problem, ...gone }
}

import type { ChannelInput } from '../../../shared/contract/channels.ts'
import type { IdentityDocument } from '../../../shared/domain/identity-document.ts'
import type { operatorSkipReasons } from '../../../shared/domain/service-steps.ts'
import type { Result } from '../../../shared/result.ts'
import type { ArmClient } from '../../arm-client.ts'
import {
  type IssueEvent,
  type IssueState,
  initialIssueState,
  isBeforeRequest,
  isScanWelcome,
  isUnderWay,
  type MgovSkipReason,
  pageAtPrinter,
  pendingEnvelope,
  reduceIssue,
  type ScannedDocument,
} from './issue-flow.ts'

/** The verbs of the page. Each sends only when the state machine took the command. */
export interface IssueController {
  state(): IssueState
  subscribe(listener: () => void): () => void
  typeIin(text: string): void
  /**
   * A scanned document, or a bare ИИН.
   * @returns false where this citizen's service must end first.
   */
  scanIin(iin: string, document?: ScannedDocument): boolean
  confirmWarnings(confirmed: boolean): void
  check(): Promise<void>
  /** The document is in the operator's hand; then the agreement is printed, or where none is asked the request goes. */
  recordDocument(document: IdentityDocument, scanned: boolean): Promise<void>
  printAgreement(): Promise<void>
  agreementFound(): Promise<void>
  /** The citizen has signed: the request goes at once. */
  agreementSigned(): Promise<void>
  skipAgreement(reason: (typeof operatorSkipReasons.agreement)[number]): Promise<void>
  /** Sends a code to the citizen's number. */
  connectMobile(number: string): Promise<void>
  confirmCode(code: string): Promise<void>
  otherNumber(): void
  skipMgov(reason: MgovSkipReason): Promise<void>
  /** A registered citizen keeps his password and has a number connected: document and agreement come first. */
  connectOnly(): Promise<void>
  issue(reissueReason?: string): Promise<void>
  /** What became of an open request: of this citizen's, or of one of an earlier run. */
  resolve(requestId: string): Promise<void>
  /** Sends a request again that the portal never saw. */
  repeat(): Promise<void>
  /** Does not send it again; nobody is reminded of it any more. */
  leaveUnsent(): Promise<void>
  print(): Promise<void>
  /** A second sheet, with a reason and a supervisor's password; its bytes are wiped. */
  reprint(input: {
    readonly reason: string
    readonly approver: ChannelInput<'envelope.reprint'>['approver']
  }): Promise<void>
  /** Waits no longer for the printer. */
  cancelPrint(): Promise<void>
  /** The sheet whose result was unknown lies in the tray. */
  found(): Promise<void>
  /** No sheet and no reprint: the password is wiped. */
  giveUp(): Promise<void>
  confirm(handed: boolean): Promise<void>
  /** Takes up the service that a restart interrupted. */
  resume(): Promise<void>
  /** Ends the service that a restart interrupted. */
  endInterrupted(): Promise<void>
  nextCitizen(): void
  /** Wipes a password that waits in the main process; resolves also when there is none. */
  discard(): Promise<void>
  /** Begins to listen to the main process. @returns how to stop. */
  connect(): () => void
}

/** How often a page asks after what is under way for a page before it. */
const FOLLOWED_EVERY_MS = 300

/** Drives one issue page: the state machine on one side, the main process on the other. */
export function createIssueController(options: { client: ArmClient; now: () => Date }): IssueController {
  const { client, now } = options
  const listeners = new Set<() => void>()
  let state = initialIssueState

  /** @returns whether the event was taken. */
  const dispatch = (event: IssueEvent): boolean => {
    const next = reduceIssue(state, event)
    if (next === state) return false
    state = next
    for (const listener of listeners) listener()
    return true
  }

  async function issue(reissueReason?: string): Promise<void> {
    const reason = reissueReason === undefined ? {} : { reissueReason: reissueReason.trim() }
    if (!dispatch({ type: 'issue-started', ...reason }) || state.stage.name !== 'issuing') return
    const { iin, warningsConfirmed: confirmWarnings, ticket } = state
    const result = await client.invoke('credentials.issue', { iin, confirmWarnings, ...reason })
    dispatch({ type: 'issue-replied', ticket, result })
  }

  async function printAgreement(): Promise<void> {
    const { stage } = state
    if (stage.name !== 'agreement' || !dispatch({ type: 'agreement-print-started' })) return
    const { ticket } = state
    const result = await client.invoke('service.print-agreement', { serviceId: stage.check.requestId })
    dispatch({ type: 'agreement-print-replied', ticket, result })
  }

  /** What the operator says of the sheet; after the citizen's signature the request goes at once. */
  async function agreementWord(
    word: 'found' | 'signed' | 'skipped',
    tell: (serviceId: string) => Promise<Result<undefined>>,
  ): Promise<void> {
    const { stage } = state
    if (stage.name !== 'agreement' || !dispatch({ type: 'agreement-word-started' })) return
    const { ticket } = state
    const result = await tell(stage.check.requestId)
    if (dispatch({ type: 'agreement-word-replied', ticket, word, result }) && state.stage.name === 'ready')
      await issue()
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    typeIin(text) {
      dispatch({ type: 'iin-typed', text })
    },
    scanIin(iin, document) {
      if (!isScanWelcome(state.stage)) return false
      dispatch({ type: 'iin-scanned', iin, ...(document === undefined ? {} : { document }) })
      return true
    },
    confirmWarnings(confirmed) {
      dispatch({ type: 'warnings-confirmed', confirmed })
    },
    async check() {
      if (!dispatch({ type: 'check-started', today: now() }) || state.stage.name !== 'checking') return
      const { iin, warningsConfirmed: confirmWarnings, ticket } = state
      const result = await client.invoke('registration.check', { iin, confirmWarnings })
      dispatch({ type: 'check-replied', ticket, result })
    },
    async recordDocument(document, scanned) {
      const { stage } = state
      if (stage.name !== 'document' || !dispatch({ type: 'document-started' })) return
      const { ticket } = state
      const { reissueReason } = stage
      const serviceId = stage.check.requestId
      const result = await client.invoke('service.document', { serviceId, document, scanned })
      if (!dispatch({ type: 'document-replied', ticket, result }) || !result.ok) return
      const next = state.stage.name
      if (next === 'agreement') await printAgreement()
      else if (next === 'ready' || next === 'registered') await issue(reissueReason)
    },
    printAgreement,
    agreementFound: () =>
      agreementWord('found', (serviceId) => client.invoke('service.agreement-found', { serviceId })),
    agreementSigned: () =>
      agreementWord('signed', (serviceId) => client.invoke('service.agreement-signed', { serviceId })),
    skipAgreement: (reason) =>
      agreementWord('skipped', (serviceId) => client.invoke('service.skip', { serviceId, step: 'agreement', reason })),
    async connectOnly() {
      const { stage } = state
      if (stage.name !== 'registered' || !dispatch({ type: 'mgov-only-started' })) return
      const { ticket } = state
      const result = await client.invoke('service.connect-only', { serviceId: stage.check.requestId })
      if (!dispatch({ type: 'mgov-only-replied', ticket, result }) || state.stage.name !== 'agreement') return
      await printAgreement()
    },
    async connectMobile(number) {
      const { stage } = state
      if (stage.name !== 'mobile' || !dispatch({ type: 'mobile-started' })) return
      const { ticket } = state
      const result = await client.invoke('mgov.connect', { serviceId: stage.check.requestId, number })
      dispatch({ type: 'mobile-replied', ticket, result })
    },
    async confirmCode(code) {
      const { stage } = state
      if (stage.name !== 'code' || !dispatch({ type: 'code-started' })) return
      const { ticket } = state
      const result = await client.invoke('mgov.confirm', { serviceId: stage.check.requestId, code })
      dispatch({ type: 'code-replied', ticket, result })
    },
    otherNumber() {
      dispatch({ type: 'number-again' })
    },
    async skipMgov(reason) {
      const { stage } = state
      if ((stage.name !== 'mobile' && stage.name !== 'code') || !dispatch({ type: 'mgov-skip-started' })) return
      const { ticket } = state
      const result = await client.invoke('service.skip', { serviceId: stage.check.requestId, step: 'mgov', reason })
      dispatch({ type: 'mgov-skip-replied', ticket, reason, result })
    },
    issue,
    async resolve(requestId) {
      if (!dispatch({ type: 'resolve-started', requestId })) return
      const { ticket } = state
      const result = await client.invoke('recovery.resolve', { requestId })
      dispatch({ type: 'resolve-replied', ticket, result })
    },
    async repeat() {
      const { stage } = state
      if (stage.name !== 'not-received' || !dispatch({ type: 'repeat-started' })) return
      const { ticket } = state
      const result = await client.invoke('recovery.repeat', { requestId: stage.requestId })
      dispatch({ type: 'resolve-replied', ticket, result })
    },
    async leaveUnsent() {
      const { stage } = state
      if (stage.name !== 'not-received' || !dispatch({ type: 'next-citizen' })) return
      await client.invoke('recovery.acknowledge', { requestId: stage.requestId })
    },
    async print() {
      const envelope = pendingEnvelope(state.stage)
      if (envelope === undefined || !dispatch({ type: 'print-started' })) return
      const { ticket } = state
      const result = await client.invoke('envelope.print', { requestId: envelope.issued.requestId })
      dispatch({ type: 'print-replied', ticket, result })
    },
    async reprint({ reason, approver }) {
      const envelope = pendingEnvelope(state.stage)
      if (envelope === undefined || !dispatch({ type: 'reprint-started' })) {
        wipe(approver)
        return
      }
      const { ticket } = state
      const { requestId } = envelope.issued
      const result = await client.invoke('envelope.reprint', { requestId, reason: reason.trim(), approver })
      wipe(approver)
      dispatch({ type: 'print-replied', ticket, result })
    },
    async cancelPrint() {
      const { stage } = state
      const requestId = pageAtPrinter(stage)
      if (requestId === undefined || !dispatch({ type: 'print-cancelled' })) return
      if (stage.name === 'agreement') await client.invoke('service.cancel-agreement', { serviceId: requestId })
      else await client.invoke('envelope.cancel-print', { requestId })
    },
    async found() {
      const envelope = pendingEnvelope(state.stage)
      if (envelope === undefined || !dispatch({ type: 'found-started' })) return
      const { ticket } = state
      const result = await client.invoke('envelope.found', { requestId: envelope.issued.requestId })
      dispatch({ type: 'found-replied', ticket, result })
    },
    async giveUp() {
      const envelope = pendingEnvelope(state.stage)
      if (envelope === undefined || !dispatch({ type: 'given-up' })) return
      await client.invoke('envelope.discard', { requestId: envelope.issued.requestId })
    },
    async confirm(handed) {
      const envelope = pendingEnvelope(state.stage)
      if (envelope === undefined || !dispatch({ type: 'confirm-started', handed })) return
      const { ticket } = state
      const result = await client.invoke('envelope.confirm', { requestId: envelope.issued.requestId, handed })
      dispatch({ type: 'confirm-replied', ticket, result })
    },
    async resume() {
      const service = state.interrupted
      if (service === undefined) return
      const { serviceId } = service
      const result = await client.invoke('service.resume', { serviceId })
      dispatch(result.ok ? { type: 'service-resumed', service } : { type: 'service-left' })
    },
    async endInterrupted() {
      if (dispatch({ type: 'service-left' })) await client.invoke('service.leave', undefined)
    },
    nextCitizen() {
      const left = isBeforeRequest(state.stage)
      if (dispatch({ type: 'next-citizen' }) && left) client.invoke('service.leave', undefined)
    },
    async discard() {
      const envelope = pendingEnvelope(state.stage)
      if (envelope !== undefined) {
        await client.invoke('envelope.discard', { requestId: envelope.issued.requestId })
      }
    },
    connect() {
      const stops = [
        client.onNotice('issue.step', ({ step }) => dispatch({ type: 'step-reached', step })),
        client.onNotice('print.progress', ({ requestId, ...progress }) =>
          dispatch({ type: 'print-progressed', requestId, progress }),
        ),
        client.onNotice('envelope.expired', ({ requestId }) => dispatch({ type: 'password-expired', requestId })),
      ]
      let connected = true
      let isFollowed = false
      const follow = async (): Promise<void> => {
        const result = await client.invoke('service.current', undefined)
        if (!connected || !result.ok) return
        if (result.value === null) {
          if (isFollowed) dispatch({ type: 'service-over' })
          return
        }
        const event = isUnderWay(state.stage) ? 'service-resumed' : 'service-found'
        dispatch({ type: event, service: result.value })
        // The answer of what is under way went to a page that is gone.
        isFollowed = isUnderWay(state.stage)
        if (isFollowed) setTimeout(() => connected && follow(), FOLLOWED_EVERY_MS)
      }
      follow()
      return () => {
        connected = false
        for (const stop of stops) stop()
      }
    },
  }
}

function wipe(approver: ChannelInput<'envelope.reprint'>['approver']): void {
  const secret = 'password' in approver ? approver.password : approver.pin
  secret.fill(0)
}

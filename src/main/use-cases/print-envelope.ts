import type { Failure } from '../../shared/contract/failure.ts'
import type { AuditEntry, AuditEvent } from '../../shared/domain/audit-event.ts'
import type { PrintProgress } from '../../shared/domain/print-progress.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { EnvelopePage, EnvelopePrinter, PrintOutcome, PrintWord } from '../ports/envelope-printer.ts'
import type { ApproveReprint } from './approve-reprint.ts'
import { ABANDONED, type PaperState, type PaperStates } from './paper-states.ts'
import type { PendingEnvelope, PendingEnvelopeStore } from './pending-envelope.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

export interface PrintEnvelope {
  /**
   * Prints the envelope of a request, once: after a page that came out, or may have, only `reprint` prints again.
   * Failures: `print.nothing-pending`, `print.already-printed`, `print.layout`, `audit.*`, `session.busy`; those of the
   * printer, after which nothing came out and the operator may print again; `print.outcome-unknown`, after which he
   * looks into the tray.
   */
  print(input: PrintInput): Promise<Result<PrintedPage>>
  /**
   * Prints once more while the password is in memory: with a reason, and with the approval of somebody else who may
   * give it. Failures: those of `print`, `print.approval-*`, `print.reprint-unneeded`.
   */
  reprint(
    input: PrintInput & {
      readonly reason: string
      /** Wiped. */
      readonly approver: Parameters<ApproveReprint>[0]['approver']
    },
  ): Promise<Result<PrintedPage>>
  /** The operator waits no longer for the printer; `print` then ends with what is known. */
  cancel(input: { readonly requestId: string; readonly operator: User }): Result<undefined>
  /** The operator found the sheet whose result was unknown. */
  found(input: { readonly requestId: string; readonly operator: User }): Result<undefined>
  /**
   * The operator's word on what came out of the printer; without it a page is not called handed. The password is
   * wiped either way: after this only the portal has a new one.
   */
  confirm(input: { readonly requestId: string; readonly handed: boolean; readonly operator: User }): Result<undefined>
}

export interface PrintedPage {
  readonly place: string
  readonly word: PrintWord
}

interface PrintInput {
  readonly requestId: string
  readonly operator: User
  readonly onProgress?: (progress: PrintProgress) => void
}

export function createPrintEnvelope(options: {
  readonly envelopes: PendingEnvelopeStore
  readonly papers: PaperStates
  readonly page: EnvelopePage
  readonly printer: EnvelopePrinter
  readonly approveReprint: ApproveReprint
  readonly audit: AuditLog
  readonly clock: Clock
  readonly inProgress: ServicesInProgress
  readonly portalUrl: string
  readonly training: boolean
}): PrintEnvelope {
  const { envelopes, papers, page, printer } = options

  return {
    async print(input) {
      const paper = papers.of(input.requestId)
      if (paper?.name === 'printing') return fail({ code: 'session.busy' })
      if (paper?.name === 'printed') return fail({ code: 'print.already-printed' })
      if (paper?.name === 'unknown') return fail({ code: 'print.outcome-unknown' })
      const envelope = envelopes.peek(input.requestId)
      return envelope === undefined ? fail({ code: 'print.nothing-pending' }) : printOnce(envelope, input, {})
    },

    async reprint({ reason, approver, ...input }) {
      const { requestId, operator } = input
      try {
        const paper = papers.of(requestId)
        if (paper?.name === 'printing') return fail({ code: 'session.busy' })
        const envelope = envelopes.peek(requestId)
        if (envelope === undefined) return fail({ code: 'print.nothing-pending' })
        if (paper === undefined) return fail({ code: 'print.reprint-unneeded' })
        papers.set(requestId, { name: 'printing', cancel: new AbortController() })
        const approved = await options
          .approveReprint({ requestId, reason, operator, approver })
          .finally(() => papers.set(requestId, paper))
        if (!approved.ok) return approved
        // The password may have been wiped while the approver's was checked.
        if (envelopes.peek(requestId) !== envelope) return fail({ code: 'print.nothing-pending' })
        return await printOnce(envelope, input, { note: reason, details: { approvedBy: approved.value.login } })
      } finally {
        if ('password' in approver) approver.password.fill(0)
      }
    },

    cancel({ requestId }) {
      const paper = papers.of(requestId)
      if (paper?.name === 'printing') paper.cancel.abort()
      return succeed(undefined)
    },

    found({ requestId, operator }) {
      if (papers.of(requestId)?.name !== 'unknown') return fail({ code: 'print.nothing-pending' })
      const written = record('envelope.printed', requestId, operator, { details: { seenBy: operator.login } })
      if (!written.ok) return written
      papers.set(requestId, { name: 'printed' })
      return succeed(undefined)
    },

    confirm({ requestId, handed, operator }) {
      if (papers.of(requestId)?.name !== 'printed') return fail({ code: 'print.nothing-pending' })
      const written = record(handed ? 'envelope.handed' : 'envelope.not-handed', requestId, operator)
      if (!written.ok) return written
      envelopes.wipe(requestId)
      papers.set(requestId, undefined)
      options.inProgress.end(requestId)
      return succeed(undefined)
    },
  }

  /** One page to the printer. Its end decides whether there may be another without an approval. */
  async function printOnce(
    envelope: PendingEnvelope,
    { requestId, operator, onProgress }: PrintInput,
    approval: Pick<AuditEntry, 'note' | 'details'>,
  ): Promise<Result<PrintedPage>> {
    const before = papers.of(requestId)
    const cancel = new AbortController()
    papers.set(requestId, { name: 'printing', cancel })
    let after: PaperState | undefined = before
    try {
      const intent = record('envelope.printing', requestId, operator, approval)
      if (!intent.ok) return intent
      const pdf = await page.render({
        login: envelope.login,
        password: envelope.password,
        portalUrl: options.portalUrl,
        action: envelope.action,
        issuedAt: options.clock.now(),
        reference: requestId.slice(0, 8),
        training: options.training,
      })
      if (!pdf.ok) return notPrinted(pdf.failure)
      // From here on a page may come out, whatever an exception says.
      after = { name: 'unknown' }
      const wipe = (): void => void pdf.value.fill(0)
      const ended: PrintOutcome = await printer
        .print({
          pdf: pdf.value,
          jobName: `envelope-${requestId}`,
          onAccepted: wipe,
          signal: cancel.signal,
          ...(onProgress === undefined ? {} : { onProgress }),
        })
        .finally(wipe)
      if (ended.outcome !== 'printed') {
        if (ended.outcome === 'not-printed') {
          after = before
          return notPrinted(ended.failure)
        }
        const written = record('envelope.print-unknown', requestId, operator, outcomeOf(ended.failure))
        return fail(written.ok ? ended.failure : written.failure)
      }
      after = { name: 'printed' }
      const { place, word } = ended
      const written = record('envelope.printed', requestId, operator, { details: { word } })
      return written.ok ? succeed({ place, word }) : written
    } finally {
      const abandoned = cancel.signal.reason === ABANDONED
      papers.set(requestId, abandoned ? undefined : after)
      if (abandoned) options.inProgress.end(requestId)
    }

    function notPrinted(failure: Failure): Result<never> {
      // After a failed reprint the first sheet is still somewhere.
      const event = before === undefined ? 'envelope.print-failed' : 'envelope.reprint-failed'
      const written = record(event, requestId, operator, outcomeOf(failure))
      return fail(written.ok ? failure : written.failure)
    }
  }

  function record(
    event: AuditEvent,
    requestId: string,
    operator: User,
    more: Partial<AuditEntry> = {},
  ): Result<number> {
    const { login: actor, role } = operator
    return options.audit.append({ event, actor, role, requestId, operation: 'RegisterUser', ...more })
  }
}

function outcomeOf({ code, detail }: Failure): Pick<AuditEntry, 'outcome' | 'details'> {
  return { outcome: code, ...(detail === undefined ? {} : { details: { detail } }) }
}

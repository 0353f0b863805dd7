import type { Failure } from '../../shared/contract/failure.ts'
import type { AuditEntry, AuditEvent } from '../../shared/domain/audit-event.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { EnvelopePage, EnvelopePrinter } from '../ports/envelope-printer.ts'
import type { PendingEnvelopeStore } from './pending-envelope.ts'
import type { ServicesInProgress } from './services-in-progress.ts'

export interface PrintEnvelope {
  /**
   * Prints the envelope of a request once, and wipes its password when the printer has the page.
   * Failures: `print.nothing-pending`, `print.already-printed`, `print.layout`, `print.printer-failed`, `audit.*`;
   * after a printer's failure the operator may print again.
   */
  print(input: { readonly requestId: string; readonly operator: User }): Promise<Result<{ readonly place: string }>>
  /** The operator's word on what came out of the printer; without it a page is not called handed. */
  confirm(input: { readonly requestId: string; readonly handed: boolean; readonly operator: User }): Result<undefined>
}

export function createPrintEnvelope(options: {
  readonly envelopes: PendingEnvelopeStore
  readonly page: EnvelopePage
  readonly printer: EnvelopePrinter
  readonly audit: AuditLog
  readonly clock: Clock
  readonly inProgress: ServicesInProgress
  readonly portalUrl: string
  readonly training: boolean
}): PrintEnvelope {
  const { envelopes, page, printer } = options
  const printing = new Set<string>()
  const awaitingWord = new Set<string>()

  return {
    async print({ requestId, operator }) {
      if (awaitingWord.has(requestId)) return fail({ code: 'print.already-printed' })
      const envelope = envelopes.peek(requestId)
      if (envelope === undefined) return fail({ code: 'print.nothing-pending' })
      if (printing.has(requestId)) return fail({ code: 'session.busy' })
      printing.add(requestId)
      try {
        const intent = record('envelope.printing', requestId, operator)
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
        const printed = await printer.print({ pdf: pdf.value, jobName: `envelope-${requestId}` })
        pdf.value.fill(0)
        if (!printed.ok) return notPrinted(printed.failure)
        envelopes.wipe(requestId)
        awaitingWord.add(requestId)
        const outcome = record('envelope.printed', requestId, operator)
        return outcome.ok ? printed : outcome
      } finally {
        printing.delete(requestId)
      }

      function notPrinted(failure: Failure): Result<never> {
        const written = record('envelope.print-failed', requestId, operator, { outcome: failure.code })
        return fail(written.ok ? failure : written.failure)
      }
    },

    confirm({ requestId, handed, operator }) {
      if (!awaitingWord.has(requestId)) return fail({ code: 'print.nothing-pending' })
      const written = record(handed ? 'envelope.handed' : 'envelope.not-handed', requestId, operator)
      if (!written.ok) return written
      awaitingWord.delete(requestId)
      options.inProgress.end(requestId)
      return succeed(undefined)
    },
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

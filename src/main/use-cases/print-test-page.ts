import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { EnvelopePage, EnvelopePrinter } from '../ports/envelope-printer.ts'

/** Prints a sheet laid out as an envelope, marked as a sample, of nobody's and with nobody's password. */
export type PrintTestPage = (input: {
  readonly operator: User
  readonly signal?: AbortSignal
}) => Promise<Result<{ readonly place: string }>>

const NOBODY = '000000000000'
/** Every pair of glyphs that people confuse: the sheet also shows whether the printer keeps them apart. */
const SAMPLE = 'SAMPLE-0OQ-1lI-5S8B2Z'

export function createPrintTestPage(options: {
  readonly page: EnvelopePage
  readonly printer: EnvelopePrinter
  readonly audit: AuditLog
  readonly clock: Clock
  readonly portalUrl: string
}): PrintTestPage {
  let busy = false
  return async ({ operator, signal }) => {
    if (busy) return fail({ code: 'session.busy' })
    busy = true
    try {
      const ended = await print(signal)
      const written = options.audit.append({
        event: 'printer.test-page',
        actor: operator.login,
        role: operator.role,
        outcome: ended.ok ? 'printed' : ended.failure.code,
      })
      return written.ok ? ended : written
    } finally {
      busy = false
    }
  }

  async function print(signal: AbortSignal | undefined): Promise<Result<{ readonly place: string }>> {
    const pdf = await options.page.render({
      login: NOBODY,
      password: Buffer.from(SAMPLE),
      portalUrl: options.portalUrl,
      action: 'created',
      issuedAt: options.clock.now(),
      reference: 'test',
      training: true,
    })
    if (!pdf.ok) return pdf
    const ended = await options.printer.print({
      pdf: pdf.value,
      jobName: 'test-page',
      ...(signal === undefined ? {} : { signal }),
    })
    return ended.outcome === 'printed' ? succeed({ place: ended.place }) : fail(ended.failure)
  }
}

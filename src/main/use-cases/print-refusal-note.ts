import type { Failure } from '../../shared/contract/failure.ts'
import { refusalAdvice, translatePortalMessage } from '../../shared/contract/refusal-texts.ts'
import { maskIin } from '../../shared/domain/iin.ts'
import type { Language } from '../../shared/domain/language.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { RefusalNotePage } from '../ports/document-pages.ts'
import type { EnvelopePrinter } from '../ports/envelope-printer.ts'
import type { PrintedPage } from './print-envelope.ts'

/** A note for the citizen on a refusal of this workstation, in his language. It holds no secret and no name. */
export interface PrintRefusalNote {
  /** What the portal refused last; the note can say nothing else. */
  refused(refusal: { readonly requestId: string; readonly iin: string; readonly failure: Failure }): void
  /** Failures: `print.*`; `print.nothing-pending` where this request was not the last refusal. */
  print(input: {
    readonly requestId: string
    readonly language: Language
    readonly operator: User
  }): Promise<Result<PrintedPage>>
}

export function createPrintRefusalNote(options: {
  readonly page: RefusalNotePage
  readonly printer: EnvelopePrinter
  readonly audit: AuditLog
  readonly clock: Clock
  readonly workstation: string
  readonly training: boolean
}): PrintRefusalNote {
  let last: Parameters<PrintRefusalNote['refused']>[0] | undefined
  let busy = false
  return {
    refused(refusal) {
      last = refusal
    },
    async print({ requestId, language, operator }) {
      const refusal = last
      const advice = refusal === undefined ? undefined : refusalAdvice(refusal.failure.code)
      if (refusal?.requestId !== requestId || advice === undefined) return fail({ code: 'print.nothing-pending' })
      if (busy) return fail({ code: 'session.busy' })
      busy = true
      try {
        const printed = await printNote(refusal, language, advice.tell[language], advice.place[language])
        const written = options.audit.append({
          event: 'refusal-note.printed',
          actor: operator.login,
          role: operator.role,
          requestId,
          ...(!printed.ok && { outcome: printed.failure.code }),
          details: { language, refusal: refusal.failure.code },
        })
        return written.ok ? printed : written
      } finally {
        busy = false
      }
    },
  }

  async function printNote(
    { requestId, iin, failure: { portalMessage } }: NonNullable<typeof last>,
    language: Language,
    tell: string,
    place: string,
  ): Promise<Result<PrintedPage>> {
    const translation = portalMessage === undefined ? undefined : translatePortalMessage(portalMessage, language)
    const pdf = await options.page.render({
      language,
      ...(portalMessage === undefined ? {} : { portalMessage }),
      ...(translation === undefined ? {} : { translation }),
      tell,
      place,
      iinMasked: maskIin(iin),
      date: options.clock.now(),
      workstation: options.workstation,
      reference: requestId.slice(0, 8),
      training: options.training,
    })
    if (!pdf.ok) return pdf
    const ended = await options.printer.print({ pdf: pdf.value, jobName: `refusal-${requestId}` })
    return ended.outcome === 'printed' ? succeed({ place: ended.place, word: ended.word }) : fail(ended.failure)
  }
}

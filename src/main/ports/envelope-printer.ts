import type { EnvelopeContent } from '../../shared/domain/envelope.ts'
import type { Result } from '../../shared/result.ts'

/** Lays the envelope out as a page in memory. The caller wipes the returned bytes. Failure: `print.layout`. */
export interface EnvelopePage {
  render(content: EnvelopeContent): Promise<Result<Buffer>>
}

/** Hands a finished page to paper. Failures: `print.no-printer`, `print.printer-failed`. */
export interface EnvelopePrinter {
  /** For the status line, e.g. the folder of the training printer. */
  readonly name: string
  /** Whether a page could be printed now; asked before a password is requested. */
  check(): Promise<Result<undefined>>
  /** @param jobName carries no personal data. */
  print(job: { readonly pdf: Buffer; readonly jobName: string }): Promise<Result<{ readonly place: string }>>
}

import type { Failure } from '../../shared/contract/failure.ts'
import type { EnvelopeContent } from '../../shared/domain/envelope.ts'
import type { PrintProgress } from '../../shared/domain/print-progress.ts'
import type { Result } from '../../shared/result.ts'

/** Lays the envelope out as a page in memory. The caller wipes the returned bytes. Failure: `print.layout`. */
export interface EnvelopePage {
  render(content: EnvelopeContent): Promise<Result<Buffer>>
}

export interface PrintJob {
  /** The caller wipes it: as soon as `onAccepted` is called, or when `print` ends. */
  readonly pdf: Buffer
  /** Carries no personal data. */
  readonly jobName: string
  /** The printer has the whole page; the bytes are not read any more. */
  readonly onAccepted?: () => void
  readonly onProgress?: (progress: PrintProgress) => void
  /** The operator waits no longer: the job is cancelled, and then its end is looked at once more. */
  readonly signal?: AbortSignal
}

/** Whose word it is that a page was printed. A spooler's is worth less: it knows that it passed the page on. */
export type PrintWord = 'printer' | 'spooler' | 'file'

/**
 * What came of a page. `not-printed`: no paper can have come out. `unknown`: some may have, and only somebody who looks
 * into the tray can tell.
 */
export type PrintOutcome =
  | { readonly outcome: 'printed'; readonly place: string; readonly word: PrintWord }
  | { readonly outcome: 'not-printed' | 'unknown'; readonly failure: Failure }

/** What a printer can do now. `warnings` do not stop it, but somebody should mend them. */
export interface PrinterReadiness {
  readonly warnings: readonly Failure[]
}

/** Hands a finished page to paper. Failures of `check`: `print.*`. */
export interface EnvelopePrinter {
  /** For the status line, e.g. the folder of the training printer. */
  readonly name: string
  /** Whether a page could be printed now; asked before a password is requested. */
  check(): Promise<Result<PrinterReadiness>>
  print(job: PrintJob): Promise<PrintOutcome>
}

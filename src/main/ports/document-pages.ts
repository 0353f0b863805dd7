import type { EnvelopeLanguage } from '../../shared/domain/envelope.ts'
import type { RefusalNote } from '../../shared/domain/refusal-note.ts'
import type { ShiftReport } from '../../shared/domain/shift-report.ts'
import type { UserAgreement } from '../../shared/domain/user-agreement.ts'
import type { Result } from '../../shared/result.ts'

/** Lays out the user agreement for signature. */
export interface AgreementPage {
  /** The caller wipes the returned bytes: the citizen's name and ИИН are on the page. Failure: `print.layout`. */
  render(agreement: UserAgreement): Promise<Result<Buffer>>
}

/** Lays out what a refused citizen takes home. */
export interface RefusalNotePage {
  /** One A4 page of PDF, without a secret. Failure: `print.layout`. */
  render(note: RefusalNote): Promise<Result<Buffer>>
}

/** Lays out what a supervisor prints at the end of a shift. */
export interface ShiftReportPage {
  /** A4 pages of PDF. `ending` and `anomalies` are printed as they come, in the report's language. */
  render(report: ShiftReport, language: EnvelopeLanguage): Promise<Result<Buffer>>
}

import path from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { failureText } from '../../shared/contract/failure-texts.ts'
import { journalTexts } from '../../shared/contract/journal-texts.ts'
import { formatTreeHead } from '../../shared/domain/audit-head.ts'
import { type Anomaly, type AuditStatistics, workingHours } from '../../shared/domain/audit-review.ts'
import type { Language } from '../../shared/domain/language.ts'
import type { User } from '../../shared/domain/session.ts'
import type { ShiftReport } from '../../shared/domain/shift-report.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { AuditReview, LongWork } from '../ports/audit-review.ts'
import type { Clock } from '../ports/clock.ts'
import type { ShiftReportPage } from '../ports/document-pages.ts'
import type { TreeHeads } from '../ports/tree-heads.ts'
import type { WorkstationStatus } from './watch-workstation.ts'

export type ReportShift = (input: {
  /** UTC ISO 8601; `to` is excluded. */
  readonly from: string
  readonly to: string
  readonly language: Language
  readonly file: string
  readonly reviewer: User
  readonly work: LongWork
}) => Promise<Result<{ readonly requests: number }>>

/**
 * The report of a shift as PDF: what was done, what is worth a look, and the log's head, which so leaves the machine on
 * paper. Recorded before the file is written, and its end after.
 */
export function createReportShift(options: {
  readonly audit: AuditLog
  readonly review: AuditReview
  readonly heads: Pick<TreeHeads, 'current'>
  readonly page: ShiftReportPage
  /** Writes a file whole or not at all. Failure: `audit.export-failed`. */
  readonly writeFile: (file: string, bytes: Uint8Array) => Promise<Result<void>>
  readonly clock: Clock
  readonly workstation: string
  readonly training: boolean
  readonly chainState: () => WorkstationStatus['journal']['state']
}): ReportShift {
  const { audit, review, heads, page, clock } = options
  return async ({ from, to, language, file, reviewer, work }) => {
    const by = { actor: reviewer.login, role: reviewer.role }
    const intent = audit.append({
      ...by,
      event: 'audit.exported',
      details: { format: 'pdf', from, to, file: path.basename(file).slice(0, 200), personal: 'masked' },
    })
    if (!intent.ok) return intent
    const written = await write()
    const end = audit.append({
      ...by,
      event: 'audit.exported',
      outcome: written.ok ? 'done' : written.failure.code,
      details: { of: String(intent.value) },
    })
    return written.ok && !end.ok ? end : written

    async function write(): Promise<Result<{ readonly requests: number }>> {
      const upTo = audit.head().seq
      const statistics = await review.statistics({ from, to, bucket: 'hour', upTo, withRequests: true }, work)
      if (!statistics.ok) return statistics
      const report = reportOf(statistics.value)
      const pdf = await page.render(report, language)
      if (!pdf.ok) return pdf
      const saved = await options.writeFile(file, pdf.value)
      return saved.ok ? succeed({ requests: report.requests.length }) : saved
    }

    function reportOf(statistics: AuditStatistics): ShiftReport {
      const texts = journalTexts[language]
      const head = heads.current()
      const { seq, hash } = audit.head()
      const requests = statistics.requests ?? []
      return {
        workstation: options.workstation,
        from,
        to,
        preparedAt: clock.now().toISOString(),
        preparedBy: reviewer.login,
        training: options.training,
        totals: statistics.totals,
        operators: statistics.operators,
        requests: requests.map(({ at, requestId, actor, iinMasked, state }) => ({
          at,
          requestId,
          operator: actor,
          ...(iinMasked !== undefined && { iinMasked }),
          ending: texts[`state.${state}`],
        })),
        anomalies: statistics.anomalies.map((anomaly) => inWords(anomaly, language)),
        log: {
          state: options.chainState(),
          firstSeq: requests[0]?.seq ?? seq,
          lastSeq: seq,
          headHash: hash,
          ...(head.ok && { signedHead: formatTreeHead(head.value) }),
        },
      }
    }
  }
}

/** An anomaly as the window says it; in the window the moment is local too. */
function inWords(anomaly: Anomaly, language: Language): string {
  const message = new IntlMessageFormat(journalTexts[language][`journal.anomaly.${anomaly.kind}`], language)
  const values = {
    ...anomaly,
    ...workingHours,
    percent: anomaly.kind === 'many-reissues' ? Math.round(anomaly.share * 100) : 0,
    iin: anomaly.kind === 'repeated-refusals' ? (anomaly.iinMasked ?? '—') : '',
    reason: anomaly.kind === 'repeated-refusals' ? (failureText(anomaly.code, language)?.text ?? anomaly.code) : '',
    at: anomaly.kind === 'open-unknown' ? anomaly.at.slice(0, 16).replace('T', ' ') : '',
  }
  return String(message.format(values))
}

import type { ChannelOutput, Notice, NoticeData } from '../../shared/contract/channels.ts'
import type { ExportFormat } from '../../shared/domain/audit-review.ts'
import type { Language } from '../../shared/domain/language.ts'
import type { User } from '../../shared/domain/session.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { ReviewAudit } from '../use-cases/review-audit.ts'
import { lastPart, localDay, twoDigits } from './chosen-file-names.ts'
import type { Handlers } from './register.ts'

/** Asks the person where a file shall go. The window never names a path. @returns undefined where he changed his mind. */
export type ChooseFile = (wanted: {
  /** A name without a folder. */
  readonly name: string
  readonly extension: string
  readonly language: Language
}) => Promise<string | undefined>

/** Asks the person for a file that is there. @returns undefined where he changed his mind. */
export type ChooseExistingFile = (wanted: {
  readonly extension: string
  readonly language: Language
}) => Promise<string | undefined>

type AuditChannel = Extract<keyof Handlers, `audit.${string}`>

/** The supervisor's channels. */
export function createAuditHandlers(options: {
  readonly withReview: <T>(use: (review: ReviewAudit) => Promise<Result<T>> | Result<T>) => Promise<Result<T>>
  readonly acknowledgeBreak: (given: { readonly by: User; readonly reason: string }) => Promise<Result<undefined>>
  readonly chooseFile: ChooseFile
  readonly notify: <N extends Notice>(notice: N, data: NoticeData<N>) => void
}): Pick<Handlers, AuditChannel> {
  const { withReview, chooseFile } = options
  const telling = (work: string) => (done: number, total: number) =>
    options.notify('audit.progress', { work, done, total })

  return {
    'audit.open': (_input, reviewer) =>
      withReview(async (review) => {
        const facets = await review.open({ reviewer })
        return facets.ok ? succeed(mutable(facets.value)) : facets
      }),
    'audit.search': ({ filter }, reviewer) => withReview((review) => review.search({ filter, reviewer })),
    'audit.rows': (input, reviewer) =>
      withReview(async (review) => {
        const rows = await review.rows({ ...input, reviewer })
        return rows.ok ? succeed({ rows: mutable(rows.value) }) : rows
      }),
    'audit.positions': (input, reviewer) =>
      withReview(async (review) => {
        const positions = await review.positions({ ...input, reviewer, onProgress: telling(input.work) })
        return positions.ok ? succeed(mutable(positions.value)) : positions
      }),
    'audit.row': ({ seq }, reviewer) =>
      withReview(async (review) => {
        const row = await review.row({ seq, reviewer })
        return row.ok ? succeed(mutable(row.value)) : row
      }),
    'audit.story': (of, reviewer) =>
      withReview(async (review) => {
        const story = await review.story({ of, reviewer })
        return story.ok ? succeed(mutable(story.value)) : story
      }),
    'audit.statistics': (input, reviewer) =>
      withReview(async (review) => {
        const statistics = await review.statistics({ ...input, reviewer, onProgress: telling(input.work) })
        return statistics.ok ? succeed(mutable(statistics.value)) : statistics
      }),
    'audit.reveal': (input, reviewer) => withReview((review) => review.reveal({ ...input, reviewer })),
    'audit.export': (input, reviewer) =>
      withReview(async (review) => {
        const { format, language } = input
        const file = await chooseFile({ name: exportName(format), extension: format, language })
        if (file === undefined) return succeed<ChannelOutput<'audit.export'>>({ saved: false })
        const written = await review.export({ ...input, file, reviewer, onProgress: telling(input.work) })
        if (!written.ok) return written
        return succeed<ChannelOutput<'audit.export'>>({
          saved: true,
          place: lastPart(file),
          rows: written.value.rows,
        })
      }),
    'audit.shift-report': (input, reviewer) =>
      withReview(async (review) => {
        const { from, to, language, work } = input
        const file = await chooseFile({ name: `shift-${localDay(new Date(from))}.pdf`, extension: 'pdf', language })
        if (file === undefined) return succeed<ChannelOutput<'audit.export'>>({ saved: false })
        const about = { from, to, language, file, reviewer, work, onProgress: telling(work) }
        const written = await review.shiftReport(about)
        if (!written.ok) return written
        return succeed<ChannelOutput<'audit.export'>>({
          saved: true,
          place: lastPart(file),
          rows: written.value.requests,
        })
      }),
    'audit.acknowledge-break': ({ reason }, by) => options.acknowledgeBreak({ by, reason }),
    'audit.cancel': ({ work }, reviewer) =>
      withReview((review) => {
        review.cancel({ work, reviewer })
        return succeed(undefined)
      }),
  }
}

/** The schemas' types are writable, the domain's are not; nobody writes to what is about to be copied to the window. */
type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T

function mutable<T>(value: T): Mutable<T> {
  return value as Mutable<T>
}

function exportName(format: ExportFormat): string {
  const now = new Date()
  return `journal-${localDay(now)}-${twoDigits(now.getHours())}${twoDigits(now.getMinutes())}.${format}`
}

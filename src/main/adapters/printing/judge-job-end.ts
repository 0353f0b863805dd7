import type { JobSnapshot } from './ipp-client.ts'

export type JobEnd = 'printed' | 'not-printed' | 'unknown'

const CANCELED = 7
const ABORTED = 8
const COMPLETED = 9

/** Reasons with which a printer gives a document up before anything is marked (RFC 8011, 5.3.8). */
const NEVER_MARKED: ReadonlySet<string> = new Set([
  'document-format-error',
  'unsupported-document-format',
  'unsupported-compression',
  'compression-error',
])

/**
 * What the end of a job says about paper. `printed` only where the printer says so without reservation; `not-printed`
 * only where work on the job never began; all else may have left a sheet in a tray, so it is unknown.
 * @returns undefined while the job has not ended.
 */
export function judgeJobEnd({ state, reasons, everProcessed }: JobSnapshot): JobEnd | undefined {
  if (state === COMPLETED) return reasons.includes('job-completed-with-errors') ? 'unknown' : 'printed'
  if (state !== CANCELED && state !== ABORTED) return undefined
  if (everProcessed === false) return 'not-printed'
  if (state === ABORTED && reasons.some((reason) => NEVER_MARKED.has(reason))) return 'not-printed'
  return 'unknown'
}

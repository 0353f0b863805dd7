import type { JournalRow } from './journal-row.ts'

type RowTone = 'bad' | 'unknown' | 'good' | 'plain'

const TONES: Readonly<Partial<Record<JournalRow['event'], RowTone>>> = {
  'session.sign-in-failed': 'bad',
  'access.refused': 'bad',
  'request.failed': 'bad',
  'request.outcome-unknown': 'unknown',
  'reply.refused-by-portal': 'bad',
  'envelope.print-failed': 'bad',
  'envelope.not-handed': 'unknown',
  'envelope.discarded': 'unknown',
  'envelope.handed': 'good',
}

/** What a reviewer's eye should stop at. */
export function outcomeTone(row: Pick<JournalRow, 'event'>): RowTone {
  return TONES[row.event] ?? 'plain'
}

import type { PrinterNeed } from '../../../shared/domain/print-progress.ts'

const NEED_OF_REASON: readonly (readonly [RegExp, PrinterNeed])[] = [
  [/^media-(empty|needed)|^input-tray-missing/, 'paper'],
  [/^media-jam/, 'jam'],
  [/^(cover|door|interlock)-open/, 'cover'],
  [/^(toner|marker-supply)-empty/, 'toner'],
  [/^output-(area|tray)-(full|missing)/, 'tray-full'],
  [/^(paused|moving-to-paused|hold-new-jobs)/, 'paused'],
  [/^(offline|shutdown|connecting-to-device|timed-out)/, 'offline'],
]

/**
 * Turns printer-state-reasons (RFC 8011, 5.4.12) into what somebody must do at the printer. Reports and warnings stop
 * nothing and are passed over; an error with no word of its own is `other`.
 */
export function printerNeedsOf(reasons: readonly string[]): readonly PrinterNeed[] {
  const needs = reasons.flatMap((reason): PrinterNeed[] => {
    if (reason === 'none' || /-(report|warning)$/.test(reason)) return []
    const known = NEED_OF_REASON.find(([pattern]) => pattern.test(reason))
    if (known !== undefined) return [known[1]]
    return reason.endsWith('-error') ? ['other'] : []
  })
  return [...new Set(needs)]
}

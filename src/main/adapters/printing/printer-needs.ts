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
 * Turns printer-state-reasons (RFC 8011, 5.4.12) into what somebody must do at the printer; an error with no word of its
 * own is `other`. A report stops nothing. A warning may be about one tray of several, so it is no reason to refuse a page,
 * but while a page waits it may well be why.
 */
export function printerNeedsOf(reasons: readonly string[], from: 'warning' | 'error'): readonly PrinterNeed[] {
  // CUPS calls a printer that it cannot reach a mere report.
  const ignored = from === 'error' ? /-(report|warning)$/ : /(?<!^offline)-report$/
  const needs = reasons.flatMap((reason): PrinterNeed[] => {
    if (reason === 'none' || ignored.test(reason)) return []
    const known = NEED_OF_REASON.find(([pattern]) => pattern.test(reason))
    if (known !== undefined) return [known[1]]
    return reason.endsWith('-error') ? ['other'] : []
  })
  return [...new Set(needs)]
}

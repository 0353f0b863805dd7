import { foldText } from '../../../shared/domain/fold-text.ts'
import { decodeDetails } from './canonical-details.ts'

/**
 * What the search finds a row by: its code, the operator's own words and the short technical facts, folded. Personal
 * data have no column here. Undefined where there is nothing to find.
 */
export function searchableText(row: {
  readonly outcome: string | null
  readonly note: string | null
  readonly details: string | null
}): string | undefined {
  const details = row.details === null ? undefined : decodeDetails(row.details)
  const texts = [row.outcome, row.note, ...Object.values(details ?? {})].filter((text) => text !== null && text !== '')
  return texts.length === 0 ? undefined : foldText(texts.join('\n'))
}

import { foldText } from './fold-text.ts'

/** How many words of a search count; the rest of the input is somebody's pasted page. */
const MAX_WORDS = 8

/** The words of a free-text search, folded as the stored text is. Anything but letters and digits parts words. */
export function searchWords(text: string): readonly string[] {
  return (foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MAX_WORDS)
}

/**
 * Remembers until when each piece of evidence may count, by a clock that nobody can set back. What was stale once
 * stays stale, also when the same bytes come again.
 */
export interface FreshnessBook {
  /**
   * @param id SHA-256 of the evidence.
   * @param options.at the moment by the wall clock, which must lie within the evidence's own validity too.
   * @param options.freshUntil undefined for evidence that does not say until when it holds: never fresh.
   */
  isFresh(id: string, options: { readonly at: Date; readonly freshUntil: Date | undefined }): boolean
}

const MAX_ENTRIES = 4_096
const NEVER = -Infinity

export function createFreshnessBook(options: { readonly monotonicMs: () => number }): FreshnessBook {
  const deadlines = new Map<string, number>()
  return {
    isFresh(id, { at, freshUntil }) {
      const now = options.monotonicMs()
      const leftMs = freshUntil === undefined ? NEVER : freshUntil.getTime() - at.getTime()
      // The first sight counts: a later one may only shorten it.
      const deadline = leftMs < 0 ? NEVER : Math.min(deadlines.get(id) ?? Infinity, now + leftMs)
      const fresh = now <= deadline
      deadlines.delete(id)
      deadlines.set(id, fresh ? deadline : NEVER)
      for (const oldest of deadlines.keys()) {
        if (deadlines.size <= MAX_ENTRIES) break
        deadlines.delete(oldest)
      }
      return fresh
    },
  }
}

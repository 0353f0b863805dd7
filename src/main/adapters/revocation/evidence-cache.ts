/** What a look-up brought: the thing, or one short technical line that says why not. */
export type Looked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }

export interface EvidenceCache<T> {
  /**
   * The thing of a key: from memory while it may be reused, else asked for anew; many who ask at once ask once. Where
   * asking fails, what is in memory is given as long as it is usable.
   */
  get(
    key: string,
    options: { readonly isUsable: (value: T) => boolean; readonly ask: () => Promise<Looked<T>> },
  ): Promise<Looked<T>>
  /** The next `get` asks anew. */
  forget(key: string): void
}

interface Entry<T> {
  readonly value: T
  readonly octets: number
  readonly askAgainAt: number
}

/**
 * A bounded memory for evidence. Whether a thing still counts is the caller's to say, at every look.
 * @param options.reuseMs for how long a thing is given without asking.
 * @param options.retryMs for how long a failure is given without asking.
 * @param options.replaces whether a new thing may take the place of an old one that is still usable.
 */
export function createEvidenceCache<T>(options: {
  readonly monotonicMs: () => number
  readonly reuseMs: number
  readonly retryMs: number
  readonly keepsWhenUnreachable: boolean
  readonly maxEntries: number
  readonly maxOctets: number
  readonly octetsOf: (value: T) => number
  readonly replaces?: (next: T, old: T) => boolean
}): EvidenceCache<T> {
  const { monotonicMs, octetsOf, replaces = () => true } = options
  const entries = new Map<string, Entry<T>>()
  const failures = new Map<string, { readonly why: string; readonly until: number }>()
  const asked = new Map<string, Promise<Looked<T>>>()

  const keep = (key: string, value: T): void => {
    entries.delete(key)
    const octets = octetsOf(value)
    if (octets > options.maxOctets) return
    entries.set(key, { value, octets, askAgainAt: monotonicMs() + options.reuseMs })
    let total = [...entries.values()].reduce((sum, entry) => sum + entry.octets, 0)
    for (const [oldest, entry] of entries) {
      if (entries.size <= options.maxEntries && total <= options.maxOctets) break
      entries.delete(oldest)
      total -= entry.octets
    }
  }

  const ask = async (key: string, isUsable: (value: T) => boolean, asking: () => Promise<Looked<T>>) => {
    const looked = await asking()
    if (!looked.ok) {
      failures.set(key, { why: looked.why, until: monotonicMs() + options.retryMs })
      if (failures.size > options.maxEntries) failures.delete(failures.keys().next().value ?? key)
      return looked
    }
    failures.delete(key)
    const old = entries.get(key)?.value
    // What is older than what is at hand is a replay or a mirror that lags.
    const value = old !== undefined && isUsable(old) && !replaces(looked.value, old) ? old : looked.value
    keep(key, value)
    return { ok: true, value } as const
  }

  return {
    async get(key, { isUsable, ask: asking }) {
      const entry = entries.get(key)
      const usable = entry !== undefined && isUsable(entry.value) ? entry : undefined
      if (entry !== undefined && usable === undefined) entries.delete(key)
      if (usable !== undefined && monotonicMs() < usable.askAgainAt) return { ok: true, value: usable.value }
      const fallback = options.keepsWhenUnreachable ? usable : undefined
      const failed = failures.get(key)
      if (failed !== undefined && monotonicMs() < failed.until) {
        return fallback === undefined ? { ok: false, why: failed.why } : { ok: true, value: fallback.value }
      }
      const under = asked.get(key) ?? ask(key, isUsable, asking).finally(() => asked.delete(key))
      asked.set(key, under)
      const looked = await under
      if (!looked.ok && fallback !== undefined) return { ok: true, value: fallback.value }
      return looked
    },
    forget(key) {
      entries.delete(key)
    },
  }
}

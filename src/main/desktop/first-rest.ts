/** So long nobody asks anything: the page is painted, or a person thinks or types. */
const QUIET_MS = 120
/** A page that asks without a pause, or does not come, holds nothing up for longer. */
const AT_LATEST_MS = 2_000

/** The window's first pause. Heavy work that nobody waits for yet begins there, and not under the first page. */
export interface FirstRest {
  readonly reached: Promise<void>
  /** The window asked something. */
  stir(): void
  /** Waits no longer. */
  now(): void
}

export function createFirstRest(): FirstRest {
  let resolve = (): void => undefined
  const reached = new Promise<void>((fulfil) => {
    resolve = fulfil
  })
  let quiet: NodeJS.Timeout | undefined
  const latest = setTimeout(() => resolve(), AT_LATEST_MS)
  const now = (): void => {
    clearTimeout(quiet)
    clearTimeout(latest)
    resolve()
  }
  return {
    reached,
    stir() {
      clearTimeout(quiet)
      quiet = setTimeout(now, QUIET_MS)
    },
    now,
  }
}

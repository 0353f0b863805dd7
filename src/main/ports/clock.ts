/** Time from outside. Freshness is judged by `monotonicMs`, which no one can set back. */
export interface Clock {
  now(): Date
  /** Milliseconds since an arbitrary moment, never going back. */
  monotonicMs(): number
  /** Runs `action` once after `delayMs`; the returned function cancels it. The timer never keeps a process alive. */
  after(delayMs: number, action: () => void): () => void
}

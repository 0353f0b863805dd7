import { formatTreeHead, type HeadReason, type TreeHead } from '../../shared/domain/audit-head.ts'
import type { Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { HeadSigner } from '../ports/head-signer.ts'
import type { TreeHeads } from '../ports/tree-heads.ts'

/** A head is kept at the latest after so many rows, and after so long where there are new ones. */
const ROWS_BETWEEN_HEADS = 100
const INTERVAL_MS = 5 * 60_000
/** For the signature of the last head: judging the own certificate may ask an authority's service. */
const CLOSE_WITHIN_MS = 3_000

export interface KeepTreeHeads {
  start(): void
  /** A row was added. */
  rowAdded(seq: number): void
  /** Keeps a head now: at the end of a shift and at exit. Signing follows where the key is open. */
  keep(reason: HeadReason): Result<TreeHead | undefined>
  /** Signs the heads that wait, e.g. once the key is open. Ends without a word where it is locked. */
  signPending(): Promise<void>
  /** Keeps the last head and signs it where the key is open; waits a moment for that, and no longer. */
  close(): Promise<void>
}

/** Keeps heads of the log as it grows, and signs them as soon as there is a key. */
export function createKeepTreeHeads(options: {
  readonly heads: TreeHeads
  readonly signer: HeadSigner
  readonly clock: Clock
}): KeepTreeHeads {
  const { heads, signer, clock } = options
  let running = false
  let due = false
  let closed = false
  let signing: Promise<void> | undefined
  let lastSize = heads.lastSize()
  let cancel = (): void => undefined

  function keep(reason: HeadReason): Result<TreeHead | undefined> {
    const kept = heads.keep(reason)
    if (kept.ok && kept.value !== undefined) {
      lastSize = kept.value.size
      if (running) void signPending()
    }
    return kept
  }

  function waitForTime(): void {
    cancel = clock.after(INTERVAL_MS, () => {
      if (!running) return
      keep('time')
      waitForTime()
    })
  }

  function signPending(): Promise<void> {
    signing ??= signAll().finally(() => {
      signing = undefined
    })
    return signing
  }

  async function signAll(): Promise<void> {
    for (const head of heads.unsigned()) {
      const cms = await signer.signHead(Buffer.from(formatTreeHead(head)))
      if (!cms.ok || closed) return
      // A head of a time before this key stays unsigned: a newer head covers it.
      heads.keepSignature({ head, cms: cms.value })
    }
  }

  return {
    start() {
      running = true
      waitForTime()
    },
    rowAdded(seq) {
      if (!running || due || seq - lastSize < ROWS_BETWEEN_HEADS) return
      due = true
      // Not between an operator and his next step.
      clock.after(0, () => {
        due = false
        if (running) keep('rows')
      })
    },
    keep,
    signPending,
    async close() {
      running = false
      cancel()
      heads.keep('exit')
      // One that is at work has read its list before this head.
      const signed = signPending().then(signPending)
      await Promise.race([signed, new Promise<void>((resolve) => void clock.after(CLOSE_WITHIN_MS, resolve))])
      closed = true
    },
  }
}

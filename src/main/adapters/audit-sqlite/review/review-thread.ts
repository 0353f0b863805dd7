import { fail, type Result } from '../../../../shared/result.ts'
import type { LongWork } from '../../../ports/audit-review.ts'
import { startThread, type Thread, threadEntry } from '../../thread/start-thread.ts'
import { errorCode } from '../sqlite-failure.ts'
import { type JobInput, type JobOutput, type MonthKeysForJob, type ReviewJobName, wipeMonthKeys } from './review-job.ts'

export interface ThreadSetup {
  readonly file: string
  readonly nativeBinding?: string
  /** For SQLite's pages, KiB: what is read once from end to end needs few. */
  readonly cacheKb: number
}

export interface ThreadRequest {
  readonly id: number
  readonly name: ReviewJobName
  readonly input: unknown
  readonly keys: readonly MonthKeysForJob[]
  /** An Int32 that becomes other than 0 when nobody waits any more. */
  readonly cancelled: SharedArrayBuffer
}

export type ThreadAnswer =
  | { readonly id: number; readonly progress: { readonly done: number; readonly total: number } }
  | { readonly id: number; readonly result: Result<unknown> }

interface Waiting {
  readonly cancel: () => void
  readonly settle: (result: Result<unknown>) => void
  readonly onProgress: LongWork['onProgress']
}

export interface ReviewThread {
  /** @param keys are moved into the thread, which wipes them. */
  run<N extends ReviewJobName>(
    name: N,
    input: JobInput<N>,
    keys: readonly MonthKeysForJob[],
    work?: LongWork,
  ): Promise<Result<JobOutput<N>>>
  /** Fails its jobs, and waits until the thread has ended. */
  close(): Promise<void>
}

/** Rows become text and are forgotten; more would only be collected later. */
const YOUNG_MB = 8

/** Starts a reading thread at the first job. A thread that dies fails its jobs; the next job starts another. */
export function createReviewThread(setup: ThreadSetup): ReviewThread {
  const waiting = new Map<number, Waiting>()
  let thread: Thread<ThreadRequest> | undefined
  let lastId = 0
  let closed = false

  function start(): Thread<ThreadRequest> {
    const started = startThread<ThreadRequest, ThreadAnswer>({
      entry: threadEntry(import.meta.url, 'review-worker'),
      given: setup,
      name: 'audit-review',
      maxYoungMb: YOUNG_MB,
      onMessage(answer) {
        const job = waiting.get(answer.id)
        if (job === undefined) return
        if ('progress' in answer) job.onProgress(answer.progress.done, answer.progress.total)
        else {
          waiting.delete(answer.id)
          job.settle(answer.result)
        }
      },
      onEnd: (error) => failAll(started, error?.name ?? 'exit'),
    })
    return started
  }

  function failAll(ended: Thread<ThreadRequest>, detail: string): void {
    if (thread !== ended) return
    thread = undefined
    for (const { cancel, settle } of waiting.values()) {
      cancel()
      settle(fail({ code: 'audit.unavailable', detail: `thread: ${detail}` }))
    }
    waiting.clear()
  }

  return {
    run<N extends ReviewJobName>(
      name: N,
      input: JobInput<N>,
      keys: readonly MonthKeysForJob[],
      work?: LongWork,
    ): Promise<Result<JobOutput<N>>> {
      let running: Thread<ThreadRequest>
      if (closed) {
        wipeMonthKeys(keys)
        return Promise.resolve(fail({ code: 'audit.unavailable', detail: 'thread: closed' }))
      }
      try {
        thread ??= start()
        running = thread
      } catch (error) {
        // The system has no thread to give.
        wipeMonthKeys(keys)
        return Promise.resolve(
          fail({ code: 'audit.unavailable', detail: `thread: ${errorCode(error) ?? 'not started'}` }),
        )
      }
      lastId += 1
      const id = lastId
      const cancelled = new SharedArrayBuffer(4)
      const cancel = (): void => void Atomics.store(new Int32Array(cancelled), 0, 1)
      return new Promise((resolve) => {
        running.ref()
        waiting.set(id, {
          cancel,
          settle(result) {
            work?.signal.removeEventListener('abort', cancel)
            if (waiting.size === 0) running.unref()
            resolve(result as Result<JobOutput<N>>)
          },
          onProgress: work?.onProgress ?? (() => undefined),
        })
        if (work?.signal.aborted === true) cancel()
        work?.signal.addEventListener('abort', cancel, { once: true })
        const request: ThreadRequest = { id, name, input, keys, cancelled }
        running.post(
          request,
          keys.flatMap(({ dataKey, lookupKey }) => [dataKey.buffer, lookupKey.buffer] as ArrayBuffer[]),
        )
      })
    },

    async close() {
      closed = true
      const ending = thread
      if (ending === undefined) return
      failAll(ending, 'closed')
      await ending.end()
    },
  }
}

import { Worker } from 'node:worker_threads'
import { fail, type Result } from '../../../../shared/result.ts'
import type { LongWork } from '../../../ports/audit-review.ts'
import type { JobInput, JobOutput, MonthKeysForJob, ReviewJobName } from './review-job.ts'

export interface ThreadSetup {
  readonly file: string
  readonly nativeBinding?: string
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
  close(): void
}

/** Sources run as they are; in the bundle every file lies beside the others. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './review-worker.ts' : './review-worker.js',
  import.meta.url,
)

/** Starts a reading thread at the first job. A thread that dies fails its jobs; the next job starts another. */
export function createReviewThread(setup: ThreadSetup): ReviewThread {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let lastId = 0

  function start(): Worker {
    const started = new Worker(workerFile, { workerData: setup, name: 'audit-review' })
    started.on('message', (answer: ThreadAnswer) => {
      const job = waiting.get(answer.id)
      if (job === undefined) return
      if ('progress' in answer) job.onProgress(answer.progress.done, answer.progress.total)
      else {
        waiting.delete(answer.id)
        job.settle(answer.result)
      }
    })
    started.on('error', (error) => end(started, error.name))
    started.on('exit', () => end(started, 'exit'))
    started.unref()
    return started
  }

  function end(ended: Worker, detail: string): void {
    if (worker !== ended) return
    worker = undefined
    for (const { settle } of waiting.values()) settle(fail({ code: 'audit.unavailable', detail: `thread: ${detail}` }))
    waiting.clear()
  }

  return {
    run<N extends ReviewJobName>(
      name: N,
      input: JobInput<N>,
      keys: readonly MonthKeysForJob[],
      work?: LongWork,
    ): Promise<Result<JobOutput<N>>> {
      worker ??= start()
      const running = worker
      lastId += 1
      const id = lastId
      const cancelled = new SharedArrayBuffer(4)
      const cancel = (): void => void Atomics.store(new Int32Array(cancelled), 0, 1)
      return new Promise((resolve) => {
        running.ref()
        waiting.set(id, {
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
        running.postMessage(
          request,
          keys.flatMap(({ dataKey, lookupKey }) => [dataKey.buffer, lookupKey.buffer] as ArrayBuffer[]),
        )
      })
    },

    close() {
      const ending = worker
      if (ending === undefined) return
      end(ending, 'closed')
      void ending.terminate()
    },
  }
}

import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { type ChunkReport, type ChunkTask, chunkRows } from './chunk-report.ts'
import { verifyChunk } from './verify-chunk.ts'
import type { RunChunk } from './verify-rows.ts'

/** A second thread costs more than it saves where there is little to walk. */
const ROWS_FOR_A_HELPER = 2 * chunkRows

export interface ChunkRunner {
  readonly run: RunChunk
  readonly atOnce: number
  close(): Promise<void>
}

/** Walks pieces of a log in this thread, in slices, and in a second one where the log is long. */
export function createChunkRunner(options: {
  readonly db: Database
  readonly rows: number
  readonly nativeBinding?: string
}): ChunkRunner {
  const { db } = options
  const here: RunChunk = async (task) => {
    const walk = verifyChunk(db, task)
    for (;;) {
      const step = walk.next()
      if (step.done === true) return step.value
      await setImmediate()
    }
  }
  if (options.rows < ROWS_FOR_A_HELPER || availableParallelism() < 2)
    return { run: here, atOnce: 1, close: async () => undefined }

  const helper = startHelper({ file: db.name, ...options })
  let helperIsBusy = false
  return {
    atOnce: 2,
    async run(task) {
      if (helperIsBusy) return here(task)
      helperIsBusy = true
      try {
        return await helper.run(task)
      } finally {
        helperIsBusy = false
      }
    },
    close: () => helper.close(),
  }
}

/** What the helping thread is given at its start. */
export interface ChunkWorkerData {
  readonly kind: 'chunks'
  readonly file: string
  readonly nativeBinding?: string
}

/** The thread's file lies beside this one, in the sources as in the bundle, which is one flat folder. */
export function verifyWorkerUrl(): URL {
  const here = import.meta.url
  return new URL(here.endsWith('.ts') ? './audit-verify-worker.ts' : './audit-verify-worker.js', here)
}

function startHelper(options: { readonly file: string; readonly nativeBinding?: string }) {
  const { file, nativeBinding } = options
  const workerData: ChunkWorkerData = { kind: 'chunks', file, ...(nativeBinding !== undefined && { nativeBinding }) }
  const worker = new Worker(verifyWorkerUrl(), { workerData })
  return {
    run: (task: ChunkTask) =>
      new Promise<ChunkReport>((resolve, reject) => {
        const settle = (end: () => void) => {
          worker.off('message', answered)
          worker.off('error', failed)
          end()
        }
        const answered = (report: ChunkReport) => settle(() => resolve(report))
        const failed = (error: unknown) => settle(() => reject(error))
        worker.on('message', answered)
        worker.on('error', failed)
        worker.postMessage(task)
      }),
    close: async () => void (await worker.terminate()),
  }
}

import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { startThread, threadEntry } from '../../thread/start-thread.ts'
import { type ChunkReport, type ChunkTask, chunkRows } from './chunk-report.ts'
import { verifyChunk } from './verify-chunk.ts'
import type { RunChunk } from './verify-rows.ts'

/** A second thread costs more than it saves where there is little to walk. */
const ROWS_FOR_A_HELPER = 2 * chunkRows

/** What a walk throws away soon is little: a slice of rows. */
export const WALKER_YOUNG_MB = 4

export interface ChunkRunner {
  readonly run: RunChunk
  readonly atOnce: number
  close(): Promise<void>
}

/** Walks one piece and lets others have their turn between slices. @throws where the signal says so. */
export async function walkInSlices(options: {
  readonly db: Database
  readonly task: ChunkTask
  readonly signal?: AbortSignal
}): Promise<ChunkReport> {
  const walk = verifyChunk(options.db, options.task)
  for (;;) {
    const step = walk.next()
    if (step.done === true) return step.value
    await setImmediate()
    options.signal?.throwIfAborted()
  }
}

/** Walks pieces of a log in this thread, in slices, and in a second one where the log is long. */
export function createChunkRunner(options: {
  readonly db: Database
  readonly rows: number
  readonly nativeBinding?: string
  /** Ends a walk between two slices, by throwing. */
  readonly signal?: AbortSignal
}): ChunkRunner {
  const { db } = options
  const here: RunChunk = (task) => walkInSlices({ db, task, ...(options.signal && { signal: options.signal }) })
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

function startHelper(options: { readonly file: string; readonly nativeBinding?: string }) {
  const { file, nativeBinding } = options
  const workerData: ChunkWorkerData = { kind: 'chunks', file, ...(nativeBinding !== undefined && { nativeBinding }) }
  let asked: { resolve(report: ChunkReport): void; reject(error: unknown): void } | undefined
  const thread = startThread<ChunkTask, ChunkReport>({
    entry: threadEntry(import.meta.url, 'audit-verify-worker'),
    given: workerData,
    name: 'audit-verify-helper',
    maxYoungMb: WALKER_YOUNG_MB,
    onMessage: (report) => asked?.resolve(report),
    onEnd: (error) => asked?.reject(error ?? new Error('The helping thread ended')),
  })
  thread.ref()
  return {
    run: (task: ChunkTask) =>
      new Promise<ChunkReport>((resolve, reject) => {
        asked = { resolve, reject }
        thread.post(task)
      }),
    close: async () => void (await thread.end()),
  }
}

import { MessageChannel, type MessagePort, type Transferable, Worker } from 'node:worker_threads'

/** What a thread finds in `workerData`: see enter-thread.ts. */
export interface ThreadData<Given> {
  readonly given: Given
  /** Beside the thread's own messages: it says that it has loaded, and is told to end. */
  readonly control: MessagePort
}

export interface ThreadListeners<Answer> {
  readonly onMessage: (answer: Answer) => void
  /** Once, however it ended; no message comes after it. The error is what the thread threw. */
  readonly onEnd: (error?: Error) => void
}

export type ThreadEnd = 'by-itself' | 'terminated' | 'still-loading'

export interface Thread<Question> {
  post(question: Question, moved?: readonly Transferable[]): void
  /** Whether the process waits for it; a started thread is not waited for. */
  ref(): void
  unref(): void
  /** Asks the thread to end and waits for it, with bounds. May be called again: it is one end. */
  end(): Promise<ThreadEnd>
}

/** A loaded thread that has not ended by then hangs in its code. */
const END_WITHIN_MS = 2_000
/** Loading takes a second on a slow disk. */
const LOADED_WITHIN_MS = 10_000
/** A thread that has not loaded by then is given up: who waits for it is told, and may start another. */
const GIVEN_UP_AFTER_MS = 30_000

/**
 * A worker thread that ends by itself. `Worker.terminate()` on a thread that is still loading its modules brings the whole
 * process down from time to time (SIGSEGV or SIGTRAP in V8), so a thread is asked to end, and only one that has loaded and
 * does not listen any more is terminated.
 * @param options.entry a module that calls `enterThread`, or its code.
 */
export function startThread<Question, Answer>(
  options: {
    readonly entry: URL | { readonly code: string }
    readonly given: unknown
    readonly name: string
    /** The thread's environment; the process's own unless told otherwise. */
    readonly env?: Readonly<Record<string, string>>
    readonly maxHeapMb?: number
    /** Of what is young: a thread that walks a file would otherwise take fifty and more. */
    readonly maxYoungMb?: number
    /** How long it may load before it counts as ended. */
    readonly loadWithinMs?: number
  } & ThreadListeners<Answer>,
): Thread<Question> {
  const { entry, maxHeapMb, maxYoungMb } = options
  const { port1: control, port2 } = new MessageChannel()
  const inCode = 'code' in entry
  const worker = new Worker(inCode ? entry.code : entry, {
    workerData: { given: options.given, control: port2 } satisfies ThreadData<unknown>,
    transferList: [port2],
    name: options.name,
    stdin: false,
    eval: inCode,
    ...(options.env && { env: options.env }),
    resourceLimits: {
      ...(maxHeapMb !== undefined && { maxOldGenerationSizeMb: maxHeapMb }),
      ...(maxYoungMb !== undefined && { maxYoungGenerationSizeMb: maxYoungMb }),
    },
  })
  let loaded = false
  let ended = false
  let ending: Promise<ThreadEnd> | undefined
  const givenUp = setTimeout(() => {
    tellEnd(new Error('the thread has not loaded'))
    void end()
  }, options.loadWithinMs ?? GIVEN_UP_AFTER_MS).unref()
  const loading = new Promise<void>((resolve) => {
    control.once('message', () => {
      loaded = true
      clearTimeout(givenUp)
      resolve()
    })
  })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.unref()
  control.unref()

  function tellEnd(error?: Error): void {
    if (ended) return
    ended = true
    clearTimeout(givenUp)
    options.onEnd(error)
  }
  worker.on('message', (answer: Answer) => {
    if (!ended) options.onMessage(answer)
  })
  worker.on('error', (error: Error) => tellEnd(error))
  worker.on('messageerror', (error) => {
    tellEnd(error)
    void end()
  })
  worker.once('exit', () => {
    tellEnd()
    control.close()
  })

  async function askToEnd(): Promise<ThreadEnd> {
    // While it ends the process waits: leaving would terminate it.
    worker.ref()
    control.postMessage('end')
    await within(LOADED_WITHIN_MS, Promise.race([loading, exited]))
    if (await within(loaded ? END_WITHIN_MS : 0, exited)) return 'by-itself'
    worker.unref()
    if (!loaded) return 'still-loading'
    await worker.terminate()
    return 'terminated'
  }

  function end(): Promise<ThreadEnd> {
    ending ??= askToEnd()
    return ending
  }

  return {
    post: (question, moved = []) => worker.postMessage(question, moved),
    ref: () => worker.ref(),
    unref: () => worker.unref(),
    end,
  }
}

/** The sources run as they are; in the bundle every file lies beside the others. */
export function threadEntry(importer: string, name: string): URL {
  return new URL(`./${name}.${importer.endsWith('.ts') ? 'ts' : 'js'}`, importer)
}

/** @returns whether it happened in time. */
async function within(ms: number, event: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  return Promise.race([event.then(() => true), late]).finally(() => clearTimeout(timer))
}

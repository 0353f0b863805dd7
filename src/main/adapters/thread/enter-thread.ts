import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { ThreadData } from './start-thread.ts'

export interface EnteredThread<Given> {
  readonly given: Given
  readonly port: MessagePort
  /** Aborted when the thread is to end: close what is open, stop what is long. The port is closed right after. */
  readonly ending: AbortSignal
}

/** The thread's side of start-thread.ts: called once, when everything that the entry imports has loaded. */
export function enterThread<Given>(): EnteredThread<Given> {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const { given, control } = workerData as ThreadData<Given>
  const ending = new AbortController()
  control.once('message', () => {
    ending.abort()
    port.close()
  })
  // Listening to the end alone keeps no thread.
  control.unref()
  control.postMessage('loaded')
  return { given, port, ending: ending.signal }
}

import { enterThread } from './adapters/thread/enter-thread.ts'
import { type StandThreadWord, startTrainingStand } from './compose-training-stand.ts'

/** The thread of the training stand: a portal across the network would take no time of this process either. */
const { given, port, ending } = enterThread<{ readonly dataDir: string; readonly port: number }>()
try {
  const { close, ...stand } = await startTrainingStand(given)
  if (ending.aborted) await close()
  ending.addEventListener('abort', () => void close(), { once: true })
  port.postMessage({ stand } satisfies StandThreadWord)
} catch (error) {
  const system = error instanceof Error && 'syscall' in error && 'code' in error
  port.postMessage({ failed: system ? String(error.code) : undefined } satisfies StandThreadWord)
}

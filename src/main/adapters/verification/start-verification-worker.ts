import { Worker } from 'node:worker_threads'
import type { VerificationConfig } from './verification-config.ts'

/** A CRL of millions of entries fits; a message made to exhaust memory ends this thread and nothing else. */
const MAX_HEAP_MB = 1024

/** The sources run as they are; the bundle has the worker beside its entry, in one folder with every chunk. */
export function startVerificationWorker(config: VerificationConfig): Worker {
  const file = import.meta.url.endsWith('.ts') ? './verification-worker.ts' : './verification-worker.js'
  return new Worker(new URL(file, import.meta.url), {
    workerData: config,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    stdin: false,
  })
}

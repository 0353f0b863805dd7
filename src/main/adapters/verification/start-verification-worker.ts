import { startThread, type Thread, type ThreadListeners, threadEntry } from '../thread/start-thread.ts'
import type { VerificationConfig } from './verification-config.ts'
import type { VerificationCall, VerificationReply } from './verification-protocol.ts'

/** A CRL of millions of entries fits; a message made to exhaust memory ends this thread and nothing else. */
const MAX_HEAP_MB = 1024
/** What is young of it: without a bound it takes and keeps fifty more over a day. */
const MAX_YOUNG_MB = 24

export function startVerificationWorker(
  config: VerificationConfig,
  listeners: ThreadListeners<VerificationReply>,
): Thread<VerificationCall> {
  return startThread({
    entry: threadEntry(import.meta.url, 'verification-worker'),
    given: config,
    name: 'verification',
    maxHeapMb: MAX_HEAP_MB,
    maxYoungMb: MAX_YOUNG_MB,
    ...listeners,
  })
}

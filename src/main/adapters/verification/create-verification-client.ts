import { fail } from '../../../shared/result.ts'
import type { SignatureVerifier } from '../../ports/signature-verifier.ts'
import type { Thread, ThreadListeners } from '../thread/start-thread.ts'
import { refusalOf } from '../x509/outcome.ts'
import type { VerificationEngine } from './create-verification-engine.ts'
import type {
  AnswerOf,
  QuestionOf,
  VerificationCall,
  VerificationMethod,
  VerificationReply,
} from './verification-protocol.ts'

export interface VerificationClient extends VerificationEngine, SignatureVerifier {
  /** Starts the thread, so that the first question need not wait for it. */
  warmUp(): void
  /** Refuses what is open and ends the thread; waits for that. */
  close(): Promise<void>
}

/**
 * The engine in a thread of its own. A thread that ends, breaks or does not answer in time gives refusals
 * (INDETERMINATE, GENERIC), never a pass, and the next question starts a new one.
 * @param options.deadlineMs for one question, services of authorities included.
 */
export function createVerificationClient(options: {
  readonly start: (listeners: ThreadListeners<VerificationReply>) => Thread<VerificationCall>
  readonly deadlineMs: number
}): VerificationClient {
  const open = new Map<number, (answer: VerificationReply['answer']) => void>()
  let thread: Thread<VerificationCall> | undefined
  let asked = 0
  let closed = false

  const settle = (id: number, answer: VerificationReply['answer']): void => {
    const waiting = open.get(id)
    open.delete(id)
    // An idle thread does not keep the process.
    if (open.size === 0) thread?.unref()
    waiting?.(answer)
  }

  const drop = async (broken: Thread<VerificationCall>): Promise<void> => {
    if (thread !== broken) return
    thread = undefined
    for (const id of [...open.keys()]) settle(id, undefined)
    await broken.end()
  }

  const running = (): Thread<VerificationCall> => {
    if (thread !== undefined) return thread
    const started = options.start({
      onMessage({ id, answer }) {
        if (thread === started) settle(id, answer)
      },
      onEnd: () => void drop(started),
    })
    thread = started
    return started
  }

  /** @returns undefined where no answer came. */
  const ask = async <M extends VerificationMethod>(
    method: M,
    question: QuestionOf<M>,
  ): Promise<AnswerOf<M> | undefined> => {
    if (closed) return undefined
    const id = ++asked
    try {
      const current = running()
      const answer = new Promise<VerificationReply['answer']>((resolve) => open.set(id, resolve))
      current.ref()
      const deadline = setTimeout(() => void drop(current), options.deadlineMs)
      // The pair belongs together: both come from one method.
      current.post({ id, method, question } as VerificationCall)
      // The thread answers each question by its own method: see verification-protocol.ts.
      return (await answer.finally(() => clearTimeout(deadline))) as AnswerOf<M> | undefined
    } catch {
      open.delete(id)
      return undefined
    }
  }

  return {
    verify: async (document, at) => (await ask('verifyReply', { document, at })) ?? noAnswer(),
    verifyReply: async (question) => (await ask('verifyReply', question)) ?? noAnswer(),
    verifyPerson: async (question) => (await ask('verifyPerson', question)) ?? noAnswer(),
    verifyEnvelope: async (question) => (await ask('verifyEnvelope', question)) ?? noAnswer(),
    stamp: async (question) => (await ask('stamp', question)) ?? fail({ code: 'sign.check-failed' }),
    judgeSigner: async (question) => (await ask('judgeSigner', question)) ?? { ok: false, refusal: noAnswer() },
    warmUp() {
      if (!closed) running()
    },
    async close() {
      closed = true
      if (thread !== undefined) await drop(thread)
    },
  }
}

function noAnswer() {
  return refusalOf('GENERIC', 'the thread that judges signatures gave no answer')
}

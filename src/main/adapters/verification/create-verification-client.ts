import { fail } from '../../../shared/result.ts'
import type { SignatureVerifier } from '../../ports/signature-verifier.ts'
import { refusalOf } from '../x509/outcome.ts'
import type { VerificationEngine } from './create-verification-engine.ts'
import type { AnswerOf, QuestionOf, VerificationMethod, VerificationReply } from './verification-protocol.ts'

/** As much of a worker thread as is needed here. */
export interface VerificationThread {
  postMessage(call: unknown): void
  on(event: 'message', listener: (reply: VerificationReply) => void): unknown
  on(event: 'error' | 'exit' | 'messageerror', listener: () => void): unknown
  ref(): void
  unref(): void
  terminate(): unknown
}

export interface VerificationClient extends VerificationEngine, SignatureVerifier {
  /** Starts the thread, so that the first question need not wait for it. */
  warmUp(): void
  /** Refuses what is open and ends the thread. */
  close(): void
}

/**
 * The engine in a thread of its own. A thread that ends, breaks or does not answer in time gives refusals
 * (INDETERMINATE, GENERIC), never a pass, and the next question starts a new one.
 * @param options.deadlineMs for one question, services of authorities included.
 */
export function createVerificationClient(options: {
  readonly start: () => VerificationThread
  readonly deadlineMs: number
}): VerificationClient {
  const open = new Map<number, (answer: VerificationReply['answer']) => void>()
  let thread: VerificationThread | undefined
  let asked = 0
  let closed = false

  const settle = (id: number, answer: VerificationReply['answer']): void => {
    const waiting = open.get(id)
    open.delete(id)
    // An idle thread does not keep the process.
    if (open.size === 0) thread?.unref()
    waiting?.(answer)
  }

  const drop = (broken: VerificationThread): void => {
    if (thread !== broken) return
    thread = undefined
    broken.terminate()
    for (const id of [...open.keys()]) settle(id, undefined)
  }

  const running = (): VerificationThread => {
    if (thread !== undefined) return thread
    const started = options.start()
    started.unref()
    started.on('message', ({ id, answer }) => {
      if (thread === started) settle(id, answer)
    })
    for (const end of ['error', 'exit', 'messageerror'] as const) started.on(end, () => drop(started))
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
      const deadline = setTimeout(() => drop(current), options.deadlineMs)
      current.postMessage({ id, method, question })
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
    verifyEnvelope: async (question) => (await ask('verifyEnvelope', question)) ?? noAnswer(),
    stamp: async (question) => (await ask('stamp', question)) ?? fail({ code: 'sign.check-failed' }),
    judgeSigner: async (question) => (await ask('judgeSigner', question)) ?? { ok: false, refusal: noAnswer() },
    warmUp() {
      if (!closed) running()
    },
    close() {
      closed = true
      if (thread !== undefined) drop(thread)
    },
  }
}

function noAnswer() {
  return refusalOf('GENERIC', 'the thread that judges signatures gave no answer')
}

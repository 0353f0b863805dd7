import { startThread, threadEntry } from '../thread/start-thread.ts'
import type { PasswordHasher } from './open-account-book.ts'
import type { PasswordQuestion } from './password-worker.ts'

/** Far beyond a slow machine's second; a thread that takes longer is stopped and the attempt fails. */
const DEADLINE_MS = 20_000

/** Argon2id in a thread of its own for each question, so that a sign-in never holds the window up. */
export function createPasswordHasher(): PasswordHasher {
  return {
    async hash(password) {
      const answer = await ask({ kind: 'hash', password: Uint8Array.from(password) })
      if (typeof answer !== 'string') throw new Error('The password thread answered out of turn')
      return answer
    },
    async verify(password, encoded) {
      const answer = await ask({ kind: 'verify', password: Uint8Array.from(password), encoded })
      return answer === true
    },
  }
}

/** The password moves into the thread: no copy stays here. The thread ends with its answer. */
function ask(question: PasswordQuestion): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    const thread = startThread<PasswordQuestion, unknown>({
      entry: threadEntry(import.meta.url, 'password-worker'),
      given: undefined,
      name: 'password',
      env: {},
      onMessage(answer) {
        clearTimeout(timer)
        resolve(answer)
      },
      onEnd(error) {
        clearTimeout(timer)
        reject(error ?? new Error('The password thread ended without an answer'))
      },
    })
    const timer = setTimeout(() => {
      reject(new Error('The password thread did not answer'))
      void thread.end()
    }, DEADLINE_MS)
    thread.ref()
    thread.post(question, [question.password.buffer as ArrayBuffer])
  })
}

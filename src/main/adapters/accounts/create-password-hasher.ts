import { Worker } from 'node:worker_threads'
import type { PasswordHasher } from './open-account-book.ts'
import type { PasswordQuestion } from './password-worker.ts'

/** Far beyond a slow machine's second; a thread that takes longer is stopped and the attempt fails. */
const DEADLINE_MS = 20_000

const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './password-worker.ts' : './password-worker.js',
  import.meta.url,
)

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

/** The password moves into the thread: no copy stays here. */
function ask(question: PasswordQuestion): Promise<unknown> {
  const worker = new Worker(workerFile, { env: {}, stdin: false })
  return new Promise<unknown>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The password thread did not answer')), DEADLINE_MS)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The password thread ended without an answer')))
    worker.once('message', () => clearTimeout(timer))
    worker.postMessage(question, [question.password.buffer as ArrayBuffer])
  }).finally(() => void worker.terminate())
}
